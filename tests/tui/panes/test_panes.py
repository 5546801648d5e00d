"""The drawing of the screens: pictures kept as text, and what holds at every size."""

import math
import re
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.session import moves
from engine.session.session import Phase
from engine.training.datasets import drawn, lecture
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from scenarios.context.actions import actions as heard
from scenarios.library.store import BUILTIN
from scenarios.numbers import signed
from scenarios.screens.derive import actions
from scenarios.screens.landscape.ranges import span
from scenarios.screens.landscape.slice import sliced
from scenarios.screens.story import LIVE
from scenarios.workspace.axes import Parameter
from scenarios.workspace.moves import Answer, Move, Predict
from scenarios.workspace.view import Derived, DeriveView, Help, Landscape, LandscapeView, LossView, Pane, Screen
from scenarios.workspace.workspace import Workspace, snapshot
from tests.tui import drawing
from tests.tui.drawing import ASCII, FACES, UTF8, panes, running, screen
from tests.workspaces import FORWARD, NEXT, after, apply, at, choose, explained, look, made, many_points, opened, point
from tui.commands import COMMANDS
from tui.panes import data, help, lines, loss, parameters, slope
from tui.panes.plane.coordinates import axes_of
from tui.plots.charts import chart as charts
from tui.plots.charts.axes import Axis
from tui.plots.charts.chart import Series
from tui.plots.rows import Row, plain, width_of
from tui.screens.layout import Draw
from tui.terminal import Depth, Terminal

PANES: dict[Pane, tuple[Draw, tuple[int, int]]] = {
    # Each at the size it has at 80x24.
    Pane.DATA: (data.draw, (40, 20)),
    Pane.PARAMETERS: (parameters.draw, (40, 6)),
    Pane.LOSS: (loss.draw, (40, 6)),
    Pane.SLOPE: (slope.draw, (40, 10)),
}
SIZES = [(72, 21), (80, 24), (120, 40), (200, 60)]
DIRECTION = at("model1", Phase.DIRECTION)
PICTURES: dict[str, tuple[Workspace, Draw, tuple[int, int]]] = {
    **{f"pane-{pane}": (DIRECTION, *PANES[pane]) for pane in Pane},
    "pane-data-distances": (after(DIRECTION, [look(distances=True), point(4)]), *PANES[Pane.DATA]),
    "pane-data-hidden": (after(DIRECTION, [look(model_shown=False)]), *PANES[Pane.DATA]),
    "pane-data-split": (opened("split"), *PANES[Pane.DATA]),
    "pane-data-zeros": (opened("zeros"), *PANES[Pane.DATA]),
    "pane-parameters-held": (at("update-bias", Phase.DIRECTION, choose(None, 2)), *PANES[Pane.PARAMETERS]),
    "pane-parameters-out": (opened("model1", moves.Edit("b", -3.0), moves.Edit("w1", 9.0)), *PANES[Pane.PARAMETERS]),
    "pane-loss-history": (opened("model1", *[NEXT] * 24, moves.Seek(16)), loss.draw, (60, 14)),
    "pane-loss-log": (opened("model1", *[NEXT] * 24, look(loss_view=LossView.LOG)), loss.draw, (60, 14)),
    "pane-loss-point": (opened("model1", look(loss_view=LossView.POINT)), loss.draw, (60, 16)),
    "pane-loss-errors": (opened("model1", *[NEXT] * 90, look(loss_view=LossView.ERRORS)), loss.draw, (60, 14)),
    "pane-loss-ledger": (after(DIRECTION, [point(1), look(loss_view=LossView.LEDGER)]), loss.draw, (60, 14)),
    "help-slope": (after(DIRECTION, [look(help=Help.PANE, focus=Pane.SLOPE)]), help.draw, (80, 20)),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_pane(name: str) -> None:
    workspace, draw, size = PICTURES[name]
    drawing.check(name, drawing.pane(draw, workspace, size))


@pytest.mark.parametrize("phase", Phase)
async def test_the_whole_screen_in_ascii(phase: Phase) -> None:
    async with running(terminal=ASCII) as (app, pilot):
        app.workspace = at("model1", phase)
        await pilot.pause()
        drawing.check(f"fit-80x24-phase-{phase.value}", screen(app))


@pytest.mark.parametrize(("size", "name"), [((80, 24), "fit-80x24-utf8"), ((120, 40), "fit-120x40-utf8")])
async def test_the_whole_screen(size: tuple[int, int], name: str) -> None:
    async with running(size=size) as (app, pilot):
        app.workspace = opened("model1", NEXT, NEXT, FORWARD, FORWARD, point(4))
        await pilot.pause()
        drawing.check(name, screen(app))


SINE = look(screen=Screen.DERIVE, derive=DeriveView("sin(2*x)", (1.0,), ((-1.0, 3.0),)))
SURFACE = look(screen=Screen.DERIVE, derive=DeriveView("sin(x) + 2*cos(y)", (1.0, 1.0), ((-5.0, 5.0),) * 2))
STEPS = look(
    screen=Screen.DERIVE,
    derive=DeriveView("x^2*sigmoid(3x)", (1.0,), ((-1.0, 3.0),), shown=Derived.RULES, rules=5),
)
SCREENS = {
    "derive-sine": SINE,
    "derive-surface": SURFACE,
    "derive-steps": STEPS,
    "trace-forward": look(screen=Screen.TRACE, trace_at=3),
    "trace-back": look(screen=Screen.TRACE, trace_at=15),
    "landscape": look(screen=Screen.LANDSCAPE),
    "landscape-errors": look(
        screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.ERRORS, ((Parameter(2), -0.9),))
    ),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_another_screen_in_ascii(name: str) -> None:
    async with running(terminal=ASCII) as (app, pilot):
        app.workspace = opened("model1", point(1), SCREENS[name])
        await pilot.pause()
        drawing.check(f"{name}-80x24", without_errors(screen(app)))


def without_errors(lines: list[str]) -> list[str]:
    """The lines without the chart of errors, whose lower half is rounding: it is another on another processor."""
    edge = next((index for index, line in enumerate(lines) if "- error " in line), len(lines))
    return [line[:46] if edge < index < len(lines) - 3 else line for index, line in enumerate(lines)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", BUILTIN)
def test_nothing_that_matters_is_missing_at_any_size(name: str, size: tuple[int, int]) -> None:
    workspace = at(name, Phase.DIRECTION, NEXT)
    state = workspace.session.state
    shown = {pane: "\n".join(rows) for pane, rows in panes(workspace, size).items()}
    total = len(state.problem.data)
    assert drawing.signs(panes(workspace, size)["data"][1:]) >= total - 1  # two points may share a cell
    assert f"(○) wrong: {state.errors} " in shown["data"]
    for parameter in state.problem.names:
        assert re.search(rf"[ ▸] {re.escape(parameter)} ", shown["parameters"])
    assert f"{state.slopes[-1]:+.4f}" in shown["parameters"]
    assert f"loss {state.loss:.4f}   errors {state.errors} of {total}" in shown["loss"]
    for method in ("central diff. eps 1e-06", "autodiff    backward pass"):
        assert re.search(rf"{method} +{re.escape(f'{state.slopes[-1]:+.5f}')} ", shown["slope"])
    assert "●" in shown["loss"]
    if (name, size) != ("split", SIZES[0]):  # six parameters leave no room for the pushes there
        assert re.search(
            r"\d ○ (?:pu(?:sh|shes|ll|lls)|add) [+-]\d\.\d{4,5}  +\d × (?:pu(?:sh|shes|ll|lls)|add) [+-]\d\.\d{4,5} ",
            shown["slope"],
        )
    assert ("●" in shown["slope"]) == (size[1] > 24 or (size[1] == 24 and len(state.problem.names) == 3))


def test_a_slope_pane_without_room_for_three_rows_of_curve_says_more_numbers() -> None:
    for height in range(7, 20):
        rows = drawing.pane(slope.draw, DIRECTION, (40, height), UTF8)
        curve = [row for row in rows[5:-1] if re.search("[\u2800-\u28ff]", row)]
        assert bool(curve) == any("●" in row for row in rows)
        assert not curve or len(rows[5:-2]) >= 3
        if not curve and height >= 8:
            text = " ".join("".join(rows[5:]).split())
            assert text.startswith("│ lowest along b 5.7079 at -0.6437 ")
            assert ("most: ○ 5 +0.6103 × 1 -0.3543" in text) == (height >= 8)
    before = drawing.pane(slope.draw, at("model1", Phase.LOSS), (40, 8), UTF8)
    assert not re.search("[○×] [15]", "".join(before)), "the parts are shown from (2) on"
    asked = drawing.pane(slope.draw, opened("model1", Predict()), (40, 8), UTF8)
    assert "5.7079" not in "".join(asked)


@pytest.mark.parametrize("size", SIZES[2:], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_large_screen_has_the_ledger_and_its_sums_are_the_numbers_shown(size: tuple[int, int]) -> None:
    rows = panes(at("model1", Phase.DIRECTION), size)["loss"]
    (ledger,) = [index for index, row in enumerate(rows) if "dL/db" in row]
    table = [re.findall(r"[+-]\d+\.\d+", row) for row in rows[ledger + 1 : ledger + 12]]
    m_loss_part = [[float(number) for number in numbers] for numbers in table[:10]]
    assert [len(numbers) for numbers in m_loss_part] == [3] * 10
    sums = [float(number) for number in table[10]]
    assert sums == [5.7766, 0.5579]
    assert [sum(column) for column in list(zip(*m_loss_part, strict=True))[1:]] == pytest.approx(sums, abs=6e-4)


def test_selected_and_wrong_points_stand_out_without_colour() -> None:
    rows = drawing.pane(data.draw, after(DIRECTION, [point(1)]), (40, 20), ASCII)
    assert sum(row.count("(o)") for row in rows) == 5  # four points and the word in the title
    assert "2 o 0.58, 0.21  m +0.384  loss 0.904" in rows[-1]


def test_a_wrong_point_at_an_edge_has_both_its_brackets() -> None:
    edges = made([(0.0, 0.5, 1.0), (1.0, 0.5, -1.0), (0.5, 1.0, -1.0), (0.5, 0.0, 1.0)], (1.0, 0.0, -0.5))
    for size in ((36, 12), (40, 20), (79, 40)):
        rows = drawing.pane(data.draw, edges, size, ASCII)[1:-2]
        assert sum(len(re.findall(r"\((?:x+|o+|x   x| ooo )\)", row)) for row in rows) >= 2


def test_brackets_stand_beside_their_points_at_every_size() -> None:
    """Half-way between two cells, plotext once rounded to the other one."""
    for name in ("model1", "circles", "split", "losses"):
        wrong = int(opened(name).session.state.evaluation.wrong.sum())
        for size in ((40, 12), (40, 20), (60, 17), (80, 17), (151, 12), (79, 20)):
            rows = drawing.pane(data.draw, opened(name), size, ASCII)[1:-2]
            assert wrong == 0 or re.search(r"\([xo]|[xo]\)", "".join(rows))
            assert not any(re.search(r"\([^xo(]", row) or re.search(r"[^xo)]\)", row) for row in rows), size


def test_the_slopes_are_a_secret_until_phase_2() -> None:
    quiet, told = (panes(at("model1", phase), (120, 40)) for phase in (Phase.LOSS, Phase.DIRECTION))
    for number in ("0.5579", "0.3710", "2.37305", "1.81514"):
        assert not any(number in row for rows in quiet.values() for row in rows)
        assert any(number in row for rows in told.values() for row in rows)


def test_a_prediction_hides_the_curve_that_would_give_it_away() -> None:
    rows = "\n".join(panes(opened("model1", Predict(), FORWARD), (120, 40))["slope"])
    assert "the curve is hidden until you have predicted" in rows
    shown = "\n".join(panes(opened("model1", Predict(), FORWARD, Answer(-1)), (120, 40))["slope"])
    assert "hidden" not in shown


def test_phase_3_shows_the_old_line_behind_the_new() -> None:
    old, new = (sum(map(len, map(_line_signs, panes(at("model1", phase), (120, 40))["data"]))) for phase in (1, 3))
    assert new > 1.3 * old


def _line_signs(row: str) -> str:
    return "".join(sign for sign in row if 0x2800 < ord(sign) < 0x2900)


def test_the_point_losses_have_every_point_on_its_curve() -> None:
    workspace = opened("model1", look(loss_view=LossView.POINT))
    rows = drawing.pane(loss.draw, workspace, (120, 40), UTF8)[2:-1]
    below = next(index for index, row in enumerate(rows) if " m " in row)
    signs = Counter("".join(row[8:] for row in rows[:below]))
    assert signs["×"] + signs["○"] in (9, 10)  # two points may share a cell


@pytest.mark.parametrize("view", [LossView.HISTORY, LossView.LOG, LossView.ERRORS])
def test_a_long_session_is_drawn_from_two_steps_a_column(view: LossView, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[Series] = []

    def chart(width: int, height: int, series: list[Series], x: Axis, y: Axis, unicode: bool) -> list[Row]:
        assert all(y.low <= value <= y.high for entry in series for value in entry.y)
        lines.extend(series)
        return charts.chart(width, height, series, x, y, unicode)

    monkeypatch.setattr(loss, "chart", chart)
    workspace = opened("model1", *[NEXT] * 3000, moves.Seek(1234), look(loss_view=view))
    assert len(loss.draw(workspace, 60, 6, UTF8)) == 6
    *_, whole_line, so_far, here = lines
    assert all(len(entry.x) <= 2 * 60 for entry in lines)
    assert (whole_line.x[0], whole_line.x[-1]) == (0.0, 3000.0)
    assert (so_far.x[0], so_far.x[-1], here.x.tolist()) == (0.0, 1234.0, [1234.0])
    now = workspace.session.state.loss
    shown = math.log10(now) if view is LossView.LOG else now
    assert so_far.y[-1] == here.y[0] == pytest.approx(shown, rel=1e-14)  # NumPy's log10 has a last digit of its own


def test_each_step_of_a_short_history_has_a_dot_and_the_errors_are_level_with_a_sign_of_their_own() -> None:
    start = opened("model1", *[NEXT] * 7, moves.Seek(5))
    for view in (LossView.HISTORY, LossView.LOG, LossView.ERRORS):
        rows = drawing.pane(loss.draw, apply(start, look(loss_view=view)), (60, 14), UTF8)
        assert sum(row.count("•") for row in rows) == 7
        assert sum(row.count("●") for row in rows[1:]) == 1
    assert "● loss 5.5989  □ errors 4 " in rows[0]
    assert sum(row.count("□") for row in rows[1:]) == 1
    assert not re.search("[×○]", "".join(rows))
    long = drawing.pane(loss.draw, opened("model1", *[NEXT] * 40), (60, 14), UTF8)
    assert "•" not in "".join(long)


def test_all_of_a_hundred_thousand_points_are_drawn_once_a_cell() -> None:
    workspace = after(made(many_points(100_000), (1.0, 1.0, -1.0)), [FORWARD])
    rows = panes(workspace, (80, 24))
    assert "wrong: 0 of 100,000" in rows["data"][0]
    inside = [row[6:37] for row in rows["data"][2:-3]]  # of the margin
    line = sum("\u2800" < sign < "\u2900" for row in inside for sign in row)
    assert line > 15, "the points do not hide the line"
    assert sum(sign in "×○╳●" for row in inside for sign in row) == 31 * 15 - line
    ledger = drawing.pane(loss.draw, apply(workspace, look(loss_view=LossView.LEDGER)), (60, 14), UTF8)
    assert "100,000 points" in ledger[-2]
    assert ledger[-2].rstrip(" │|").endswith(signed(workspace.session.state.slopes[workspace.view.parameter]))


EXTREME = (0.0, 1e300, -1e300, 1e-300, 1e307, -4e-5, 123456.789)
MADE = [command.id for command in COMMANDS]
edits = st.builds(moves.Edit, st.sampled_from(["w1", "w2", "b", "m1.w1", "m2.b"]), st.sampled_from(EXTREME))
FORMULAS = ("x", "3", "1/x", "log(x*y)", "x*y*z", "x^x", "1e308*x^2", "+".join(["sin(x)"] * 60))
typed = st.sampled_from(FORMULAS).map(lambda formula: look(derive=actions.typed(formula)))
rates = st.builds(moves.Set, st.just("rate"), st.sampled_from([1e308, 5e-324, 1e5, 1.7976931348623157e308]))
screens = st.sampled_from([screen.value for screen in Screen])
acts = st.lists(st.sampled_from(MADE) | edits | rates | typed | screens, max_size=25)
starts = st.sampled_from([*BUILTIN, "far", "one class", "one point"])

WORLDS = {
    "far": made([(1e300, -1e300, 1.0), (-1e300, 1.0, -1.0)], (0.0, 0.0, 0.5)),
    "one class": made([(0.25, 0.5, 1.0), (0.25, 0.5, 1.0)], (1.0, 1.0, -1.0)),
    "one point": made([(-7.0, 1e5, -1.0)], (1.0, 1.0, -1.0), reduction="mean"),
}


def acted(workspace: Workspace, acts: list[str | Move]) -> Workspace:
    """The workspace after commands by their id and moves; what is refused leaves it as it was."""
    for act in acts:
        move = act
        if isinstance(act, str):
            move = heard(workspace).get(act, LIVE)(workspace)
        with suppress(ValueError):
            workspace = workspace if move is None else apply(workspace, move)
    return workspace


@pytest.mark.parametrize("first", Screen)
@settings(max_examples=25)
@given(starts, acts)
@example("model1", ["view", moves.Edit("w1", 1e300)])
@example("model1", ["view", "view", moves.Edit("w1", 1e300)])
@example("far", ["view", "view", moves.Edit("w1", 1e300)])
@example("model1", ["previous_point", moves.Edit("b", 1e307)])
@example("model1", [moves.Set("loss", "as-printed"), "view", moves.Edit("b", 1e307), "forward"])
@example("model1", ["derive", "accept", "last", "up"])
@example("far", ["landscape", "view", *["right"] * 3, "lower", "accept", "raise", "forward", "forward"])
@example("far", ["landscape", *["view"] * 2, *["right"] * 3, "up", "lower", "accept", "zoom", "forward"])
@example("model1", ["landscape", *["view"] * 4, "right", "accept", "lower", "raise", moves.Edit("w1", 1e300)])
@example("model1", ["landscape", moves.Set("loss", "as-printed"), moves.Edit("w1", 1e300), "view", "last", "hold"])
@example("model1", ["derive", *["left"] * 3, "view", "predict", "previous_point", "next_pane", "larger_epsilon"])
def test_whatever_was_done_every_pane_can_be_drawn(first: Screen, start: str, acts: list[str | Move]) -> None:
    workspace = acted(WORLDS.get(start) or opened(start), [first, *acts])
    for terminal in FACES:
        shown = panes(workspace, (80, 24), terminal)
        assert terminal.unicode or "".join("".join(rows) for rows in shown.values()).isascii()
        (head,) = lines.header(workspace, 80, terminal, True)
        assert width_of(head) == 80
        assert len(lines.caption_rows(workspace, 80, 2, terminal)) == 2
        for page in (Help.PANE, Help.KEYS):
            asked = apply(workspace, look(help=page))
            assert [width_of(row) for row in help.draw(asked, 80, 20, terminal)] == [80] * 20


@pytest.mark.parametrize("loss_name", POINT_LOSSES)
@pytest.mark.parametrize("view", LossView)
def test_every_view_of_every_loss_can_be_drawn_at_every_size(view: LossView, loss_name: str) -> None:
    workspace = opened("zeros", moves.Set("loss", loss_name), *[NEXT] * 3, look(loss_view=view))
    for cells, height in ((36, 4), (36, 6), (60, 9), (120, 40)):
        rows = loss.draw(workspace, cells, height, UTF8)
        assert [width_of(row) for row in rows] == [cells] * height


def test_a_saved_scenario_is_drawn_as_the_one_it_was_saved_from() -> None:
    workspace = opened("split", NEXT, moves.Edit("m1.b", -1.25))
    again = Workspace.of(snapshot(workspace, "split"))
    for pane in (Pane.DATA, Pane.PARAMETERS):
        assert panes(after(workspace, [choose(5)]), (120, 40))[pane] == panes(again, (120, 40))[pane]


def test_without_colours_the_field_reads_by_its_glyphs() -> None:
    rows = drawing.pane(data.draw, DIRECTION, (40, 20), Terminal(Depth.NONE, True))
    signs = Counter("".join(rows[1:-2]))
    assert signs["░"] + signs["▒"] > 100
    assert signs["."] > 10
    assert "\n".join(plain(row) for row in data.draw(DIRECTION, 40, 20, UTF8)).count(".") < 10


@pytest.mark.usefixtures("bent")
def test_a_model_that_runs_point_by_point() -> None:
    start = made(many_points(10), (1.0, -0.4), model="Branching")
    assert "runs point by point" in drawing.pane(data.draw, start, (40, 12))[-1]
    assert "point by point" not in "".join(drawing.pane(data.draw, after(start, [point(2)]), (40, 12)))
    slopes = drawing.pane(slope.draw, after(start, [FORWARD]), (46, 12))
    assert "the model branches" in slopes[1]
    assert "no formula" in slopes[1]


def test_only_the_curves_of_classes_that_there_are_are_drawn() -> None:
    both, one = (
        "\n".join(drawing.pane(loss.draw, opened(name, look(loss_view=LossView.POINT)), (60, 12)))
        for name in ("losses", "circles")
    )
    assert "log(1 + e^-m)" in both
    assert "log(1 + e^-m)" not in one
    assert "log(1 + e^m)" in one
    assert one.count("+") == 5  # the corners and the formula, and nothing of the other curve


def test_a_slope_whose_formula_is_too_large_is_said_to_be() -> None:
    kind = Kind.of("Network", {"layers": (2, 10, 10, 10, 10, 1)})
    values = tuple(0.1 * (place % 7) - 0.25 for place in range(len(kind.parameters)))
    start = after(made(many_points(10), values, model=kind), [FORWARD, choose(0)])
    slopes = drawing.pane(slope.draw, start, (60, 12))
    assert "the formula has over 500 parts" in slopes[1]
    assert "no formula" in slopes[1]
    assert any("That is why autodiff exists" in text for text in explained(start, Pane.SLOPE))


def test_a_set_that_is_drawn_has_the_axes_of_its_source() -> None:
    square, spiral = (-0.05, 1.05), pytest.approx((-0.16, 1.16))
    assert axes_of(lecture()) == axes_of(drawn("Xor")) == (square, square)
    assert axes_of(drawn("Spiral")) == axes_of(lecture(), drawn("Spiral")) == (spiral, spiral)
    (low, high), _ = axes_of(drawn("Xor", noise=1.0))
    assert low < float(drawn("Xor", noise=1.0).x1.min()) < float(drawn("Xor", noise=1.0).x1.max()) < high


@pytest.mark.parametrize("value", [-0.4, 5.0, -8.0])
def test_the_slope_and_the_landscape_show_the_same_range(value: float) -> None:
    start = opened("model1", moves.Edit("b", value), FORWARD)
    low, high = span(start, 2)
    assert low <= value <= high
    assert re.search(
        rf" {low:g} .*b {re.escape(signed(value))}.* {high:g}\b", drawing.pane(slope.draw, start, (46, 16))[-2]
    )


@pytest.mark.parametrize("value", [-0.4, -1.5, 1.0])
def test_the_valley_that_is_drawn_is_the_one_that_is_found(value: float) -> None:
    """To the distance of two values that are drawn."""
    found = sliced(opened("model1", moves.Edit("b", value)))
    assert found.valley is not None
    assert found.curve.drawn_valley is not None
    assert abs(found.curve.drawn_valley[0] - found.valley.value) <= found.curve.values[1] - found.curve.values[0]
    assert found.curve.drawn_valley[1] == pytest.approx(found.valley.loss, rel=1e-4)
