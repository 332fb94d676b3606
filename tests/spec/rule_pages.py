"""The handbook's pages about the rules, one for each subject."""

import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from registry.law import Policy, Provision
from registry.readers import provisions_behind
from registry.reading import Read
from registry.reasons import Reason, ReasonClass
from registry.rule import Rule, Verdict
from registry.rulebook import RULES
from tasks.notices import ReasonWords
from tests.spec.specs import Case, Impossible, Spec
from tests.spec.wording import (
    SURE,
    block,
    briefly_named,
    cited,
    escaped,
    named,
    page,
    plainly,
    provisions_table,
    sentences,
    slug,
    table,
    words,
)

TITLES = {
    "register": "The registration and the person",
    "identity": "Proof of identity",
    "residency": "Proof of residency",
    "documents": "Uploads",
    "certification": "The certification",
    "certifier": "The certifier",
    "conditions": "Conditions",
    "minors": "Minors",
    "caregivers": "Caregivers",
    "statements": "Statements and fee",
    "lanes": "What always goes to a person",
}
ACTS = {
    ReasonClass.APPLICANT: "the applicant can mend it",
    ReasonClass.PERSON: "a person must settle it",
    ReasonClass.WAIT: "another submission has to come first",
    ReasonClass.LANE: "nothing is wrong; by rule a person decides",
}
_SAID = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "**not met**",
    Verdict.DOES_NOT_APPLY: "does not apply",
}


@cache
def subjects() -> dict[str, tuple[Rule, ...]]:
    """The rules of each subject, in the order of the rulebook."""
    names = dict.fromkeys(rule.subject for rule in RULES)
    return {name: tuple(rule for rule in RULES if rule.subject == name) for name in names}


def about_subject(subject: str) -> str:
    """What the rules of a subject speak about, in one sentence."""
    module = sys.modules[subjects()[subject][0].function.__module__]
    return (inspect.getdoc(module) or "").splitlines()[0]


def link(rule: Rule, text: str) -> str:
    """The text as a link to the rule."""
    return f"[{text}]({rule.subject}.md#{slug(rule.sentence)})"


def linked(rule: Rule) -> str:
    """The rule's sentence as a link to it."""
    return link(rule, plainly(rule.sentence.rstrip(".")))


def subject_page(
    subject: str, policy: Policy, reasons: Mapping[Reason, ReasonWords], specs: Mapping[str, Spec], *more: str
) -> str:
    """Everything about the rules of one subject, and what else belongs to it."""
    rules = subjects()[subject]
    contents = block(f"- {linked(rule)} `{rule.reason}`" for rule in rules)
    sections = [part for rule in rules for part in _rule(rule, policy, reasons[rule.reason], specs[rule.id])]
    return page(TITLES[subject], [about_subject(subject), contents], sections, more)


def _rule(rule: Rule, policy: Policy, said: ReasonWords, spec: Spec) -> Iterator[str]:
    yield f"## {plainly(rule.sentence)}"
    yield block(_head(rule, policy.provisions[rule.id], said))
    yield escaped(spec.about)
    yield plainly(rule.more)
    yield f"**When it is asked.** {_when(rule)}"
    yield "**What it looks at**"
    yield block(f"- {named(read.name)}" for read in rule.reads if read.day is None)
    yield from _provisions(list(provisions_behind(rule).values()), policy)
    yield "**Cases**"
    yield block(table(("Case", "Day", "Different from the ordinary case", "Then"), map(_row, spec.cases)))
    if spec.impossible:
        yield "**What cannot happen**"
        yield block(_impossible(each) for each in spec.impossible)


def _head(rule: Rule, provision: Provision, said: ReasonWords) -> Iterator[str]:
    yield f"- Code `{rule.reason}`: {ACTS[said.reason_class]}."
    yield f"- What the applicant is told: “{escaped(said.applicant)}”"
    yield f"- Rests on: {cited(said.citation.title, said.citation.url)}; {SURE[provision.certainty]}."
    yield f"- Asked {_force(provision)}. Its name in a decision is `{rule.id}`."


def _force(provision: Provision) -> str:
    return ", ".join(f"{'since' if value else 'and no more since'} {since}" for since, value in provision.values)


def _when(rule: Rule) -> str:
    if rule.when is None:
        return "Of every submission."
    said = sentences()[rule.when].rstrip(".")
    return f"When this is so: {said[0].lower() + said[1:]} (`{rule.when}`)."


def _provisions(reads: list[Read], policy: Policy) -> Iterator[str]:
    if reads:
        yield "**What the law sets**"
        yield block(provisions_table(reads, policy.provisions))


def _row(case: Case) -> tuple[str, str, str, str]:
    signed = f",<br>signed<br>{case.signed_on}" if case.signed_on != case.submitted_on else ""
    given = "<br>".join(f"{briefly_named(name)}: **{escaped(words(value))}**" for name, value in case.given.items())
    says = f": “{escaped(case.says)}”" if case.says else ""
    return escaped(case.sentence), f"{case.submitted_on}{signed}", given or "nothing", _SAID[case.then] + says


def _impossible(impossible: Impossible) -> str:
    side = "Since" if impossible.is_since else "Before"
    return f"- {side} {impossible.day} never {_SAID[impossible.then]}: {escaped(impossible.because)}"
