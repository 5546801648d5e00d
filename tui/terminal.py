"""What the terminal can show, read from the environment before anything is painted.

Standard library only: `prepare` must run before Textual is imported, because Textual reads its settings then.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from enum import Enum


class Depth(Enum):
    """How many colours the terminal shows; the values are those of the option --color."""

    TRUE = "true"
    C256 = "256"
    C16 = "16"
    NONE = "none"


class Theme(Enum):
    """What is painted on: light signs on a dark ground, or dark ones on a light ground."""

    DARK = "dark"
    LIGHT = "light"


class Palette(Enum):
    """The colours of the classes: the lecture's red and blue, or ones that are told apart without any kind of cone."""

    LECTURE = "lecture"
    SAFE = "safe"


class Detail(Enum):
    """How fine the shades of a picture are, which is what most of its bytes are spent on."""

    FINE = "fine"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Terminal:
    """What may be painted, and how: colours up to `depth`, beyond ASCII only where `unicode`, for a ground of `theme`.

    `painted`: the ground and the ink of the text are riserun's own, because the theme was asked for; otherwise the
    terminal's. `detail` changes shades alone, never a number or a place.
    """

    depth: Depth
    unicode: bool
    theme: Theme = Theme.DARK
    palette: Palette = Palette.LECTURE
    detail: Detail = Detail.PLAIN
    painted: bool = False

    @property
    def shaded(self) -> bool:
        """Whether a ground may have shades: that takes more than one colour of a hue."""
        return self.depth in (Depth.TRUE, Depth.C256)

    @property
    def braille(self) -> bool:
        """Whether curves may be braille: that takes Unicode, and colours to tell one curve from another."""
        return self.unicode and self.depth is not Depth.NONE


# An SSH session hands TERM on and COLORTERM not, and these names alone say true colour.
_TRUE_BY_NAME = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm")

# NONE has no name in Textual, which then gets styles without a colour; any depth is right for them.
_TEXTUAL_NAMES = {Depth.TRUE: "truecolor", Depth.C256: "256", Depth.C16: "standard", Depth.NONE: "standard"}

# Textual waits this long (ms), and up to 100 more, for the rest of an escape sequence that a slow connection has split.
_ESCAPE_DELAY = "150"


def detect(
    environ: Mapping[str, str],
    color: str = "auto",
    ascii: bool = False,
    theme: str = "auto",
    palette: str = "lecture",
    detail: str = "auto",
) -> Terminal:
    """The terminal that `environ` describes. What is not "auto", a value of Depth, Theme, Palette or Detail, and
    `ascii` overrule it; the detail is fine where nobody finds out how fast the line is.

    Raises ValueError for what is none of these.
    """
    return Terminal(
        _depth(environ) if color == "auto" else Depth(color),
        unicode=not ascii and _unicode(environ),
        theme=_theme(environ) if theme == "auto" else Theme(theme),
        palette=Palette(palette),
        detail=Detail.FINE if detail == "auto" else Detail(detail),
        painted=theme != "auto",
    )


def answers(terminal: Terminal, environ: Mapping[str, str]) -> bool:
    """Whether the terminal may be asked for its ground: some print the question, and without colours it is no use."""
    term = environ.get("TERM", "")
    return terminal.depth is not Depth.NONE and term != "linux" and not term.startswith("vt")


def prepare(terminal: Terminal, environ: MutableMapping[str, str]) -> None:
    """Tell Textual, through `environ`, what `detect` found; call it before Textual is imported."""
    environ["TEXTUAL_COLOR_SYSTEM"] = _TEXTUAL_NAMES[terminal.depth]  # Textual crashes on a name it does not know
    environ.pop("NO_COLOR", None)  # Textual would answer with greys, which are colours too
    environ.setdefault("ESCDELAY", _ESCAPE_DELAY)


def _depth(environ: Mapping[str, str]) -> Depth:
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        return Depth.NONE
    if environ.get("COLORTERM") in ("truecolor", "24bit") or term.endswith("-direct") or term in _TRUE_BY_NAME:
        return Depth.TRUE
    if term.endswith("-256color"):
        return Depth.C256
    return Depth.NONE if term in ("", "dumb") else Depth.C16


def _theme(environ: Mapping[str, str]) -> Theme:
    # Some terminals tell the colours of text and ground, by their numbers among 16; 7 and 15 are whites.
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return Theme.LIGHT if ground in ("7", "15") else Theme.DARK


def _unicode(environ: Mapping[str, str]) -> bool:
    # The Linux console decodes UTF-8, but its font holds 512 glyphs at most and no braille: curves would be boxes.
    if environ.get("TERM") == "linux":
        return False
    # Python itself writes UTF-8 even under LC_ALL=C, so only the locale tells what the terminal reads.
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    return "utf8" in locale.lower().replace("-", "")
