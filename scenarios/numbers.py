"""How numbers are written, everywhere, four decimals, the sign and the point in one column; and how they are read."""

import math
import re
from collections.abc import Sequence

from engine.symbolic.expression import value as value_of
from engine.symbolic.formula import CalculationError, FormulaError, parse

_AT_A_GLANCE = 7  # characters
A_NUMBER = "write a number, such as -0.4, 1/3, 2e-3 or pi"


def read(text: str, wanted: str = A_NUMBER) -> float:
    """The finite number a person typed, wherever one is typed: `-0.4`, `2e-3`, `1/3`, `-pi/2`, `√2`.

    Raises ValueError, its text what would be right: for what is no number at all, what is `wanted`.
    """
    if comma := re.fullmatch(r"\s*([-+−]?\d+),(\d+)\s*", text, re.ASCII):
        raise ValueError(f"write {comma[1]}.{comma[2]}, with a point")
    if re.match(r"\s*[-+−]\s*[-+−]", text):
        raise ValueError(wanted)
    try:
        return value_of(parse(text, ()), {})
    except CalculationError as error:
        raise ValueError(error.message) from None
    except FormulaError:
        raise ValueError(wanted) from None


def read_point(text: str, names: Sequence[str], now: Sequence[float] = ()) -> tuple[float, ...]:
    """A number for each of the names: `x=1, y=4` in any order, or the numbers alone, in theirs. Where `now` has those
    of a present point, names that are not given keep them: `y=4`.

    Raises ValueError, its text what would be right.
    """
    point = "write " + ", ".join(f"{name}=1" for name in names)
    wanted = A_NUMBER if len(names) == 1 else point
    found: dict[str, float] = {}
    kept: dict[str, float] = {}
    for index, part in enumerate(_parts(text, names)):
        name, equals, number = part.rpartition("=")
        name = name.strip() if equals else names[min(index, len(names) - 1)]
        if name not in names:
            raise ValueError(f"there is no {name[:20]}; {point}" if name.isprintable() else point)
        if name in found:
            raise ValueError(f"{name} is given twice; {point}" if equals else f"these are too many; {point}")
        found[name] = read(number, wanted)
        if equals and now:
            kept = dict(zip(names, now, strict=True))
    found = kept | found
    if missing := [name for name in names if name not in found]:
        raise ValueError(f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; {point}")
    return tuple(found[name] for name in names)


def _parts(text: str, names: Sequence[str]) -> list[str]:
    """What is there of a point, number by number."""
    if len(names) == 1:
        return [text]
    if re.search(r"[,;]", text):
        return re.split(r"[,;](?![^(]*\))", text)
    return re.split(r"\s+(?=[^\s=]+\s*=)" if "=" in text else r"\s+", text.strip())


def signed(value: float, decimals: int = 4) -> str:
    """The value with its sign, in at most `decimals` + 4 cells: `+0.5579`, `+123.456`, `+59012.4`, `+1.2e+06`, `+inf`.

    A large number gives up decimals, one by one, so that none is wider than its column.
    """
    if not math.isfinite(value):
        return f"{value:+}"
    for places in range(decimals, -1, -1):
        text = f"{value:+.{places}f}"
        if len(text) <= decimals + 4:
            return _positive_zero(text)
    return f"{value:+.1e}" if abs(value) < 1e100 else f"{value:+.0e}"


def aligned(values: Sequence[float]) -> list[str]:
    """The values as `signed` writes them, all with the decimals of the largest, so that the points of a column stand
    under each other. What has no room for a decimal stays as it is.
    """
    texts = [signed(value) for value in values]
    places = [len(text.partition(".")[2]) for text in texts]
    written = [each if "e" not in text else 0 for each, text in zip(places, texts, strict=True)]
    fewest = min((each for each in written if each), default=0)
    return [
        _positive_zero(f"{value:+.{fewest}f}") if each > fewest else text
        for value, text, each in zip(values, texts, written, strict=True)
    ]


def _positive_zero(text: str) -> str:
    """What rounds to nothing is written +0.0000, or one small negative slope would make the column flicker."""
    return "+" + text[1:] if float(text) == 0.0 else text


def plain(value: float, decimals: int = 4) -> str:
    """The value without a plus: `5.7766`, `-39.9000`, `1.2e+06`."""
    return signed(value, decimals).removeprefix("+")


def size(value: float) -> str:
    """The absolute value: `0.0429`, and where four decimals would show nothing, `7.9e-10`."""
    value = abs(value)
    return f"{value:.1e}" if 0.0 < value < 5e-5 else plain(value)


def small(value: float) -> str:
    """The value with its sign, and where four decimals would show nothing, `+7.9e-10`."""
    return f"{value:+.1e}" if 0.0 < abs(value) < 5e-5 else signed(value)


def less(text: str) -> str:
    """A number that is taken away, without a doubled sign: `- 0.4000`, and `+ 0.4000` for -0.4000."""
    return f"+ {text[1:]}" if text.startswith("-") else f"- {text.removeprefix('+')}"


def given(value: float) -> str:
    """A number as a person types it: `0.1`, `-0.4`, `1e-06`, in at most six digits."""
    return f"{value + 0.0:.6g}"  # never -0


def given_apart(value: float, other: float) -> tuple[str, str]:
    """Both as a person types them, with as many digits as it takes to tell them apart."""
    for digits in range(6, 17):
        texts = f"{value + 0.0:.{digits}g}", f"{other + 0.0:.{digits}g}"
        if texts[0] != texts[1]:
            return texts
    return given(value), given(other)


def limit(value: float) -> str:
    """An end of a range, in three digits where it has more than are read at a glance: `-2`, `1.05e+06`."""
    text = given(value)
    return text if len(text) <= _AT_A_GLANCE else f"{value:.3g}"


def one_two_five(value: float, by: int) -> float:
    """The next number of the series … 0.1, 0.2, 0.5, 1, 2, 5 … above (`by` = 1) or below (`by` = -1) `value`."""
    exponent = math.floor(math.log10(value))
    series = [float(f"{digit}e{exponent + shift}") for shift in (-1, 0, 1) for digit in (1, 2, 5)]
    if by > 0:
        return next((entry for entry in series if entry > value * (1 + 1e-9)), math.inf)
    return next(entry for entry in reversed(series) if entry < value * (1 - 1e-9))


def rounds(low: float, high: float, most: int) -> tuple[float, ...]:
    """The round numbers between two values, neither of them among these: the multiples of 1, 2 or 5 times a power of
    ten, so close together that there are no more than `most`; none where the values are too near to each other.
    """
    spread = high / 2.0 - low / 2.0  # half of it: the whole of the largest numbers is none
    if not (math.isfinite(spread) and spread > 1e-4 * max(abs(low), abs(high))):
        return ()
    exponent = math.floor(math.log10(spread)) - math.ceil(math.log10(most))
    for unit in (float(f"{digit}e{exponent + up}") for up in range(4) for digit in (1, 2, 5)):
        first, last = math.floor(low / unit) + 1, math.ceil(high / unit) - 1
        if last - first < most:
            return tuple(float(f"{number * unit:.12g}") for number in range(first, last + 1))
    return ()


def round_powers(low: float, high: float, most: int) -> tuple[float, ...]:
    """The same on a logarithmic scale, of values above 0: 1, 2 and 5 times the powers of ten, or 1 and 3, or the powers
    alone, or as many of these as are no more than `most`.
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for digits, stride in ((1, 2, 5), 1), ((1, 3), 1), *(((1,), stride) for stride in range(1, last - first + 2)):
        powers = (power for power in range(first, last + 1) if power % stride == 0)
        found = tuple(float(f"{digit}e{power}") for power in powers for digit in digits)
        found = tuple(each for each in found if low < each < high)
        if len(found) <= most:
            return found
    return ()
