"""The packet of a decision: everything it rests on, as plain JSON that needs none of our code to be read.

A packet proves itself: from its own facts and its own law the same decision follows, with nothing else in hand. Its
form is docs/decision-packet.schema.json.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from registry.book import book_digest
from registry.case import CaseFacts
from registry.codec import plain, unpack
from registry.conclusions import CONCLUSIONS
from registry.decision import Decision
from registry.law import Policy
from registry.nearest import nearest_automatic
from registry.reading import Day, Read
from registry.rule import Finding, Verdict
from registry.rulebook import RULES, ask_all

SCHEMA = "nutmeg-decision/1"
# The same few days stand in thousands of packets.
_json = json.JSONEncoder(default=lru_cache(8_192)(plain), separators=(",", ":"), ensure_ascii=False).encode


class PacketError(ValueError):
    """What was given is no packet of this form; the sentence says what is wrong with it."""


def packet_text(decision: Decision, policy: Policy, about: Mapping[str, Any]) -> str:
    """The packet of a decision that was made under this policy, as JSON; `about` says of what and when.

    What is the same for all cases of a day is written once and joined.
    """
    facts = decision.facts
    days = (facts.submitted_on, facts.certified_on or facts.submitted_on)
    head = {
        "schema": SCHEMA,
        **about,
        "outcome": decision.outcome,
        "reason_codes": decision.reason_codes,
        "policy_fingerprint": decision.policy_fingerprint,
        "book": book_digest(policy),
        "facts": vars(facts),
        "conclusions": decision.conclusions,
        "nearest_automatic": nearest_automatic(decision, policy).as_dict(),
    }
    law = policy.once(("law", *days), lambda: _law(policy, *days))
    met, is_met = _texts("met"), Verdict.MET
    findings = ",".join([met[each.rule] if each.verdict is is_met else _said(each) for each in decision.findings])
    return f'{_json(head)[:-1]},"law":{law},"findings":[{findings}]}}'


def re_evaluate(packet: Mapping[str, Any]) -> Decision:
    """The decision that follows from the packet's own facts and law.

    Raises:
        PacketError: it is no packet of this form.
    """
    facts = facts_of(packet)
    try:
        law = {key: _value(each["value"]) for key, each in packet["law"].items()}
        rules = {each["rule"]: each["verdict"] != Verdict.NOT_IN_FORCE for each in packet["findings"]}
        findings, conclusions = ask_all({**law, **rules}, vars(facts))
        return Decision(facts, conclusions, findings, packet["policy_fingerprint"])
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
    except (KeyError, TypeError, ValueError):
        # What was raised may quote a value, and that is a person's.
        raise PacketError("the packet's facts are not complete or not of their form") from None


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


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


def _said(finding: Finding) -> str:
    if finding.verdict is not Verdict.NOT_MET:
        return _texts(finding.verdict.value)[finding.rule]
    said = {"rule": finding.rule, "verdict": finding.verdict, "code": finding.reason, "detail": finding.detail}
    return _json({**said, "reads": _reads()[finding.rule]})


@cache
def _texts(verdict: str) -> dict[str, str]:
    """The finding of every rule with this verdict, where there is nothing more to say."""
    return {rule.id: f'{{"rule":"{rule.id}","verdict":"{verdict}"}}' for rule in RULES}


@cache
def _reads() -> dict[str, list[str]]:
    return {rule.id: [read.key for read in rule.all_reads] for rule in RULES}
