"""The derive screen: drawn at every size whatever the function, and driven by its keys."""

import math
import re
from dataclasses import replace

import pytest

from engine.derivative import catalogue
from engine.derivative.study import study
from scenarios.screens.derive import actions
from scenarios.screens.trace.program import length, traced
from scenarios.workspace.view import Derived, Help, Screen
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.looking import looking
from tests.tui import drawing
from tests.tui.drawing import ASCII, FACES, UTF8, now, prompt, running, screen, text, write
from tests.workspaces import apply, caption, look
from tui.panes import function, help, lines, methods
from tui.plots.glyphs import said
from tui.plots.rows import plain, width_of, wrap

SIZES = [(72, 21), (80, 24), (120, 40), (200, 60)]
NASTY = [
    "3", "x", "0*x", "1/x", "log(x)", "sqrt(-1-x^2)", "x^x", "((x^x)^x)^x", "exp(exp(x))", "1e300*x", "1e-300*x",
    "1e308*x^2", "x^100", "sin(x)^200", "tanh(1e9x)", "relu(x)*sin(1/x)", "1/(x-1)", "e^(-1/x^2)", "step(x)",
    "log(x*y)", "1/(x-y)", "x^0.5*y^0.5", "1e300*x*y", "x*y*z", "w1*x1 + w2*x2 + b", "m1.w1*x1 + m1.b",
    "+".join(["x"] * 60), "*".join(["x"] * 60), "+".join(f"sin({n}x)" for n in range(1, 50)),
    "sin(" * 40 + "x" + ")" * 40, "supercalifragilisticexpialidocious^2 + supercalifragilisticexpialidocious*y",
    " + ".join(f"a{n}" for n in range(40)),
]  # fmt: skip
FORMULAS = [*NASTY, *(entry.formula for entry in catalogue.FUNCTIONS)]
EVERY = pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula[:30])


def views(formula: str) -> list[Workspace]:
    """A function in every view, by its first and its last argument, hidden, and its trace."""
    count = len(study(formula).names)
    shown = [looking(formula, shown=view, rules=3, by=by) for view in Derived for by in {0, count - 1}]
    trace = [look(screen=Screen.TRACE, trace_formula=True, trace_at=at) for at in (0, 2, 10_000)]
    return [*shown, looking(formula, hidden=True), *(apply(shown[0], look) for look in trace)]


@EVERY
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_whatever_the_function_it_is_drawn_at_every_size(formula: str, size: tuple[int, int]) -> None:
    for workspace in views(formula):
        for terminal in FACES if size == (80, 24) else (UTF8, ASCII):
            panes = drawing.panes(workspace, size, terminal)
            assert terminal.unicode or "".join("".join(rows) for rows in panes.values()).isascii()
        for page in (Help.PANE, Help.KEYS):
            asked = apply(workspace, look(help=page))
            assert [width_of(row) for row in help.draw(asked, size[0], 20, UTF8)] == [size[0]] * 20


@EVERY
def test_every_caption_of_every_place_fits_two_lines(formula: str) -> None:
    found, names = study(formula).differentiated[0], study(formula).names
    count = len(found.steps) if found else 0
    workspaces = [looking(formula, shown=Derived.RULES, rules=rules) for rules in range(count + 1)]
    workspaces += [looking(formula, *[x] * len(names), epsilon=e) for x in (0.0, -1.0, 1e9) for e in (1.0, 1e-15)]
    trace = apply(looking(formula), look(screen=Screen.TRACE, trace_formula=True))
    steps = length(traced(trace))
    workspaces += [apply(trace, look(trace_at=at)) for at in range(steps + 1)]
    for workspace in workspaces:
        for terminal in (UTF8, ASCII):
            assert len(wrap(said(caption(workspace), terminal.unicode), 78)) <= 2, caption(workspace)


@EVERY
@pytest.mark.parametrize("x", [0.0, -1.0, 1e-9, 1e9, -1e300])
def test_wherever_the_point_is_it_is_drawn(formula: str, x: float, capfd: pytest.CaptureFixture[str]) -> None:
    count = len(study(formula).names)
    for epsilon in (1.0, 1e-15):
        for shown in Derived:
            for terminal in (UTF8, ASCII):
                drawing.panes(looking(formula, *[x] * count, epsilon=epsilon, shown=shown), (80, 24), terminal)
    assert capfd.readouterr() == ("", "")  # plotext complains on standard output


@pytest.mark.parametrize("formula", ["sin(2x)", "1/x", "x*y", "1e308*x^2"])
def test_zoomed_as_far_as_it_goes(formula: str) -> None:
    for by in (1, -1):
        workspace = looking(formula)
        for _ in range(60):
            workspace = apply(workspace, actions.zoom(by)(workspace))
        drawing.panes(workspace, (80, 24))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_at_every_size_the_numbers_of_the_slide_are_there(size: tuple[int, int]) -> None:
    panes = {name: "\n".join(rows) for name, rows in drawing.panes(looking("sin(2x)", 1.0), size).items()}
    for name, number in (
        ("symbols", "-0.83229"), ("central", "-0.70035"), ("autodiff", "-0.83229"), ("central - symbols", "+0.13194"),
        ("A f(0.5)", "+0.84147"), ("B f(1.5)", "+0.14112"), ("rise", "-0.70035"),
    ):  # fmt: skip
        assert re.search(rf"{re.escape(name)} .*{re.escape(number)} ", panes["methods"]), name
    for sign in ("A", "B", "●", "tangent", "secant"):
        assert sign in panes["function"]
    assert panes["errors"].count("○") >= 6


def test_a_kink_and_a_pole_and_the_like_are_honest_on_screen() -> None:
    relu = "\n".join(drawing.panes(looking("relu(x)", 0.0), (80, 24))["methods"])
    assert re.findall(r"(symbols|central|autodiff) .*?([+-]\d\.\d+)", relu)[:3] == [
        ("symbols", "+0.00000"), ("central", "+0.50000"), ("autodiff", "+0.00000")]  # fmt: skip
    log = "\n".join(drawing.panes(looking("log(x)", -1.0), (80, 24))["methods"])
    assert log.count("not defined") >= 5
    assert not re.search(r"[+-]\d\.\d+ ", log)


@pytest.mark.parametrize("epsilon", [1e-6, 1e-12])
def test_a_very_small_epsilon_hides_neither_the_places_nor_the_rise(epsilon: float) -> None:
    pane = "\n".join(drawing.panes(looking("cos(x)", 1.0, epsilon=epsilon), (80, 24))["methods"])
    assert "f(1)" not in pane
    rise = re.search(r"rise (\S+)", pane)
    assert rise is not None
    assert float(rise[1]) == pytest.approx(-2 * epsilon * math.sin(1.0), rel=0.01)


def test_without_colours_the_lines_are_told_apart_by_their_signs() -> None:
    rows = drawing.pane(function.draw, looking("sin(2x)", 1.0), (46, 20), ASCII)
    assert all(sum(row.count(sign) for row in rows[1:-1]) > 3 for sign in "*-+")


def test_the_surface_is_shades_with_the_point_and_a_scale() -> None:
    workspace = looking("x + y", 1.0, 1.0, domain=((-3.0, 3.0), (-3.0, 3.0)))
    rows = drawing.pane(function.draw, workspace, (46, 20), ASCII)
    assert sum(row.count("@") for row in rows) == 1
    assert re.search(r" 6 *\|$", rows[1])
    assert re.search(r" -6 *\|$", rows[-3])
    steep = replace(workspace.view.derive, shown=Derived.DERIVATIVE, by=1)
    titled = drawing.pane(function.draw, apply(workspace, look(derive=steep)), (46, 20), ASCII)
    assert "df/dy" in titled[0]


def test_what_is_not_defined_has_no_shade_of_its_own() -> None:
    rows = drawing.pane(function.draw, looking("log(x) + log(y)", 1.0, 1.0), (46, 20), ASCII)
    assert all(set(row[6:20]) == {" "} for row in rows[2:18])  # where x is negative


def test_slices_of_two_arguments_are_along_the_one_derived_by() -> None:
    for by, name in enumerate("xy"):
        rows = drawing.pane(methods.draw_errors, looking("x + 2*y", 1.0, 1.0, by=by), (34, 12), UTF8)
        assert f"slice along {name}" in rows[0]
        assert "●" in "".join(rows)


def test_worked_steps_scroll_to_the_newest() -> None:
    formula = "sin(x)*exp(x)*cos(x)*log(x)"
    found = study(formula).differentiated[0]
    assert found is not None
    for rules in range(1, len(found.steps) + 1):
        rows = "\n".join(drawing.pane(function.draw, looking(formula, shown=Derived.RULES, rules=rules), (46, 20)))
        assert f" {rules}. {found.steps[rules - 1].rule}" in rows
        left = len(found.steps) - rules
        assert (f"{left} more" in rows) == bool(left)


def test_hidden_no_pane_tells_the_function() -> None:
    for formula in ("sin(2x)", "sin(2x) + y"):
        workspace = looking(formula, hidden=True)
        for terminal in (UTF8, ASCII):
            parts = [row for rows in drawing.panes(workspace, (120, 40), terminal).values() for row in rows]
            parts.append(plain(lines.header(workspace, 120, terminal, False)[0]))
            for page in (Help.PANE, Help.KEYS):
                asked = apply(workspace, look(help=page))
                parts += [plain(row) for row in help.draw(asked, 120, 60, terminal)]
            told = "\n".join(parts)
            for secret in ("sin(", "cos(", "0.8323", "0.83229", "0.1319", "ops"):
                assert secret not in told, secret
            assert "-0.70035" in told
    curve = "\n".join(drawing.pane(function.draw, looking("sin(2x)", hidden=True), (46, 20), ASCII))
    assert "*" not in curve
    assert "+" in curve


# Driven by its keys.


async def test_the_lectures_story_by_its_keys() -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        assert now(app).view.screen is Screen.DERIVE
        assert "f(x) = sin(2·x)" in screen(app)[0]
        before = screen(app)
        await pilot.press(*["less_than_sign"] * 3)
        assert "eps = 0.05" in screen(app)[0]
        await pilot.press(*["greater_than_sign"] * 3)
        assert screen(app) == before
        await pilot.press("right", "left", "space", "space", "space")
        assert "worked steps" in text(app)
        await pilot.press("backspace", "backspace", "backspace")
        assert screen(app) == before
        await pilot.press("v")
        assert now(app).view.derive.shown is Derived.DERIVATIVE
        await pilot.press("v", "v", "full_stop")
        assert "sin(x) + 2·cos(y)" not in before[0]
        assert "f(x, y) = sin(x) + 2·cos(y)" in screen(app)[0]
        await pilot.press("tab")
        assert "df/dy" in text(app)
        await pilot.press("up")
        assert now(app).view.derive.values[1] > 1.0
        await pilot.press("down", "shift+tab", "comma")
        assert now(app).view.derive.formula == "sin(2*x)"
        await pilot.press("1")
        assert "model1  Linear" in screen(app)[0]


async def test_enter_goes_to_the_program_and_2_comes_back() -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        before = screen(app)
        await pilot.press("enter", "end")
        assert now(app).view.screen is Screen.TRACE
        assert "df/dx = -0.8323" in text(app)
        await pilot.press("comma", "full_stop")  # points belong to the loss
        assert now(app).view.point is None
        await pilot.press("3")
        assert "point 1 of 10" in screen(app)[0]
        await pilot.press("2")
        assert screen(app) == before


async def test_a_function_is_typed_and_a_wrong_one_is_told_why() -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "e")
        assert "? f =" in text(app)
        for wrong, reason in (("sin x", "("), ("x +", "end"), ("1/0", "1/0"), ("x)", "closes nothing")):
            await write(pilot, wrong)
            assert (prompt(app).open, prompt(app).value) == (True, wrong)
            assert reason in screen(app)[-2]
            assert now(app).view.derive.formula == "sin(2*x)"
        for wrong, reason in (
            ("", "write a function, such as x^2 + 1 or f(x) = sin(2x)"),
            ("3x^2y", "at column 5: write 3x^2*y or 3x^(2y)"),
            ("x + xy", "at column 5: xy is read as one name; write x*y"),
            ("arctan(x)", "there is no function arctan here"),
        ):
            await write(pilot, wrong)
            assert screen(app)[-2].strip() == reason
        await write(pilot, "f(y, x) = 2√(x)|y|")
        assert "f(y, x) = 2·sqrt(x)·abs(y)" in screen(app)[0]
        await pilot.press("e")
        await write(pilot, "x^2*y")
        assert not prompt(app).open
        assert "f(x, y) = x²·y" in screen(app)[0]
        assert "x = 1, y = 1" in screen(app)[0]
        assert now(app).view.derive.values == (1.0, 1.0)


async def test_going_to_a_point() -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "full_stop", "g")
        assert "? x, y =" in text(app)
        for wrong in ("", "1", "1 2 3", "a b", "nan 1", "1e999 1", "1e301, 0"):
            await write(pilot, wrong)
            assert prompt(app).open, wrong
        for wrong, reason in (
            ("1/3", "y is missing; write x=1, y=1"),
            ("x=1, z=2", "there is no z; write x=1, y=1"),
            ("1 2 3", "these are too many; write x=1, y=1"),
            ("x=1, x=2", "x is given twice; write x=1, y=1"),
            ("x=1/0, y=1", "1/0 is not defined"),
        ):
            await write(pilot, wrong)
            assert reason in screen(app)[-2]
        await write(pilot, "y = 3, x = -pi/2")
        assert now(app).view.derive.values == (-math.pi / 2, 3.0)
        await pilot.press("g")
        await write(pilot, "y = 4")
        assert now(app).view.derive.values == (-math.pi / 2, 4.0)
        await pilot.press("g")
        await write(pilot, "−2, 10")
        assert now(app).view.derive.values == (-2.0, 10.0)
        low, high = now(app).view.derive.domain[1]
        assert low <= 10.0 <= high
        assert "x = -2, y = 10" in screen(app)[0]
        assert "could not be drawn" not in text(app)


async def test_black_box_by_its_key() -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        before = screen(app)
        await pilot.press("y")
        assert "f(x) = ?" in screen(app)[0]
        hidden = screen(app)
        for key in ("enter", "v", "space", "backspace"):
            await pilot.press(key)
            assert screen(app)[:-1] == hidden[:-1]
            assert "the function is hidden; y shows it" in screen(app)[-1]
        await pilot.press("question_mark")
        assert "sin" not in text(app)
        await pilot.press("escape", "y")
        assert screen(app) == before


async def test_help_says_why_and_then_all_keys() -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "question_mark")
        assert "why: derive" in text(app)
        await pilot.press("question_mark")
        assert "all keys" in text(app)
        await pilot.press("question_mark")
        assert "three" not in screen(app)[0]
        assert now(app).view.help is Help.NONE


async def test_what_is_not_for_this_screen_changes_nothing() -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        before = now(app)
        for key in ("l", "h", "r", "u", "U", "p", "R", "x", "m", "d", "home", "end", "left_parenthesis", "A", "F"):
            await pilot.press(key)
            assert now(app) is before, key
            assert app.message, key
        assert not prompt(app).open
        await pilot.press("n", "N")  # steps the session behind it
        assert now(app).session.last_step == 1
        assert now(app).view.derive == before.view.derive


@pytest.mark.parametrize("columns", [72, 80, 120])
async def test_the_footer_has_this_screens_keys_and_fits(columns: int) -> None:
    async with running(size=(columns, 24)) as (app, pilot):
        await pilot.press("2")
        foot = screen(app)[-1]
        assert len(foot) == columns
        for words in ("space rule", "bksp back", "enter trace", "? why"):
            assert words in foot
        assert "phase" not in foot
        assert "operation" not in foot


def test_only_the_lines_that_are_asked_for_are_drawn_and_named() -> None:
    def seen(**changes: object) -> str:
        return "\n".join(drawing.panes(looking("x^2 + 1", 2.0, **changes), (80, 24), ASCII)["function"])

    assert "tangent" in seen(secant=False)
    assert "secant" not in seen(secant=False)
    assert not {"A", "B"} & set(seen(secant=False))
    alone = seen(tangent=False, secant=False)
    assert "tangent" not in alone
    assert not {"-", "+"} & set("".join(line[9:-1] for line in alone.splitlines()[1:-2]))


def test_the_scale_of_a_surface_has_the_ends_of_the_function() -> None:
    whole = (-5.0, 5.0)
    rows = drawing.panes(looking("sin(x) + 2*cos(y)", 1.0, 1.0, domain=(whole, whole)), (80, 24), ASCII)["function"]
    assert [rows[row].split()[-2] for row in (1, 17)] == ["3", "-3"]
    level = drawing.panes(looking("x + y", shown=Derived.DERIVATIVE), (80, 24), ASCII)["function"]
    assert "df/dx" in level[0]


async def test_a_and_b_are_lettered_both_or_neither() -> None:
    async with running("lecture", (80, 24)) as (app, pilot):
        for there, beats, letters in (("19", 1, {"A", "B"}), ("19", 3, set()), ("20", 1, set())):
            await pilot.press("S")
            await write(pilot, there)
            await pilot.press(*["space"] * beats)
            assert {"A", "B"} & set("".join(line[:46] for line in screen(app)[2:19])) == letters
