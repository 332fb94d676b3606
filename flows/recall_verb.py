"""What `nutmeg recall` does: look, ask, grant, withdraw or report."""

import argparse
from typing import Any

from registry.recall import Basis
from tasks.errors import WrongUseError
from tasks.settings import Settings

Answer = tuple[dict[str, Any], str, bool]
"""the result, its text, and whether something needs a person"""


def answered(arguments: argparse.Namespace) -> Answer:
    """Do what the arguments ask for.

    Raises:
        WrongUseError: an argument is missing, or goes with another question.
    """
    _refuse_what_does_not_fit(arguments)
    if arguments.grant is not None:
        return _granted(arguments)
    if arguments.withdraw is not None:
        from tasks.recalling import withdraw

        said = withdraw(arguments.withdraw, arguments.actor, arguments.as_of)
        return said, said["sentence"], False
    if arguments.report is not None:
        from tasks.recall_reporting import report, report_text

        said = report(Settings.load(), arguments.report, arguments.as_of)
        return said, report_text(said), bool(said["past_the_clock"] or (said["cure_by"] and said["left"]))
    return _asked(arguments)


def _asked(arguments: argparse.Namespace) -> Answer:
    from tasks.recall_reporting import preview_text
    from tasks.recalling import ask, criterion, preview

    [basis] = [each for each in Basis if getattr(arguments, each) is not None]
    wanted = criterion(basis, getattr(arguments, basis), arguments.first, arguments.last)
    if arguments.apply:
        said = ask(wanted, arguments.reason, arguments.actor, arguments.as_of)
    else:
        said = preview(Settings.load(), wanted, arguments.as_of)
    return said, preview_text(said), False


def _granted(arguments: argparse.Namespace) -> Answer:
    from tasks.recall_granting import grant
    from tasks.recall_reporting import grant_text

    said = grant(arguments.grant, arguments.actor, arguments.as_of)
    return said, grant_text(said), bool(said["matching_since"] or said.get("unpublished"))


def _refuse_what_does_not_fit(arguments: argparse.Namespace) -> None:
    asks = any(getattr(arguments, basis) is not None for basis in Basis)
    if not asks and (arguments.first or arguments.last or arguments.apply or arguments.reason):
        raise WrongUseError("--from, --to, --apply and --reason go with --certifier, --run or --document.")
    if arguments.apply and not arguments.reason:
        raise WrongUseError("--apply needs --reason: why the certificates are called back, in a sentence.")
    acts = arguments.apply or arguments.grant is not None or arguments.withdraw is not None
    if acts and not arguments.actor:
        raise WrongUseError("--actor has to name the person who asks, grants or withdraws.")
