"""What is true of any upload: safe to open, nobody else's, and a photo that is one."""

from registry.facts import DocumentRef, ReadState
from registry.matter import Matter, rule
from registry.reasons import Reason

_LETTERS = frozenset({"second_physician_letter", "parent_acknowledgement"})
_PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/heic", "image/heif", "image/webp"})


@rule(Reason.DOC_UNSAFE, "security: design")
def safe_to_open(matter: Matter) -> str | None:
    """Every upload the row names came, could be opened within its limits, and carries nothing active."""
    unsafe = sorted(
        f"{ref.role}: {why}" for ref in matter.application.documents if (why := _not_looked_at(matter, ref))
    )
    return f"Not safe to open, or not looked at ({'; '.join(unsafe)})" if unsafe else None


def _not_looked_at(matter: Matter, ref: DocumentRef) -> str | None:
    """Why nobody can rely on this upload; other rules tell of proofs and minors' letters that did not come."""
    facts = matter.read(ref)
    if facts is not None:
        return (facts.why or "no reason given") if facts.state is ReadState.UNSAFE else None
    if ref.role in {"identity", "residency"}:
        return None
    if not ref.sha256:
        return "named and did not come." if ref.role == "supporting" and ref.declared_type not in _LETTERS else None
    return "we failed to look at it."


@rule(Reason.DOC_REUSED, "automatic lane: no document reused from another person (design)")
def not_reused(matter: Matter) -> str | None:
    """No proof came with another person's submission, shared papers of one household apart."""
    reused = sorted(
        f"the proof of {ref.role} also came with {', '.join(owners)}"
        for ref in matter.application.documents
        if (owners := matter.around.document_owners.get(f"{ref.role}:{ref.sha256}"))
    )
    return f"{'; '.join(reused).capitalize()}." if reused else None


@rule(Reason.PHOTO_UNUSABLE, "photo optional: sources conflict (design)", "photo_required")
def photo_usable(matter: Matter) -> str | None:
    """A photo, where one is named or required, is there and is a picture."""
    ref = matter.application.document("photo")
    if ref is None:
        return "A photo is required and none came." if matter.law.switch("photo_required") else None
    if not ref.sha256:
        return "The photo named by the submission did not come."
    facts = matter.read(ref)
    if facts is None or facts.state is ReadState.UNSAFE:
        return None  # not the applicant's fault, or told by another rule
    usable = facts.state is ReadState.NO_TEXT and facts.media_type in _PHOTO_TYPES
    return None if usable else "The photo cannot be opened as a picture."


RULES = (safe_to_open, not_reused, photo_usable)
