"""How far two colours are apart, and how those see them who lack a kind of cone: what the palettes are judged by."""

import math

from tui.plots.colours.scales import coded, linear

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009:
# severity 1, on amounts of light.
DEFICIENCIES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, deficiency: str) -> str:
    """`#rrggbb` as it looks to somebody with that deficiency."""
    light = linear(colour)
    return coded([sum(m * part for m, part in zip(line, light, strict=True)) for line in DEFICIENCIES[deficiency]])


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, two: str) -> float:
    """The ratio of contrast of WCAG 2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* under D65."""
    red, green, blue = linear(colour)
    x, y, z = (
        _root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047),
        _root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue),
        _root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883),
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def difference(one: str, two: str) -> float:
    """ΔE2000 (Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005); 1 is just seen."""
    return delta(_lab(one), _lab(two))


def delta(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """ΔE2000 of two L*a*b*."""
    (light1, a1, b1), (light2, a2, b2) = one, two
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    chroma1, chroma2 = math.hypot(a1, b1), math.hypot(a2, b2)
    hue1, hue2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if not chroma1 * chroma2 else (hue2 - hue1 + 180) % 360 - 180
    hue = hue1 + hue2 if not chroma1 * chroma2 else (hue1 + turn / 2) % 360
    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    cosines = zip((-0.17, 0.24, 0.32, -0.2), (1, 2, 3, 4), (-30, 0, 6, -63), strict=True)
    weight = 1 + sum(part * math.cos(math.radians(times * hue + shift)) for part, times, shift in cosines)
    by_light = (light2 - light1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    by_chroma = (chroma2 - chroma1) / (1 + 0.045 * chroma)
    by_hue = 2 * math.sqrt(chroma1 * chroma2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    around = 30 * math.exp(-(((hue - 275) / 25) ** 2))
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(2 * around))
    return math.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)
