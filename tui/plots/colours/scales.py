"""Even scales between colours: equal steps in OKLab, where equal distances look equally far apart.

Source: B. Ottosson, "A perceptual color space for image processing", 2020.
"""

from __future__ import annotations

from collections.abc import Sequence

Lab = tuple[float, float, float]
_TO_LMS = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
           (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
_TO_LAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
           (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip
_FROM_LAB = ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728),
             (1.0, -0.0894841775, -1.2914855480))  # fmt: skip
_FROM_LMS = ((4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965),
             (-0.0041960863, -0.7034186147, 1.7076147010))  # fmt: skip


def scale(colours: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` (at least 2) colours, each `#rrggbb`, from the first of `colours` to the last, through all between, which
    are as many steps apart.
    """
    places, found = [_lab(colour) for colour in colours], []
    for index in range(count):
        way = (len(places) - 1) * index / (count - 1)
        part = min(int(way), len(places) - 2)
        found.append(_colour([a + (b - a) * (way - part) for a, b in zip(*places[part : part + 2], strict=True)]))
    return tuple(found)


def linear(colour: str) -> Lab:
    """Red, green and blue of `#rrggbb` as amounts of light, 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _light(red), _light(green), _light(blue)


def coded(light: Sequence[float]) -> str:
    """The colour `#rrggbb` of amounts of light; what no screen can show is taken to what it can."""
    return "#" + "".join(f"{round(255 * _code(min(max(part, 0.0), 1.0))):02x}" for part in light)


def _light(code: float) -> float:
    return code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4


def _code(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _lab(colour: str) -> Lab:
    return _times(_TO_LAB, [part ** (1 / 3) for part in _times(_TO_LMS, linear(colour))])


def _colour(lab: Sequence[float]) -> str:
    return coded(_times(_FROM_LMS, [part**3 for part in _times(_FROM_LAB, lab)]))


def _times(matrix: Sequence[Lab], vector: Sequence[float]) -> Lab:
    one, two, three = (sum(entry * part for entry, part in zip(line, vector, strict=True)) for line in matrix)
    return one, two, three
