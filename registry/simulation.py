"""What if the law were another: cases decided again from their packets, which of them flip, and why."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from registry.case import CaseFacts
from registry.decision import Decision, decide
from registry.law import Policy, Provision, Value
from registry.packet import SCHEMA, PacketError, facts_of
from registry.readers import provisions_behind
from registry.rule import Finding, Verdict
from registry.rulebook import RULES, ask_all, known_in


@dataclass(frozen=True, slots=True)
class Moved:
    """A provision with another value on the case's days.

    `since` is the ISO day since which the value before was in force; None where the packet does not say, as of rules.
    """

    provision: str
    before: Value | None
    since: str | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A rule that says something else of the case; a rule that one of the two sides does not know said None there."""

    rule: str
    before: Verdict | None
    after: Verdict | None
    detail: str
    """why it is not met after, for the analyst; else empty"""
    provisions: tuple[Moved, ...]
    """what moved of what it rests on, and had to; empty when the rule itself was written anew since the decision"""

    @property
    def decides(self) -> bool:
        """Whether a reason code came or went with it."""
        return Verdict.NOT_MET in {self.before, self.after}


@dataclass(frozen=True, slots=True)
class Flip:
    """One case that would be decided otherwise."""

    submission_id: str
    revision: int
    before: str
    after: str
    came: tuple[str, ...]
    """reason codes, sorted"""
    went: tuple[str, ...]
    why: tuple[Turned, ...]
    """in the order of the handbook"""

    @property
    def deciding(self) -> tuple[Turned, ...]:
        """Of the rules that say something else, those with which codes came or went."""
        return tuple([each for each in self.why if each.decides])


@dataclass
class Totals:
    """What many comparisons come to; merged in any order they come to the same."""

    flips: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """cases by outcome before and after, those that stay too"""
    came: Counter[str] = field(default_factory=Counter)
    went: Counter[str] = field(default_factory=Counter)
    provisions: Counter[str] = field(default_factory=Counter)
    """flips by each provision behind them"""
    decided_under: Counter[str] = field(default_factory=Counter)
    """cases by the fingerprint of the policy that decided them"""

    @property
    def compared(self) -> int:
        """How many cases were decided again."""
        return self.outcomes.total()

    def count(self, packet: Mapping[str, Any], flip: Flip | None) -> None:
        """Take in one comparison."""
        before = packet["outcome"]
        self.outcomes[before, before if flip is None else flip.after] += 1
        self.decided_under[packet["policy_fingerprint"]] += 1
        if flip is not None:
            self.flips += 1
            self.came.update(flip.came)
            self.went.update(flip.went)
            self.provisions.update({moved.provision for turned in flip.deciding for moved in turned.provisions})

    def merge(self, other: "Totals") -> None:
        """Take in what others counted."""
        self.flips += other.flips
        self.outcomes.update(other.outcomes)
        self.came.update(other.came)
        self.went.update(other.went)
        self.provisions.update(other.provisions)
        self.decided_under.update(other.decided_under)


class Compared(NamedTuple):
    """A chunk of packets after they were decided again."""

    totals: Totals
    flips: list[Flip]
    left_out: list[tuple[str, str]]
    """(decision, why it could not be compared)"""


def compare_all(packets: Iterable[tuple[str, str]], policy: Policy) -> Compared:
    """Compare each (decision, packet as JSON); one that cannot be compared is told and stops no other."""
    done = Compared(Totals(), [], [])
    for decision_id, text in packets:
        try:
            packet = _read(text)
            flip = compare(packet, policy)
        except PacketError as error:
            done.left_out.append((decision_id, str(error)))
            continue
        done.totals.count(packet, flip)
        done.flips.extend([flip] if flip else [])
    return done


def compare(packet: Mapping[str, Any], policy: Policy) -> Flip | None:
    """How the packet's case flips under another policy; None when outcome and reason codes stay.

    Raises:
        PacketError: it is no packet of this form, or not one that this policy can decide; never with a value of it.
    """
    facts = _facts(packet)
    try:
        decision = decide(facts, policy)
    except (TypeError, AttributeError, ValueError, OverflowError):
        raise PacketError("this policy cannot decide it: a rule finds no value that it could read") from None
    if (packet["outcome"], packet["reason_codes"]) == (decision.outcome, list(decision.reason_codes)):
        return None
    try:
        return _flip(packet, decision, policy)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise PacketError(_INCOMPLETE) from None


def _flip(packet: Mapping[str, Any], decision: Decision, policy: Policy) -> Flip:
    before, after = set(packet["reason_codes"]), set(decision.reason_codes)
    return Flip(
        packet["submission_id"],
        packet["revision"],
        packet["outcome"],
        decision.outcome.value,
        tuple(sorted(after - before)),
        tuple(sorted(before - after)),
        tuple(_turned(packet, decision, policy)),
    )


_HEAD = {"submission_id": str, "revision": int, "outcome": str, "reason_codes": list, "policy_fingerprint": str}
_INCOMPLETE = "its packet is not complete or not of its form"


def _read(text: str) -> dict[str, Any]:
    try:
        packet = json.loads(text)
    except (ValueError, RecursionError):
        raise PacketError("its packet is not JSON") from None
    if not isinstance(packet, dict):
        raise PacketError(_INCOMPLETE)
    return packet


def _facts(packet: Mapping[str, Any]) -> CaseFacts:
    """The facts; the house's own sentence may quote a value, and what is told here is read by many."""
    if packet.get("schema") != SCHEMA:
        raise PacketError(f"its packet is not of the form {SCHEMA}")
    if any(type(packet.get(name)) is not kind for name, kind in _HEAD.items()):
        raise PacketError(_INCOMPLETE)
    try:
        return facts_of(packet)
    except PacketError:
        raise PacketError(_INCOMPLETE) from None


def _turned(packet: Mapping[str, Any], decision: Decision, policy: Policy) -> Iterator[Turned]:
    """Every rule whose verdict is another; a new rule that has nothing against the case turned nothing."""
    said = {each["rule"]: Verdict(each["verdict"]) for each in packet["findings"]}
    held, holds = _held(packet), known_in(vars(decision.facts), policy)
    for finding in decision.findings:
        before = said.pop(finding.rule, None)
        if before is not finding.verdict and (before or finding.verdict is Verdict.NOT_MET):
            moved = _needed(finding, tuple(_moved(_behind(finding.rule), held, holds)), holds)
            yield Turned(finding.rule, before, finding.verdict, finding.detail, moved)
    for rule, before in said.items():
        if before is Verdict.NOT_MET:
            yield Turned(rule, before, None, "", ())


Held = Mapping[str, tuple[Value | None, str | None]]
"""by key of a provision: its value in a case, and since when"""


def _held(packet: Mapping[str, Any]) -> Held:
    """The law that the packet was decided by; a rule that was in force is itself a provision."""
    law = {key: (_value(each["value"]), each["since"]) for key, each in packet["law"].items()}
    findings = {each["rule"]: Verdict(each["verdict"]) for each in packet["findings"]}
    return law | {rule: (None if verdict is Verdict.NOT_IN_FORCE else True, None) for rule, verdict in findings.items()}


def _moved(keys: Iterable[str], held: Held, holds: Mapping[str, Any]) -> Iterator[Moved]:
    for key in keys:
        value, since = held.get(key, (None, None))
        if value != holds[key]:
            yield Moved(key, value, since, holds[key])


def _needed(finding: Finding, moved: tuple[Moved, ...], holds: Mapping[str, Any]) -> tuple[Moved, ...]:
    """Of what moved, that without which the rule would say something else; all of it when nothing is so alone.

    A rule on fees rests on the patient's and on the caregiver's; that the other one moved too turned nothing.
    """
    if len(moved) < 2:
        return moved
    return tuple([each for each in moved if each.since is None or _undone(each, finding, holds)]) or moved


def _undone(moved: Moved, finding: Finding, holds: Mapping[str, Any]) -> bool:
    """Whether the rule would say something else had this one not moved."""
    known = {**holds, moved.provision: moved.before}
    found, _ = ask_all(known, known)
    return (finding.rule, finding.verdict) not in {(each.rule, each.verdict) for each in found}


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def _behind(rule_id: str) -> tuple[str, ...]:
    """The rule itself, and every provision that its judgement rests on."""
    return (rule_id, *provisions_behind(_RULE[rule_id]))


_RULE = {each.id: each for each in RULES}


class Differs(NamedTuple):
    """A provision that two policies hold otherwise, whatever the days of any case."""

    key: str
    before: Mapping[str, Value | None]
    """values by ISO day of force; empty where the policy does not have the provision"""
    after: Mapping[str, Value | None]
    decides: bool
    """whether a rule rests on it; what does not moves clocks and certificates, and flips nothing"""


def differing(policy: Policy, other: Policy) -> list[Differs]:
    """The provisions that the two policies hold otherwise, by key."""
    found = []
    decide_cases = {key.partition("@")[0] for rule in _RULE for key in _behind(rule)}
    for key in sorted(policy.provisions.keys() | other.provisions.keys()):
        before, after = _dated(policy.provisions.get(key)), _dated(other.provisions.get(key))
        if before != after:
            found.append(Differs(key, before, after, key in decide_cases))
    return found


def _dated(provision: Provision | None) -> dict[str, Value | None]:
    return {} if provision is None else {since.isoformat(): value for since, value in provision.values}
