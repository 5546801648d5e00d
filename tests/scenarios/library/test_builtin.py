"""The scenarios that come with riserun: their values, and that their notes tell the truth."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from engine.session.session import State
from engine.training.problem import Problem
from scenarios.files.schema import Scenario, parse
from scenarios.files.writing import dump
from scenarios.library.store import BUILTIN, LECTURE, entries, load

LINE = ("lecture", "Linear")
VALUES = {
    "model1": (*LINE, (1.0, 1.0, -0.4), 0.1, frozenset(), 0.1),
    "model2": (*LINE, (1.0, 1.0, -0.5), 0.1, frozenset(), 0.1),
    "circles": ("", "Linear", (1.0, 0.0, 0.0), 0.1, frozenset({"w1", "w2"}), 0.1),
    "losses": ("", "Linear", (1.0, 0.0, 0.0), 0.1, frozenset({"w1", "w2"}), 0.1),
    "step-1": (*LINE, (1.0, 1.0, -1.5), 0.1, frozenset(), 0.05),
    "update-bias": (*LINE, (1.0, 1.0, -0.4), 0.1, frozenset({"w1", "w2"}), 0.1),
    "overshoot": (*LINE, (1.0, 1.0, -0.4), 1.0, frozenset({"w1", "w2"}), 0.1),
    "split": ("hard", "Split", (1.0, 1.0, -1.5, 1.0, 1.0, -0.5), 0.2, frozenset(), 0.1),
    "zeros": (*LINE, (0.0, 0.0, 0.0), 0.1, frozenset(), 0.1),
}


def states(scenario: Scenario, steps: int, problem: Problem | None = None) -> list[State]:
    """The states at steps 0 to `steps`."""
    reached = [State.of(problem or scenario.problem, scenario.parameters)]
    for _ in range(steps):
        reached.append(reached[-1].stepped())
    return reached


def first_right(reached: list[State]) -> int:
    """The first step at which no point is wrong."""
    return [state.errors for state in reached].index(0)


def test_every_file_is_listed_and_none_else() -> None:
    listed = [entry for entry in entries() if entry.builtin]
    assert [entry.name for entry in listed] == list(BUILTIN) == list(VALUES)
    folder = listed[0].path.parent
    assert {entry.path for entry in listed} == set(folder.glob("*.toml")) - {folder / f"{LECTURE}.toml"}


@pytest.mark.parametrize("name", BUILTIN)
def test_values(name: str) -> None:
    data, model, parameters, rate, held, nudge = VALUES[name]
    scenario = load(name)
    problem = scenario.problem
    source = problem.data.source
    assert (source.name if source else "", problem.model, problem.rate, problem.held) == (data, model, rate, held)
    assert (problem.loss, problem.reduction) == ("log-sigmoid", "sum")
    assert scenario.parameters == parameters
    assert {(editor.low, editor.high, editor.nudge) for editor in scenario.editors} == {(-2.0, 2.0, nudge)}


@pytest.mark.parametrize("name", BUILTIN)
def test_written_and_read_again_it_is_the_same(name: str) -> None:
    text = dump(load(name))
    again = parse(text, "x.toml", name)
    assert dump(again) == text
    assert [value.hex() for value in again.parameters] == [value.hex() for value in load(name).parameters]


@pytest.mark.parametrize("name", BUILTIN)
def test_the_words_fit_a_terminal(name: str) -> None:
    scenario = load(name)
    assert 0 < len(scenario.summary) <= 76
    assert scenario.summary.endswith(".")
    assert scenario.notes
    assert all(len(line) <= 76 for line in scenario.notes.splitlines())


def test_notes_of_model1() -> None:
    reached = states(load("model1"), 83)
    assert (reached[0].errors, reached[0].slopes[2]) == pytest.approx((4, 0.558), abs=5e-4)
    evaluation, data = reached[0].evaluation, load("model1").problem.data
    assert set(data.y[data.y * evaluation.m <= 0.0]) == {-1.0}
    assert evaluation.contribution(2)[data.y < 0].sum() == pytest.approx(2.373, abs=5e-4)
    assert evaluation.contribution(2)[data.y > 0].sum() == pytest.approx(-1.815, abs=5e-4)
    assert reached[0].promise == pytest.approx(-0.0450, abs=5e-5)
    assert reached[1].loss - reached[0].loss == pytest.approx(-0.0429, abs=5e-5)
    assert [state.loss for state in reached[:2]] == pytest.approx([5.7766, 5.7337], abs=5e-5)
    assert first_right(reached) == 83
    assert first_right(states(load("model1"), 20, replace(load("model1").problem, rate=0.5))) == 17


@pytest.mark.parametrize(
    ("name", "m", "losses"),
    [
        ("circles", [-2.0, -0.2, 1.0], [0.1269, 0.5981, 1.3133]),
        ("losses", [-2.0, -0.2, 1.0, -1.0, 0.4, 1.3], [0.1269, 0.5981, 1.3133, 1.3133, 0.5130, 0.2410]),
    ],
)
def test_notes_of_the_points_on_their_curves(name: str, m: list[float], losses: list[float]) -> None:
    (start,) = states(load(name), 0)
    assert start.evaluation.m.tolist() == m
    assert start.evaluation.point_losses == pytest.approx(losses, abs=5e-5)
    assert start.loss == pytest.approx(4.1056 if name == "losses" else 2.0383, abs=5e-5)
    data = start.problem.data
    wrong = [place for place, y in zip(m, data.y, strict=True) if y * place <= 0.0]
    assert wrong == ([1.0, -1.0] if name == "losses" else [1.0])
    (raised,) = states(replace(load(name), parameters=(1.0, 0.0, 0.1)), 0)
    rises = raised.evaluation.point_losses > start.evaluation.point_losses
    assert (rises == (data.y < 0.0)).all()


def test_notes_of_model2() -> None:
    problem = load("model2").problem
    found = {b: State.of(problem, (1.0, 1.0, b)) for b in (-0.4, -0.5, -0.63, -0.64, -0.65, -0.85, -0.9, -1.0)}
    assert [found[b].loss for b in (-0.5, -0.4, -0.9)] == pytest.approx([5.7320, 5.7766, 5.7863], abs=5e-5)
    assert [found[b].errors for b in (-0.4, -0.5, -0.64, -0.85, -0.9, -1.0)] == [4, 4, 4, 0, 0, 0]
    assert found[-0.64].loss < min(found[-0.63].loss, found[-0.65].loss)


def test_notes_of_step_1() -> None:
    reached = states(load("step-1"), 70)
    data, m = load("step-1").problem.data, reached[0].evaluation.m
    wrong = data.y * m <= 0.0
    assert set(data.y[wrong]) == {1.0}
    assert (wrong.sum(), m[wrong].min(), m[wrong].max()) == pytest.approx((5, -0.500, -0.037), abs=5e-4)
    assert (reached[0].loss, reached[0].slopes[2]) == pytest.approx((6.5938, -2.066), abs=5e-4)
    assert (reached[0].promise, reached[1].loss - reached[0].loss) == pytest.approx((-0.910, -0.741), abs=5e-4)
    assert [state.errors for state in reached[:6]] == [5, 2, 0, 1, 3, 3]
    assert 3 + first_right(reached[3:]) == 67
    assert all(after.loss < before.loss for before, after in pairwise(reached))


def test_notes_of_update_bias() -> None:
    reached = states(load("update-bias"), 100)
    assert reached[0].slopes[2] == pytest.approx(0.558, abs=5e-4)
    assert [state.parameters[2] for state in reached[1:4]] == pytest.approx([-0.4558, -0.4991, -0.5326], abs=5e-5)
    assert reached[-1].parameters == pytest.approx((1.0, 1.0, -0.6437), abs=5e-5)
    assert (reached[-1].loss, reached[-1].slopes[2], reached[-1].errors) == pytest.approx((5.7079, 0.0, 4), abs=5e-5)


def test_notes_of_overshoot() -> None:
    reached = states(load("overshoot"), 101)
    assert (reached[0].promise, reached[1].loss - reached[0].loss) == pytest.approx((-0.311, 0.049), abs=5e-4)
    assert (reached[1].parameters[2], reached[1].errors) == pytest.approx((-0.958, 0), abs=5e-4)
    assert [state.loss for state in reached[1:4]] == pytest.approx([5.8261, 5.9301, 6.0615], abs=5e-5)
    assert [state.parameters[2] for state in reached[-2:]] == pytest.approx([0.98, -1.84], abs=5e-3)
    assert [state.loss for state in reached[-2:]] == pytest.approx([8.30, 7.42], abs=5e-3)


def test_notes_of_split() -> None:
    scenario = load("split")
    reached = states(scenario, 200)
    assert [state.errors for state in reached] == [2] * 16 + [1] * 13 + [0] * 172
    upright = [abs(reached[-1].parameters[i + 1] / reached[-1].parameters[i]) for i in (0, 3)]
    assert max(upright) < 0.15
    assert all(reached[-1].parameters[i] < 0.0 for i in (1, 4))
    assert first_right(states(scenario, 60, replace(scenario.problem, rate=0.1))) == 57
    fast = [state.loss for state in states(scenario, 10, replace(scenario.problem, rate=0.5))]
    assert fast[0] > fast[1] > fast[2]
    assert (fast[2], fast[3]) == pytest.approx((5.81, 6.51), abs=5e-3)
    assert fast[10] > 2000.0


def test_no_single_line_gets_fewer_than_two_of_the_hard_points_wrong() -> None:
    data = load("split").problem.data
    # Every way a line can part the points is that of a line through two of them, turned or shifted a little so that
    # these two go to whichever side they should. So of any such line the wrong ones among the others are counted.
    points = list(zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True))
    counts = []
    for first, second in combinations(points, 2):
        w1, w2 = second[1] - first[1], first[0] - second[0]
        others = [point for point in points if point not in (first, second)]
        wrong = sum(y * (w1 * (x1 - first[0]) + w2 * (x2 - first[1])) < 0.0 for x1, x2, y in others)
        counts += [wrong, len(others) - wrong]
    assert min(counts) == 2


def test_notes_of_zeros() -> None:
    scenario = load("zeros")
    first, second = states(scenario, 1)
    assert (first.loss, first.errors) == pytest.approx((6.9315, 10), abs=5e-5)
    assert first.slopes == pytest.approx((-1.016, -1.166, -1.0), abs=5e-4)
    assert second.errors == 4
    stuck = states(scenario, 3, replace(scenario.problem, loss="ReLU"))
    assert {(state.loss, state.errors, state.slopes, state.parameters) for state in stuck} == {
        (0.0, 10, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    }
    nudged = State.of(stuck[0].problem, (0.0, 0.0, 0.1))
    assert any(nudged.slopes)
