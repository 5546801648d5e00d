"""The derive screen's numbers and words: three methods, honest at kinks and poles, silent in black-box mode."""

import math
import re
from dataclasses import replace

import pytest

from engine.derivative import catalogue
from engine.derivative.study import Methods, study
from engine.symbolic.formula import FormulaError
from scenarios.intervals import FARTHEST
from scenarios.screens.derive import actions, function
from scenarios.screens.derive.actions import typed
from scenarios.screens.derive.function import methods
from scenarios.workspace.moves import Move
from scenarios.workspace.view import Derived, DeriveView, Screen, View
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.looking import looking
from tests.workspaces import after, apply, caption, explained, look, opened

ENTRIES = pytest.mark.parametrize("entry", catalogue.FUNCTIONS, ids=lambda entry: entry.name)


def found(text: str, *values: float, **changes: object) -> Methods:
    return methods(looking(text, *values, **changes).view.derive)


def did(workspace: Workspace, *actions: object) -> Workspace:
    """After actions; one that has no move there leaves it as it is."""
    for action in actions:
        move: Move | None = action(workspace)  # type: ignore[operator]
        workspace = workspace if move is None else apply(workspace, move)
    return workspace


def now(workspace: Workspace) -> DeriveView:
    return workspace.view.derive


# The numbers.


def test_sin_2x_at_1_as_on_the_slides() -> None:
    sine = found("sin(2x)", 1.0, epsilon=0.5)
    assert sine.symbols == sine.autodiff == pytest.approx(2 * math.cos(2.0), rel=1e-15)
    assert [sine.symbols, sine.central, sine.left[1], sine.right[1]] == pytest.approx(
        [-0.83229, -0.70035, 0.84147, 0.14112], abs=5e-6
    )
    assert (sine.left[0], sine.right[0], sine.operations) == (0.5, 1.5, 2)


@pytest.mark.parametrize(
    ("text", "at", "epsilon", "symbols", "central"),
    [
        ("x^2 + 1", (2.0,), 0.5, 4.0, 4.0),
        ("x^2 + 1", (2.0,), 1e-6, 4.0, 4.0),
        ("sigmoid(x)", (0.0,), 1e-6, 0.25, 0.25),
        ("relu(x)", (0.0,), 0.5, 0.0, 0.5),
        ("relu(x)", (1.0,), 0.5, 1.0, 1.0),
        ("log_sigmoid(x)", (0.0,), 1e-6, 0.5, 0.5),
        ("-log_sigmoid(m)", (0.0,), 1e-6, -0.5, -0.5),
        ("3", (1.0,), 0.5, 0.0, 0.0),
        ("pi", (1.0,), 0.5, 0.0, 0.0),
        ("x*y*z", (2.0, 3.0, 5.0), 1e-3, 15.0, 15.0),
    ],
)
def test_known_derivatives(text: str, at: tuple[float, ...], epsilon: float, symbols: float, central: float) -> None:
    each = found(text, *at, epsilon=epsilon)
    assert each.symbols == each.autodiff == pytest.approx(symbols, abs=1e-12)
    assert each.central == pytest.approx(central, abs=1e-8)


def test_both_partials_of_two_arguments() -> None:
    x, y = (found("sin(x) + 2cos(y)", 1.0, 2.0, by=by, epsilon=1e-6) for by in (0, 1))
    for each, right in ((x, math.cos(1.0)), (y, -2 * math.sin(2.0))):
        assert each.symbols == each.autodiff == pytest.approx(right, rel=1e-14)
        assert each.central == pytest.approx(right, abs=1e-8)
    assert (x.left[0], y.left[0]) == pytest.approx((1.0, 2.0), abs=2e-6)


@ENTRIES
def test_the_methods_agree_on_the_lectures_functions(entry: catalogue.Function) -> None:
    for x in (-2.3, -0.7, 0.4, 1.9):
        for by in range(len(entry.arguments)):
            each = found(entry.formula, *[x] * len(entry.arguments), by=by, epsilon=1e-6)
            assert each.autodiff == pytest.approx(each.symbols, rel=1e-12)
            assert each.central == pytest.approx(each.symbols, abs=1e-6)


def test_the_errors_make_a_valley() -> None:
    errors = {entry.epsilon: entry for entry in function.errors(now(looking("sin(2x)", 1.0)))}
    assert errors[0.1].central == pytest.approx(5.5e-3, rel=0.02)
    assert errors[1e-3].central == pytest.approx(5.5e-7, rel=0.02)
    assert errors[1e-3].forward == pytest.approx(1.8e-3, rel=0.02)
    assert min(errors.values(), key=lambda entry: entry.central).epsilon in (1e-5, 1e-6, 1e-7)
    assert function.errors(now(looking("log(x)", -1.0))) == ()
    beside = function.errors(now(looking("sqrt(x)", 0.05)))  # the widest difference reaches below 0
    assert [math.isfinite(entry.central) for entry in beside] == [False, *[True] * 14]


# What is not defined.


@pytest.mark.parametrize(
    ("text", "at", "epsilon"),
    [
        ("log(x)", -1.0, 0.5), ("log(x)", 0.0, 0.5), ("1/x", 0.0, 0.5), ("sqrt(x)", -1.0, 0.5), ("exp(x)", 1000.0, 0.5),
        ("x^0.5", -1.0, 0.5), ("x^x", -0.5, 1e-6), ("log(x) + y", 0.0, 0.5), ("1e300*x^2", 1e9, 0.5),
    ],
)  # fmt: skip
def test_where_it_is_not_defined_there_is_no_number_and_that_is_said(text: str, at: float, epsilon: float) -> None:
    workspace = looking(text, *[at] * len(study(text).names), epsilon=epsilon)
    each = methods(now(workspace))
    assert (each.value, each.symbols, each.autodiff) == (None, None, None)
    lacks = "overflows" if text in ("exp(x)", "1e300*x^2") else "is not defined"
    assert caption(workspace).startswith(f"f {lacks} at x = ")
    for shown in Derived:
        other = after(workspace, [look(derive=replace(now(workspace), shown=shown))])
        assert caption(other)
        assert explained(other, Screen.DERIVE)


@pytest.mark.parametrize(("text", "at"), [("sqrt(x)", 0.25), ("log(x)", 0.5), ("1/(x - 1)", 0.5)])
def test_a_point_beside_the_edge_has_a_derivative_but_no_difference(text: str, at: float) -> None:
    workspace = looking(text, at, epsilon=0.5)
    each = methods(now(workspace))
    assert each.symbols == pytest.approx(each.autodiff)
    assert each.central is None
    assert re.search(r"not defined at [AB], x = \S+, so there is no central difference. Press <", caption(workspace))
    closer = did(workspace, *[actions.epsilon(-1)] * 9)
    assert methods(now(closer)).central == pytest.approx(each.symbols, rel=1e-3)


def test_a_square_root_at_its_edge_has_a_value_and_no_derivative() -> None:
    each = found("sqrt(x)", 0.0)
    assert (each.value, each.symbols, each.central, each.autodiff) == (0.0, None, None, None)


def test_numbers_too_large_are_no_numbers() -> None:
    assert found("1e308*x", 0.5, epsilon=1.0).central is None
    steep = found("1e308*sin(100x)", 0.0)
    assert (steep.value, steep.symbols, steep.autodiff) == (0.0, None, None)


# The words.


def test_the_caption_has_the_numbers_of_the_secant_and_the_tangent() -> None:
    text = caption(looking("sin(2x)", 1.0, epsilon=0.5))
    assert "falls 0.7 over a run of 1" in text
    assert re.findall(r"[+-]\d\.\d+", text) == ["-0.7004", "-0.8323"]
    assert "rises" in caption(looking("x^2 + 1", 2.0, epsilon=0.5))
    agreed = caption(looking("sin(2x)", 1.0, epsilon=1e-6))
    assert re.search(r"agree to \de-\d\d", agreed)


def test_a_slope_that_is_rounding_alone_is_0() -> None:
    derive = replace(typed("(sigmoid(x + 0.01) - sigmoid(x - 0.01)) / 0.02"), values=(0.0,), secant=False)
    assert methods(derive).autodiff == 0.0 != methods(derive).symbols
    for tangent in (True, False):
        workspace = opened("model1", look(screen=Screen.DERIVE, derive=replace(derive, tangent=tangent)))
        assert "slope +0.0000, so f is level there." in caption(workspace).replace("is +", "slope +")


def test_the_caption_says_whether_eps_is_too_large_or_too_small() -> None:
    assert "Press < to shrink eps" in caption(looking("sin(2x)", 1.0, epsilon=0.1))
    assert "Rounding shows: press >" in caption(looking("sin(2x)", 1.0, epsilon=1e-12))


def test_the_next_view_draws_tangent_and_secant_again() -> None:
    derive = now(did(looking("sin(2x)", tangent=False, secant=False), actions.next_view))
    assert derive.tangent
    assert derive.secant


@pytest.mark.parametrize(("text", "at"), [("relu(x)", 0.0), ("relu(m)", 0.0), ("relu(-m)", 0.0), ("relu(x)", 0.3)])
def test_a_kink_under_the_secant_is_said_with_both_numbers(text: str, at: float) -> None:
    workspace = looking(text, at, epsilon=0.5)
    each = methods(now(workspace))
    said = caption(workspace)
    assert "kink" in said
    assert [float(number) for number in re.findall(r"[+-]\d\.\d{4}", said)] == pytest.approx(
        [each.central, each.autodiff], abs=5e-5
    )
    assert "kink" not in caption(looking(text, 1.0, epsilon=0.5))


def test_each_rule_is_said_with_its_line() -> None:
    workspace = did(looking("sin(2x)"), actions.walk(1))
    assert "press space" in caption(workspace).lower()
    steps = study("sin(2x)").differentiated[0].steps  # type: ignore[union-attr]
    for step in steps:
        workspace = did(workspace, actions.walk(1))
        if step is not steps[-1]:
            assert step.rule.capitalize() in caption(workspace)
            assert step.shown in caption(workspace)
    assert "2·cos(2·x)" in caption(workspace)


def test_a_long_rule_and_a_long_derivative_leave_the_caption_to_the_pane() -> None:
    text = "+".join(f"sin({n}x)*cos({n}x)" for n in range(1, 30))
    for rules in range(0, 200, 7):
        assert len(caption(looking(text, shown=Derived.RULES, rules=rules))) < 160


def test_what_is_explained_has_this_moments_numbers() -> None:
    texts = explained(looking("sin(2x)", 1.0, epsilon=0.5), Screen.DERIVE)
    joined = "\n".join(texts)
    for part in ("2·cos(2·x)", "0.1411200081 - 0.8414709848", "/ 1 = ", "-0.700351"):
        assert part in joined


# Walking and moving.


@pytest.mark.parametrize("text", ["sin(2x)", "x", "3", "x^2*exp(-x)/y", "sigmoid(w1*x1 + b)"])
def test_the_rules_forward_and_exactly_back(text: str) -> None:
    workspace = looking(text)
    count = len(study(text).differentiated[0].steps)  # type: ignore[union-attr]
    seen = [workspace]
    for _ in range(count + 1):
        seen.append(did(seen[-1], actions.walk(1)))
    assert [now(each).rules for each in seen] == [0, 0, *range(1, count + 1)]
    assert {now(each).shown for each in seen[1:]} == {Derived.RULES}
    assert did(seen[-1], actions.walk(1)).view == seen[-1].view
    for before, each in zip(reversed(seen[:-1]), reversed(seen), strict=False):
        assert did(each, actions.walk(-1)).view == before.view
    assert did(workspace, actions.walk(-1)).view == workspace.view


def test_a_point_moves_by_a_fortieth_and_back_to_the_same_place() -> None:
    workspace = looking("sin(2x)", 1.0, domain=((-1.0, 3.0),))
    moved = did(workspace, *[actions.move(0, 1)] * 3)
    assert now(moved).values == (1.3,)
    assert did(moved, *[actions.move(0, -1)] * 3).view == workspace.view
    assert did(workspace, actions.move(1, 1)).view == workspace.view  # there is no second argument


@pytest.mark.parametrize("by", [1, -1])
def test_the_domain_follows_over_its_edge(by: int) -> None:
    workspace = did(looking("x*y", 0.0, 0.0, domain=((-2.0, 2.0), (-4.0, 4.0))), *[actions.move(1, by)] * 25)
    derive = now(workspace)
    assert derive.values == (0.0, pytest.approx(5.0 * by))
    assert derive.domain[0] == (-2.0, 2.0)
    low, high = derive.domain[1]
    assert (high if by > 0 else low) == derive.values[1]
    assert high - low == pytest.approx(8.0)


@pytest.mark.parametrize("text", ["sin(2x)", "x*y"])
def test_zoom_halves_and_doubles_round_the_point_and_has_its_bounds(text: str) -> None:
    workspace = looking(text)
    closer = did(workspace, actions.zoom(1))
    assert now(closer).domain == ((-0.5, 2.5),) * len(now(workspace).values)
    assert now(did(closer, actions.zoom(-1))).domain == ((-2.0, 4.0),) * len(now(workspace).values)
    for by in (1, -1):
        end = did(workspace, *[actions.zoom(by)] * 80)
        assert did(end, actions.zoom(by)).view == end.view
        for low, high in now(end).domain:
            assert low < 1.0 < high


@pytest.mark.parametrize("value", [1e9, -1e15, 1e300, -FARTHEST, FARTHEST])
def test_far_out_the_places_of_the_domain_can_still_be_told_apart(value: float) -> None:
    for keys in ([], [actions.zoom(1)] * 60, [actions.zoom(-1)] * 60, [actions.move(0, 1)] * 99):
        derive = now(did(looking("x", value), *keys))
        ((low, high),) = derive.domain
        assert low <= derive.values[0] <= high
        assert (high - low) / abs(derive.values[0]) >= 1e-7
        assert math.isfinite(high - low)


def test_epsilon_walks_1_2_5_between_its_bounds() -> None:
    workspace = looking("sin(2x)")
    assert now(did(workspace, actions.epsilon(-1))).epsilon == 0.2
    assert now(did(workspace, actions.epsilon(1), actions.epsilon(1))).epsilon == 1.0
    assert now(did(workspace, *[actions.epsilon(-1)] * 99)).epsilon == 1e-15
    series = [now(did(workspace, *[actions.epsilon(-1)] * times)).epsilon for times in range(1, 5)]
    assert series == pytest.approx([0.2, 0.1, 0.05, 0.02])


def test_the_lectures_functions_go_round_both_ways() -> None:
    workspace = opened("model1", look(screen=Screen.DERIVE))
    names = [entry.formula for entry in catalogue.FUNCTIONS]
    for by in (1, -1):
        here = workspace
        seen = []
        for _ in names:
            here = did(here, actions.next_function(by))
            entry = catalogue.FUNCTIONS[names.index(now(here).formula)]
            assert (now(here).values, now(here).domain) == (entry.start, entry.domain)
            seen.append(now(here).formula)
        assert sorted(seen) == sorted(names)
        assert seen[-1] == now(workspace).formula
    assert now(did(looking("x^7"), actions.next_function(1))).formula == names[0]


def test_the_argument_to_derive_by_goes_round() -> None:
    workspace = looking("x*y*z", rules=2, shown=Derived.RULES)
    seen = [now(did(workspace, *[actions.next_argument(by)] * times)).by for by in (1, -1) for times in (1, 2, 3)]
    assert seen == [1, 2, 0, 2, 1, 0]
    assert now(did(workspace, actions.next_argument(1))).rules == 0
    assert actions.next_argument(1)(looking("x")) is None


def test_views_go_round() -> None:
    workspace = looking("sin(2x)")
    seen = [now(did(workspace, *[actions.next_view] * times)).shown for times in range(4)]
    assert seen == [*Derived, Derived.FUNCTION]


def test_a_point_outside_takes_the_domain_along() -> None:
    view = actions.moved(typed("x*y"), (1.0, 10.0))
    assert (view.values, view.domain) == ((1.0, 10.0), ((-3.0, 3.0), (7.0, 13.0)))


def test_what_is_typed_begins_at_1() -> None:
    assert typed("x*y") == DeriveView("x*y", (1.0, 1.0), ((-3.0, 3.0),) * 2)
    assert (typed("3").values, study("3").names) == ((1.0,), ("x",))
    with pytest.raises(FormulaError):
        typed("sin x")


# Black-box mode.


def test_hidden_neither_words_nor_views_nor_trace_tell_the_function() -> None:
    workspace = did(looking("sin(2x)", 1.0), actions.next_view, actions.hide)
    assert (now(workspace).hidden, now(workspace).shown) == (True, Derived.FUNCTION)
    told = "\n".join([caption(workspace), function.written(workspace), *explained(workspace, Screen.DERIVE)])
    for secret in ("sin", "cos", "0.8323", "0.83229"):
        assert secret not in told
    assert "-0.7004" in told
    for action in (actions.trace, actions.next_view, actions.walk(1), actions.walk(-1)):
        assert action(workspace) is None
    shown = did(workspace, actions.hide)
    assert function.written(shown) == "f(x) = sin(2·x)"
    assert "-0.8323" in caption(shown)


def test_the_next_function_stays_hidden() -> None:
    workspace = did(looking("sin(2x)"), actions.hide, actions.next_function(1))
    assert function.written(workspace) == "f(x) = ?"


def test_a_function_is_traced_from_its_beginning() -> None:
    workspace = after(looking("sin(2x)"), [look(trace_at=3, trace_row=2)])
    view: View = did(workspace, actions.trace).view
    assert (view.screen, view.trace_formula, view.trace_at, view.trace_row) == (Screen.TRACE, True, 0, None)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("max(x, y)", "is 1 where a < b, otherwise 0"),
        ("relu(x)", "step(a) is 1 where a > 0, otherwise 0"),
        ("x*y", "In the heat map blue is low and red is high"),
    ],
)
def test_what_is_not_taught_at_school_is_explained(formula: str, said: str) -> None:
    assert said in " ".join(explained(looking(formula), Screen.DERIVE))


def test_a_kink_that_an_end_of_the_secant_only_touches_mixes_nothing() -> None:
    for at, told in ((-0.5, False), (-0.2, True)):
        assert ("mixes both sides" in caption(looking("relu(x)", at, epsilon=0.5))) == told
