"""One picture at a time on a slow line, told apart from reports that come late or never."""

from tui.frames import Frame, Frames


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def begun() -> tuple[Clock, Frames]:
    """Frames of a terminal that has answered once."""
    clock = Clock()
    frames = Frames(clock)
    frames.wrote(1)
    assert frames.ask()
    frames.answer(clock.now)
    return clock, frames


def test_a_frame_is_what_was_written_before_the_question_and_lasts_until_the_report() -> None:
    clock, frames = begun()
    clock.now = 1.0
    frames.wrote(300)
    frames.wrote(50)
    assert frames.ask()
    frames.wrote(20)
    assert not frames.ask()  # one report at a time
    assert frames.answer(1.25) == Frame(350, 0.25)
    clock.now = 2.0
    assert frames.ask()
    assert frames.answer(2.5) == Frame(20, 0.5)


def test_without_anything_new_nothing_is_asked() -> None:
    _, frames = begun()
    assert not frames.new
    assert not frames.ask()
    assert frames.answer(1.0) is None  # a key that looks like a report


def test_pictures_are_held_for_a_terminal_that_answers_and_for_no_other() -> None:
    clock = Clock()
    frames = Frames(clock)
    for answers in (False, True, True):
        frames.wrote(1)
        assert frames.ask()
        assert frames.awaited
        assert frames.coming
        assert frames.held == answers
        frames.answer(clock.now)
        assert not frames.held


def test_a_report_that_is_given_up_holds_nothing_and_is_waited_for_once_more() -> None:
    clock, frames = begun()
    frames.wrote(10)
    frames.ask()
    frames.give_up()
    assert not frames.held
    assert not frames.awaited
    frames.wrote(20)
    assert not frames.ask()
    clock.now = 3.0
    assert frames.answer(3.0) == Frame(10, 3.0)  # it was only late: what came is not about the second frame
    assert frames.ask()
    assert frames.held


def test_given_up_twice_it_is_lost_and_the_next_frame_asks_again() -> None:
    clock, frames = begun()
    frames.wrote(10)
    frames.ask()
    frames.give_up()
    frames.give_up()
    clock.now = 9.0
    frames.wrote(20)
    assert frames.ask()
    assert not frames.held  # it has not answered yet
    assert not frames.coming  # who leaves does not wait for a terminal that never answers
    assert frames.answer(9.5) == Frame(20, 0.5)


def test_what_was_asked_before_it_was_suspended_is_forgotten() -> None:
    _, frames = begun()
    frames.wrote(10)
    frames.ask()
    frames.wrote(20)
    frames.forget()
    assert not frames.new
    assert not frames.held
    assert frames.answer(1.0) is None
