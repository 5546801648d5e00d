"""The methods of what programs calculate with (Scalar, Recorded, Expression), made from the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from engine.autodiff.primitives import TABLE, Primitive

Made = TypeVar("Made")
Apply = Callable[..., Any]


class Methods(Generic[Made]):
    """A value with + - * / ** and comparisons, a number on either side, and each function of the table as a method.

    `x.exp()`, `x.relu()`, `x.sigmoid()`: any name of the table that is not written with a sign. `attach` makes them;
    what is below is for readers and type checkers.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        def __neg__(self) -> Made: ...
        def __abs__(self) -> Made: ...
        def __add__(self, other: Any) -> Made: ...
        def __radd__(self, other: Any) -> Made: ...
        def __sub__(self, other: Any) -> Made: ...
        def __rsub__(self, other: Any) -> Made: ...
        def __mul__(self, other: Any) -> Made: ...
        def __rmul__(self, other: Any) -> Made: ...
        def __truediv__(self, other: Any) -> Made: ...
        def __rtruediv__(self, other: Any) -> Made: ...
        def __pow__(self, other: Any) -> Made: ...
        def __rpow__(self, other: Any) -> Made: ...
        def __lt__(self, other: Any) -> Made: ...
        def __le__(self, other: Any) -> Made: ...
        def __gt__(self, other: Any) -> Made: ...
        def __ge__(self, other: Any) -> Made: ...
        def __getattr__(self, name: str) -> Callable[..., Made]: ...


_APPLY: dict[type, Apply] = {}


def attach(kind: type, apply: Apply, operand: type, apply_one: Apply | None = None) -> None:
    """Give `kind` every method of the table that it does not write out itself.

    `apply(primitive, *inputs)` makes what a method answers, `apply_one` the same of one input where that is faster.
    Inputs are an `operand` or a number: with anything else an operator answers NotImplemented, and a method that is
    called by name raises TypeError.
    """
    _APPLY[kind] = apply
    for row in TABLE:
        for index, name in enumerate(row.methods):
            if name not in vars(kind):
                if row.arity == 1:
                    method = _unary(row, apply_one or apply)
                elif name.startswith("__"):
                    method = _operator(row, apply, (operand, int, float), bool(index))
                else:
                    method = _named(row, apply, (operand, int, float))
                method.__name__, method.__qualname__, method.__doc__ = (
                    name,
                    f"{kind.__name__}.{name}",
                    row.value.__doc__,
                )
                setattr(kind, name, method)


def _unary(row: Primitive, apply: Apply) -> Callable[..., Any]:
    return lambda self: apply(row, self)


def _operator(row: Primitive, apply: Apply, accepted: tuple[type, ...], reflected: bool) -> Callable[..., Any]:
    if reflected:
        return lambda self, other: apply(row, other, self) if isinstance(other, accepted) else NotImplemented
    return lambda self, other: apply(row, self, other) if isinstance(other, accepted) else NotImplemented


def _named(row: Primitive, apply: Apply, accepted: tuple[type, ...]) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        if not isinstance(other, accepted):
            raise TypeError(f"{row.name} takes {accepted[0].__name__}s and numbers, not {type(other).__name__}")
        # As Python does with operators: the more special of the two kinds says what comes of it.
        special = isinstance(other, type(self))
        return (_APPLY[type(other)] if special else apply)(row, self, other)

    return method
