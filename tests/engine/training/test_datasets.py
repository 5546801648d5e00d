"""The points: the lecture's to the last bit, the course's generators, and what is refused."""

import math
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.training.datasets import SOURCES, Data, Drawn, data, drawn, hard, lecture
from tests.engine.facts import POINTS
from tests.strategies import between


def rows(points: Data) -> list[tuple[float, float, float]]:
    return list(zip(points.x1.tolist(), points.x2.tolist(), points.y.tolist(), strict=True))


def test_the_lectures_points_bit_for_bit() -> None:
    assert tuple(rows(lecture())) == POINTS
    assert all(y == (1.0 if x1 + x2 > 1.0 else -1.0) for x1, x2, y in rows(lecture()))


def test_the_hard_points_are_the_generators_next() -> None:
    source = random.Random(10)
    pairs = [(source.random(), source.random()) for _ in range(20)][10:]
    assert [(x1, x2) for x1, x2, _ in rows(hard())] == pairs
    assert all(y == (1.0 if x1 < 0.2 or x1 > 0.8 else -1.0) for x1, _, y in rows(hard()))
    assert {y for _, _, y in rows(hard())} == {-1.0, 1.0}


def test_the_sets_by_name() -> None:
    assert [(name, drawn(name).source, len(drawn(name))) for name in ("lecture", "hard", "Xor")] == [
        ("lecture", Drawn("lecture", 10), 10),
        ("hard", Drawn("hard", 10), 10),
        ("Xor", Drawn("Xor", 50), 50),
    ]


def test_sets_leave_the_random_generator_alone() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    for name in SOURCES:
        drawn(name)
    assert random.random() == expected


@given(st.lists(st.tuples(between(-5, 5), between(-5, 5), st.booleans()), min_size=1))
def test_both_kinds_of_label_give_the_same_data(points: list[tuple[float, float, bool]]) -> None:
    signed = data([(x1, x2, 1 if up else -1) for x1, x2, up in points])
    binary = data([(x1, x2, int(up)) for x1, x2, up in points])
    assert rows(signed) == rows(binary) == [(x1, x2, 1.0 if up else -1.0) for x1, x2, up in points]
    assert signed.source is None


def test_the_columns_are_read_only() -> None:
    for column in (lecture().x1, lecture().x2, lecture().y):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0.0


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([], "there are no points: at least one is needed"),
        ([(0, 0, 1), (0, math.nan, 1)], "point 2 has a number that is not finite"),
        ([(math.inf, 0, 1)], "point 1 has a number that is not finite"),
        ([(0, 0, 1), (0, 0, -1), (0, 0, 2)], r"point 3 has the label 2; labels are \+1 and -1 \(or 1 and 0\)"),
        ([(0, 0, 0.5)], "point 1 has the label 0.5"),
        ([(0, 0, 1), (0, 0, -1), (0, 0, 0)], r"mix two kinds \(point 3 has 0, point 2 has -1\)"),
    ],
)
def test_what_is_refused_and_which_row(points: list[tuple[float, float, float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        data(points)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Simple", lambda x1, x2: x1 < 0.5),
        ("Diag", lambda x1, x2: x1 + x2 < 0.5),
        ("Split", lambda x1, x2: x1 < 0.2 or x1 > 0.8),
        ("Xor", lambda x1, x2: (x1 - 0.5) * (x2 - 0.5) < 0.0),
        ("Circle", lambda x1, x2: math.hypot(x1 - 0.5, x2 - 0.5) > math.sqrt(0.1)),
    ],
)
def test_a_generator_draws_uniformly_and_labels_by_its_rule(name: str, rule: Callable[[float, float], bool]) -> None:
    random.seed(1)
    expected = [(random.random(), random.random()) for _ in range(200)]
    random.seed(1)
    drawn = SOURCES[name].draw(200, random)
    assert [(x1, x2) for x1, x2, _ in drawn] == expected
    assert [label for _, _, label in drawn] == [int(rule(x1, x2)) for x1, x2 in expected]
    assert {label for _, _, label in drawn} == {0, 1}


def test_the_spiral_has_two_arms_and_no_chance() -> None:
    drawn = SOURCES["Spiral"].draw(51, random)
    assert drawn == SOURCES["Spiral"].draw(51, random)
    assert [label for _, _, label in drawn] == [0] * 25 + [1] * 25
    for i, ((x1, x2, _), (z1, z2, _)) in enumerate(zip(drawn[:25], drawn[25:], strict=True), start=5):
        t = 10.0 * i / 25
        assert (x1, x2) == pytest.approx((t * math.cos(t) / 20 + 0.5, t * math.sin(t) / 20 + 0.5))
        assert (z1, z2) == pytest.approx((-t * math.sin(-t) / 20 + 0.5, -t * math.cos(-t) / 20 + 0.5))
    assert any(not (0.0 <= x1 <= 1.0 and 0.0 <= x2 <= 1.0) for x1, x2, _ in drawn)


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if not source.fixed])
def test_a_seed_draws_the_courses_points(name: str) -> None:
    found = drawn(name, count=51, seed=9)
    random.seed(9)
    course = data(SOURCES[name].draw(51, random))
    assert rows(found) == rows(course) == rows(drawn(name, count=51, seed=9))
    assert found.source == Drawn(name, 51, 9)
    assert name == "Spiral" or rows(drawn(name, count=51, seed=10)) != rows(found)


def test_noise_moves_the_points_and_keeps_their_labels() -> None:
    still, moved = drawn("Circle", count=400, seed=3), drawn("Circle", count=400, seed=3, noise=0.1)
    assert (still.y == moved.y).all()
    for before, after in ((still.x1, moved.x1), (still.x2, moved.x2)):
        assert float((after - before).std()) == pytest.approx(0.1, rel=0.15)
    assert rows(moved) == rows(drawn("Circle", count=400, seed=3, noise=0.1))


@pytest.mark.parametrize(
    ("name", "settings", "message"),
    [
        ("Moons", {}, "unknown set 'Moons'; there are lecture, hard, Simple"),
        ("lecture", {"count": 20}, "lecture has always the same points"),
        ("Xor", {"count": 1}, "the count must be a whole number from 2 to 100,000, not 1"),
        ("Xor", {"count": 10**9}, "the count must be"),
        ("Xor", {"seed": -1}, "the seed must be"),
        ("Xor", {"noise": -0.5}, "the noise must be a number from 0 to 1, not -0.5"),
        ("Xor", {"noise": math.nan}, "the noise must be"),
    ],
)
def test_what_cannot_be_drawn(name: str, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        drawn(name, **settings)
