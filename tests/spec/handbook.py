"""The handbook: the law, its rules and their cases as pages that need no knowledge of code.

python tests/spec/handbook.py            writes docs/handbook
python tests/spec/handbook.py --check    says whether docs/handbook is what would be written
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from registry.decision import outcome_of
from registry.law import Certainty, Policy, Provision
from registry.reasons import Reason, ReasonClass
from registry.rulebook import RULES
from tasks.errors import NutmegError
from tasks.notices import load_reasons
from tasks.settings import PROJECT
from tests.spec.law_pages import conditions_list, dates_page, facts_page, terms_page
from tests.spec.rule_pages import ACTS, TITLES, about_subject, linked, subject_page, subjects
from tests.spec.specs import Spec, load_specs, the_policy
from tests.spec.strict import SpecError
from tests.spec.term_specs import TermSpec, all_terms, load_term_specs
from tests.spec.wording import block, dated, escaped, page, slug, source, table

HANDBOOK = PROJECT / "docs" / "handbook"
HOW_TO_READ = Path(__file__).resolve().parent / "how_to_read.md"
CONDITIONS = PROJECT / "data" / "reference" / "conditions.csv"
PRECEDENCE = (ReasonClass.PERSON, ReasonClass.APPLICANT, ReasonClass.WAIT, ReasonClass.LANE)
"""Whose codes settle the outcome, first to last; a test holds it against what decisions do."""

_OTHER_PAGES = {
    "facts.md": ("Facts and conclusions", "everything that a rule may look at, and the ordinary case"),
    "terms.md": ("Terms and clocks", "what ends when, what is due when, and who is late"),
    "dates.md": ("The law by its dates", "every provision with its values, and what changed when"),
}


def pages() -> dict[str, str]:
    """Every page by file name.

    Raises:
        NutmegError: the law or a spec cannot be read, or a rule or term has no spec.
    """
    policy, reasons, specs, terms = the_policy(), load_reasons(), load_specs(), load_term_specs()
    _refuse_gaps(specs, terms)
    more = {"conditions": tuple(conditions_list(CONDITIONS))}
    of_rules = {f"{each}.md": subject_page(each, policy, reasons, specs, *more.get(each, ())) for each in subjects()}
    return {
        "README.md": _first_page(policy),
        **of_rules,
        "facts.md": facts_page(policy),
        "terms.md": terms_page(policy, terms),
        "dates.md": dates_page(policy, CONDITIONS),
    }


def _refuse_gaps(specs: Mapping[str, Spec], terms: Mapping[str, TermSpec]) -> None:
    without = [rule.id for rule in RULES if rule.id not in specs] + [name for name in all_terms() if name not in terms]
    if without:
        raise SpecError(f"tests/spec: {', '.join(without)} has no spec. Write one before the handbook is made.")


def _first_page(policy: Policy) -> str:
    how_to_read = HOW_TO_READ.read_text(encoding="utf-8").replace("{precedence}", block(_precedence()))
    subject_lines = [f"- [{TITLES[name]}]({name}.md): {escaped(about_subject(name))}" for name in subjects()]
    other_lines = [f"- [{title}]({file}): {about}" for file, (title, about) in _OTHER_PAGES.items()]
    by_code = sorted(RULES, key=lambda rule: rule.reason)
    index = ((f"`{rule.reason}`", linked(rule), ACTS[rule.reason.reason_class]) for rule in by_code)
    return page(
        "How submissions are decided",
        [how_to_read.strip(), "## Pages", block([*subject_lines, *other_lines])],
        ["## Rules by code", block(table(("Code", "The rule that is not met", "Who acts"), index))],
        _unconfirmed(policy),
    )


def _precedence() -> list[str]:
    rows = []
    for at, reason_class in enumerate(PRECEDENCE, start=1):
        codes = [reason for reason in Reason if reason.reason_class is reason_class]
        rows.append((str(at), ACTS[reason_class], f"`{outcome_of(codes[:1])}`", f"{len(codes)}, such as `{codes[0]}`"))
    return table(("", "A code was found of which it is said", "Outcome", "Codes of this kind"), rows)


def _unconfirmed(policy: Policy) -> Iterator[str]:
    yield "## What is not confirmed"
    for certainty, title in (
        (Certainty.SECONDARY, "From a secondary source only (S)"),
        (Certainty.DESIGN, "Our own choice (D)"),
    ):
        found = [each for each in policy.unconfirmed() if each.certainty is certainty]
        yield f"### {title}"
        yield block(table(("What", "Value", "Source"), map(_unconfirmed_row, found)))
    listed = "[list of conditions](conditions.md#the-list-of-conditions)"
    yield f"Days of the {listed} that are 1 July of a year are to be confirmed as well."


def _unconfirmed_row(provision: Provision) -> tuple[str, str, str]:
    rule = next((rule for rule in RULES if rule.id == provision.key), None)
    if rule is not None:
        return (
            f"{linked(rule)} `{rule.reason}`",
            "the rule itself",
            source(provision),
        )
    return f"[{provision.summary}](dates.md#{slug(provision.summary)})", dated(provision), source(provision)


def differences(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """One sentence part for each page of the folder that is not what would be written."""
    held = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    missing = [f"{name} is missing" for name in wanted if name not in held]
    other = [f"{name} differs" for name in wanted if name in held and held[name] != wanted[name]]
    return missing + other + [f"{name} is no page of it" for name in held if name not in wanted]


def write(folder: Path, wanted: Mapping[str, str]) -> None:
    """Put the pages into the folder, and take away those that are none."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: list[str], folder: Path = HANDBOOK) -> str:
    """Write the handbook, or check it; a sentence where something is wrong, else empty."""
    if arguments not in ([], ["--check"]):
        return "handbook.py takes nothing, or --check."
    try:
        wanted = pages()
    except NutmegError as error:
        return f"The handbook cannot be made: {error}"
    if arguments == []:
        write(folder, wanted)
        return ""
    stale = differences(folder, wanted)
    return f"docs/handbook is not current: {'; '.join(stale)}. Run `make docs`." if stale else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
