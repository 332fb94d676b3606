"""What the command says when it cannot go on; each error carries its exit code."""


class NutmegError(Exception):
    """A sentence for the user: what is wrong, where, and what to do. Never a personal value."""

    exit_code = 3


class WrongUseError(NutmegError):
    """The command was given something it cannot work with."""

    exit_code = 2


class PolicyError(NutmegError):
    """The law as data cannot be loaded."""


class LedgerError(NutmegError):
    """The ledger cannot be opened."""


class ReferenceTableError(NutmegError):
    """A reference table cannot be loaded."""
