"""The course's names: the lecture's code as printed, and what the course asks of Modules 0 and 1."""

import math
import operator
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.course as minitorch
from engine.autodiff.primitives import PRIMITIVES
from engine.course import Context, Module, Parameter, Scalar, ScalarFunction, ScalarHistory
from engine.training.datasets import lecture
from tests.engine.facts import agrees
from tests.strategies import between, small_floats

BLOCKS = re.findall(
    r"^```\n(.*?)^```$", Path(__file__).with_name("lecture_blocks.md").read_text(), re.DOTALL | re.MULTILINE
)

one_argument, two_arguments = (
    pytest.mark.parametrize(("on_floats", "on_scalars"), [pytest.param(f, g, id=name) for name, f, g in kind])
    for kind in minitorch.MathTestVariable._comp_testing()[:2]
)


@pytest.fixture
def as_minitorch(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """engine.course in the place of the course's own package."""
    monkeypatch.setitem(sys.modules, "minitorch", minitorch)
    monkeypatch.setattr(minitorch, "operators", minitorch.operators)
    yield minitorch
    sys.modules.pop("minitorch.operators", None)


# The lecture.


@pytest.fixture
def slides(as_minitorch: ModuleType) -> dict[str, Any]:
    """What the lecture's code has defined after its last block."""
    points = lecture()
    s = minitorch.Graph(10, list(zip(points.x1.tolist(), points.x2.tolist(), strict=True)), points.y.tolist())
    plots: dict[str, Callable[[float], float]] = {}
    names = {"math": math, "minitorch": as_minitorch, "Callable": Callable, "s": s, "plots": plots}
    names["plot_function"] = plots.__setitem__
    for block in BLOCKS:
        exec(compile(block, "slide", "exec"), names)
    return names


def test_every_block_of_the_lecture_runs_as_printed(slides: dict[str, Any]) -> None:
    assert len(BLOCKS) == 13
    assert list(slides["plots"]) == ["sigmoid", "Derivative of sigmoid"]
    assert slides["forward"](slides["model1"], 1.0, 2.0) == slides["model1"](1.0, 2.0) == pytest.approx(2.6)


def test_the_loss_as_printed(slides: dict[str, Any]) -> None:
    assert agrees(slides["full_loss"](slides["model1"]), "-0.08485964796692391")
    assert agrees(slides["full_loss"](slides["model2"]), "-0.10517342289514026")


def test_the_lectures_derivatives(slides: dict[str, Any]) -> None:
    assert slides["derivative"](lambda x: x**2 + 1)(2.0) == pytest.approx(4.0, abs=1e-8)
    assert slides["sigmoid_prime"](0.0) == pytest.approx(0.25, abs=1e-9)
    slides["f"] = lambda x, y: math.sin(x) + 2 * math.cos(y)
    assert slides["f_x_prime"](1.0, 2.0) == pytest.approx(math.cos(1.0), abs=1e-8)


def test_names_are_imported_as_from_the_course(as_minitorch: ModuleType) -> None:
    names: dict[str, Any] = {}
    exec("from minitorch.operators import relu\nfrom minitorch import MathTest, operators, Scalar", names)
    assert names["relu"](-1.0) == 0.0
    assert names["Scalar"] is Scalar


# Module 0.


@one_argument
@given(x=small_floats)
def test_functions_of_one_argument(on_floats: Any, on_scalars: Any, x: float) -> None:
    assert on_scalars(Scalar(x)).data == on_floats(x)


@two_arguments
@given(x=small_floats, y=small_floats)
def test_functions_of_two_arguments(on_floats: Any, on_scalars: Any, x: float, y: float) -> None:
    assert on_scalars(Scalar(x), Scalar(y)).data == on_floats(x, y)


def test_the_functions_have_the_courses_names() -> None:
    one, two, _ = minitorch.MathTest._tests()
    assert {name for name, _ in one} == {
        *("addConstant", "complex", "cube", "div", "exp", "explog", "inv", "log", "multConstant", "neg", "relu"),
        *("sig", "square", "subConstant"),
    }
    assert [name for name, _ in two] == ["add2", "div2", "eq2", "gt2", "lt2", "mul2"]
    assert dict(one)["inv"](0.5) == 0.25
    assert dict(two)["lt2"](1.0, 3.0) == 1.0


class Stack(Module):
    def __init__(self, extra: int) -> None:
        super().__init__()
        self.inner = Module()
        self.inner.deep = Parameter(Scalar(2.0))
        self.plain = 10
        for i in range(extra):
            self.add_parameter(f"extra_{i}", Scalar(0.0))

    def forward(self, x: float) -> Any:
        return self.inner.deep.value * x


@given(st.integers(0, 5))
def test_a_stack_of_modules(extra: int) -> None:
    stack = Stack(extra)
    named = dict(stack.named_parameters())
    assert list(named) == [*(f"extra_{i}" for i in range(extra)), "inner.deep"]
    assert all(isinstance(parameter, Parameter) for parameter in stack.parameters())
    assert [named[f"extra_{i}"].value.name for i in range(extra)] == [f"extra_{i}" for i in range(extra)]
    stack.eval()
    assert not stack.inner.training
    stack.train()
    assert stack.inner.training
    assert stack(3.0).data == 6.0


def test_a_module_without_forward_fails() -> None:
    with pytest.raises(TypeError):
        Module()()


class Asked:
    """Anything that can be made to require a derivative."""

    required: bool | None = None
    name = "its own"

    def requires_grad_(self, flag: bool) -> None:
        self.required = flag


def test_a_parameter_makes_its_value_require_a_derivative() -> None:
    first, second = Asked(), Asked()
    parameter = Parameter(first)
    assert (parameter.value, first.required, first.name) == (first, True, "its own")
    parameter.name = "w"
    parameter.update(second)
    assert (parameter.value, second.required, second.name) == (second, True, "w")


@pytest.mark.parametrize("name", ["Simple", "Diag", "Split", "Xor", "Circle", "Spiral"])
def test_the_datasets(name: str) -> None:
    random.seed(5)
    found = minitorch.datasets[name](40)
    assert found.N == len(found.X) == len(found.y) == 40
    assert set(found.y) <= {0, 1}
    assert all(len(point) == 2 for point in found.X)
    random.seed(5)
    assert minitorch.datasets[name](40) == found


def test_central_difference_is_the_engines() -> None:
    assert minitorch.central_difference(minitorch.operators.mul, 5, 10, arg=1) == pytest.approx(5.0)


# Module 1: Scalars.


@pytest.mark.parametrize(
    "operate", [operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, operator.gt]
)
@given(x=small_floats, y=between(0.5, 100.0))
def test_operators_both_ways_round(operate: Callable[[Any, Any], Any], x: float, y: float) -> None:
    for left, right in ((Scalar(x), Scalar(y)), (Scalar(x), y), (x, Scalar(y))):
        assert operate(left, right).data == float(operate(x, y))


def test_equality_and_truth() -> None:
    assert (Scalar(2.0) == 2).data == 1.0
    assert (Scalar(2.0) == Scalar(3.0)).data == 0.0
    assert Scalar(2.0)
    assert not Scalar(0.0)
    assert len({Scalar(2.0), Scalar(2.0)}) == 2


def test_the_math_module_must_not_lose_the_derivative() -> None:
    with pytest.raises(TypeError):
        math.log(Scalar(2.0))


def test_a_leaf() -> None:
    leaf = Scalar(2, name="x")
    assert (leaf.data, leaf.derivative, leaf.name, list(leaf.parents)) == (2.0, None, "x", [])
    assert leaf.is_leaf()
    assert not leaf.is_constant()
    assert repr(leaf) == "Scalar(2.000000)"


def test_names_and_ids_are_ones_own() -> None:
    one, other = Scalar(1.0), Scalar(1.0)
    assert one.unique_id != other.unique_id
    assert one.name == str(one.unique_id)


def test_history_says_how_a_scalar_was_made() -> None:
    x = Scalar(3.0)
    product = x * 2
    assert product.history is not None
    assert product.history.last_fn is minitorch.Mul
    assert product.history.last_fn.__name__ == "Mul"
    assert product.history.inputs is product.parents
    assert product.parents[0] is x
    assert product.parents[1].is_constant()
    assert not product.is_leaf()


def test_a_square_keeps_both_operands() -> None:
    x = Scalar(3.0)
    square = x * x
    assert [parent is x for parent in square.parents] == [True, True]
    square.backward()
    assert x.derivative == 6.0


def test_requiring_a_derivative_makes_a_leaf() -> None:
    made = Scalar(2.0) * 3
    made.requires_grad_(False)
    assert made.is_constant()
    made.requires_grad_()
    assert made.is_leaf()


@pytest.mark.parametrize("at", [-1000.0, 1000.0])
def test_stable_at_a_thousand(at: float) -> None:
    x = Scalar(at)
    (x.sigmoid() + x.relu()).backward()
    assert x.derivative == (1.0 if at > 0 else 0.0)


# Module 1: functions and the chain rule.


class Blend(ScalarFunction):
    """x·y + x, written as a student writes it."""

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        ctx.save_for_backward(x, y)
        return x * y + x

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        x, y = ctx.saved_values
        return d_output * (y + 1), d_output * x


class Shift(ScalarFunction):
    """x + 10, its derivative a plain number."""

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        return x + 10

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        return d_output


class Wrong(Shift):
    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        return 2 * d_output


def test_a_function_of_ones_own() -> None:
    x, y = Scalar(2.0), Scalar(5.0)
    out = Blend.apply(Shift.apply(x), y)
    assert out.data == 72.0
    out.backward()
    assert (x.derivative, y.derivative) == (6.0, 12.0)


def test_the_chain_rule_answers_every_input() -> None:
    var = Scalar(5.0)
    (ten, of_constant), (same, of_var) = Blend.apply(10, var).chain_rule(d_output=5)
    assert (ten.is_constant(), of_constant) == (True, 30)
    assert (same, of_var) == (var, 50)
    assert same is var


def test_a_history_of_ones_own() -> None:
    x = Scalar(0.0, ScalarHistory())
    made = Scalar(0.0, ScalarHistory(Shift, ctx=Context(), inputs=[x]))
    assert [(entry is x, part) for entry, part in made.chain_rule(d_output=5)] == [(True, 5)]


def test_a_backward_of_the_wrong_length_is_an_error() -> None:
    made = Scalar(0.0, ScalarHistory(Shift, ctx=Context(), inputs=[Scalar(0.0), Scalar(1.0)]))
    with pytest.raises(ValueError, match="shorter"):
        made.chain_rule(1.0)


def test_context_keeps_what_it_is_given() -> None:
    ctx = Context()
    ctx.save_for_backward(1, 2)
    assert ctx.saved_values == ctx.saved_tensors == (1, 2)
    silent = Context(no_grad=True)
    silent.save_for_backward(1, 2)
    assert silent.saved_values == ()


@pytest.mark.parametrize("name", ["neg", "add", "sub", "mul", "div", "log", "exp", "sigmoid", "relu", "lt", "eq"])
def test_each_function_is_its_row_of_the_table(name: str) -> None:
    primitive = PRIMITIVES[name]
    function = getattr(
        minitorch, {"sigmoid": "Sigmoid", "relu": "ReLU", "lt": "LT", "eq": "EQ"}.get(name, name.title())
    )
    inputs = [Scalar(low + 0.7 * (high - low)) for low, high in primitive.domain]
    assert function.apply(*inputs).data == primitive.value(*(entry.data for entry in inputs))
    minitorch.derivative_check(function.apply, *inputs)


# Module 1: backpropagation.


def test_only_leaves_take_derivatives() -> None:
    x = Scalar(2.0)
    out = (x * 3) + 1
    out.backward(d_output=5)
    assert (x.derivative, out.derivative) == (15.0, None)
    assert [parent.derivative for parent in out.parents] == [None, None]
    with pytest.raises(AssertionError, match="Only leaf"):
        out.accumulate_derivative(1.0)


def test_derivatives_accumulate() -> None:
    x = Scalar(2.0)
    out = x * x
    out.backward()
    out.backward()
    minitorch.backpropagate(out, 0.5)
    assert x.derivative == 10.0


def test_a_leaf_goes_back_to_itself() -> None:
    x = Scalar(2.0)
    x.backward(3.0)
    assert x.derivative == 3.0


def test_a_diamond_counts_each_path() -> None:
    x = Scalar(0.0)
    middle = Shift.apply(x)
    (Shift.apply(middle) + Shift.apply(middle)).backward(d_output=5)
    assert x.derivative == 10.0


def test_topological_sort_starts_from_the_right() -> None:
    x, y = Scalar(2.0), Scalar(5.0)
    shared = x * y
    out = shared * shared + x + 1
    order = minitorch.topological_sort(out)
    place = {node.unique_id: index for index, node in enumerate(order)}
    assert order[0] is out
    assert len(place) == len(order) == 6
    assert not any(node.is_constant() for node in order)
    for node in order:
        assert all(place[node.unique_id] < place[e.unique_id] for e in node.parents if not e.is_constant())


def test_a_chain_of_100_000_operations() -> None:
    x = out = Scalar(1.0)
    for _ in range(100_000):
        out = out + x
    out.backward()
    assert (out.data, x.derivative) == (100_001.0, 100_001.0)


# Away from the poles at -3.5 and -5.5, and from where two arguments differ by a jump's width.
@one_argument
@given(x=between(-3.0, 100.0))
def test_derivatives_of_one_argument(on_floats: Any, on_scalars: Any, x: float) -> None:
    minitorch.derivative_check(on_scalars, Scalar(x))


@two_arguments
@given(x=between(-3.0, 0.0), y=between(1.5, 5.0))
def test_derivatives_of_two_arguments(on_floats: Any, on_scalars: Any, x: float, y: float) -> None:
    minitorch.derivative_check(on_scalars, Scalar(x), Scalar(y))


def test_derivative_check_finds_a_wrong_derivative() -> None:
    with pytest.raises(AssertionError, match=r"argument 1 of .*: autodiff 2.0, central difference 1.0"):
        minitorch.derivative_check(lambda x, y: x + Wrong.apply(y), Scalar(1.0), Scalar(2.0))


def test_derivative_check_can_be_asked_twice() -> None:
    x = Scalar(3.0)
    for _ in range(2):
        minitorch.derivative_check(lambda x: x * x, x)
    assert x.derivative == 6.0


# Module 1: training.


class Linear(Module):
    def __init__(self, *values: float) -> None:
        super().__init__()
        for name, value in zip(("w1", "w2", "b"), values, strict=True):
            self.add_parameter(name, Scalar(value))

    def forward(self, x1: float, x2: float) -> Scalar:
        return self.w1.value * x1 + self.w2.value * x2 + self.b.value


def test_training_is_the_lectures_descent() -> None:
    """Ten epochs by the course's own loop are ten steps of the engine's session."""
    points, model = lecture(), Linear(1.0, 1.0, -0.4)
    rows = list(zip(points.x1.tolist(), points.x2.tolist(), points.y.tolist(), strict=True))
    sgd = minitorch.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(11):
        sgd.zero_grad()
        total = 0.0
        for x1, x2, y in rows:
            loss = -(y * model(x1, x2)).sigmoid().log()
            loss.backward()
            total += loss.data
        losses.append(total)
        sgd.step()
    printed = {0: "5.776592485398551", 1: "5.733732", 10: "5.451679"}
    assert all(agrees(losses[epoch], text) for epoch, text in printed.items())


def test_sgd_leaves_what_has_no_derivative() -> None:
    reached, alone, number = Parameter(Scalar(1.0), "w"), Parameter(Scalar(2.0)), Parameter(3.0)
    sgd = minitorch.SGD([reached, alone, number], 0.5)
    sgd.step()
    assert (reached.value.data, alone.value.data, number.value) == (1.0, 2.0, 3.0)
    (reached.value * 4).backward()
    sgd.step()
    assert (reached.value.data, reached.value.derivative, reached.value.name) == (-1.0, None, "w")
    assert reached.value.is_leaf()
    assert (alone.value.data, number.value) == (2.0, 3.0)


def test_zero_grad_forgets() -> None:
    parameter = Parameter(Scalar(1.0))
    parameter.value.backward()
    minitorch.SGD([parameter]).zero_grad()
    assert parameter.value.derivative is None
