"""The methods of Scalar, Recorded and Expression: those of the table, all of them, and each does what its row says."""

import operator
from collections.abc import Callable
from typing import Any

import pytest

from engine.autodiff.primitives import TABLE, Primitive
from engine.autodiff.scalar import Scalar
from engine.replay.graph import Recorded, apply, record
from engine.symbolic.expression import EXPRESSIONS, Expression, symbol

METHODS = [(row, index) for row in TABLE for index in range(len(row.methods))]
each = pytest.mark.parametrize(("row", "index"), METHODS, ids=lambda entry: getattr(entry, "name", None))


def called(row: Primitive, index: int) -> Callable[..., Any]:
    """The operation as code writes it, by its method on the input `index`."""
    name = row.methods[index]
    if not name.startswith("__"):
        return lambda *inputs: getattr(inputs[0], name)(*inputs[1:])
    if index and not hasattr(operator, name):  # __radd__: the operator asks for it
        return getattr(operator, row.methods[0])  # type: ignore[no-any-return]
    by = getattr(operator, name)
    return (lambda left, right: by(right, left)) if index else by  # type: ignore[no-any-return]


@each
def test_a_scalar_has_the_value_and_remembers_the_row(row: Primitive, index: int) -> None:
    for box in row.boxes:
        floats = [0.7 * low + 0.3 * high for low, high in box]
        for position in range(row.arity):
            inputs: list[Any] = [*map(Scalar, floats)]
            if row.arity == 2 and position != index:
                inputs[position] = floats[position]  # a number in place of the input whose method is not called
            made = called(row, index)(*inputs)
            assert (type(made), made.value, made.primitive) == (Scalar, row.value(*floats), row)
            assert list(map(id, made.inputs)) == list(map(id, inputs))


@each
def test_a_recorded_scalar_records_the_row(row: Primitive, index: int) -> None:
    names = ("x", "y")[: row.arity]
    assert record(called(row, index), (), names) == record(lambda *slots: apply(row, *slots), (), names)
    constant = Scalar(2.0)
    if row.arity == 2:
        for inputs in ((Recorded(), constant), (constant, Recorded()), (Recorded(), 2.0)):
            made = called(row, 0)(*inputs)
            assert (type(made), made.primitive) == (Recorded, row)
            swapped = row.name == "eq" and type(inputs[0]) is Scalar  # Python asks the Recorded, which is equal to it
            assert list(map(id, made.inputs)) == list(map(id, inputs[::-1] if swapped else inputs))


@each
def test_an_expression_is_that_of_the_row(row: Primitive, index: int) -> None:
    if row.name == "eq":  # == asks whether two expressions are one
        assert called(row, index)(symbol("x"), symbol("x")) is True
        return
    inputs = [*map(symbol, ("x", "y")[: row.arity])]
    assert called(row, index)(*inputs) is getattr(EXPRESSIONS, row.name)(*inputs)


@each
def test_what_is_no_operand_is_refused(row: Primitive, index: int) -> None:
    if row.arity == 2 and row.name != "eq":
        for entry in (Scalar(1.0), Recorded(), symbol("x")):
            for wrong in ("1", None, symbol("x") if isinstance(entry, Scalar) else Scalar(1.0)):
                with pytest.raises(TypeError):
                    called(row, 0)(entry, wrong)


def test_a_method_says_what_it_does_and_whose_it_is() -> None:
    for kind in (Scalar, Recorded, Expression):
        method: Any = kind.sqrt
        assert (method.__name__, method.__qualname__) == ("sqrt", f"{kind.__name__}.sqrt")
        assert method.__doc__.startswith("The square root.")
    with pytest.raises(AttributeError, match="sigmod"):
        Scalar(1.0).sigmod()
