"""Fine where the line carries it, plain at once where it does not, no flicker between; no clock but the line's."""

from dataclasses import dataclass, field
from itertools import groupby

import pytest

from tui.frames import Frame, Frames
from tui.live.pace import SLOW, Pace
from tui.terminal import Detail

SMALL, LARGE = 80 * 24, 120 * 40
PLAIN, FINE = (900, 1500, 250, 2600, 1200), 6  # bytes of phases; a fine one has so many times as many


@dataclass
class Line:
    """A line that carries `rate` bytes a second, `way` seconds there and back, and a person who steps over it."""

    rate: float
    way: float
    pace: Pace = field(default_factory=Pace)
    cells: int = SMALL
    said: list[Detail] = field(default_factory=list)

    def step(self, size: int) -> None:
        """A frame of so many bytes if it is plain."""
        sent = size * FINE if self.pace.detail is Detail.FINE else size
        self.pace = self.pace.after(Frame(sent, self.way + sent / self.rate), self.cells)
        self.said.append(self.pace.detail)

    def steps(self, count: int) -> list[Detail]:
        """The details after each of so many phases."""
        for number in range(count):
            self.step(PLAIN[number % len(PLAIN)])
        return self.said[-count:]


@pytest.mark.parametrize(
    ("rate", "way", "first", "last"),
    [
        (5e6, 0.002, Detail.FINE, Detail.FINE),  # the same machine
        (1e6, 0.03, Detail.FINE, Detail.FINE),
        (20e3, 0.2, Detail.PLAIN, Detail.PLAIN),
        (20e3, 0.01, Detail.PLAIN, Detail.PLAIN),
        (1e6, 0.3, Detail.PLAIN, Detail.PLAIN),  # a satellite: nothing is fast enough there
    ],
)
def test_it_begins_as_the_first_paint_says_and_stays(rate: float, way: float, first: Detail, last: Detail) -> None:
    line = Line(rate, way)
    line.step(2500)
    assert line.said == [first]
    assert line.steps(60) == [last] * 60


def test_a_terminal_that_does_not_answer_is_drawn_for_plainly() -> None:
    pace = Pace()
    assert pace.detail is Detail.PLAIN
    for _ in range(3):
        pace = pace.after(None, SMALL)
        assert pace.detail is Detail.PLAIN


def test_one_slow_frame_is_enough_and_several_fast_ones_bring_it_back() -> None:
    line = Line(5e6, 0.002)
    assert line.steps(20)[-1] is Detail.FINE
    for seconds in (SLOW + 0.001, None):
        line.pace = line.pace.after(Frame(9000, seconds) if seconds else None, SMALL)
        assert line.pace.detail is Detail.PLAIN
        back = line.steps(30)
        assert back[:6] == [Detail.PLAIN] * 6
        assert back[-1] is Detail.FINE
        assert len(list(groupby(back))) == 2  # once, and no more
        line.steps(200)


def test_a_first_picture_that_is_fast_makes_up_for_a_first_report_that_came_late() -> None:
    for cells, size in ((SMALL, 6700), (LARGE, 19_000)):
        pace = Pace().after(Frame(2500, 0.3), cells)
        assert pace.detail is Detail.PLAIN
        assert pace.after(Frame(900, 0.004), cells).detail is Detail.PLAIN  # that says little
        assert pace.after(Frame(size, 0.02), cells).detail is Detail.FINE
        assert pace.after(Frame(size, 0.09), cells).detail is Detail.PLAIN


def test_what_a_fine_frame_would_take_is_told_by_the_last_eight_and_the_way_of_the_fastest() -> None:
    for seconds in ([0.09] * 4 + [0.004] * 4, [0.02] * 7 + [0.09]):
        pace = Pace().after(None, SMALL)
        for each in seconds:
            pace = pace.after(Frame(900, each), SMALL)
            assert pace.detail is Detail.PLAIN
        for _ in range(8):
            pace = pace.after(Frame(900, 0.004), SMALL)
        assert pace.detail is Detail.FINE


def test_frames_that_say_little_neither_bring_it_back_nor_hold_it_up() -> None:
    line = Line(5e6, 0.002)
    line.steps(3)
    line.pace = line.pace.after(Frame(9000, 1.0), SMALL)
    for _ in range(100):
        line.step(60)  # the footer alone
    assert line.pace.detail is Detail.PLAIN
    assert line.steps(20)[-1] is Detail.FINE


@pytest.mark.parametrize("cells", [SMALL, LARGE])
def test_where_all_frames_are_small_a_fast_line_is_fine_again_and_a_slow_one_is_not(cells: int) -> None:
    for rate, last in ((5e6, Detail.FINE), (20e3, Detail.PLAIN)):
        line = Line(rate, 0.002, cells=cells)
        line.steps(3)
        line.pace = line.pace.after(Frame(9000, 1.0), cells)
        for number in range(150):
            line.step((250, 90, 330)[number % 3])
        assert line.pace.detail is last


@pytest.mark.parametrize("cells", [SMALL, LARGE])
def test_on_a_line_between_it_stays_plain_or_tries_ever_more_seldom(cells: int) -> None:
    for rate in (30e3, 60e3, 90e3, 120e3, 200e3):
        line = Line(rate, 0.03, cells=cells)
        details = [detail for detail, _ in groupby(line.steps(600))]
        assert details.count(Detail.FINE) <= 6, rate


def test_a_line_whose_frames_are_all_alike_is_tried_ever_more_seldom() -> None:
    line = Line(20e3, 0.0)
    for _ in range(800):
        line.step(1500)  # 75 ms, and nothing tells the way from the width
    tried = [len(list(group)) for detail, group in groupby(line.said) if detail is Detail.PLAIN]
    assert len(tried) <= 10
    assert tried[-1] >= 100 or tried[-2] >= 100


@dataclass
class Person:
    """Holds a key down for a while, over a line, in a program that paints a frame wherever it may: a simulation."""

    line: Line
    keys: list[float]
    sent: list[tuple[float, int]] = field(default_factory=list)  # when a frame left, and how many keys it shows

    def holds(self, size: int) -> float:
        """Seconds from the last key to the last byte of the last picture on the screen."""
        now = 0.0
        frames = Frames(lambda: now)
        frames.wrote(size)
        frames.ask()
        frames.answer(0.0)
        arrivals = [key + self.line.way / 2 for key in self.keys]
        report, seen, free, there = float("inf"), 0, 0.0, 0.0
        while arrivals or report < float("inf") or self.sent[-1][1] < seen:
            now = min(arrivals[0] if arrivals else float("inf"), report)
            if now == report:
                frame = frames.answer(now)
                assert frame is not None
                self.line.pace, report = self.line.pace.after(frame, SMALL), float("inf")
            else:
                arrivals.pop(0)
                seen += 1
            if not frames.held and (not self.sent or self.sent[-1][1] < seen):
                frames.wrote(size)
                assert frames.ask()
                self.sent.append((now, seen))
                free = max(free, now) + size / self.line.rate
                there, report = free + self.line.way / 2, free + self.line.way
        return there - self.keys[-1]


def test_of_a_key_that_is_held_on_a_slow_line_pictures_are_skipped_and_no_key() -> None:
    keys = [index / 30 for index in range(90)]
    person = Person(Line(20e3, 0.2), keys)
    assert person.holds(1500) <= 0.5
    assert person.sent[-1][1] == len(keys)  # the last picture shows them all
    assert len(person.sent) <= 12
    assert all(later - earlier >= 0.2 for (earlier, _), (later, _) in zip(person.sent, person.sent[1:], strict=False))
