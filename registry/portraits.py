"""What follows from a photo's measures under the law: what is certainly no portrait, and what a person should look at.

Whom the photo shows is nowhere asked. No doubt here stands against anybody: one that a machine has, and a person may
not, only has a person look too.
"""

from collections.abc import Iterator

from registry.pictures import Portrait
from registry.reading import OnSubmission
from registry.rule import conclusion


@conclusion
def photo_is_a_document(
    photo_bears_a_code: bool,
    photo_words: int,
    photo_portrait: Portrait | None,
    photo_document_words: OnSubmission[int],
) -> bool:
    """The photo certainly is a card or a page: a card's code was read in it, or many words and no face."""
    shows_no_face = photo_portrait is not None and photo_portrait.faces == 0
    return photo_bears_a_code or (shows_no_face and photo_words >= photo_document_words)


@conclusion
def photo_shows_nothing(
    photo_portrait: Portrait | None,
    photo_least_pixels: OnSubmission[int],
    photo_least_contrast_levels: OnSubmission[int],
) -> bool:
    """The photo is far too small, or of nearly one shade, so that nobody could be made out in it."""
    return photo_portrait is not None and (
        min(photo_portrait.width_pixels, photo_portrait.height_pixels) < photo_least_pixels
        or photo_portrait.contrast_levels < photo_least_contrast_levels
    )


@conclusion
def photo_doubts(
    photo_is_picture: bool,
    photo_bears_a_code: bool,
    photo_portrait: Portrait | None,
    photo_words: int,
    photo_doubtful_pixels: OnSubmission[int],
    photo_doubtful_words: OnSubmission[int],
    photo_most_width_percent: OnSubmission[int],
    photo_faces: OnSubmission[int],
    photo_face_least_percent: OnSubmission[int],
    photo_face_most_percent: OnSubmission[int],
    photo_least_sharpness: OnSubmission[int],
    photo_least_brightness_levels: OnSubmission[int],
    photo_most_brightness_levels: OnSubmission[int],
) -> tuple[str, ...]:
    """What a person should look at in the photo, each in a sentence; it stands against nobody."""
    if not photo_is_picture or photo_bears_a_code:
        return ()
    if photo_portrait is None:
        return ("The photo could not be measured.",)
    seen = photo_portrait
    return (
        *_of_the_picture(seen, photo_words, photo_doubtful_pixels, photo_doubtful_words, photo_most_width_percent),
        *_of_the_faces(seen, photo_faces, photo_face_least_percent, photo_face_most_percent, photo_least_sharpness),
        *_of_the_light(seen, photo_least_brightness_levels, photo_most_brightness_levels),
    )


def _of_the_picture(seen: Portrait, words: int, least: int, most_words: int, widest_percent: int) -> Iterator[str]:
    shorter = min(seen.width_pixels, seen.height_pixels)
    if shorter < least:
        yield f"The photo is small: its shorter side has {shorter} pixels."
    if 100 * seen.width_pixels > widest_percent * seen.height_pixels:
        yield "The photo is wider than it is high."
    if words >= most_words:
        yield f"{words} words were read in the photo."


def _of_the_faces(seen: Portrait, wanted: int, least: int, most: int, least_sharpness: int) -> Iterator[str]:
    if seen.faces != wanted:
        found = f"{seen.faces} faces were" if seen.faces > 1 else "One face was" if seen.faces else "No face was"
        yield f"{found} found in the photo."
    if seen.faces and not least <= seen.face_height_percent <= most:
        yield f"The face takes up {seen.face_height_percent} percent of the photo's height."
    if seen.faces and seen.sharpness < least_sharpness:
        yield "The face in the photo is blurred."


def _of_the_light(seen: Portrait, least: int, most: int) -> Iterator[str]:
    if seen.brightness_levels < least:
        yield "The photo is very dark."
    if seen.brightness_levels > most:
        yield "The photo is very light."


PHOTO_CONCLUSIONS = (photo_is_a_document, photo_shows_nothing, photo_doubts)
