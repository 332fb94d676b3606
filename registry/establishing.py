"""Establish the facts of a case: compare application, register, papers and tables; judge nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from registry.addresses import same_address
from registry.case import Action, CaseFacts, Likeness, UploadState
from registry.facts import (
    Application,
    Condition,
    DocumentFacts,
    DocumentRef,
    Kind,
    ReadState,
    RegisterEntry,
    Role,
    Surroundings,
)
from registry.names import contradicts, nearly_same_name, same_full_name, same_name
from registry.proofs import identity_facts, is_read, residency_facts

_INHALED = re.compile(r"smok|inhal|vap(?:e|ing|ou?r)|combust", re.IGNORECASE)
_PICTURES = frozenset({"image/jpeg", "image/png", "image/heic", "image/tiff", "image/webp", "image/gif"})
_WORD = re.compile(r"[^\W\d_]{3,}")
_MACHINE_ZONE, _FILLERS = re.compile(r"[A-Z0-9<]{28,}"), 3
"""A line of a machine-readable zone (ICAO 9303) has 30 to 44 such signs, some of them fillers."""
_STATE_OF = {
    ReadState.TEXT: UploadState.TEXT,
    ReadState.NO_TEXT: UploadState.NO_TEXT,
    ReadState.UNREADABLE: UploadState.UNREADABLE,
    ReadState.UNSAFE: UploadState.UNSAFE,
}


def establish(application: Application, around: Surroundings) -> CaseFacts:
    """The facts of the case that this application makes in its surroundings."""
    case = _Case(application, around)
    return CaseFacts(
        submitted_on=case.submitted_on,
        kind=application.kind,
        role=application.role,
        date_of_birth=application.date_of_birth,
        emancipated_minor=application.emancipated_minor,
        address_state=application.address.state,
        attestations=application.attestations,
        payment_status=application.payment.status,
        **case.register(),
        **case.identity(),
        **case.residency(),
        **case.photo(),
        **case.uploads(),
        **case.certification(),
        **case.certifier(),
        **case.conditions(),
        **case.caregiver(),
    )


@dataclass(frozen=True)
class _Case:
    """One application beside what is known around it; each method establishes the facts of one subject."""

    application: Application
    around: Surroundings

    @property
    def submitted_on(self) -> date:
        """The calendar day of submission in the agency's own time."""
        return self.application.submitted_at.date()

    @cached_property
    def entry(self) -> RegisterEntry | None:
        """The registration acted on; an initial application acts on none."""
        return None if self.application.kind is Kind.INITIAL else self.around.entry

    def register(self) -> dict[str, Any]:
        entry, application, around = self.entry, self.application, self.around
        return {
            "registration_role": entry.role if entry else None,
            "registration_status": entry.status if entry else "",
            "registration_expires_on": entry.expires_on if entry else None,
            "register_name": _likeness(application, entry),
            "register_birth_date_agrees": entry is not None and entry.date_of_birth == application.date_of_birth,
            "register_address_agrees": entry is not None and same_address(entry.address, application.address),
            "hold_is_set": around.person_on_hold or (entry is not None and entry.hold),
            "rows_apart": around.rows_apart,
            "actions": tuple(Action(status, since) for status, since in around.same_person_actions),
            "same_person": (*around.same_person_numbers, *around.same_person_submissions),
            "near_persons": around.near_persons,
        }

    def identity(self) -> dict[str, Any]:
        application, ref = self.application, self.application.document("identity")
        told = identity_facts(self._read(ref), application.name, application.date_of_birth, self.submitted_on)
        return {**self._looked_at("identity", ref), **told}

    def residency(self) -> dict[str, Any]:
        application, ref = self.application, self.application.document("residency")
        told = residency_facts(self._read(ref), application.name, application.address)
        return {**self._looked_at("residency", ref), **told}

    def photo(self) -> dict[str, Any]:
        ref = self.application.document("photo")
        facts = self._read(ref)
        opened = facts is not None and facts.state in {ReadState.NO_TEXT, ReadState.TEXT}
        text = facts.text if facts else ""
        return {
            "photo_is_named": ref is not None,
            "photo_state": self._state(ref),
            "photo_is_picture": opened and facts is not None and facts.media_type in _PICTURES,
            "photo_bears_a_code": bool(facts and facts.readings) or _has_machine_zone(text),
            "photo_words": len(_WORD.findall(text)),
            "photo_portrait": facts.portrait if facts else None,
        }

    def uploads(self) -> dict[str, Any]:
        """What is true of all uploads; of a proof that did not come or was not looked at other facts tell."""
        refs = self.application.documents
        others = [ref for ref in refs if ref.role not in {"identity", "residency"}]
        supporting = [ref for ref in refs if ref.role == "supporting"]
        return {
            "supporting_papers": tuple(ref.declared_type for ref in supporting if ref.sha256),
            "papers_not_come": tuple(ref.declared_type for ref in supporting if not ref.sha256),
            "unsafe_uploads": tuple(
                f"{ref.role}: {facts.why or 'no reason given'}"
                for ref in refs
                if (facts := self._read(ref)) is not None and facts.state is ReadState.UNSAFE
            ),
            "unseen_uploads": tuple(ref.role for ref in others if self._state(ref) is UploadState.NOT_LOOKED_AT),
            "reused_proofs": tuple(sorted(self._reused(refs))),
            "near_pages": self.around.near_pages,
        }

    def _reused(self, refs: Iterable[DocumentRef]) -> Iterable[str]:
        for ref in refs:
            if owners := self.around.document_owners.get(f"{ref.role}:{ref.sha256}"):
                yield f"the proof of {ref.role} also came with {', '.join(owners)}"

    def certification(self) -> dict[str, Any]:
        c = self.application.certification
        return {
            "certification_is_filled_in": bool(c.certification_id and c.source and c.certifier_license),
            "certified_on": c.certified_on,
            "certification_expires_on": c.expires_on,
            "certification_withdrawn_on": c.withdrawn_on,
            "certification_source": c.source,
            "dosage_speaks_of_inhaling": _INHALED.search(self.application.dosage_restrictions) is not None,
        }

    def certifier(self) -> dict[str, Any]:
        """What the license was on the day of signing; nothing is said where periods contradict each other."""
        signed_on, periods = self.application.certification.certified_on, self.around.certifier_periods
        then = [period for period in periods if signed_on is not None and period.covers(signed_on)]
        period = then[0] if len(then) == 1 else None
        return {
            "certifier_is_known": bool(periods),
            "license_periods_on_signing": len(then),
            "license_type": period.type if period else "",
            "license_status": period.status if period else "",
            "controlled_substance_registration_ends_on": period.csp_valid_to if period else None,
            "dea_registration_ends_on": period.dea_valid_to if period else None,
        }

    def conditions(self) -> dict[str, Any]:
        table, signed_on = self.around.conditions, self.application.certification.certified_on
        codes = self.application.certification.condition_codes
        listed: list[Condition] = [
            table[code] for code in codes if code in table and signed_on is not None and table[code].in_force(signed_on)
        ]
        return {
            "conditions_named": codes,
            "conditions_unknown": tuple(code for code in codes if code not in table),
            "conditions_for_adults": tuple(c.code for c in listed if c.adult),
            "conditions_for_minors": tuple(c.code for c in listed if c.minor),
        }

    def caregiver(self) -> dict[str, Any]:
        application, around, other = self.application, self.around, self.around.related_entry
        held = self.entry.related_registration_number if self.entry else ""
        named = application.related_submission_id or application.related_registration_number or held
        return {
            "caregiver_required": application.caregiver_required,
            "caregiver_is_named": bool(named),
            "caregiver_was_approved": around.related_approved,
            "caregiver_differs_from_register": self._names_another_than(held),
            "related_role": other.role if other else None,
            "related_status": other.status if other else "",
            "related_expires_on": other.expires_on if other else None,
            "relationship": application.relationship,
            "bears_certifiers_name": application.role is Role.CAREGIVER
            and any(same_full_name(application.name, period.full_name) for period in around.certifier_periods),
            "other_patients": around.patients_of_caregiver,
            "other_caregivers": around.caregivers_of_patient,
        }

    def _names_another_than(self, held: str) -> bool:
        """A row that points to a submission points to somebody who asks to become, or to remain, the caregiver."""
        application, related = self.application, self.around.related_application
        if application.related_registration_number:
            return application.related_registration_number != held
        if not application.related_submission_id:
            return False
        return not held or related is None or related.registration_number != held

    def _looked_at(self, subject: str, ref: DocumentRef | None) -> dict[str, Any]:
        facts = self._read(ref)
        return {
            f"{subject}_state": self._state(ref),
            f"{subject}_type": ref.declared_type if ref else "",
            f"{subject}_why": facts.why if facts else "we failed to look at it.",
        }

    def _state(self, ref: DocumentRef | None) -> UploadState:
        if ref is None or not ref.sha256:
            return UploadState.MISSING
        facts = self._read(ref)
        if facts is None:
            return UploadState.NOT_LOOKED_AT
        return UploadState.TEXT if is_read(facts) else _STATE_OF[facts.state]

    def _read(self, ref: DocumentRef | None) -> DocumentFacts | None:
        return None if ref is None else self.around.documents.get(ref.sha256)


def _has_machine_zone(text: str) -> bool:
    zones = (zone for line in text.splitlines() for zone in _MACHINE_ZONE.findall("".join(line.split())))
    return any(zone.count("<") >= _FILLERS for zone in zones)


def _likeness(application: Application, entry: RegisterEntry | None) -> Likeness:
    if entry is None:
        return Likeness.OTHER
    if same_name(entry.name, application.name):
        another = contradicts(entry.name.middle, application.name.middle)
        return Likeness.OTHER if another else Likeness.SAME
    return Likeness.NEAR if nearly_same_name(entry.name, application.name) else Likeness.OTHER
