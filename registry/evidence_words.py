"""Why an answer is what it is, in one plain sentence for the person who looks at it."""

from datetime import date

from registry.paper_words import Answer

WORDS = {
    "photo": "No machine compares faces. Compare it with the picture on the proof of identity.",
    "not looked at": "The machine has not looked at it, which is no fault of the applicant's. Open the file itself.",
}
"""Sentences where nothing was asked."""

OF_A_PICTURE = {
    "name": "It does not seem to bear this name; letters read from a picture can be wrong.",
    "date of birth": "Another date of birth seems to stand here; digits read from a picture can be wrong.",
    "expiry": "It seems to have expired; digits read from a picture can be wrong.",
    "address": "Another address seems to stand here; letters read from a picture can be wrong.",
}
"""What a picture seems to say against somebody, and is not borne out, by what was asked."""

OF_ONE_READING = "This alone seems to say something else; nothing is settled before a person looked."
"""Where another reading of the same paper does not bear out what one says against somebody."""

_SAID = {
    ("name", Answer.AGREES): "The paper bears this name.",
    ("name", Answer.DISAGREES): "The paper bears neither this name nor one like it.",
    ("date of birth", Answer.AGREES): "The paper gives this date of birth.",
    ("date of birth", Answer.DISAGREES): "The paper gives another date of birth.",
    ("expiry", Answer.AGREES): "It is good until {when}.",
    ("expiry", Answer.DISAGREES): "It expired {when}.",
    ("address", Answer.AGREES): "The paper is for this address.",
    ("address", Answer.DISAGREES): "The paper is for another address.",
    ("date of the paper", Answer.AGREES): "It was made out {when}.",
}
_SEEN = {
    "name": "What is most like the name stands here; it may be this person's or another's.",
    "date of birth": "What stands here does not settle it: two dates, or day and month the other way round.",
    "expiry": "What stands here does not settle it: more than one day of expiry.",
    "address": "What is most like the address stands here; it may be another, a former one, or the sender's.",
    "date of the paper": "What stands here does not settle it: more than one date, or one after the submission.",
}
_NOT_SEEN = {
    "name": "Nothing like the name was found.",
    "date of birth": "No date that is marked as date of birth was found.",
    "expiry": "No day of expiry was found.",
    "address": "No address to compare was found.",
    "date of the paper": "No date of its own was found.",
}


def wording(what: str, answer: Answer, *, found: bool, when: str = "") -> str:
    """The sentence for an answer.

    Args:
        what: what was asked, such as `name`.
        answer: what the paper says.
        found: whether there is a place on the paper to look at.
        when: how the paper's day lies to that of the submission, as `days_from` says it.
    """
    if answer is Answer.CANNOT_TELL:
        return (_SEEN if found else _NOT_SEEN)[what]
    return _SAID[what, answer].format(when=when)


def days_from(submitted_on: date, day: date) -> str:
    """How a day lies to that of the submission, in words."""
    days = (day - submitted_on).days
    if not days:
        return "on the day of the submission"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'after' if days > 0 else 'before'} the submission"
