"""The book of the law that decisions were made by: every provision and every rule in words, kept once beside them.

A packet holds the values that counted in its case. The book holds what is the same for all cases: all dated values with
their sources, and of each rule what it says, when it applies and what it reads. So a decision can be explained in ten
years, when rules, policy and handbook are others.
"""

from typing import Any

from registry.codec import pack
from registry.conclusions import CONCLUSIONS
from registry.journal import canonical, digest
from registry.law import Policy, Provision
from registry.rulebook import RULES

SCHEMA = "nutmeg-book/1"


def book_text(policy: Policy) -> str:
    """The book as JSON that needs none of our code to be read; the same policy and rules give the same text."""
    rule_ids = {rule.id for rule in RULES}
    provisions = {key: _provision(each) for key, each in policy.provisions.items() if key not in rule_ids}
    rules = {rule.id: _rule(rule, policy.provisions[rule.id]) for rule in RULES}
    conclusions = {
        each.name: {"says": each.sentence, "reads": [read.key for read in each.reads]} for each in CONCLUSIONS
    }
    book = {"schema": SCHEMA, "policy_fingerprint": policy.fingerprint}
    return canonical({**book, "provisions": provisions, "rules": rules, "conclusions": conclusions})


def book_digest(policy: Policy) -> str:
    """SHA-256 of the book, by which packets name it."""
    return policy.once("book", lambda: digest(book_text(policy)))


def _rule(rule: Any, provision: Provision) -> dict[str, Any]:
    told = _provision(provision)
    return {
        "says": rule.sentence,
        "code": rule.reason.value,
        "applies_when": rule.when,
        "reads": [read.key for read in rule.all_reads],
        "in_force": told["values"],
        "citation": told["citation"],
        "certainty": told["certainty"],
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "says": provision.summary,
        "unit": provision.unit,
        "citation": {"title": provision.citation, "url": provision.url},
        "certainty": provision.certainty.value,
        "values": {since.isoformat(): pack(value) for since, value in provision.values},
    }
