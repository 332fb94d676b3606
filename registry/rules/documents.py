"""What is true of any upload: safe to open, nobody else's, and a photo that is one."""

from registry.case import UploadState
from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule

# Of these, when they do not come with a minor's submission, other rules tell.
_LETTERS = frozenset({"second_physician_letter", "parent_acknowledgement"})


@rule(Reason.DOC_UNSAFE)
def safe_to_open(
    identity_state: UploadState,
    residency_state: UploadState,
    unsafe_uploads: tuple[str, ...],
    unseen_uploads: tuple[str, ...],
    papers_not_come: tuple[str, ...],
    is_minor: bool,
) -> str | None:
    """Every upload the row names came, could be opened within its limits, and carries nothing active."""
    if UploadState.UNSAFE in {identity_state, residency_state} and not unsafe_uploads:
        return "A proof was not safe to open."
    told_elsewhere = _LETTERS if is_minor else frozenset()
    not_come = [
        f"{paper.replace('_', ' ')}: named and did not come" for paper in papers_not_come if paper not in told_elsewhere
    ]
    unseen = [f"{upload}: we failed to look at it" for upload in unseen_uploads]
    why = sorted((*(upload.rstrip(".") for upload in unsafe_uploads), *unseen, *not_come))
    return f"Not safe to open, or not looked at ({'; '.join(why)})." if why else None


@rule(Reason.DOC_REUSED)
def not_reused(reused_proofs: tuple[str, ...]) -> str | None:
    """No proof came with another person's submission, shared papers of one household apart."""
    told = "; ".join(reused_proofs)
    return f"{told[0].upper()}{told[1:]}." if told else None


@rule(Reason.PHOTO_UNUSABLE)
def photo_usable(
    photo_is_named: bool, photo_state: UploadState, photo_is_picture: bool, photo_required: OnSubmission[bool]
) -> str | None:
    """A photo, where one is named or required, is there and is a picture."""
    if not photo_is_named:
        return "A photo is required and none came." if photo_required else None
    if photo_state is UploadState.MISSING:
        return "The photo named by the submission did not come."
    # What we failed to look at is not the applicant's fault; of what is unsafe another rule tells.
    if photo_is_picture or photo_state in {UploadState.NOT_LOOKED_AT, UploadState.UNSAFE}:
        return None
    return "The photo cannot be opened as a picture."


RULES = (safe_to_open, not_reused, photo_usable)
