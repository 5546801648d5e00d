"""The models and the table of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.models import MODELS, Kind, Linear, Network, Split, network, network_kind
from engine.scalar import Scalar
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


@pytest.mark.parametrize("kind", [network(1), network(2), network(10), network_kind((2, 4, 2, 1), "tanh")])
def test_a_network_names_its_parameters_as_the_course_does(kind: Kind) -> None:
    values = [float(i) for i in range(len(kind.parameters))]
    built = kind.build(values).named_parameters()
    assert tuple(name for name, _ in built) == kind.parameters
    assert [parameter.value for _, parameter in built] == values


def test_the_courses_network() -> None:
    kind = network(2)
    assert kind.parameters[:6] == (
        "layer1.weight_0_0", "layer1.weight_0_1", "layer1.weight_1_0", "layer1.weight_1_1",
        "layer1.bias_0", "layer1.bias_1",
    )  # fmt: skip
    assert len(kind.parameters) == 15
    assert len(network(10).parameters) == 151
    assert kind.formula == "m = layer3(relu(layer2(relu(layer1(x1, x2)))))"
    m = Network((2, 2, 1), map(Scalar, (1, 2, 3, -4, 0.5, 0.25, 10, 100, 7)))(Scalar(1.0), Scalar(2.0))
    assert m.value == 10 * (1 + 6 + 0.5) + 100 * 0 + 7


@pytest.mark.parametrize("sizes", [(2,), (3, 1), (2, 0, 1), (2, 2)])
def test_a_network_leads_from_two_to_one(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="2 inputs to 1 output"):
        network_kind(sizes)
