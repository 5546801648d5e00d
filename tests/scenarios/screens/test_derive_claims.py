"""What is said on the derive screen is so: a table of places where it is easy to be wrong, and random formulas."""

import math
import random
import re
import textwrap
from dataclasses import replace
from itertools import pairwise

import pytest

from engine.autodiff.numeric import replaced
from engine.derivative.breaks import break_within
from engine.derivative.standing import SERIES, Standing, agree, misplaced, standing
from engine.derivative.study import Methods, study
from engine.symbolic import text as written
from engine.symbolic.formula import FormulaError
from engine.symbolic.lack import Lack
from scenarios.numbers import small
from scenarios.screens.derive import actions
from scenarios.screens.derive.function import beside, called, methods
from scenarios.workspace.view import EPSILONS, Derived, DeriveView
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.looking import looking
from tests.strategies import random_expressions
from tests.workspaces import caption

SAID = [
    ("step(x)", (0.0,), 0.5,
     "A jump: f is 0 on the left, 1 on the right, so it has no derivative here. The central difference is "
     "+1.0000 and grows as eps shrinks."),
    ("step(x)", (0.3,), 0.5,
     "The secant spans the jump at x = 0: the central difference, +1.0000, takes it in; autodiff gives "
     "+0.0000. Press < to shrink eps."),
    ("eq(x, 0)", (0.0,), 0.5,
     "A jump: f is 0 on both sides, 1 here, so it has no derivative here. The central difference is +0.0000."),
    ("sin(x)", (1e+16,), 0.5,
     "Floats at 1e+16 are 2 apart, so A and B are the point itself: secant +0.0000, tangent -0.6262. No eps "
     "that can be chosen helps."),
    ("sin(x)", (1000000000000000.0,), 0.1,
     "Floats at 1e+15 are 0.125 apart, so A and B are 0.25 apart, not 2 eps = 0.2: secant -0.6398, tangent "
     "-0.5132. Press > for a larger eps."),
    ("exp(x)", (1000.0,), 0.5,
     "f overflows at x = 1000: it needs a number over 1.8e+308, the largest a float can hold. Move on with the"
     " arrows."),
    ("x^2", (1e+200,), 0.5,
     "f overflows at x = 1e+200: it needs a number over 1.8e+308, the largest a float can hold. Move on with "
     "the arrows."),
    ("log(exp(x))", (-800.0,), 0.5,
     "f underflows at x = -800: it needs a number so small that a float has only 0 for it. Move on with the "
     "arrows."),
    ("log(x)", (-1.0,), 0.5,
     "f is not defined at x = -1. It is defined above x = 0. Press g to type a point there."),
    ("sqrt(x - 5)", (1.0,), 0.5,
     "f is not defined at x = 1. It is defined from x = 5 up. Press g to type a point there."),
    ("sin(x)/x", (0.0,), 0.5,
     "f has a hole at x = 0: it is not defined there, but comes to 1 from both sides. Move on with the arrows."),
    ("x^0", (0.0,), 0.5,
     "A and B are level over a run of 1, so the secant has slope +0.0000, the tangent +0.0000: they agree "
     "exactly."),
    ("log(2/x^343)", (5.0,), 1e-06,
     "Secant -68.6000, tangent -68.6000. Autodiff underflows: the slope of an operation is so small that a "
     "float has only 0 for it."),
    ("relu(x)", (0.0,), 0.5,
     "A kink: no single slope here, 0 on the left, 1 on the right. The central difference averages them, "
     "+0.5000; autodiff picks +0.0000 by convention."),
    ("sqrt(x^2)", (0.0,), 0.5,
     "A kink: no single slope here, -1 on the left, 1 on the right. The central difference averages them, "
     "+0.0000; autodiff finds none."),
    ("max(x, 2x)", (-0.1,), 0.5,
     "The secant spans the kink at x = 0: the central difference, +1.4000, mixes both sides; autodiff gives "
     "+1.0000. Press < to shrink eps."),
    ("relu(x)", (1e-16,), 0.5,
     "The secant spans the kink at x = 0: the central difference, +0.5000, mixes both sides; autodiff gives "
     "+1.0000."),
    ("relu(x)^2", (0.0,), 0.5,
     "A to B rises 0.25 over a run of 1, so the secant has slope +0.2500, the tangent +0.0000. Press < to "
     "shrink eps and watch them agree."),
    ("sqrt(x)", (0.0,), 0.5,
     "f is not defined at A, x = -0.5, so there is no central difference. A smaller eps does not help."),
    ("sqrt(x)", (0.25,), 0.5,
     "f is not defined at A, x = -0.25, so there is no central difference. Press < to shrink eps."),
    ("x^y", (0.0, 0.0), 0.5,
     "A and B are level over a run of 1, so the secant has slope +0.0000. By symbols the slope is not defined "
     "here; autodiff gives +0.0000."),
    ("sqrt(abs(x))", (0.0,), 0.5,
     "A and B are level over a run of 1, so the secant has slope +0.0000. By symbols and by autodiff the slope"
     " is not defined here."),
    ("sin(2x)", (1.0,), 1e-06,
     "A to B falls 1.66e-06 over a run of 2e-06, so the secant has slope -0.8323, the tangent -0.8323: they "
     "agree to 2e-12."),
    ("sin(2x)", (1.0,), 1e-12,
     "A to B falls 1.66e-12 over a run of 2e-12, so the secant has slope -0.8323, the tangent -0.8323: 1.5e-05"
     " apart. Rounding shows: press >."),
    ("sigmoid(x)", (20.0,), 0.5,
     "A to B rises 2.15e-09 over a run of 1, so the secant has slope +2.1e-09, the tangent +2.1e-09: they "
     "agree to 9e-11."),
    ("exp(x)", (20.0,), 1e-06,
     "A to B rises 970 over a run of 2e-06, so the secant has slope +4.9e+08, the tangent +4.9e+08: they agree"
     " in 8 digits."),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "at", "epsilon", "said"), SAID, ids=lambda value: str(value)[:20])
def test_what_is_said_there(formula: str, at: tuple[float, ...], epsilon: float, said: str) -> None:
    assert caption(looking(formula, *at, epsilon=epsilon)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"shown": Derived.DERIVATIVE}, "f' is the slope of f at every point: at x = 1 it is -0.8323, so f falls"),
        ({"shown": Derived.RULES}, "Worked steps: f is differentiated with respect to x in 4 steps. Press space"),
        ({"tangent": False, "secant": False}, "The slope of f at x = 1 is -0.8323, so f falls as x grows."),
        ({"secant": False}, "The tangent at x = 1 has slope -0.8323, so f falls as x grows."),
        ({"tangent": False}, "A to B falls 0.7 over a run of 1, so the secant has slope -0.7004."),
    ],
)
def test_the_caption_speaks_of_what_is_shown(changes: dict[str, object], said: str) -> None:
    assert caption(looking("sin(2x)", 1.0, **changes)).startswith(said)


@pytest.mark.parametrize(
    ("formula", "at", "epsilon", "places", "calls"),
    [
        ("x^2", (1.0,), 1e-6, ["0.999999", "1.000001"], ["f(0.999999)", "f(1.000001)"]),
        ("x^2", (-2.75,), 1e-12, ["-2.750000000001", "-2.749999999999"], ["f(-2.750000000001)", "f(-2.749999999999)"]),
        ("x*y", (1.0, 2.0), 0.5, ["0.5", "1.5"], ["f(0.5, 2)", "f(1.5, 2)"]),
        ("x^2", (1e12,), 0.5, ["1e+12", "1e+12"], ["f(1e+12)", "f(1e+12)"]),
    ],
)
def test_the_places_of_a_and_b_have_the_digits_that_tell_them_apart(
    formula: str, at: tuple[float, ...], epsilon: float, places: list[str], calls: list[str]
) -> None:
    derive = looking(formula, *at, epsilon=epsilon).view.derive
    found = methods(derive)
    said = [beside(derive, place) for place, _ in (found.left, found.right)]
    assert said == places
    assert [called(derive, place) for place in said] == calls


def test_the_series_of_eps_is_what_the_keys_walk() -> None:
    walked = [EPSILONS[0]]
    while (following := actions.next_epsilon(walked[-1], 1)) != walked[-1]:
        walked.append(following)
    assert walked == pytest.approx(SERIES, rel=1e-12)


# Random formulas, places and ε: every claim of the caption, held against the engine.


def _agree(said: re.Match[str], derive: DeriveView, found: Methods) -> bool:
    assert found.central is not None
    assert found.symbols is not None
    gap = abs(found.central - found.symbols)
    if said["how"] == "exactly":
        return gap == 0.0
    if said["how"].startswith("to"):
        return gap == pytest.approx(float(said["how"][3:]), rel=0.5)
    return gap <= 10.0 ** -int(said["how"].split()[1]) * abs(found.symbols)


def _after(derive: DeriveView, by: int) -> list[Methods]:
    """What each further press of the key gives."""
    here, seen = derive, []
    while (epsilon := actions.next_epsilon(here.epsilon, by)) != here.epsilon:
        here = DeriveView(derive.formula, derive.values, derive.domain, derive.by, epsilon)
        seen.append(methods(here))
    return seen


def _gap(found: Methods) -> float:
    return math.inf if found.central is None or found.symbols is None else abs(found.central - found.symbols)


def _rises(said: re.Match[str], derive: DeriveView, found: Methods) -> bool:
    """f rises or falls as the argument grows: so do its values, a little to both sides, where floats show it."""
    f, by = study(derive.formula), derive.by
    assert f.names[by] == said["name"]
    x, sign = derive.values[by], 1.0 if said["way"] == "rises" else -1.0
    ends = [[f(*replaced(derive.values, by, x + shift)) for shift in (-h, h)] for h in SERIES]
    rises = [sign * (right - left) for left, right in ends if left is not None and right is not None]
    return not any(rises) or max(rises) > 0.0


def _beside(derive: DeriveView) -> list[float]:
    """The slopes a little to the left and a little to the right, by one-sided differences."""
    f, x = study(derive.formula), derive.values[derive.by]
    h = 1e-6 * max(1.0, abs(x))
    here, *sides = (f(*replaced(derive.values, derive.by, x + by)) or 0.0 for by in (0.0, -h, h))
    return [(side - here) / by for side, by in zip(sides, (-h, h), strict=True)]


def _sides(said: re.Match[str], derive: DeriveView, found: Methods) -> bool:
    return [float(said["left"]), float(said["right"])] == pytest.approx(_beside(derive), rel=1e-3, abs=1e-3)


CLAIMS = {
    r"where f is not defined, lies between A and B: the central difference, (?P<slope>[+-][\d.e+-]*\d)": (
        lambda said, _, found: said["slope"] == small(found.central)
    ),
    r"A to B (?P<way>rises|falls) (?P<rise>\S+) over": lambda said, derive, found: (
        (found.right[1] - found.left[1] > 0.0) == (said["way"] == "rises")
        and abs(found.right[1] - found.left[1]) == pytest.approx(float(said["rise"]), rel=1e-2)
    ),
    r"f has a hole at \w+ = \S+: it is not defined there, but comes to (?P<limit>\S+) from": lambda said, derive, _: (
        study(derive.formula)(derive.values[0] + 1e-5) == pytest.approx(float(said["limit"]), rel=1e-2, abs=1e-3)
    ),
    r"It is defined (?:from|above|below) ": lambda _, __, found: found.value is None,
    r"A and B are level": lambda said, derive, found: found.right[1] == found.left[1],
    r"secant (?:has slope )?(?P<slope>[+-][\d.e+-]*\d)": lambda said, _, found: said["slope"] == small(found.central),
    r"(?:tangent(?: at .*slope)?|it is|f at .* is) (?P<slope>[+-][\d.e+-]*\d)": lambda said, _, found: (
        said["slope"] == small(found.symbols)
    ),
    r"(?:slope|slope here,) (?P<left>\S+) on the left, (?P<right>\S+) on the right": _sides,
    r"grows as eps shrinks": lambda said, derive, found: all(
        abs(after.central or 0.0) > abs(before.central or 0.0)
        for before, after in pairwise([found, *_after(derive, -1)])
    ),
    r"averages them, \S+;": lambda said, derive, found: abs(
        found.central - sum(_beside(derive)) / 2.0
    ) < 2e-3 * max(1.0, *map(abs, _beside(derive))),
    r"they agree (?P<how>exactly|to \S+\d|in \d+ digits)": _agree,
    r"watch them agree": lambda said, derive, found: any(
        each.central is not None and agree(each.central, found.symbols) for each in _after(derive, -1)
    ),
    r"they come closer": lambda said, derive, found: min(map(_gap, _after(derive, -1))) < _gap(found),
    r"[Pp]ress >": lambda said, derive, found: min(map(_gap, _after(derive, 1))) < _gap(found),
    r"No other eps|No eps that can be chosen": lambda said, derive, found: (
        min(map(_gap, _after(derive, 1) + _after(derive, -1)), default=math.inf) >= _gap(found) / 2.0
    ),
    r"no central difference|central difference overflows": lambda said, derive, found: found.central is None,
    r"no central difference\. Press <": lambda said, derive, found: any(
        each.central is not None for each in _after(derive, -1)
    ),
    r"smaller eps does not help": lambda said, derive, found: all(each.central is None for each in _after(derive, -1)),
    r"(?<!where )f is not defined": lambda said, derive, found: Lack.UNDEFINED in found.lacks.values(),
    r"f overflows": lambda said, derive, found: Lack.OVERFLOW in found.lacks.values(),
    r"f underflows": lambda said, derive, found: Lack.UNDERFLOW in found.lacks.values(),
    r"Floats at": lambda said, derive, found: misplaced(derive.values, derive.by, derive.epsilon),
    r"(?:f|it) (?P<way>rises|falls) as (?P<name>\w+) grows": _rises,
    r"f is level there": lambda said, derive, found: found.symbols == 0.0,
    r"kink|jump": lambda said, derive, found: (
        break_within(study(derive.formula), derive.values, derive.by, derive.epsilon) is not None
    ),
}  # fmt: skip


def checked(workspace: Workspace) -> str:
    """The caption, each of its claims held against the numbers; no sentence without one of the known claims."""
    derive, said = workspace.view.derive, caption(workspace)
    found, claims = methods(derive), 0
    for claim, holds in CLAIMS.items():
        for match in re.finditer(claim, said):
            claims += 1
            assert holds(match, derive, found), (claim, said, derive)  # type: ignore[no-untyped-call]
    assert claims or "symbols" in said or "Autodiff" in said, said
    assert len(textwrap.wrap(said, 78)) <= 2, said
    return said


PLACES = (0.0, 1.0, -1.0, 0.3, -2.5, 5.0, 20.0, -700.0, 1e8, 1e16, 1e200, 1e-9)
FIXED = [f"{kink}(x){rest}" for kink in ("relu", "abs", "step", "sqrt", "log", "exp") for rest in ("", "^2", " + x")]


def typeable(formula: str) -> bool:
    """Whether a person can type it: parts that are numbers only must have a value."""
    try:
        study(formula)
    except FormulaError:
        return False
    return True


def test_every_claim_is_so_for_random_formulas_places_and_eps() -> None:
    chance = random.Random(15)
    formulas = [*filter(typeable, map(written, random_expressions(3, 200))), *FIXED]
    seen: set[str] = set()
    for formula in formulas * 3:
        names = study(formula).names
        at, by = [chance.choice(PLACES) for _ in names], chance.randrange(len(names))
        shown, epsilon = chance.choice([*Derived][:2]), chance.choice(SERIES)
        said = checked(looking(formula, *at, shown=shown, epsilon=epsilon, by=by))
        seen |= {claim for claim in CLAIMS if re.search(claim, said)}
    assert len(seen) > len(CLAIMS) * 2 // 3  # the walk meets most of them


@pytest.mark.parametrize("formula", ["sin(2x)", "x^2", "exp(x)", "sigmoid(x)", "3", "1/x", "abs(x)", "step(x - 1)"])
def test_every_claim_is_so_at_every_eps(formula: str) -> None:
    for epsilon in SERIES:
        for x in (1.0, 0.3, -2.0):
            checked(looking(formula, x, epsilon=epsilon))
            assert standing(study(formula), (x,), 0, epsilon) in Standing


@pytest.mark.parametrize("formula", ["sin(2x)", "exp(x)", "x^3"])
def test_pressing_the_key_that_is_named_leads_to_where_they_agree(formula: str) -> None:
    for epsilon in SERIES:
        here = looking(formula, 1.0, epsilon=epsilon)
        for _ in range(60):
            said = caption(here)
            if "they agree" in said:
                break
            by = 1 if "press >" in said.lower() or "Rounding shows" in said else -1
            following = actions.next_epsilon(here.view.derive.epsilon, by)
            here = looking(formula, 1.0, epsilon=following)
        assert "they agree" in caption(here)


def test_where_rounding_shows_it_is_said_though_a_smaller_eps_agrees_by_chance() -> None:
    said = caption(looking("x^2", 1e8, epsilon=2e-7))
    assert said.endswith(
        "so the secant has slope +1.9e+08, the tangent +2.0e+08: 1.0e+07 apart. Rounding shows: press >."
    )


@pytest.mark.parametrize("formula", ["x^2", "sin(50x)", "exp(x)", "1/x", "(1 - cos(x))/x^2", "sqrt(x^2 + 1)"])
@pytest.mark.parametrize("x", [0.1, 1.0, 1e4, 1e8])
def test_no_key_is_named_that_makes_it_worse(formula: str, x: float) -> None:
    for epsilon in SERIES:
        here = looking(formula, x, epsilon=epsilon)
        said, now = caption(here), methods(here.view.derive)
        way = 1 if "press >" in said.lower() else -1 if "Press <" in said else 0
        if way and now.central is not None and now.symbols is not None:
            after = methods(replace(here.view.derive, epsilon=actions.next_epsilon(epsilon, way)))
            assert after.central is not None, said
            assert abs(after.central - now.symbols) <= abs(now.central - now.symbols), said
