"""The yardsticks of `make bench` are right, and what is missing is left out."""

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.__main__ import main
from bench.speed import eager, idiomatic, replayed, tuned
from bench.speed.measure import agree, by_turns, ratio
from bench.speed.peers import NAMES, peer
from bench.speed.workloads import GRADIENTS, GRID, H10, W1, Array, Workload, slopes
from bench.table import Row

each = pytest.mark.parametrize("workload", GRADIENTS, ids=lambda workload: workload.name)


@each
def test_numpy_written_by_hand_and_replay_have_the_slopes_of_scalars(workload: Workload) -> None:
    ways = {way.__name__: way.gradient(workload) for way in (eager, idiomatic, tuned, replayed)}
    agree(slopes(ways))
    agree(slopes(ways), tolerance=1e-12)  # and again: nothing of the first run is left over in the second


@each
def test_the_tuned_loss_is_the_mean_over_the_points(workload: Workload) -> None:
    expected = workload.mean_loss([eager.Scalar(value) for value in workload.theta.tolist()], workload.points)
    assert tuned.gradient(workload).run() == pytest.approx(expected.value, rel=1e-12)


@each
def test_the_tuned_slopes_stay_finite_where_a_power_of_e_would_not(workload: Workload) -> None:
    far = replace(workload)
    far.theta[:] = 500.0 * workload.theta
    with np.errstate(over="ignore", invalid="ignore"):
        found = slopes({"tuned": tuned.gradient(far), "plain": idiomatic.gradient(far)})
    agree(found)
    assert np.isfinite(found["tuned"]).all()


@pytest.mark.parametrize("workload", [W1, H10], ids=lambda workload: workload.name)
def test_the_tuned_field_is_the_model_over_the_grid(workload: Workload) -> None:
    x1, x2 = GRID
    m = workload.model(workload.theta.tolist(), {"relu": lambda z: np.maximum(z, 0.0)})
    np.testing.assert_allclose(tuned.field(workload)(), m(x1[None, :], x2[:, None]), rtol=1e-12, atol=1e-12)


def test_the_tuned_landscape_is_the_loss_over_the_grid() -> None:
    w1, w2 = GRID
    for scale in (1.0, 1000.0):
        x = scale * W1.x
        m = w1[None, :, None] * x[0] + w2[:, None, None] * x[1] + 0.2
        with np.errstate(over="ignore", invalid="ignore"):
            found = tuned.landscape(x, W1.y, 0.2)()
        np.testing.assert_allclose(found, np.logaddexp(0.0, -W1.y * m).mean(axis=-1), rtol=1e-12)


def test_the_tuned_epochs_are_gradient_descent() -> None:
    moved = replace(H10)
    moved.theta[:] = H10.theta
    for _ in range(100):
        moved.theta[:] -= 0.1 * idiomatic.gradient(moved).run()[1]
    descend = tuned.epochs(H10)
    for _ in range(2):
        np.testing.assert_allclose(descend(), moved.theta, rtol=1e-9)


def test_ways_that_do_not_agree_are_not_compared() -> None:
    one: Array = np.array([1.0, 2.0])
    agree({"a": one, "b": one + 1e-12})
    for other in (one + 1e-6, one * np.nan):
        with pytest.raises(ArithmeticError, match="b and a differ"):
            agree({"a": one, "b": other})


def test_programs_take_turns() -> None:
    seen: list[str] = []
    times = by_turns({name: lambda name=name: seen.append(name) for name in "ab"}, rounds=3, block=0.0)
    assert [len(times[name]) for name in "ab"] == [3, 3]
    assert seen[-4:] in (list("aabb"), list("bbaa"))  # each first once without the clock
    assert ratio({"a": [2.0, 9.0, 4.0], "b": [1.0, 1.0, 2.0]}, "a", "b") == 2.0


@pytest.mark.parametrize("name", NAMES)
def test_a_library_that_is_not_there_is_left_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, f"bench.speed.peers.{name}", raising=False)
    assert peer(name) is None


def test_the_libraries_are_those_that_make_bench_installs() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [entry.split(">=")[0] for entry in project["optional-dependencies"]["bench"]] == list(NAMES)


def test_a_row_says_whether_it_keeps_to_its_limit() -> None:
    for value, at_least, verdict in ((1.1, False, "ok"), (1.3, False, "over"), (1.3, True, "ok"), (1.1, True, "short")):
        row = Row("what", value, "times", 1.2, at_least=at_least)
        assert str(row).split()[-1] == verdict
        assert row.within == (verdict == "ok")
    assert str(Row("what", 1.0, "times")).endswith("times")


def test_an_unknown_group_is_named_beside_the_known() -> None:
    with pytest.raises(SystemExit, match="no group 'sped'; there is speed, screen, detail, sessions"):
        main(["speed", "sped"])
