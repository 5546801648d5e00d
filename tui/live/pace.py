"""Pace: how fine a picture the line to the terminal carries, by how long the last ones took."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.frames import Frame
from tui.terminal import Detail

SLOW = 0.1
"""Seconds that a frame may take before a person notices."""

_FINE = 6.25  # bytes for each cell of the screen that a phase may send in fine detail
_SMALL = 400  # bytes: frames below tell how long the way is, and little of how wide
_MANY_SMALL = 8  # of them, all fast, count as one that is not small: there are sessions that have no others
_KEPT = 8  # frames that the line is judged by
_FEW, _MANY = 8, 128  # fast frames before it is tried again: at first, and where it has often failed


@dataclass(frozen=True, slots=True)
class Pace:
    """The `detail` that is right for the line, from frame to frame.

    It is plain at once when a frame was slow or was not acknowledged at all. It is fine again when several frames in a
    row say that a fine one would be fast, twice as many each time that this turns out to be wrong. The first frame,
    painted before there is a picture, decides how it begins.
    """

    detail: Detail = Detail.PLAIN
    begun: bool = False
    way: float = SLOW  # seconds of the fastest frame: what any frame takes, however small
    kept: tuple[Frame, ...] = ()  # the last frames that were not small
    fast: int = 0  # how many of these there were since one was slow
    wanted: int = _FEW
    small: int = 0  # small frames since the last that counted

    def after(self, frame: Frame | None, cells: int) -> Pace:
        """The pace after one more frame on a screen of so many cells; None is one that was not acknowledged."""
        if frame is None or frame.seconds > SLOW:
            failed = self.begun and self.detail is Detail.FINE
            return Pace(begun=True, way=self.way, wanted=min(2 * self.wanted, _MANY) if failed else self.wanted)
        way = min(self.way, frame.seconds)
        if not self.begun:
            return Pace(Detail.FINE, begun=True, way=way)
        small = self.small + 1 if frame.bytes < _SMALL else 0
        if small % _MANY_SMALL:
            return replace(self, way=way, small=small)
        seen = replace(self, way=way, kept=(*self.kept, frame)[-_KEPT:], fast=self.fast + 1, small=0)
        if self.detail is Detail.FINE:
            lasts = seen.fast >= _MANY  # earlier failures are forgotten
            return replace(seen, wanted=_FEW) if lasts else seen
        up = seen._sure(_FINE * cells) or (seen.fast >= self.wanted and seen._estimate(_FINE * cells) <= SLOW)
        return replace(seen, detail=Detail.FINE, kept=(), fast=0) if up else seen

    def _estimate(self, size: float) -> float:
        """Seconds that a frame of so many bytes would take."""
        beyond = sum(frame.seconds - self.way for frame in self.kept)
        return self.way + size * beyond / sum(frame.bytes for frame in self.kept)

    def _sure(self, size: float) -> bool:
        """Whether so much was so fast that no more frames are needed: as a first picture is on a quick line whose first
        report came late, because the program had much to import. One that has failed is not believed so soon.
        """
        count = sum(frame.bytes for frame in self.kept)
        quick = size * sum(frame.seconds for frame in self.kept) <= SLOW * count
        return self.wanted == _FEW and 2 * count >= size and quick
