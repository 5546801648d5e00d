"""The points: the lecture's to the last bit, the course's generators, and what is refused."""

import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.training.datasets import GENERATORS, SETS, Data, data, hard, lecture
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
    assert [(name, made().name, len(made())) for name, made in SETS.items()] == [
        ("lecture", "lecture", 10),
        ("hard", "hard", 10),
    ]


def test_built_in_sets_leave_the_random_generator_alone() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    lecture(), hard()
    assert random.random() == expected


@given(st.lists(st.tuples(between(-5, 5), between(-5, 5), st.booleans()), min_size=1))
def test_both_kinds_of_label_give_the_same_data(points: list[tuple[float, float, bool]]) -> None:
    signed = data([(x1, x2, 1 if up else -1) for x1, x2, up in points])
    binary = data([(x1, x2, int(up)) for x1, x2, up in points])
    assert rows(signed) == rows(binary) == [(x1, x2, 1.0 if up else -1.0) for x1, x2, up in points]
    assert signed.name == ""


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
    drawn = GENERATORS[name](200)
    assert [(x1, x2) for x1, x2, _ in drawn] == expected
    assert [label for _, _, label in drawn] == [int(rule(x1, x2)) for x1, x2 in expected]
    assert {label for _, _, label in drawn} == {0, 1}


def test_the_spiral_has_two_arms_and_no_chance() -> None:
    drawn = GENERATORS["Spiral"](51)
    assert drawn == GENERATORS["Spiral"](51)
    assert [label for _, _, label in drawn] == [0] * 25 + [1] * 25
    for i, ((x1, x2, _), (z1, z2, _)) in enumerate(zip(drawn[:25], drawn[25:], strict=True), start=5):
        t = 10.0 * i / 25
        assert (x1, x2) == pytest.approx((t * math.cos(t) / 20 + 0.5, t * math.sin(t) / 20 + 0.5))
        assert (z1, z2) == pytest.approx((-t * math.sin(-t) / 20 + 0.5, -t * math.cos(-t) / 20 + 0.5))
    assert any(not (0.0 <= x1 <= 1.0 and 0.0 <= x2 <= 1.0) for x1, x2, _ in drawn)


@pytest.mark.parametrize("name", GENERATORS)
def test_what_a_generator_makes_is_data(name: str) -> None:
    random.seed(2)
    assert len(data(GENERATORS[name](50))) == 50
