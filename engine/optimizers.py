"""Optimizers: pure functions from parameters and slopes to new parameters."""

from collections.abc import Sequence


def gradient_descent(
    parameters: Sequence[float], slopes: Sequence[float], rate: float, held: Sequence[bool]
) -> tuple[float, ...]:
    """Each parameter moved against its slope by rate·slope; held ones stay. Overflow gives inf or nan."""
    return tuple(
        value if keep else value - rate * slope for value, slope, keep in zip(parameters, slopes, held, strict=True)
    )
