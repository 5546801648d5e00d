"""The landscape screen: its curve with the numbers on it, its pictures, and its keys."""

import re
from dataclasses import replace

import pytest

from engine.session import moves
from scenarios.library.store import BUILTIN
from scenarios.screens.landscape.slice import sliced
from scenarios.screens.landscape.surface import surface as looked_over
from scenarios.workspace.axes import Parameter
from scenarios.workspace.moves import Move, Predict
from scenarios.workspace.view import Help, Landscape, LandscapeView, Screen
from scenarios.workspace.workspace import Workspace
from tests.tui import drawing
from tests.tui.drawing import ASCII, UTF8, now, running, screen, text, write
from tests.workspaces import FORWARD, NEXT, Seeing, after, apply, choose, look, made, many_points, opened
from tui.panes.landscape import curve, surface
from tui.panes.plane.picture import miniature
from tui.plots.cells import is_braille
from tui.plots.rows import Row, plain, width_of
from tui.terminal import Depth, Detail, Terminal

HERE = look(screen=Screen.LANDSCAPE)
HELD = (moves.Hold("w1"), moves.Hold("w2"))
ERRORS = look(landscape=LandscapeView(Landscape.ERRORS))
SIZES = [(72, 21), (80, 24), (120, 40), (200, 60)]
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def panes(workspace: Workspace, size: tuple[int, int] = (80, 24), terminal: Terminal = UTF8) -> dict[str, list[str]]:
    """The panes of the landscape screen."""
    return drawing.panes(apply(workspace, HERE), size, terminal)


def plot(rows: list[str]) -> list[str]:
    """The rows of the curve alone: without frame, legend and ticks, and without the labels on the left."""
    return [row[8:-1] for row in rows[2:-2]]


@sizes
@pytest.mark.parametrize("name", BUILTIN)
def test_at_every_size_the_numbers_stand_on_the_curve_in_the_order_of_the_pictures(
    name: str, size: tuple[int, int]
) -> None:
    drawn = panes(opened(name, NEXT, FORWARD), size)
    numbers = re.findall(r"(\d) [◇ ] [+-]\d\.\d{4}", drawn["film"][-3])
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) == {72: 4, 80: 4, 120: 5, 200: 7}[size[0]]
    rows = plot(drawn["curve"])
    columns = [next(row.index(number) for row in rows if number in row) for number in numbers]
    assert columns == sorted(columns)
    assert len(re.findall(r"L -?\d+\.\d{4} \(\d+\)", drawn["film"][-2])) == 1 + len(numbers)
    assert sum(row.count("●") for row in rows) == 1


@sizes
def test_the_title_says_where_it_is_and_where_it_could_be(size: tuple[int, int]) -> None:
    title = panes(opened("model1"), size)["curve"][0]
    assert "● b -0.4000  loss 5.7766  errors 4" in title
    assert "5.7079 at -0.6437" in title
    assert "5.9582 at -0.1635" in panes(opened("split", NEXT, FORWARD, FORWARD), size)["curve"][0]


def test_loss_and_errors_disagree_for_all_to_see() -> None:
    film = "\n".join(panes(opened("model1", ERRORS))["film"])
    assert re.search(r"● -0\.4000 +│.* □ -0\.92\d\d .*◇ -0\.6437 ", film)
    assert re.search(r"L 5\.7766 \(4\) +│.* L 5\.8\d{3} \(0\) +L 5\.7079 \(4\)", film)
    assert "errors  □ fewest 0" in panes(opened("model1", ERRORS))["curve"][1]
    without, with_ = ("".join(panes(opened("model1", *seen), (80, 24), ASCII)["curve"]) for seen in ((), (ERRORS,)))
    assert with_.count("+") > without.count("+") + 40


def test_a_path_on_the_curve_and_one_that_is_not() -> None:
    held, free = (panes(opened("model1", *hold, moves.Set("rate", 0.2), *[NEXT] * 3)) for hold in (HELD, ()))
    assert "• 3 steps on this curve" in held["curve"][1]
    assert sum(row.count("•") for row in plot(held["curve"])) == 1  # the others are too near
    assert "⢠ 3 steps, seen from b alone  (w1 and w2 moved too)" in free["curve"][1]
    assert sum(row.count("◦") for row in plot(free["curve"])) == 0
    both = panes(opened("model1", moves.Set("rate", 0.2), *[NEXT] * 3, FORWARD, ERRORS), (72, 21), ASCII)["curve"][1]
    assert re.search(r"L \*  tangent -  errors \+  E fewest \d +\| 3 steps, seen from b alone +\|", both)
    assert "•" not in "".join(plot(free["curve"]))


@pytest.mark.parametrize("hold", [HELD, ()])
def test_no_step_hides_the_curve_it_lies_on(hold: tuple[Move, ...]) -> None:
    workspace = opened("model1", *hold, *[NEXT] * 30, HERE)
    rows = [line[1:-1] for line in curve.draw_curve(sliced(workspace), 120, 24, FINE)[2:-2]]
    cells = [[cell for text, ink in line for cell in ((sign, ink) for sign in text)] for line in rows]
    columns = [[line[at] for line in cells] for at in range(8, 117)]
    drawn = [[cell for cell in column if is_braille(cell[0])] for column in columns]
    assert sum(not column for column in drawn) <= 8  # the signs of the places, and every fifth step
    ticks = sum(sign in "⢠⡄⣤" and ink.fg == "accent" for sign, ink in cells[-1])
    assert (ticks > 10) != bool(hold)
    on = sum(ink.fg == "accent" for column in drawn for sign, ink in column if sign not in "⢠⡄⣤")
    assert (on >= 3) == bool(hold)


def test_the_errors_stand_under_the_loss_on_an_axis_of_their_own() -> None:
    rows = panes(opened("model1", ERRORS))["curve"]
    top = next(at for at, row in enumerate(rows) if row[1:8].strip() == "6")
    assert all(sign not in "".join(rows[top:]) for sign in "●◇")
    assert "□" in "".join(rows[top:])
    assert float(rows[top - 1][1:8]) == 4.0  # the lowest tick of the loss: its axis does not begin at 0
    falling = LandscapeView(Landscape.ERRORS, spans=((Parameter(2), (0.5, 1.5)),))
    assert not re.search("[◇□]", "".join(panes(opened("model1", look(landscape=falling)))["curve"]))


def test_without_colours_and_in_ascii_the_lines_are_told_apart() -> None:
    drawn = panes(opened("model1", ERRORS, FORWARD), terminal=ASCII)
    assert "L *  tangent -  errors +" in drawn["curve"][1]
    for sign in "*-+@":
        assert any(sign in row for row in plot(drawn["curve"]))
    assert all("".join(rows).isascii() for rows in drawn.values())
    assert "?" not in "".join(drawn["curve"] + drawn["film"])


def test_a_prediction_hides_curve_and_pictures() -> None:
    drawn = panes(opened("model1", Predict()))
    assert "the curve is hidden until you have predicted" in drawn["curve"][1]
    assert not re.search(r"[×○◇]", "".join(drawn["curve"] + drawn["film"]))
    assert "5.7079" not in "".join(drawn["curve"])


def test_a_miniature_is_square_cells_with_line_points_and_field() -> None:
    state = opened("model1").session.state
    rows = miniature(state.problem, state.parameters, 12, 6, UTF8)
    assert [width_of(row) for row in rows] == [12] * 6
    signs = "".join(map(plain, rows))
    assert 8 <= signs.count("×") + signs.count("○") <= 10  # two points may share a cell
    assert _grounds(rows) == {"field-16", "field+16"}  # on a slow line a side is one shade
    fine = miniature(state.problem, state.parameters, 12, 6, replace(UTF8, detail=Detail.FINE))
    assert len(_grounds(fine)) > 8
    assert "".join(map(plain, miniature(state.problem, state.parameters, 12, 6, ASCII))).count("\\") >= 2


def _grounds(rows: tuple[Row, ...]) -> set[str]:
    return {ink.bg for row in rows for _, ink in row if ink.bg}


def test_many_points_do_not_hide_the_line() -> None:
    state = made(many_points(2000), (1.0, 1.0, -1.0)).session.state
    signs = "".join(map(plain, miniature(state.problem, state.parameters, 12, 6, ASCII)))
    assert signs.count("\\") >= 5
    counts = panes(made(many_points(9000), (1.0, 1.0, -0.4)))["film"][-2]
    assert "(3k)" in counts or "(4k)" in counts


# The keys, in the running program.


async def test_4_shows_it_and_the_arrows_move_the_cursor_that_enter_takes() -> None:
    async with running() as (app, pilot):
        await pilot.press("4", *["left"] * 5)
        assert "At b = -0.9000 the loss is 5.7863" in text(app)
        assert "L along b  -2 to 2" in screen(app)[0]
        await pilot.press("enter")
        assert now(app).session.state.parameters == (1.0, 1.0, -0.9)
        assert "● b -0.9000  loss 5.7863  errors 0 of 10" in text(app)
        await pilot.press("u")
        assert now(app).session.state.parameters == (1.0, 1.0, -0.4)


async def test_space_and_n_step_as_on_fit_and_home_goes_back() -> None:
    async with running() as (app, pilot):
        await pilot.press("4", "space")
        assert "(2) The slope is +0.5579" in text(app)
        await pilot.press("space", "space", "n", "backspace")
        assert "step 1  (3) update" in screen(app)[0]
        await pilot.press("home")
        assert "step 0  (1) loss" in screen(app)[0]
        await pilot.press("end")
        assert "step 2  (1) loss" in screen(app)[0]


async def test_the_parameter_is_chosen_and_typed() -> None:
    async with running() as (app, pilot):
        await pilot.press("down", "4", "up", "e")  # the rate was selected on fit
        await write(pilot, "0.25")
        assert now(app).session.state.parameters == (1.0, 0.25, -0.4)
        assert "L along w2" in screen(app)[0]


async def test_escape_brings_the_cursor_back_then_the_range() -> None:
    async with running() as (app, pilot):
        await pilot.press("4", "+", "left")
        assert "L along b  -1.2 to 0.8" in screen(app)[0]
        await pilot.press("escape")
        assert not sliced(now(app)).away
        assert "L along b  -1.2 to 0.8" in screen(app)[0]
        await pilot.press("escape")
        assert "L along b  -2 to 2" in screen(app)[0]


async def test_why_explains_the_curve() -> None:
    async with running() as (app, pilot):
        await pilot.press("4", "question_mark")
        assert "why: landscape" in text(app)
        assert "w1 = 1, w2 = 1" in text(app)
        await pilot.press("question_mark")
        assert now(app).view.help is Help.KEYS


@pytest.mark.parametrize(("size", "name"), [((72, 21), "landscape-72x21"), ((120, 40), "landscape-120x40")])
async def test_the_whole_screen(size: tuple[int, int], name: str) -> None:
    async with running(size=size) as (app, pilot):
        app.workspace = opened("model1", *HELD, moves.Set("rate", 0.5), NEXT, NEXT, FORWARD, ERRORS, HERE)
        await pilot.pause()
        drawing.check(name, screen(app))


async def test_the_path_off_the_curve() -> None:
    async with running() as (app, pilot):
        app.workspace = after(opened("split"), [NEXT, NEXT, FORWARD, FORWARD, choose(2), HERE])
        await pilot.pause()
        drawing.check("landscape-split-80x24", screen(app))


# Two parameters, and along the step.

TWO = look(landscape=LandscapeView(Landscape.SURFACE))
STEP = look(landscape=LandscapeView(Landscape.STEP))
FIFTY = [moves.Hold("w2"), *[NEXT] * 50]
NO_COLOUR = Terminal(Depth.NONE, True)
FINE = Terminal(Depth.TRUE, True, detail=Detail.FINE)
AWAY = LandscapeView(Landscape.SURFACE, cursors=((Parameter(2), 0.5),))


def ground(rows: list[str]) -> list[str]:
    """The rows of the surface alone."""
    return [row[8:-1] for row in rows[1:-3]]


@sizes
def test_a_path_of_fifty_steps_lies_on_the_surface_of_two_with_the_third_held(size: tuple[int, int]) -> None:
    follow = look(landscape=LandscapeView(Landscape.SURFACE, follow=True))
    drawn = panes(opened("model1", *FIFTY, FORWARD, follow), size)
    rows = ground(drawn["surface"])
    assert 5 <= sum(row.count("•") for row in rows) <= 50
    assert sum(row.count("●") for row in rows) == 1
    assert sum(row.count("↖") for row in rows) == 1
    assert "50 steps on this surface" in drawn["surface"][-1]
    assert "loss 5.4586" in "".join(drawn["there"])
    assert drawing.signs(drawn["there"][5:]) >= 8


@pytest.mark.parametrize("terminal", [UTF8, FINE, NO_COLOUR, ASCII])
def test_the_whole_way_is_drawn_joined_and_fainter_where_it_is_projected(terminal: Terminal) -> None:
    steps = [moves.Set("rate", 1.0), *[NEXT] * 6]
    free, held = (panes(opened("model1", *first, *steps, TWO), terminal=terminal) for first in ((), FIFTY[:1]))
    assert "6 steps, seen from b and w1 alone  (w2 moved too)" in free["surface"][-1]
    assert "6 steps on this surface" in held["surface"][-1]
    for drawn, sign, other in ((free, "◦", "•"), (held, "•", "◦")):
        rows = ground(drawn["surface"])
        if terminal is not ASCII:
            assert sum(row.count(sign) for row in rows) >= 3
            assert other not in "".join(rows)
    way = [found for found in accented(opened("model1", *steps, TWO, HERE), terminal) if found != "●"]
    assert len(way) >= 12  # joined: more cells than steps
    assert sum(sign in "◦." for sign in way) <= 6 or terminal is ASCII


def accented(workspace: Workspace, terminal: Terminal) -> list[str]:
    """The signs on the surface in the colour of the present place: the way to it."""
    rows = surface.draw(looked_over(workspace), 56, 18, terminal)[1:-3]
    return [sign for line in rows for text, ink in line if ink.fg == "accent" for sign in text]


def test_of_the_cursor_only_one_that_is_away_is_drawn() -> None:
    here, away = (opened("model1", *moved, HERE) for moved in ((TWO,), (TWO, look(landscape=AWAY))))
    for workspace, signs in ((here, []), (away, ["◆"])):
        rows = surface.draw(looked_over(workspace), 60, 20, FINE)
        assert [text for line in rows for text, ink in line if ink.reverse] == signs


def test_the_minimum_is_named_and_marked_or_the_edge_on_which_the_loss_falls_on() -> None:
    inside = panes(opened("split", TWO), (120, 40))["surface"]
    assert "◇ lowest 6.1798 at m2.b -0.0154, m1.w1 +0.9876" in inside[0]
    assert sum(row.count("◇") for row in ground(inside)) == 1
    beyond = panes(opened("model1", TWO))["surface"]
    assert "lowest 5.4368 at the upper edge" in beyond[0]
    assert "◇" not in "".join(ground(beyond))


def test_the_legend_names_the_signs_that_are_in_the_picture_and_the_steps_that_have_one() -> None:
    plain_start = panes(opened("model1", TWO))
    assert not any(word in "".join(plain_start["there"]) for word in ("steps", "the way down", "the present place"))
    walked = panes(opened("model1", *[moves.NextStep()] * 5, FORWARD, TWO))
    assert "step 0   5 steps, seen from b and w1 alone" in walked["surface"][-1]
    legend = "".join(walked["there"])
    assert "steps elsewhere" in legend
    assert "the way down" in legend
    assert "steps so far" not in legend


@pytest.mark.parametrize(("looks", "sign"), [((), "←"), ((moves.Edit("b", -1.9),), "↗"), ((choose(0),), "↑")])
def test_the_arrow_points_against_the_slopes(looks: tuple[Move, ...], sign: str) -> None:
    """From (1, 1, -0.4) b falls and w1 hardly changes; at b = -1.9 both rise; w2 rises and w1 hardly changes."""
    before, behind = (
        "".join(ground(panes(opened("model1", *looks, *more, TWO))["surface"])) for more in ((), (FORWARD,))
    )
    assert sign not in before
    assert sign in behind


def grounds(rows: list[Row]) -> set[str]:
    """The shades of the surface."""
    roles = [role for line in rows[1:-3] for _, ink in line for role in (ink.fg, ink.bg)]
    return {role for role in roles if role is not None and role.startswith("height")}


def test_in_colour_the_surface_is_shades_and_without_it_a_ramp_of_signs() -> None:
    found = looked_over(opened("model1", TWO, HERE))
    assert len(grounds(surface.draw(found, 60, 20, FINE))) >= 24
    assert 5 <= len(grounds(surface.draw(found, 60, 20, UTF8))) <= 9
    for terminal in (NO_COLOUR, ASCII, Terminal(Depth.C16, True)):
        drawn = surface.draw(found, 60, 20, terminal)
        assert not grounds(drawn)
        signs = "".join(sign for row in map(plain, drawn[1:-3]) for sign in row[8:-1])
        assert all(sign in signs for sign in (" ·:=≡" if terminal.unicode else " ,;=%"))


FACES = [UTF8, FINE, Terminal(Depth.C16, True), NO_COLOUR, ASCII]


@sizes
def test_contour_lines_have_their_values_and_so_has_the_scale_whatever_the_terminal(size: tuple[int, int]) -> None:
    for workspace in (opened("model1", TWO, HERE), opened("split", *[NEXT] * 30, TWO, HERE)):
        drawn = [drawing.panes(workspace, size, terminal)["surface"] for terminal in FACES]
        heights = looked_over(workspace).heights(len(drawn[0][0]) - 9, len(drawn[0]) - 4)
        known = {f"{value:g}" for value in heights.contours}
        for rows in drawn:
            labels = set(re.findall(r"(?<= )\d[0-9.]*(?= )", " ".join(row[7:-1] + " " for row in rows[1:-3])))
            assert known >= labels
            assert len(labels) >= len(known) - 2
            scale = re.findall(r"[│|]([0-9.]+)", rows[-2][1:-1])
            assert set(scale) <= known
            assert len(scale) >= len(known) / 2
        assert ("log scale" in drawn[0][0]) == heights.logarithmic


def test_the_ground_under_a_value_is_of_one_shade_and_no_sign_of_a_line_is_left_in_it() -> None:
    rows = surface.draw(looked_over(opened("model1", TWO, HERE)), 90, 30, FINE)[1:-3]
    values = [text for line in rows for text, ink in line if ink.fg == "line" and text.strip().isdigit()]
    assert len(values) >= 10
    assert all(re.fullmatch(r" \d+ ", text) for text in values)


@sizes
def test_a_scale_of_very_large_losses_keeps_their_size(size: tuple[int, int]) -> None:
    rows = panes(opened("model1", moves.Edit("w2", 1e9), choose(1), TWO), size)["surface"]
    assert "log scale" in rows[0]
    numbers = [float(number) for number in re.sub("[│|]", " ", rows[-2]).split()]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] >= 1e8


@sizes
def test_along_the_step_the_rate_the_best_and_the_promise_are_there(size: tuple[int, int]) -> None:
    drawn = panes(opened("model1", FORWARD, STEP), size)
    assert "◆ rate 0.1  loss 5.7337   ◇ best rate 1.03  loss 5.5417" in drawn["step"][0]
    assert "what the slopes promise" in drawn["step"][1]
    rows = plot(drawn["step"])
    assert [sum(row.count(sign) for row in rows) for sign in "●◆◇"] == [1, 1, 1]
    assert re.search(r"◆ 0\.1000 +│.*1 ● 0\.0000 .*\d ◇ 1\.0335", drawn["step-film"][-3])


def test_a_rate_far_beyond_the_best_is_outside_and_it_is_said_so() -> None:
    drawn = panes(opened("model1", FORWARD, moves.Set("rate", 1e308), STEP))
    assert "◆ at 1e+308, off the right end" in drawn["step"][1]
    assert "what the slopes promise" in drawn["step"][1]
    assert "◆" not in "".join(plot(drawn["step"]))
    assert sum(row.count("◇") for row in plot(drawn["step"])) == 1


def test_a_best_rate_far_beyond_the_chosen_one_is_outside_and_it_is_said_so() -> None:
    drawn = panes(opened("model1", *[NEXT] * 30, STEP), (120, 40))
    assert re.search(r"◇ best rate 28\.5  loss \d\.\d+  off the right end", drawn["step"][0])
    rows = plot(drawn["step"])
    (at,) = (row.index("◆") for row in rows if "◆" in row)
    assert any("●" in row and row.index("●") < at - 5 for row in rows)
    assert "◇" not in "".join(rows)


async def test_tab_the_arrows_and_enter_on_the_surface_and_x_to_the_path() -> None:
    async with running() as (app, pilot):
        await pilot.press("n", "4", "v", "v", "tab", "left", "up", "up")
        assert "L over b and w2" in screen(app)[0]
        chosen = looked_over(now(app)).there.parameters
        await pilot.press("enter")
        assert now(app).session.state.parameters == chosen
        await pilot.press("x")
        assert now(app).view.landscape.follow
        await pilot.press("v", "right", "enter")
        assert now(app).session.state.problem.rate > 0.1


@pytest.mark.parametrize(
    ("name", "seeing", "size"),
    [
        ("surface-80x24", TWO, (80, 24)),
        ("surface-72x21", TWO, (72, 21)),
        ("surface-120x40", TWO, (120, 40)),
        ("along-step-80x24", STEP, (80, 24)),
    ],
)
async def test_other_views_without_colour(name: str, seeing: Seeing, size: tuple[int, int]) -> None:
    async with running(size=size, terminal=ASCII) as (app, pilot):
        app.workspace = opened("model1", moves.Hold("w2"), *[NEXT] * 20, FORWARD, seeing, HERE)
        await pilot.pause()
        drawing.check(f"landscape-{name}", screen(app))
