"""The compare screen: both pictures, both tables, and its keys."""

import re
from dataclasses import replace
from typing import Any

import pytest
from textual.geometry import Region

from engine.session import moves
from engine.session.session import Phase
from scenarios.files.schema import Scenario
from scenarios.library import store
from scenarios.workspace.axes import axis
from scenarios.workspace.moves import Against, Move, Open, Pin
from scenarios.workspace.view import Help, Screen
from scenarios.workspace.workspace import Workspace
from tests.tui import drawing
from tests.tui.drawing import ASCII, FACES, UTF8, application, b, now, panes, place, running, screen, show, slots, text
from tests.workspaces import FORWARD, NEXT, after, apply, look, made, many_points, opened, point, scenario
from tui.live import start
from tui.plots.rows import Row
from tui.screens import layout
from tui.screens.compare import PLAN as COMPARE
from tui.terminal import Terminal

SIZES = [(72, 21), (80, 24), (120, 40), (200, 60), (150, 24)]
ON_COMPARE = look(screen=Screen.COMPARE)
MODEL1, SPLIT = store.load("model1"), store.load("split")
by_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def beside(left: Scenario | str, right: str, *made: Move) -> Workspace:
    """Two scenarios side by side, after the moves."""
    pinned = store.load(left) if isinstance(left, str) else left
    return after(opened(right), [Against(pinned), ON_COMPARE, *made])


def drawn(workspace: Workspace, name: str, size: tuple[int, int] = (80, 24)) -> list[Row]:
    slot = slots(workspace, size)[name]
    return COMPARE.panes[name](workspace, slot.region.width, slot.region.height + slot.over, UTF8)


def joined(rows: list[str]) -> str:
    return "\n".join(rows)


UPDATE_BIAS = beside("model1", "model2")
PICTURES: dict[str, tuple[Workspace, tuple[int, int], Terminal]] = {
    "compare-update-bias-80x24": (UPDATE_BIAS, (80, 24), ASCII),
    "compare-sides-72x21": (apply(UPDATE_BIAS, moves.Edit("b", -1.5)), (72, 21), ASCII),
    "compare-direction-120x40": (after(UPDATE_BIAS, [moves.Edit("b", -0.8), FORWARD, point(4)]), (120, 40), UTF8),
    "compare-models-80x24": (beside("split", "update-bias", NEXT), (80, 24), UTF8),
}


@pytest.mark.parametrize("name", PICTURES)
async def test_the_whole_screen(name: str) -> None:
    workspace, size, terminal = PICTURES[name]
    async with running(size=size, terminal=terminal) as (app, pilot):
        await show(app, pilot, workspace)
        drawing.check(name, screen(app))


@by_size
def test_nothing_that_matters_is_missing_at_any_size(size: tuple[int, int]) -> None:
    found = panes(apply(UPDATE_BIAS, FORWARD), size)
    assert "pinned  model1" in found["pinned"][0]
    assert "now  model2" in found["now"][0]
    assert re.search(r"▸ b +-0\.4000 +→ +-0\.5000 +-0\.1000 ", joined(found["changes"]))
    assert re.search(r"  rate +0\.1 +→ +0\.1 +same ", joined(found["changes"]))
    assert re.search(r" loss +5\.7766 *→ +5\.7320 +-0\.0446 ", joined(found["outcome"]))
    assert re.search(r" errors +4 *→ +4 +same ", joined(found["outcome"]))
    assert re.search(r" dL/db +\+0\.5579 *→ +\+0\.3330 +-0\.2249 ", joined(found["outcome"]))
    assert "all points are on the same sides" in joined(found["outcome"])


@by_size
def test_the_two_pictures_have_the_same_axes_and_the_same_points(size: tuple[int, int]) -> None:
    found = panes(apply(UPDATE_BIAS, look(model_shown=False)), size)
    assert found["pinned"][1:-1] == found["now"][1:-1]
    other = panes(beside("model1", "split"), size)
    for name, own in (("pinned", "model1"), ("now", "split")):
        assert drawing.signs(other[name][1:-1]) >= 9, own
    far = made([(-3.0, 4.0, 1.0), (5.0, -6.0, -1.0)], (1.0, 1.0, 0.0))
    far = after(far, [Against(MODEL1), ON_COMPARE, look(model_shown=False)])
    found = panes(far, size)
    ticks = [found[name][-2].split() for name in ("pinned", "now")]
    assert ticks[0] == ticks[1]


def test_the_pictures_are_as_square_as_fits() -> None:
    for size, most in (((72, 21), 1.7), ((80, 24), 1.5), ((120, 40), 1.1), ((200, 60), 1.1), ((150, 24), 1.1)):
        slot = slots(UPDATE_BIAS, size)["now"]
        cells, height = slot.region.width, slot.region.height + slot.over
        assert 0.9 < (cells - 6) / (2 * (height - 3)) < most, size


def test_the_panes_fill_the_body_and_do_not_overlap() -> None:
    for workspace in (UPDATE_BIAS, beside("split", "model1"), beside("model1", "split")):
        for columns in range(72, 210, 13):
            for lines in range(21, 70, 7):
                regions = layout.lines(columns, lines, 2)
                assert regions is not None
                body = regions["body"]
                parts = [slot.region for slot in COMPARE.arrange(body, workspace).values()]
                assert sum(part.area for part in parts) == body.area
                assert all(body.contains_region(part) for part in parts)
                assert Region.from_union(parts) == body


def test_points_that_changed_sides_are_marked_in_the_right_picture_alone() -> None:
    workspace = apply(UPDATE_BIAS, moves.Edit("b", -1.5))
    found = panes(workspace, (120, 40))
    assert joined(panes(workspace, (120, 40), ASCII)["now"]).count("(xxx)") == 5
    assert " changed sides" in found["now"][-1]
    assert " changed sides" not in found["pinned"][-1]
    assert not any(ink.reverse for row in drawn(workspace, "pinned") for _, ink in row)
    turned = "".join(span for row in drawn(workspace, "now") for span, ink in row if ink.reverse)
    assert (turned.count("×"), turned.count("○")) == (5 + 1, 4)  # and the key to it
    assert "4 wrong only left: ○ 2  ○ 4  ○ 5  ○ 9" in joined(found["outcome"])
    own = after(opened("model1"), [Pin(), moves.Edit("b", -1.5), ON_COMPARE])
    assert "4 now right: ○ 2  ○ 4  ○ 5  ○ 9" in joined(panes(own, (120, 40))["outcome"])
    assert "5 wrong only right: × 1  × 6  × 7  × 8  × 10" in joined(found["outcome"])
    narrow = joined(panes(workspace, (72, 21))["outcome"])
    assert re.search(r"5 wrong only right: × 1  × 6 … +│", narrow)


def test_the_selected_row_stays_in_sight() -> None:
    for row, words in enumerate((*SPLIT.problem.names, "rate")):
        workspace = beside("split", "split", look(row=axis(row, SPLIT.problem)))
        assert f"▸ {words}" in joined(panes(workspace, (72, 21))["changes"])
    for left, right in (("split", "model1"), ("model1", "split")):
        names = [*store.load(right).problem.names, "rate"]
        for row, words in enumerate(names):
            workspace = beside(left, right, look(row=axis(row, store.load(right).problem)))
            assert f"▸ {words} " in joined(panes(workspace, (72, 21))["changes"])


def test_a_slope_with_a_long_name_leaves_its_numbers_whole() -> None:
    found = joined(panes(beside("split", "split", moves.Edit("m2.b", 0.0), FORWARD), (72, 21))["outcome"])
    assert re.search(r" slope +-0\.5495 → [+-]\d\.\d{4} [+-]\d\.\d{4} *│", found)


def test_what_cannot_be_compared_is_not_subtracted() -> None:
    found = joined(panes(beside("model1", "split"))["outcome"])
    assert re.search(r"loss +5\.7766 *→ +6\.3122 +│", found)
    assert "not comparable: different points" in found
    assert "sides" not in found
    found = joined(panes(beside("model1", "model1", moves.Set("loss", "as-printed")))["outcome"])
    assert re.search(r"loss +5\.7766 *→ +-0\.0849 +│", found)
    assert "log-sigmoid against as-printed" in found
    assert "all points are on the same sides" in found


def test_held_ones_are_marked_on_their_side() -> None:
    found = joined(panes(beside("update-bias", "model1", moves.Hold("b")))["changes"])
    assert re.search(r"w1 +\+1\.0000h +→ \+1\.0000 +same", found)
    assert re.search(r"b +-0\.4000 +→ -0\.4000h +same", found)


def test_a_hundred_thousand_points() -> None:
    many = scenario(many_points(100_000), (1.0, 1.0, -1.0))
    workspace = after(Workspace.of(many), [Pin(), ON_COMPARE, moves.Edit("b", -0.5)])
    found = panes(workspace)
    assert re.search(r"errors +0 *→ +37,501 +\+37,501", joined(found["outcome"]))
    assert "37,501 now wrong: ○" in joined(found["outcome"])
    assert any(ink.reverse for row in drawn(workspace, "now") for _, ink in row)


EXTREME = [
    beside("model1", "model1", moves.Edit("w1", 1e300)),
    beside("model1", "model1", moves.Edit("b", 1e-300)),
    beside("zeros", "split", NEXT, moves.Set("rate", 1e308), NEXT, NEXT),
    after(made([(-7.0, 1e5, -1.0)], (1.0, 1.0, -1.0), reduction="mean"), [Against(MODEL1), ON_COMPARE, NEXT, point(0)]),
    after(made([(1e300, -1e300, 1.0)], (0.0, 0.0, 0.5)), [ON_COMPARE, point(0)]),
    beside("split", "model1", point(9), look(distances=True)),
]


@pytest.mark.parametrize("index", range(len(EXTREME)))
def test_extremes_are_drawn_at_every_size_on_every_terminal(index: int) -> None:
    for size in SIZES:
        for terminal in FACES:
            for rows in panes(EXTREME[index], size, terminal).values():
                assert terminal.unicode or joined(rows).isascii()


def test_a_long_name_leaves_the_place_in_sight() -> None:
    long = replace(MODEL1, name="n" * 40)
    found = panes(after(Workspace.of(long), [Pin(), ON_COMPARE]), (72, 21))
    for name in ("pinned", "now"):
        assert "n…  step 0 (1) " in found[name][0]


# Driven by its keys.


async def test_pinned_against_what_follows() -> None:
    async with running() as (app, pilot):
        await pilot.press("P")
        assert "Pinned model1, step 0: 5 shows it beside what follows" in screen(app)[-1]
        await pilot.press("minus", "5")
        assert "compare  model1 step 0 → model1 step 0" in screen(app)[0]
        assert "b went from -0.4000 to -0.5000: the loss fell by 0.0446 to 5.7320" in text(app)
        await pilot.press("1", "space", "5")
        assert place(now(app)) == (0, Phase.DIRECTION)
        assert now(app).pinned is not None
        assert "step 0 (1)" in screen(app)[1][:40]
        assert "step 0 (2)" in screen(app)[1][40:]


async def test_any_two_scenarios() -> None:
    async with running() as (app, pilot):
        await pilot.press("P", "5", "o", "down", "enter")
        assert screen(app)[0].startswith(" riserun  compare  model1 step 0 → model2 step 0")
        assert "5.7766 →  5.7320  -0.0446" in text(app)
        await pilot.press("u")
        assert "model1 step 0 → model1 step 0" in screen(app)[0]


async def test_with_nothing_pinned_it_compares_with_the_start() -> None:
    async with running() as (app, pilot):
        await pilot.press("5")
        assert "Nothing is pinned, so the start of model1 stands on the left" in text(app)
        assert "start  model1  step 0 (1)" in screen(app)[1]
        await pilot.press("n")
        assert "start  model1  step 0 (1)" in screen(app)[1]
        assert "now  model1  step 1 (1)" in screen(app)[1]
        await pilot.press("P")
        assert "pinned  model1  step 1 (1)" in screen(app)[1]
        assert "Pinned model1, step 1: it stands on the left now" in screen(app)[-1]


async def test_both_step_together_and_back_to_the_very_same_screen() -> None:
    async with running("model2") as (app, pilot):
        await show(app, pilot, apply(now(app), Against(MODEL1)))
        await pilot.press("5")
        before = screen(app)
        await pilot.press("space", "space", "space", "right", "n")
        assert "model1 step 3 → model2 step 3" in screen(app)[0]
        await pilot.press("left", "N", *["backspace"] * 3)
        assert screen(app) == before
        await pilot.press("right", "right", "home")
        assert screen(app) == before
        await pilot.press("end")
        assert "model1 step 3 → model2 step 3" in screen(app)[0]


async def test_changes_are_made_in_the_right_one() -> None:
    async with running("model2") as (app, pilot):
        await show(app, pilot, apply(now(app), Against(MODEL1)))
        await pilot.press("5", "minus")
        assert b(now(app)) == -0.6
        await pilot.press("up", "h", "l", "e", "3", "enter")
        await pilot.pause()
        frame = now(app).session.frame
        assert (frame.parameters, frame.problem.held, frame.problem.loss) == ((1.0, 3.0, -0.6), {"w2"}, "ReLU")
        await pilot.press(*"uuuu")
        assert b(now(app)) == -0.5
        pinned = now(app).pinned
        assert pinned is not None
        assert pinned.session.frame.parameters == (1.0, 1.0, -0.4)


async def test_it_plays() -> None:
    async with running("model2") as (app, pilot):
        await show(app, pilot, apply(now(app), Against(MODEL1)))
        await pilot.press("5", "p")
        await pilot.pause()
        await pilot.press("p")
        assert not app.playing
        pinned = now(app).pinned
        assert pinned is not None
        assert (pinned.session.step, pinned.session.phase) == place(now(app)) != (0, Phase.LOSS)


async def test_help_and_the_way_to_the_other_screens() -> None:
    async with running() as (app, pilot):
        await pilot.press("5", "question_mark")
        assert now(app).view.help is Help.PANE
        assert "why: compare" in text(app)
        for key, name in (("2", "derive"), ("5", "compare"), ("3", "trace"), ("5", "compare"), ("1", "fit")):
            await pilot.press(key)
            assert now(app).view.screen == name


@pytest.mark.parametrize("columns", [72, 80, 120])
async def test_the_footer_has_this_screens_keys_and_fits(columns: int) -> None:
    async with running(size=(columns, 24)) as (app, pilot):
        await pilot.press("5")
        foot = screen(app)[-1]
        assert len(foot) == columns
        for words in ("space phase", "bksp back", "-/+ nudge", "? why", "P pin"):
            assert words in foot


async def test_a_phase_repaints_only_what_changes(repaints: list[tuple[Any, ...]]) -> None:
    async with running("model2") as (app, pilot):
        await show(app, pilot, after(now(app), [Against(MODEL1), ON_COMPARE]))
        repaints.clear()
        await pilot.press("space")
        rows = {(id, region.y) for id, regions in repaints for region in regions}
        # Both titles, the row of slopes and the one it moves down, the header and the caption; no picture, no values.
        assert {id for id, _ in rows} == {"pinned", "now", "outcome", "header", "caption"}
        assert len(rows) <= 2 + 2 + 1 + 2


async def test_the_command_line_opens_two() -> None:
    app = application(lambda: start.shown("model2", "model1"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.pause()
        assert screen(app)[0].startswith(" riserun  compare  model1 step 0 → model2 step 0")
        assert "model2's loss is 0.0446 below model1's" in text(app)
    app = application(lambda: start.shown("model2", "splitt"))
    async with app.run_test(size=(80, 24)):
        await app.settled.wait()
        assert "unknown scenario 'splitt'; did you mean 'split'?" in app.failure


def test_open_keeps_the_pinned_beside_it() -> None:
    found = panes(after(opened("model1"), [NEXT, Pin(), Open(SPLIT), ON_COMPARE]))
    assert "pinned  model1  step 1 (1)" in found["pinned"][0]
    assert "Linear → Split" in found["changes"][0]
