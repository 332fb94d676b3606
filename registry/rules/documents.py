"""What is true of any upload: safe to open, nobody else's, and a photo that is one."""

from registry.case import UploadState
from registry.near import NearPage
from registry.prints import CARD, NUMBERS, PICTURE
from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule

# Of these, when they do not come with a minor's submission, other rules tell.
_LETTERS = frozenset({"second_physician_letter", "parent_acknowledgement"})
_ALIKE = {
    NUMBERS: ("page", "same numbers on it"),
    CARD: ("card", "its code says the same of card and bearer"),
    PICTURE: ("picture", "saved again, or its size or light changed"),
}


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
def not_reused(
    reused_proofs: tuple[str, ...],
    near_pages: tuple[NearPage, ...],
    near_page_likeness_percent: OnSubmission[int],
    near_picture_likeness_percent: OnSubmission[int],
) -> str | None:
    """No proof, and nothing that is nearly the same page, came with another person's submission.

    Papers that one household shares are left out.
    """
    near: dict[tuple[str, str], list[str]] = {}
    for page in near_pages:
        least = near_picture_likeness_percent if page.by == PICTURE else near_page_likeness_percent
        if page.likeness_percent >= least:
            near.setdefault((page.proof, page.by), []).append(page.number)
    nearly = [_nearly(proof, by, numbers) for (proof, by), numbers in near.items()]
    told = "; ".join((*reused_proofs, *nearly))
    return f"{told[0].upper()}{told[1:]}." if told else None


def _nearly(proof: str, by: str, numbers: list[str]) -> str:
    paper = "the photo" if proof == "photo" else f"the proof of {proof}"
    return f"{paper} is nearly the {_ALIKE[by][0]} that also came with {', '.join(numbers)} ({_ALIKE[by][1]})"


@rule(Reason.PHOTO_UNUSABLE)
def photo_usable(
    photo_is_named: bool,
    photo_state: UploadState,
    photo_is_picture: bool,
    photo_is_a_document: bool,
    photo_shows_nothing: bool,
    photo_required: OnSubmission[bool],
) -> str | None:
    """A photo, where one is named or required, is there and is a picture of something other than a card or a page."""
    if not photo_is_named:
        return "A photo is required and none came." if photo_required else None
    if photo_state is UploadState.MISSING:
        return "The photo named by the submission did not come."
    # What we failed to look at is not the applicant's fault; of what is unsafe another rule tells.
    if photo_state in {UploadState.NOT_LOOKED_AT, UploadState.UNSAFE}:
        return None
    if not photo_is_picture:
        return "The photo cannot be opened as a picture."
    if photo_is_a_document:
        return "A card or a page was sent in place of a photo."
    return "The photo is far too small, or of nearly one shade." if photo_shows_nothing else None


RULES = (safe_to_open, not_reused, photo_usable)
