"""The right column of the derive screen: numbers whose digits tell, and the error plot with the present ε in it."""

import re

import pytest

from scenarios.workspace.view import Derived
from tests.scenarios.screens.looking import looking
from tests.tui import drawing
from tests.tui.drawing import ASCII, UTF8
from tui.panes import function, methods


def numbers(text: str, *at: float, epsilon: float = 0.5, by: int = 0) -> str:
    workspace = looking(text, *at, epsilon=epsilon, by=by)
    return "\n".join(drawing.pane(methods.draw, workspace, (34, 9), UTF8))


@pytest.mark.parametrize(
    ("epsilon", "rows"),
    [
        (0.5, ["A f(0.5) ", "B f(1.5) ", "rise -0.70035", "run 1 "]),
        (1e-6, ["A f(0.999999) ", "B f(1.000001) ", "rise -1.66e-06", "run 2e-06 "]),
        (1e-12, ["A f(0.999999999999) ", "B f(1.000000000001) ", "rise -1.66e-12", "run 2e-12 "]),
    ],
)
def test_a_and_b_are_called_where_they_are(epsilon: float, rows: list[str]) -> None:
    pane = numbers("sin(2x)", 1.0, epsilon=epsilon)
    for part in rows:
        assert part in pane


def test_with_two_arguments_a_and_b_are_called_with_both() -> None:
    for by, calls in enumerate((["A f(0.5, 2)", "B f(1.5, 2)"], ["A f(1, 1.5)", "B f(1, 2.5)"])):
        pane = numbers("sin(x) + 2*cos(y)", 1.0, 2.0, by=by)
        assert all(call in pane for call in calls)


def test_where_digits_do_not_tell_a_and_b_from_the_point_words_do() -> None:
    assert "A f(x - eps) " in numbers("sin(x)", 1e16)
    assert "B f(x + eps, y) " in numbers("x*y", 1.0, 0.1234567, epsilon=1e-15)


@pytest.mark.parametrize(
    ("formula", "x", "said"),
    [
        ("exp(x)", 1000.0, {"symbols": "overflow", "central": "overflow", "autodiff": "overflow"}),
        ("log(x)", -1.0, {"symbols": "not defined", "central": "not defined", "autodiff": "not defined"}),
        ("log(exp(x))", -800.0, {"autodiff": "underflow"}),
        ("log(2/x^343)", 5.0, {"symbols": "-68.6000", "autodiff": "underflow"}),
        ("x^0", 0.0, {"symbols": "+0.00000", "central": "+0.00000", "autodiff": "+0.00000"}),
    ],
)
def test_why_there_is_no_number(formula: str, x: float, said: dict[str, str]) -> None:
    rows = {row[1:-1].split()[0]: row for row in numbers(formula, x, epsilon=1e-3).splitlines()}
    for name, word in said.items():
        assert re.search(rf"{re.escape(word)}\d* *│$", rows[name]), rows[name]


def errors(epsilon: float, formula: str = "sin(2x)", x: float = 1.0, terminal: drawing.Terminal = UTF8) -> list[str]:
    return drawing.pane(methods.draw_errors, looking(formula, x, epsilon=epsilon), (34, 12), terminal)


@pytest.mark.parametrize("epsilon", [1.0, 0.5, 0.02, 1e-3, 1e-9, 2e-12, 1e-15])
def test_the_error_plot_marks_the_present_eps_and_the_best_one_by_other_signs(epsilon: float) -> None:
    rows = errors(epsilon)
    plot, ticks = rows[1:-2], rows[-2]
    assert sum(row.count("●") for row in plot) == 1
    assert sum(row.count("◇") for row in plot) == 1
    assert f"eps {epsilon:g}" in ticks
    assert "◇ 1e-06" in rows[-1]
    (mark,) = [row.index("●") for row in plot if "●" in row]
    assert ticks.index("▲") == mark  # it is written under its sign


def test_the_mark_moves_with_eps() -> None:
    places = [next(row.index("●") for row in errors(epsilon)[1:-2] if "●" in row) for epsilon in (0.5, 1e-4, 1e-12)]
    assert places == sorted(set(places))


def test_no_error_is_marked_below_all_others() -> None:
    """x^2: the secant has the tangent's slope; only rounding shows."""
    rows = errors(0.5, "x^2 + 1", 2.0)
    assert "0 ●" in rows[-3]
    assert "●" not in "".join(rows[1:-3])
    assert "▲ eps 0.5" in rows[-2]


@pytest.mark.parametrize("formula", ["x^2", "abs(x)", "relu(x)", "1000 + x/1000"])
def test_the_best_eps_is_the_best_of_all_that_are_drawn(formula: str) -> None:
    assert "● 0.5 is the best eps" in errors(0.5, formula)[-1]
    worse = errors(1e-9, formula)
    assert "◇ 0.1 is the best eps" in worse[-1]
    assert "◇" in "".join(worse[1:-2])


@pytest.mark.parametrize(("formula", "x"), [("min(x, 1)", 1.0), ("abs(x - 1)", 1.0), ("step(x)", 0.0)])
def test_at_a_kink_or_a_jump_no_eps_is_the_best(formula: str, x: float) -> None:
    rows = errors(0.5, formula, x)
    assert "◇" not in "".join(rows)
    assert "a smaller eps does not help" in rows[-1]


def test_in_ascii_the_signs_differ_too() -> None:
    plot = "".join(errors(1e-3, terminal=ASCII)[1:-2])
    assert plot.count("@") == plot.count("V") == 1


@pytest.mark.parametrize(
    ("formula", "shown", "ends"),
    [
        ("sin(x) + 2*cos(y)", Derived.DERIVATIVE, ["1.0", "-1.0"]),
        ("sin(x) + 2*cos(y)", Derived.FUNCTION, ["3", "-3"]),
        ("x + y", Derived.FUNCTION, ["10", "-10"]),
        ("0.123*x*y", Derived.FUNCTION, ["4", "-4"]),
    ],
)
def test_the_scale_of_a_heat_map_has_numbers_a_person_would_write(
    formula: str, shown: Derived, ends: list[str]
) -> None:
    workspace = looking(formula, 1.0, 1.0, domain=((-5.0, 5.0), (-5.0, 5.0)), shown=shown)
    rows = drawing.panes(workspace, (80, 24), ASCII)["function"]
    assert [rows[row].split()[-2] for row in (1, 17)] == ends


def test_no_label_beside_a_heat_map_is_cut_to_another_number() -> None:
    workspace = looking("x + y", 1.0, 1.0, domain=((-5.0, 5.0), (-1.25, 12.75)))
    rows = drawing.pane(function.draw, workspace, (46, 20), ASCII)
    assert [row[1:].split()[0] for row in (rows[1], rows[-3])] == ["12.75", "-1.25"]


@pytest.mark.parametrize(("by", "found"), [(0, ["A ● B"]), (1, ["B", "●", "A"])])
def test_a_and_b_lie_beside_the_point_in_the_map_and_on_its_slice(by: int, found: list[str]) -> None:
    workspace = looking("x^2*y", 1.0, 1.0, by=by, epsilon=1.0)
    inside = [row[8:-12] for row in drawing.pane(function.draw, workspace, (46, 20), UTF8)[1:-2]]
    assert [re.sub(" +", " ", row).strip() for row in inside if re.search("[AB●]", row)] == found
    sliced = "".join(drawing.pane(methods.draw_errors, workspace, (46, 20), UTF8)[1:-2])
    assert all(sliced.count(sign) == 1 for sign in "AB●")


def test_the_present_eps_counts_where_no_other_has_an_error() -> None:
    rows = drawing.pane(methods.draw_errors, looking("step(x)", 1.0, epsilon=1.0), (44, 12), UTF8)
    assert not any("exact" in row for row in rows)
