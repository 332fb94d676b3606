"""How large a rate may be that showed so few events: exact bounds of Clopper and Pearson."""

from math import comb, exp, lgamma, log, log1p

_STEPS = 60


def upper_bound(events: int, trials: int, confidence: float = 0.95) -> float:
    """The highest rate at which so few events, or fewer, would still be seen with probability 1 - confidence.

    One-sided; for no event it is close to 3 / trials (the rule of three). 1 without trials.
    """
    if trials == 0 or events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > 1 - confidence else (low, middle)
    return high


def lower_bound(events: int, trials: int, confidence: float = 0.95) -> float:
    """The lowest rate at which so many events, or more, would still be seen with probability 1 - confidence."""
    return 1.0 - upper_bound(trials - events, trials, confidence)


def _at_most(events: int, trials: int, rate: float) -> float:
    """Probability of at most so many events."""
    if trials < 300:
        return sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(events + 1))
    return sum(exp(_log_choose(trials, k) + k * log(rate) + (trials - k) * log1p(-rate)) for k in range(events + 1))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
