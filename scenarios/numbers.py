"""How numbers are written, everywhere: four decimals, the sign and the point in one column."""

import math

_LARGEST_PLAIN = 1000.0


def signed(value: float, decimals: int = 4) -> str:
    """The value with its sign: `+0.5579`; `+1.2e+05` from a thousand on; `+inf`, `nan` as they are."""
    if not math.isfinite(value):
        return f"{value:+}"
    if abs(value) >= _LARGEST_PLAIN:
        return f"{value:+.1e}"
    text = f"{value:+.{decimals}f}"
    # What rounds to nothing is written +0.0000, or one small negative slope would make the column flicker.
    return "+" + text[1:] if float(text) == 0.0 else text


def plain(value: float, decimals: int = 4) -> str:
    """The value without a plus: `5.7766`, `-39.9000`, `1.2e+05`."""
    return signed(value, decimals).removeprefix("+")


def size(value: float) -> str:
    """The absolute value as one says it: three digits that matter, `0.0429`, `0.067`, `5.73`, `7.9e-10`."""
    value = abs(value)
    if value == 0.0 or not math.isfinite(value):
        return f"{value:g}"
    if value < 1e-4 or value >= 1e5:
        return f"{value:.1e}"
    decimals = max(0, min(4, 3 - math.ceil(math.log10(value)) if value >= 1.0 else 3 + (value < 0.05)))
    return f"{value:.{decimals}f}"


def given(value: float) -> str:
    """A number as a person typed it: `0.1`, `-0.4`, `1e-06`, in at most six digits."""
    return f"{value:.6g}"


def one_two_five(value: float, by: int) -> float:
    """The next number of the series … 0.1, 0.2, 0.5, 1, 2, 5 … above (`by` = 1) or below (`by` = -1) `value`."""
    exponent = math.floor(math.log10(value))
    series = [float(f"{digit}e{exponent + shift}") for shift in (-1, 0, 1) for digit in (1, 2, 5)]
    if by > 0:
        return next(entry for entry in series if entry > value * (1 + 1e-9))
    return next(entry for entry in reversed(series) if entry < value * (1 - 1e-9))
