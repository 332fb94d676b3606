"""The packet of a decision: everything it rests on, as plain JSON that needs none of our code to be read.

A packet proves itself: from its own facts and its own law the same decision follows, with nothing else in hand. Its
form is docs/decision-packet.schema.json.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from registry.case import CaseFacts
from registry.codec import plain, unpack
from registry.conclusions import CONCLUSIONS
from registry.decision import Decision
from registry.law import Policy
from registry.nearest import nearest_automatic
from registry.reading import Day, Read
from registry.rule import Finding, Verdict
from registry.rulebook import RULES, ask_all, conclusions_in

SCHEMA = "nutmeg-decision/1"


class PacketError(ValueError):
    """What was given is no packet of this form; the sentence says what is wrong with it."""


def packet_text(decision: Decision, policy: Policy, about: Mapping[str, Any]) -> str:
    """The packet of a decision that was made under this policy, as JSON; `about` says of what and when.

    Most of its text is the same for all cases of a day; it is written once and joined, which is four times as fast.
    """
    facts = decision.facts
    signed_on = facts.certified_on or facts.submitted_on
    head = {
        "schema": SCHEMA,
        **about,
        "outcome": decision.outcome,
        "reason_codes": decision.reason_codes,
        "policy_fingerprint": decision.policy_fingerprint,
        "facts": vars(facts),
        "conclusions": decision.conclusions,
        "nearest_automatic": nearest_automatic(decision, policy).as_dict(),
    }
    law = policy.once(("law", facts.submitted_on, signed_on), lambda: _law(policy, facts.submitted_on, signed_on))
    wording = policy.once(("findings", facts.submitted_on), lambda: _wording(policy, facts.submitted_on))
    findings = ",".join([_said(finding, wording) for finding in decision.findings])
    return f'{_json(head)[:-1]},"law":{law},"findings":[{findings}]}}'


def re_evaluate(packet: Mapping[str, Any]) -> Decision:
    """The decision that follows from the packet's own facts and law.

    Raises:
        PacketError: it is no packet of this form.
    """
    facts = facts_of(packet)
    try:
        law = {key: _value(each["value"]) for key, each in packet["law"].items()}
        rules = {each["rule"]: each["in_force_since"] is not None for each in packet["findings"]}
        known = {**law, **rules, **vars(facts)}
        findings = ask_all(known)
        return Decision(facts, conclusions_in(known), findings, packet["policy_fingerprint"])
    except (KeyError, TypeError, AttributeError) as error:
        raise PacketError(f"the packet lacks something that a rule reads: {error}") from None


def facts_of(packet: Mapping[str, Any]) -> CaseFacts:
    """The facts that a packet holds.

    Raises:
        PacketError: it is no packet of this form.
    """
    if packet.get("schema") != SCHEMA:
        raise PacketError(f"the packet is of the form {packet.get('schema')!r}; this version reads {SCHEMA!r}")
    try:
        return unpack(CaseFacts, packet["facts"])
    except (KeyError, TypeError, ValueError) as error:
        raise PacketError(f"the packet's facts are not complete or not of their form: {error}") from None


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _json(value: Any) -> str:
    return json.dumps(value, default=plain, separators=(",", ":"), ensure_ascii=False)


def _law(policy: Policy, submitted_on: date, signed_on: date) -> str:
    """Every provision that a rule or conclusion reads, with its value and the day since which that is in force."""
    law = {}
    for read in _provisions_read():
        day = signed_on if read.day is Day.SIGNING else submitted_on
        since, value = policy.provisions[read.name].in_force_on(day)
        law[read.key] = {"value": value, "since": since}
    return _json(law)


@cache
def _provisions_read() -> tuple[Read, ...]:
    reads = {read.key: read for each in (*CONCLUSIONS, *RULES) for read in each.reads if read.day is not None}
    return tuple(reads[key] for key in sorted(reads))


def _said(finding: Finding, wording: Mapping[tuple[str, Verdict], str]) -> str:
    said = wording[finding.rule, finding.verdict]
    return said if finding.verdict is not Verdict.NOT_MET else f'{said[:-1]},"detail":{_json(finding.detail)}}}'


def _wording(policy: Policy, submitted_on: date) -> dict[tuple[str, Verdict], str]:
    """What is the same in every case of a day; a rule that does not apply has read nothing but its condition."""
    wording = {}
    for each in RULES:
        since, in_force = policy.provisions[each.id].in_force_on(submitted_on)
        everything = [read.key for read in each.all_reads]
        for verdict in Verdict:
            said = {"rule": each.id, "in_force_since": since if in_force else None, "verdict": verdict}
            said |= {"code": each.reason} if verdict is Verdict.NOT_MET else {}
            reads = everything[:1] if verdict is Verdict.DOES_NOT_APPLY and each.when else everything
            wording[each.id, verdict] = _json({**said, "reads": reads})
    return wording
