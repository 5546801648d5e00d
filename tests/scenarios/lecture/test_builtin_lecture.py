"""The lecture that comes with riserun: its 22 scenes, the numbers they show, and that going back shows the same."""

import math
import re
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from engine.session import moves
from engine.training.evaluate import evaluate
from scenarios.context.moment import moment
from scenarios.lesson import lesson
from scenarios.lesson.lesson import apply, begin
from scenarios.lesson.quiz import QUESTIONS
from scenarios.library.store import LECTURE, load_lecture
from scenarios.screens.compare import comparison
from scenarios.screens.derive import function
from scenarios.screens.landscape.places import Place
from scenarios.screens.landscape.slice import sliced
from scenarios.screens.trace.program import traced
from scenarios.workspace.lectures import Choose, GoTo
from scenarios.workspace.view import LossView, Screen
from scenarios.workspace.workspace import Workspace
from tests.engine.facts import ALONG_B, POINTS, agrees
from tests.scenarios.lectures import SCENES, place, walk
from tests.workspaces import caption

FORWARD, BACK = moves.Forward(), moves.Back()

HELD = ("update-bias", "step-1", "loss", "step-2", "step-3")


@cache
def walked() -> dict[tuple[str, int], Workspace]:
    """The workspace at each beat, counted from 1, as it is arrived at."""
    found: dict[tuple[str, int], Workspace] = {}
    for workspace in walk():
        found.setdefault(place(workspace), workspace)
    return found


def shown(workspace: Workspace) -> Any:
    """What is evaluated at the parameters on the screen."""
    return evaluate(workspace.session.frame.problem, workspace.session.frame.parameters)


def of_wrong(workspace: Workspace) -> list[float]:
    found, y = shown(workspace).m, workspace.session.frame.problem.data.y
    return sorted(float(m) for m in found[~(y * found > 0.0)])


def columns(workspace: Workspace) -> tuple[Any, ...]:
    data = workspace.session.frame.problem.data
    return data.x1, data.x2, data.y


def picture(workspace: Workspace) -> tuple[str, tuple[float, ...], tuple[tuple[float, float], ...]]:
    derive = workspace.view.derive
    return derive.formula, derive.values, derive.domain


def lowest(workspace: Workspace) -> Place:
    found = sliced(workspace).lowest
    assert found is not None
    return found


READ: dict[str, Callable[[Workspace], Any]] = {
    "point 1": lambda w: [float(column[0]) for column in columns(w)],
    "worst m": lambda w: of_wrong(w)[-1],
    "worst distance": lambda w: of_wrong(w)[-1] / math.hypot(*w.session.frame.parameters[:2]),
    "worst loss": lambda w: max(shown(w).point_losses),
    "b": lambda w: w.session.frame.parameters[2],
    "line": lambda w: w.session.frame.parameters,
    "L": lambda w: shown(w).loss,
    "errors": lambda w: shown(w).errors,
    "m": lambda w: shown(w).m.tolist(),
    "m of wrong": of_wrong,
    "point losses": lambda w: shown(w).point_losses.tolist(),
    "slope in b": lambda w: w.session.state.slopes[2],
    "promise": lambda w: w.session.state.promise,
    "rate": lambda w: w.session.state.problem.rate,
    "L left": lambda w: comparison.compared(w).left_found.loss,
    "errors left": lambda w: comparison.compared(w).left_found.errors,
    "b left": lambda w: comparison.compared(w).left.parameters[2],
    "range": lambda w: sliced(w).spans[0],
    "lowest at": lambda w: lowest(w).value,
    "lowest L": lambda w: lowest(w).loss,
    "fewest errors": lambda w: sliced(w).curve.fewest,
    "value": lambda w: function.methods(w.view.derive).value,
    "symbols": lambda w: function.methods(w.view.derive).symbols,
    "central": lambda w: function.methods(w.view.derive).central,
    "autodiff": lambda w: function.methods(w.view.derive).autodiff,
    "central's error": lambda w: abs((READ["central"](w)) - READ["symbols"](w)),
    "derivatives of a point": lambda w: tuple(traced(w).derivatives.values()),
}

# Scene, beat, what, its value, and how exactly it is known.
NUMBERS: list[tuple[str, int, str, Any, float]] = [
    ("notation", 1, "line", (1.0, 1.0, -0.4), 0),
    ("notation", 2, "line", (3.0, 3.0, -1.2), 0),
    ("boundary", 1, "line", (1.0, 1.0, -0.4), 0),
    ("boundary", 2, "line", (1.0, 1.0, -1.0), 0),
    ("boundary", 2, "errors", 0, 0),
    ("distance", 1, "line", (1.0, 1.0, -0.4), 0),
    ("distance", 1, "m of wrong", [0.2652, 0.3842, 0.4137, 0.4484], 5e-5),
    ("distance", 2, "errors", 4, 0),
    ("point-loss", 2, "m", [-2.0, -0.2, 1.0], 0),
    ("point-loss", 2, "point losses", [0.126928, 0.598139, 1.313262], 5e-7),
    ("relu", 1, "symbols", 1.0, 0),
    ("relu", 2, "central", 0.5, 1e-12),
    ("relu", 2, "autodiff", 0.0, 0),
    ("relu", 3, "point losses", [0.0, 0.0, 1.0], 0),
    ("update-bias", 1, "L", 5.776592485398551, 1e-12),
    ("update-bias", 2, "L left", 5.776592485398551, 1e-12),
    ("update-bias", 2, "b left", -0.4, 0),
    ("update-bias", 2, "L", 5.731993915131546, 1e-12),
    ("update-bias", 2, "b", -0.5, 0),
    ("update-bias", 2, "errors", 4, 0),
    ("step-1", 1, "b", -1.5, 0),
    ("step-1", 1, "L", 6.593784290873372, 1e-12),
    ("step-1", 1, "m of wrong", [-0.500, -0.459, -0.368, -0.297, -0.037], 5e-4),
    ("step-1", 4, "slope in b", -2.066459, 5e-7),
    ("step-1", 5, "b", -1.5 + 0.1 * 2.066459, 5e-7),
    ("step-1", 5, "promise", -0.1 * 2.066459**2, 5e-7),
    ("step-1", 6, "L", 6.217288639136175, 1e-12),
    ("loss", 1, "m", [-2.0, -0.2, 1.0, -1.0, 0.4, 1.3], 0),
    ("loss", 1, "point losses", [0.126928, 0.598139, 1.313262, 1.313262, 0.513015, 0.241008], 5e-7),
    ("loss", 2, "m", [-1.5, 0.3, 1.5, -0.5, 0.9, 1.8], 1e-12),
    ("loss", 3, "point losses", [2.126928, 0.798139, 0.313262, -1.313262, -0.513015, -0.241008], 5e-7),
    ("loss", 4, "L", 4.105614, 2e-6),
    ("step-2", 1, "b", -1.5, 0),
    ("step-2", 2, "b left", -1.5, 0),
    ("step-2", 2, "L left", 6.593784290873372, 1e-12),
    ("step-2", 2, "errors left", 5, 0),
    ("step-2", 2, "b", -1.45, 0),
    ("step-2", 2, "L", 6.49339221736598, 1e-12),
    ("step-2", 2, "errors", 4, 0),
    ("step-2", 3, "slope in b", -2.066459, 5e-7),
    ("step-3", 1, "b", -1.7, 0),
    ("step-3", 1, "L", 7.053109634954889, 1e-12),
    ("step-3", 1, "range", (-1.7, -0.2), 0),
    ("step-3", 1, "lowest at", -0.643667, 1e-6),
    ("step-3", 1, "lowest L", 5.707944, 5e-7),
    ("step-3", 2, "slope in b", -2.5229825, 5e-8),
    ("step-3", 3, "b", -1.7 + 0.1 * 2.5229825, 5e-8),
    ("step-3", 4, "L", 6.488919081006818, 1e-12),
    ("step-3", 5, "L", 6.156215454520863, 1e-12),
    ("step-3", 6, "b", -0.9093838308867734, 1e-12),
    ("step-3", 6, "errors", 0, 0),
    ("step-3", 7, "rate", 0.4, 0),
    ("step-3", 7, "b", -0.643667, 5e-6),
    ("step-3", 7, "L", 5.707944, 5e-7),
    ("step-3", 7, "slope in b", 0.0, 5e-5),
    ("step-3", 8, "errors", 4, 0),
    ("step-3", 8, "fewest errors", (0, -1.000292, -0.848442), 1e-6),
    ("parabola", 1, "value", 5.0, 0),
    ("tangent", 1, "symbols", 4.0, 0),
    ("tangent", 2, "symbols", -2.0, 0),
    ("sine-prime", 1, "symbols", 2.0 * math.cos(2.0), 1e-15),
    ("surface", 1, "value", math.sin(1.0) + 2.0 * math.cos(1.0), 1e-15),
    ("surface", 2, "value", math.sin(1.0) + math.cos(1.0), 1e-15),
    ("surface", 3, "value", math.sin(1.0) + 2.0 * math.cos(1.0), 1e-15),
    ("partials", 1, "symbols", math.cos(1.0), 1e-15),
    ("partials", 2, "symbols", -2.0 * math.sin(1.0), 1e-15),
    ("central-difference", 1, "central", (math.sin(3.0) - math.sin(1.0)) / 1.0, 1e-15),
    ("central-difference", 3, "central's error", 5.5e-3, 5e-5),
    ("central-difference", 4, "central's error", 5.5e-7, 5e-9),
    ("central-difference", 5, "central's error", 2.3e-12, 1e-11),
    ("central-difference", 6, "central's error", 1.5e-5, 5e-7),
    ("sigmoid", 1, "value", 0.5, 0),
    ("sigmoid", 2, "central", 0.25, 5e-6),
    ("sigmoid-prime", 1, "value", 0.25, 1e-5),
    ("sigmoid-prime", 1, "symbols", 0.0, 1e-12),
    ("sigmoid-prime", 2, "symbols", 0.25, 0),
    ("three-ways", 1, "symbols", -0.8322936730942848, 1e-15),
    ("three-ways", 2, "central", (math.sin(2.2) - math.sin(1.8)) / 0.2, 1e-14),
    ("three-ways", 3, "derivatives of a point", (-0.8322936730942848,), 1e-15),
    ("three-ways", 4, "derivatives of a point", (-0.2024, -0.1519, -0.3543), 5e-5),
    ("three-ways", 5, "central's error", 2.3e-12, 1e-11),
]

# Scene, beat, what of the moment's numbers, and the words it is said in.
SAID: list[tuple[str, int, str, str]] = [
    ("data", 2, "point 1", "x1 = {0:.2f} and x2 = {1:.2f}, and its label is {2:+.0f}"),
    ("boundary", 1, "line", "w1 = w2 = {0:.0f} and b = {2:.1f}"),
    ("boundary", 2, "b", "Only b is changed, to {0:.0f}"),
    ("distance", 2, "worst m", "m = {0:+.4f}"),
    ("distance", 2, "worst distance", "= {0:.4f}."),
    ("point-loss", 2, "m", "m = {0:.0f}, {1:.1f} and {2:.0f}"),
    ("point-loss", 2, "worst loss", "it pays most: {0:.4f}"),
    ("step-1", 1, "b", "At b = {0:.1f}"),
    ("step-1", 1, "m of wrong", "with m from {0:.3f} to {4:.3f}"),
    ("step-1", 1, "L", "is {0:.4f}."),
    ("loss", 1, "L", "The loss is the sum of all six: {0:.4f}"),
    ("loss", 2, "b", "Raise b to {0:.1f}"),
    ("step-2", 1, "b", "b = {0:.1f} on both sides"),
    ("step-3", 1, "range", "from {0[0]:.1f} to {0[1]:.1f}"),
    ("step-3", 1, "L", "the loss is {0:.4f}"),
    ("step-3", 4, "L", "The loss is {0:.4f} now"),
    ("step-3", 5, "L", "After two steps the loss is {0:.4f}"),
    ("step-3", 6, "b", "After five steps b = {0:.4f}"),
    ("step-3", 6, "L", "the loss, {0:.4f}, can"),
    ("step-3", 7, "rate", "With the rate set to {0:.1f}"),
    ("step-3", 7, "b", "b = {0:.4f}"),
    ("step-3", 7, "L", "a loss of {0:.4f}"),
    ("tangent", 1, "symbols", "f'(2) = {0:.0f}"),
    ("tangent", 2, "symbols", "f'(-1) = {0:.0f}"),
    ("central-difference", 6, "central's error", "off by {0:.1e}"),
    ("sigmoid", 1, "value", "{0:.1f} at 0"),
    ("sigmoid", 2, "central", "slope {0:.2f}"),
    ("sigmoid-prime", 1, "value", "Its peak is {0:.2f}, at 0"),
]

FIVE = (-5.0, 5.0)
# Scene, beat: the formula, the point and the domain on the derive screen.
FUNCTIONS = {
    ("point-loss", 1): ("log(1 + exp(m))", (0.0,), (FIVE,)),
    ("relu", 1): ("relu(m)", (2.0,), (FIVE,)),
    ("relu", 2): ("relu(m)", (0.0,), (FIVE,)),
    ("parabola", 1): ("x^2 + 1", (2.0,), (FIVE,)),
    ("tangent", 1): ("x^2 + 1", (2.0,), (FIVE,)),
    ("sine", 1): ("sin(2*x)", (1.0,), (FIVE,)),
    ("sine-prime", 1): ("sin(2*x)", (1.0,), (FIVE,)),
    ("surface", 1): ("sin(x) + 2*cos(y)", (1.0, 1.0), (FIVE, FIVE)),
    ("surface", 2): ("sin(x) + cos(y)", (1.0, 1.0), (FIVE, FIVE)),
    ("surface", 3): ("sin(x) + 2*cos(y)", (1.0, 1.0), (FIVE, FIVE)),
    ("partials", 1): ("sin(x) + 2*cos(y)", (1.0, 1.0), (FIVE, FIVE)),
    ("central-difference", 1): ("sin(2*x)", (1.0,), ((-0.5, 2.5),)),
    ("sigmoid", 1): ("sigmoid(x)", (0.0,), (FIVE,)),
    ("sigmoid-prime", 1): ("(sigmoid(x + 0.01) - sigmoid(x - 0.01)) / 0.02", (0.0,), (FIVE,)),
    ("sigmoid-prime", 2): ("sigmoid(x)", (0.0,), (FIVE,)),
}

# Scene, beat of each question: the right answer, from numbers that the engine has no part in.
ALONG = {b: (float(loss), float(slope_b)) for b, loss, _, _, _, _, slope_b in ALONG_B}
ANSWERS = {
    ("quiz", 1): "up" if ALONG[-0.4][1] < 0.0 else "down",
    ("quiz", 2): "the ×",  # dL/db at model1: the four ○ +2.37305, the six × -1.81514
    ("quiz", 3): f"{ALONG[-0.4][0] - ALONG[-0.5][0]:+.4f}",
    ("quiz", 4): "central difference",
    ("step-1", 3): "up" if ALONG[-1.5][1] < 0.0 else "down",
    ("step-2", 1): f"{ALONG[-1.45][0] - ALONG[-1.5][0]:+.4f}",
}


def test_the_scenes_are_those_of_the_slides_in_their_order() -> None:
    assert {scene.name: scene.title for scene in load_lecture(LECTURE).scenes} == SCENES
    assert [scene.name for scene in load_lecture(LECTURE).scenes] == list(SCENES)


def test_every_scene_has_notes_a_lecturer_can_read_in_a_terminal() -> None:
    for scene in load_lecture(LECTURE).scenes:
        assert scene.notes, scene.name
        assert all(len(line) <= 76 for line in scene.notes.splitlines()), scene.name


@pytest.mark.parametrize(
    ("scene", "beat", "what", "value"),
    [
        ("notation", 1, "", ""),  # no loss before there is one
        ("boundary", 2, "b", "-1.0000"),
        ("distance", 1, "wrong points", "4"),
        ("distance", 2, "m of point 5 ○", "+0.4484"),
        ("point-loss", 1, "f(0)", "0.6931"),  # and no slope
        ("point-loss", 2, "loss of point 3 ○", "1.3133"),
        ("relu", 1, "f(2)", "2.0000"),
        ("quiz", 1, "slope in b", "?"),
        ("quiz", 2, "part of the slope in b", "?"),
        ("quiz", 4, "", ""),
        ("step-1", 1, "loss", "6.5938"),
        ("step-1", 4, "slope in b", "-2.0665"),
        ("loss", 1, "loss", "4.1056"),
        ("step-2", 1, "change of the loss", "?"),
        ("step-3", 2, "slope in b", "-2.5230"),
        ("step-3", 3, "new b", "-1.4477"),
        ("parabola", 1, "f(2)", "5.0000"),
        ("tangent", 1, "f'(2)", "+4.0000"),
        ("surface", 1, "f(1, 1)", "1.9221"),
        ("central-difference", 1, "secant at x = 1", "-0.7004"),
        ("central-difference", 4, "secant off by", "5.5e-7"),
        ("central-difference", 6, "secant off by", "1.5e-5"),
        ("sigmoid", 2, "secant at x = 0", "+0.2500"),
        ("sigmoid-prime", 1, "f(0)", "0.2500"),
    ],
)
def test_the_number_for_a_projector_is_what_the_beat_is_about(scene: str, beat: int, what: str, value: str) -> None:
    assert moment(walked()[scene, beat])[:2] == (what, value)


@pytest.mark.parametrize(
    ("scene", "beat", "value"),
    [("quiz", 1, "+0.5579"), ("quiz", 2, "-1.8151"), ("quiz", 3, "+0.0446"), ("step-2", 1, "-0.1004")],
)
def test_once_a_question_is_answered_the_number_is_what_was_asked_for(scene: str, beat: int, value: str) -> None:
    assert moment(apply(walked()[scene, beat], FORWARD)).value == value


@pytest.mark.parametrize(("scene", "beat", "what", "value", "within"), NUMBERS)
def test_numbers(scene: str, beat: int, what: str, value: Any, within: float) -> None:
    assert READ[what](walked()[scene, beat]) == pytest.approx(value, abs=within, rel=0)


@pytest.mark.parametrize(("scene", "beat", "what", "words"), SAID)
def test_what_is_said_are_the_moments_numbers(scene: str, beat: int, what: str, words: str) -> None:
    value = READ[what](walked()[scene, beat])
    values = value if isinstance(value, list) or what == "line" else [value]
    said = re.sub(r"e-0(?=\d)", "e-", words.format(*values))  # 1.5e-5, as it is written by hand
    assert said in caption(walked()[scene, beat])


def test_no_colour_is_named_without_its_sign() -> None:
    """On a terminal without colours it would say nothing."""
    for workspace in walk():
        told = re.sub(r"× \(red\)|○ \(blue\)", "", caption(workspace))
        assert not re.search(r"\b(red|blue)\b", told), told


@pytest.mark.parametrize(("place", "expected"), FUNCTIONS.items())
def test_functions(place: tuple[str, int], expected: object) -> None:
    assert walked()[place].view.screen is Screen.DERIVE
    assert picture(walked()[place]) == expected


def test_what_is_drawn() -> None:
    """Which pictures stand alone, and which lines are in them, as on the slides."""
    at = walked()
    assert not at["data", 1].view.model_shown
    assert [at[name, 1].view.zoomed for name in ("data", "notation", "boundary", "distance")] == [True] * 3 + [False]
    assert at["distance", 1].view.distances
    assert at["step-1", 1].view.distances
    assert {at[place].view.loss_view for place in [("point-loss", 2), ("loss", 1), ("loss", 3)]} == {LossView.POINT}
    assert at["loss", 3].session.state.problem.loss == "as-printed"
    lines = {name: (at[name, 1].view.derive.tangent, at[name, 1].view.derive.secant) for name in SCENES}
    alone = {"point-loss", "relu", "parabola", "sine", "sigmoid", "sigmoid-prime"}
    assert {name for name, drawn in lines.items() if drawn == (False, False)} == alone
    assert lines["tangent"] == (True, False)
    assert lines["central-difference"] == (True, True)
    epsilons = [at["central-difference", beat].view.derive.epsilon for beat in range(1, 7)]
    assert epsilons == [0.5, 0.2, 0.1, 1e-3, 1e-6, 1e-12]
    screens = [at[name, 1].view.screen for name in ("update-bias", "step-2", "step-3")]
    assert screens == [Screen.COMPARE, Screen.COMPARE, Screen.LANDSCAPE]
    assert at["partials", 1].view.derive.by == 0
    assert at["partials", 2].view.derive.by == 1
    assert [at["three-ways", beat].view.screen for beat in (1, 2, 3)] == [Screen.DERIVE, Screen.DERIVE, Screen.TRACE]
    assert at["three-ways", 2].view.derive.hidden


def test_w1_and_w2_are_held_where_the_slides_hold_them() -> None:
    for (scene, _), workspace in walked().items():
        if scene in HELD:
            session = workspace.session
            assert session.state.problem.held == {"w1", "w2"}
            stepped = moves.apply(session, moves.NextStep()).state.parameters
            assert stepped[:2] == session.start.parameters[:2]
            assert stepped[2] != session.state.parameters[2]


def test_walking_back_shows_the_very_same_numbers() -> None:
    there = walk()
    back = [there[-1]]
    while (before := apply(back[-1], BACK)) is not back[-1]:
        back.append(before)
    first = {place(workspace): trace(workspace) for workspace in reversed(there)}  # as it was arrived at
    again = {place(workspace): trace(workspace) for workspace in back}
    assert len(back) == len(first)
    assert again == first


def trace(workspace: Workspace) -> tuple[object, ...]:
    """All that a screen is drawn from, to the last bit; the words too where no question is asked."""
    session = workspace.session
    frame, left = session.frame, workspace.pinned.session.frame if workspace.pinned else None
    words = "" if lesson.options(workspace) else caption(workspace)
    numbers = [*frame.parameters, frame.state.loss, *frame.state.slopes, *(left.parameters if left else ())]
    return (session.step, session.phase, [value.hex() for value in numbers], workspace.view, frame.problem.held, words)


def test_any_scene_can_be_gone_to_and_is_as_it_was_walked_to() -> None:
    workspace = begin(load_lecture(LECTURE))
    for index, name in enumerate(SCENES):
        workspace = apply(workspace, GoTo(index))
        assert trace(workspace) == trace(walked()[name, 1])


def test_every_caption_fits_three_rows_of_80_columns() -> None:
    for workspace in walk():
        words = caption(workspace)
        # A live caption has the sign of its phase before it; the answers of a question take a row.
        cells = 78 if lesson.caption(workspace) else 74
        rows = textwrap.wrap(words, cells, break_on_hyphens=False)
        assert len(rows) + bool(lesson.options(workspace)) <= 3, words


def test_the_answers_are_right() -> None:
    asked = {}
    for workspace in walk():
        if any(option.right for option in lesson.options(workspace)):
            asked[place(workspace)] = next(option.text for option in lesson.options(workspace) if option.right)
    assert asked == ANSWERS


def test_the_pull_is_that_of_the_lecture() -> None:
    parts = {1: 0.0, -1: 0.0}
    for x1, x2, y in POINTS:
        parts[y] += -y / (1.0 + math.exp(y * (x1 + x2 - 0.4)))
    assert (parts[-1], parts[1]) == pytest.approx((2.37305, -1.81514), abs=5e-6)
    assert agrees(parts[1] + parts[-1], "0.5579069")


def test_the_quiz_asks_every_kind_of_question() -> None:
    quiz = next(scene for scene in load_lecture(LECTURE).scenes if scene.name == "quiz")
    assert {beat.ask.kind for beat in quiz.beats if beat.ask is not None} == set(QUESTIONS)


def test_who_answers_all_correctly_has_the_whole_score_at_the_end() -> None:
    workspace = begin(load_lecture(LECTURE))
    while (after := apply(workspace, FORWARD)) is not workspace:
        workspace, options = after, lesson.options(after)
        if options and workspace.lesson is not None and workspace.lesson.open_question is not None:
            right = [option.text for option in options].index(ANSWERS[place(workspace)])
            for _ in range(right + 1):
                workspace = apply(workspace, Choose(1))
    assert workspace.lesson is not None
    assert lesson.score(workspace.lesson) == (len(ANSWERS), len(ANSWERS))
    assert "6 of 6 questions" in caption(workspace)


def test_the_scenes_are_of_the_lectures_data() -> None:
    for scene in load_lecture(LECTURE).scenes:
        data = scene.scenario.problem.data
        if scene.name not in ("point-loss", "relu", "loss"):
            assert list(zip(data.x1, data.x2, data.y, strict=True)) == list(POINTS)
