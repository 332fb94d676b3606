"""What a changed law would flip, in words: ids, rules, codes and provisions, and nothing of any person."""

from collections.abc import Iterable, Mapping
from typing import Any

from tasks.strict_csv import listed

Plain = Mapping[str, Any]


def told(result: Plain) -> str:
    """The answer for people, as the command prints it."""
    parts = [_head(result), _policies(result), _differences(result["differs"])]
    if result["compared"]:
        parts += [_outcomes(result["outcomes"])]
    if result["flips"]:
        parts += [_codes(result["codes"]), _behind(result["provisions"]), _flipped(result)]
    if result["left_out"]:
        lines = listed([f"  {each['decision_id']}: {each['why']}" for each in result["left_out"]])
        parts.append("\n".join([f"Not compared: {len(result['left_out']):,}", *lines]))
    return "\n\n".join(parts)


def why(flip: Plain) -> str:
    """The rules with which codes came or went, each with what moved behind it, in one line."""
    return "; ".join(_why(each) for each in flip["why"] if "not_met" in {each["before"], each["after"]})


def _why(turned: Plain) -> str:
    moved = [f"{each['provision']} {_held(each)} -> {_value(each['after'])}" for each in turned["provisions"]]
    return f"{turned['rule']}: {', '.join(moved) or 'the rule itself was written anew since'}"


def _held(moved: Plain) -> str:
    return _value(moved["before"]) + (f" (since {moved['since']})" if moved["since"] else "")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "not in force"
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def _head(result: Plain) -> str:
    period = f"submitted from {result['from']} to {result['to']}"
    return f"Cases {period}: {result['compared']:,} decided again. Flips: {result['flips']:,}."


def _policies(result: Plain) -> str:
    asked = result["policy"]
    under = result["decided_under"].items()
    lines = [f"Decided under   {each[:12]}  {count:,} case{'' if count == 1 else 's'}" for each, count in under]
    ours = f", {len(asked['files_of_data_policy'])} files from data/policy" if asked["files_of_data_policy"] else ""
    files = f"{', '.join(asked['files'])} from {asked['folder']}{ours}"
    return "\n".join([*lines, f"Asked about     {asked['fingerprint'][:12]}  {files}"])


def _differences(differs: Iterable[Plain]) -> str:
    lines = []
    for each in differs:
        idle = "" if each["decides"] else "   (no rule rests on it: it flips nothing)"
        lines += [
            f"  {each['key']}{idle}",
            f"    before  {_dated(each['before'])}",
            f"    after   {_dated(each['after'])}",
        ]
    return "\n".join(
        ["Provisions that differ from data/policy", *lines] if lines else ["No provision differs from data/policy."]
    )


def _dated(values: Mapping[str, Any]) -> str:
    return "; ".join(f"{since}: {_value(value)}" for since, value in values.items()) or "not defined"


def _outcomes(outcomes: Iterable[Plain]) -> str:
    lines = [f"  {each['before']:<13} -> {each['after']:<13} {each['cases']:>9,}" for each in outcomes]
    return "\n".join([f"{'Outcomes':<31} {'cases':>9}", *lines])


def _codes(codes: Mapping[str, Plain]) -> str:
    lines = [f"  {code:<29} {each['came']:>9,} {each['went']:>9,}" for code, each in codes.items()]
    return "\n".join([f"{'Reason codes':<31} {'come':>9} {'go':>9}", *lines])


def _behind(provisions: Mapping[str, int]) -> str:
    lines = [f"  {key:<37} {count:>9,}" for key, count in provisions.items()]
    return "\n".join([f"{'Provisions behind flips':<39} {'flips':>9}", *lines])


def _flipped(result: Plain) -> str:
    lines = [_line(flip) for flip in result["flipped"]]
    if more := result["flips"] - len(lines):
        lines.append(f"  and {more:,} more; " + ("see the table." if result["table"] else "--out FILE for all."))
    if result["table"]:
        lines.append(f"All of them are in {result['table']}")
    return "\n".join(["Flips", *lines])


def _line(flip: Plain) -> str:
    codes = " ".join([*(f"+{code}" for code in flip["came"]), *(f"-{code}" for code in flip["went"])])
    case = f"{flip['submission_id']} revision {flip['revision']}"
    return f"  {case}: {flip['before']} -> {flip['after']} {codes}\n      {why(flip)}"
