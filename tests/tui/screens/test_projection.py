"""For a projector: the picture, the number of the moment and one sentence; whatever else is there comes back."""

from pathlib import Path

import pytest
from textual.geometry import Region

from engine.session import moves
from engine.session.session import Phase
from scenarios.context.captions import chosen, sentences
from scenarios.lesson.lesson import options
from scenarios.screens.stories import STORIES
from scenarios.workspace.view import Pane, Screen, Subject
from scenarios.workspace.workspace import Workspace
from tests.journals import written
from tests.scenarios.lectures import place, walk
from tests.tui.contexts import PLACES
from tests.tui.drawing import ASCII, UTF8, follow, now, projected, running, screen, text, until, write
from tests.tui.drawing import projected_slots as slots
from tests.workspaces import FORWARD, NEXT, after, apply, caption, look, opened
from tui.plots.digits import large
from tui.plots.rows import plain
from tui.screens import projection
from tui.screens.notes import NOTES
from tui.terminal import Terminal

SIZES = [(72, 21), (80, 24), (120, 40), (200, 60)]


def parts(workspace: Workspace, size: tuple[int, int], terminal: Terminal = UTF8) -> dict[str, list[str]]:
    return {name: [plain(line) for line in rows] for name, rows in projected(workspace, size, terminal).items()}


def area(region: Region, of: tuple[int, int]) -> float:
    return region.area / (of[0] * of[1])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("here", PLACES)
def test_the_picture_has_most_of_the_screen_and_nothing_overlaps(here: str, size: tuple[int, int]) -> None:
    workspace = after(opened("model1", NEXT, FORWARD), [*PLACES[here], look(large=True)])
    found = slots(workspace, size)
    assert {"moment", "sentence"} < found.keys()
    regions = [slot.region for slot in found.values()]
    assert not any(one.overlaps(other) for one in regions for other in regions if one is not other)
    pictures = [slot.region for name, slot in found.items() if name not in projection.PARTS]
    assert sum(area(region, size) for region in pictures) > 0.5
    parts(workspace, size)


@pytest.mark.parametrize("pane", [Pane.PARAMETERS, Pane.LOSS, Pane.SLOPE])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_chosen_pane_comes_back_beside_the_data(pane: Pane, size: tuple[int, int]) -> None:
    workspace = opened("model1", FORWARD, look(large=True, focus=pane))
    found = slots(workspace, size)
    assert found.keys() == {"data", "moment", "sentence", pane.value}
    assert sum(slot.region.area for slot in found.values()) == size[0] * (size[1] - 1)
    assert found[pane].region.height >= 7
    alone = slots(apply(workspace, look(zoomed=True)), size)
    assert alone.keys() == {"moment", "sentence", pane.value}
    assert alone[pane].region == slots(opened("model1", look(large=True)), size)["data"].region


@pytest.mark.parametrize("terminal", [UTF8, ASCII], ids=["utf8", "ascii"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_of_every_beat_the_words_the_question_and_its_answers_are_whole(
    size: tuple[int, int], terminal: Terminal
) -> None:
    for beat in walk():
        workspace = apply(beat, look(large=True))
        said = " ".join(" ".join(parts(workspace, size, terminal)["sentence"]).split())
        assert "…" not in said
        assert all(option.text in said for option in options(workspace)) or terminal is ASCII
        assert sentences(caption(workspace))[-1] in said or terminal is ASCII


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_in_every_phase_the_number_stands_in_its_place_in_large_digits(size: tuple[int, int]) -> None:
    for where in Screen:
        seen = []
        for phase in Phase:
            workspace = opened("model1", NEXT, *[FORWARD] * (phase - 1), look(screen=where, large=True, trace_at=9))
            places, (what, value, _) = slots(workspace, size), STORIES[where].moment(workspace)
            room = places["moment"].region
            head, *rows = parts(workspace, size)["moment"]
            assert what in head
            digits = large(value, room.width - 2, room.height - 1, True)
            assert digits
            assert [line.strip() for line in rows[: len(digits)]] == [line.strip() for line in digits]
            seen.append(places)
        assert seen.count(seen[0]) == len(seen), where


def test_the_number_of_a_point_has_the_colour_of_its_side() -> None:
    workspace = opened("model1", look(large=True, point=6, subject=Subject.POINT))
    inks = {}
    for value in (2.0, -2.0):
        edited = apply(workspace, moves.Edit("b", value))
        shown = projection.PARTS["moment"](apply(edited, look(subject=Subject.POINT)), 34, 6, UTF8)
        inks[value] = {ink.fg for line in shown[1:] for sign, ink in line if sign.strip()}
    assert inks == {2.0: {"cross"}, -2.0: {"circle"}}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_c_takes_away_what_stands_round_the_picture_and_brings_it_back(size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        await pilot.press("n")
        for key in "23451":
            await pilot.press(key)
            before = screen(app)
            await pilot.press("c")
            assert "riserun" not in text(app)
            assert "█" in text(app)
            assert "could not be drawn" not in text(app)
            assert screen(app)[-1].strip() == ""
            await pilot.press("c")
            assert screen(app) == before


async def test_why_a_key_did_nothing_is_said_for_that_moment() -> None:
    async with running() as (app, pilot):
        await pilot.press("c")
        before = screen(app)
        await pilot.press("backspace")
        assert (screen(app)[-1].strip(), screen(app)[:-1]) == ("this is the start", before[:-1])
        await pilot.press("v")
        assert screen(app)[-1].strip() == "this is seen in the loss pane; tab brings it back"
        await pilot.press("escape")
        assert screen(app)[-1].strip() == "there is nothing to close; c brings all panes back"


async def test_an_answer_to_the_question_before_2_is_heard_and_not_scolded() -> None:
    async with running() as (app, pilot):
        await pilot.press("c", "y", "space", "up")
        assert now(app).predictions.asked == 1
        assert screen(app)[-1].strip() == ""
        assert "Not this time." in text(app)


async def test_the_data_are_the_picture_zoomed_or_not() -> None:
    async with running() as (app, pilot):
        await pilot.press("c", "tab")
        before = screen(app)
        await pilot.press("x")
        said = "the data pane is the picture, zoomed or not; tab brings another back"
        assert (screen(app)[-1].strip(), screen(app)[:-1]) == (said, before[:-1])


async def test_what_is_asked_lies_over_the_last_rows_and_the_rest_stays() -> None:
    async with running() as (app, pilot):
        await pilot.press("c")
        before = screen(app)
        await pilot.press("e")
        assert screen(app)[-3].startswith(" ? ")
        assert screen(app)[:-3] == before[:-3]
        await pilot.press("escape", "colon", "n", "e")
        assert "▸ " in text(app)
        await pilot.press("escape")
        assert screen(app) == before
        await pilot.press("e")
        await write(pilot, "1")
        assert now(app).session.state.parameters[0] == 1.0
        await pilot.press("y", "space")
        assert "Which way will" in text(app)
        assert "↓" in text(app)


async def test_help_lies_over_all_as_always() -> None:
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        before = screen(app)
        await pilot.press("c")
        assert screen(app)[:-1] == before[:-1]
        assert now(app).view.large


def test_the_lecturers_notes_are_never_projected() -> None:
    assert not projection.projected(NOTES, opened("model1", look(large=True)))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The slope is +0.5579, so b goes down. It moves.", ["The slope is +0.5579, so b goes down.", "It moves."]),
        ("Right! The slope is -0.5. It moves.", ["Right! The slope is -0.5.", "It moves."]),
        ("Not this time. The slope is 0.", ["Not this time. The slope is 0."]),
        ("chain rule at m:  dL1/dm = -0.3543", ["chain rule at m:  dL1/dm = -0.3543"]),
    ],
)
def test_a_caption_has_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_of_a_caption_that_has_no_room_the_last_sentence_stays_and_what_to_press_goes_first() -> None:
    said = chosen("One. Two. Three. Four. Press space.")
    assert ["".join(each).count(".") for each in said] == [5, 4, 2, 1]
    assert said[2:] == [["One.", "Four."], ["Four."]]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize(
    ("at", "conclusion"),
    [
        (("step-1", 4), "The slope is -2.0665, so b will go up."),
        (("step-1", 6), "Now 4 of 10 points are wrong."),
        (("relu", 2), "autodiff picks +0.0000 by convention."),
        (("step-3", 2), "the slope alone does not tell how far."),
    ],
)
def test_what_a_caption_comes_to_is_said(at: tuple[str, int], conclusion: str, size: tuple[int, int]) -> None:
    workspace = next(beat for beat in walk() if place(beat) == at)
    said = " ".join(" ".join(parts(apply(workspace, look(large=True)), size)["sentence"]).split())
    assert conclusion in said


def test_step_and_errors_stand_small_beside_the_number() -> None:
    head = parts(opened("model1", *[NEXT] * 30, look(large=True)), (80, 24))["moment"][0]
    assert head.split() == ["loss", "step", "30", "2", "wrong", "(1)"]


async def test_the_scene_or_the_way_back_to_it_stands_in_the_last_line() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("c")
        assert screen(app)[-1].strip() == "1/22  Training Data"
        await pilot.press("t")
        assert screen(app)[-1].strip() == "t: back to 1/22"
        await pilot.press("c", "c", "t")
        assert screen(app)[-1].strip() == "1/22  Training Data"


async def test_a_follower_keeps_the_keys_that_are_theirs(tmp_path: Path) -> None:
    path = tmp_path / "demo.journal"
    path.write_bytes(written(opened("model1"), [FORWARD, look(large=True)(opened("model1"))])[0])
    async with running(lambda: follow(path)) as (app, pilot):
        await until(pilot, lambda: app.workspace is not None and now(app).view.large)
        assert "█" in text(app)
        assert "t try something" in screen(app)[-1]
