"""The lecturer's notes: what the class does not see, on a second terminal."""

import pytest

from engine.session import moves
from scenarios.lesson.lesson import begin
from scenarios.lesson.notes import notes
from scenarios.workspace.lectures import Choose, Leave
from scenarios.workspace.workspace import Workspace
from tests.scenarios.lectures import lecture
from tests.tui.drawing import UTF8, application, pane, screen, text
from tests.workspaces import apply, look, opened
from tui.commands import read
from tui.live.start import Start
from tui.panes.notes import draw

ON = moves.Forward()


def given(*acts: object) -> Workspace:
    at = begin(lecture())
    for act in acts:
        at = apply(at, act)  # type: ignore[arg-type]
    return at


def test_the_notes_of_the_scene_and_what_comes_next() -> None:
    told = dict(notes(given()))
    assert told == {"notes": "Let them point.", "next": "a question to the class."}
    assert dict(notes(given(ON, ON, ON, ON)))["next"] == "2, Only the bias: w1 and w2 are held."


def test_the_answer_to_a_question_is_known_before_the_class_knows_it() -> None:
    at = given(ON, Choose(1))
    assert dict(notes(at))["answer"].startswith("down. The slope of the loss in b is +0.5579")
    assert dict(notes(at))["next"] == "the answer."


def test_what_the_class_cannot_see_is_said() -> None:
    assert "It is black" in dict(notes(given(look(black=True))))["screen"]
    assert read(dict(notes(given(Leave())))["screen"]).endswith("t comes back to it.")


def test_at_the_end_nothing_comes_next() -> None:
    assert dict(notes(given(*[ON] * 20)))["next"] == "nothing; this is the end."


def test_without_a_lecture_they_are_the_scenarios() -> None:
    assert "Before you step, ask the class" in " ".join(text for _, text in notes(opened("model1")))


@pytest.mark.parametrize("size", [(72, 17), (80, 20), (200, 50)])
def test_the_pane_fits(size: tuple[int, int]) -> None:
    rows = pane(draw, given(), size, UTF8)
    assert [len(row) for row in rows] == [size[0]] * size[1]
    assert "notes  1/3  Which way is down?" in rows[0]


async def test_the_notes_take_the_place_of_every_screen() -> None:
    app = application(lambda: Start(given(look(black=True)), notes=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.pause()
        assert "Let them point." in text(app)
        assert "It is black" in text(app)
        assert "Four points are wrong." in text(app)
        assert "data " not in screen(app)[1]
