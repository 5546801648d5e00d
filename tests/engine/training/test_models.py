"""The models and the table of them."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.autodiff.scalar import Scalar
from engine.training.models import FAMILIES, Kind, Linear, Network, Split, network
from tests.kinds import MODELS
from tests.strategies import between

number = between(-3.0, 3.0)


@pytest.mark.parametrize("kind", MODELS.values(), ids=lambda kind: kind.name)
def test_a_kind_names_the_parameters_of_what_it_builds(kind: Kind) -> None:
    values = [float(i) for i in range(len(kind.parameters))]
    built = kind.build(values).named_parameters()
    assert tuple(name for name, _ in built) == kind.parameters
    assert [parameter.value for _, parameter in built] == values
    assert all(name in kind.formula for name in kind.parameters)
    assert MODELS[kind.name] is kind


@given(st.tuples(number, number, number), st.tuples(number, number))
def test_linear(parameters: tuple[float, ...], point: tuple[float, float]) -> None:
    w1, w2, b = parameters
    assert Linear(w1, w2, b)(*point) == w1 * point[0] + w2 * point[1] + b


@pytest.mark.parametrize(("at", "m"), [(0.2, 0.11), (0.5, -0.25), (0.9, 0.39)])
def test_split_at_the_lectures_points(at: float, m: float) -> None:
    assert Split(Linear(1, 1, -1.5), Linear(1, 1, -0.5))(at, at) == pytest.approx(m, abs=1e-12)


def test_only_a_straight_boundary_has_weights() -> None:
    assert [MODELS["Linear"].parameters[index] for index in MODELS["Linear"].weights] == ["w1", "w2"]
    assert MODELS["Split"].weights == ()


@pytest.mark.parametrize(
    "kind", [network(1), network(2), network(10), Kind.of("Network", {"layers": (2, 4, 2, 1), "activation": "tanh"})]
)
def test_a_network_has_the_courses_parameters_by_short_names(kind: Kind) -> None:
    values = [float(i) for i in range(len(kind.parameters))]
    built = kind.build(values).named_parameters()
    short = (re.sub(r"layer(\d)\.(w|b)[a-z]+_(\d)_?(\d?)", r"\2\1_\3\4", name) for name, _ in built)
    assert tuple(short) == kind.parameters
    assert [parameter.value for _, parameter in built] == values


def test_the_courses_network() -> None:
    kind = network(2)
    assert kind.parameters[:6] == ("w1_00", "w1_01", "w1_10", "w1_11", "b1_0", "b1_1")
    assert Kind.of("Network", {"layers": (2, 12, 1)}).parameters[11:14] == ("w1_0_11", "w1_1_0", "w1_1_1")
    assert len(kind.parameters) == 15
    assert len(network(10).parameters) == 151
    assert kind.formula == "m = layer3(relu(layer2(relu(layer1(x1, x2)))))"
    m = Network((2, 2, 1), map(Scalar, (1, 2, 3, -4, 0.5, 0.25, 10, 100, 7)))(Scalar(1.0), Scalar(2.0))
    assert m.value == 10 * (1 + 6 + 0.5) + 100 * 0 + 7


@pytest.mark.parametrize("layers", [(2,), (3, 1), (2, 0, 1), (2, 2), (2, 1000, 1), (2, 2.0, 1), (), [2, 1]])
def test_a_network_leads_from_two_to_one(layers: Any) -> None:
    with pytest.raises(ValueError, match="the layers must be a list from 2 to 1, as in"):
        Kind.of("Network", {"layers": layers})


@pytest.mark.parametrize(
    ("family", "settings", "message"),
    [
        ("Network", {"activation": "cosine"}, "unknown activation 'cosine'; there are relu, tanh, sigmoid"),
        ("Network", {"seed": -1}, "the seed must be a whole number"),
        ("Network", {"colour": 1}, "Network has no colour"),
        ("Linear", {"layers": (2, 1)}, "Linear has no layers"),
        ("no-such", {}, f"unknown model 'no-such'; there are {', '.join(FAMILIES)}"),
    ],
)
def test_what_a_kind_cannot_be_made_of(family: str, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Kind.of(family, settings)


KINDS = [Kind.of("Linear"), Kind.of("Split"), network(10), Kind.of("Network", {"layers": (2, 12, 1)})]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_a_value_whose_groups_have_each_parameter_once(kind: Kind) -> None:
    assert Kind.of(kind.family, kind.settings) is kind
    assert [index for group in kind.groups for index in group.indices] == list(range(len(kind.parameters)))
    assert len(set(kind.parameters)) == len(kind.parameters)


def test_a_table_of_many_parameters_has_the_groups_and_the_parameters_of_one() -> None:
    few, many = Kind.of("Split"), network(10)
    assert few.folded(3) == tuple(range(6))
    weights, bias, *others = many.groups
    assert many.folded(21) == (weights, bias, *range(20, 30), *others)
    assert [group.name for group in others] == ["layer2.weight", "layer2.bias", "layer3.weight", "layer3.bias"]
    assert [group.shape for group in others] == [(10, 10), (10,), (10, 1), (1,)]


def test_where_a_network_starts_is_drawn_by_its_seed() -> None:
    one, again, other = (Kind.of("Network", {"seed": seed, "layers": (2, 3, 1)}) for seed in (7, 7, 8))
    assert one.initial == again.initial != other.initial
    assert len(one.initial) == len(one.parameters)
    assert all(-1.0 <= value < 1.0 for value in one.initial)
