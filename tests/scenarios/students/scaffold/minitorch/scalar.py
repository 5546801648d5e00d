"""Scalar: a number that remembers how it was made."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .autodiff import backpropagate, central_difference
from .scalar_functions import EQ, LT, Add, Exp, Inv, Log, Mul, Neg, ReLU, Sigmoid


@dataclass
class ScalarHistory:
    """The function that made a Scalar, its context and its inputs; nothing of it for a leaf."""

    last_fn: Any = None
    ctx: Any = None
    inputs: Any = ()


_var_count = 0


class Scalar:
    """A number with a history; without one (None) a constant."""

    def __init__(self, v, back=ScalarHistory(), name=None):  # noqa: B008
        global _var_count
        _var_count += 1
        self.unique_id = _var_count
        self.data = float(v)
        self.history = back
        self.derivative = None
        self.name = str(self.unique_id) if name is None else name

    def __repr__(self):
        return f"Scalar({self.data:f})"

    def __bool__(self):
        return bool(self.data)

    def __mul__(self, b):
        return Mul.apply(self, b)

    def __truediv__(self, b):
        return Mul.apply(self, Inv.apply(b))

    def __rtruediv__(self, b):
        return Mul.apply(b, Inv.apply(self))

    def __radd__(self, b):
        return self + b

    def __rmul__(self, b):
        return self * b

    def __add__(self, b):
        # Task 1.2
        return Add.apply(self, b)

    def __lt__(self, b):
        # Task 1.2
        return LT.apply(self, b)

    def __gt__(self, b):
        # Task 1.2
        return LT.apply(b, self)

    def __eq__(self, b):
        # Task 1.2
        return EQ.apply(b, self)

    def __sub__(self, b):
        # Task 1.2
        return Add.apply(self, -b)

    def __neg__(self):
        # Task 1.2
        return Neg.apply(self)

    def log(self):
        # Task 1.2
        return Log.apply(self)

    def exp(self):
        # Task 1.2
        return Exp.apply(self)

    def sigmoid(self):
        # Task 1.2
        return Sigmoid.apply(self)

    def relu(self):
        # Task 1.2
        return ReLU.apply(self)

    def accumulate_derivative(self, x):
        assert self.is_leaf(), "Only leaf variables can have derivatives."
        if self.derivative is None:
            self.derivative = 0.0
        self.derivative += x

    def is_leaf(self):
        return self.history is not None and self.history.last_fn is None

    def is_constant(self):
        return self.history is None

    @property
    def parents(self):
        assert self.history is not None
        return self.history.inputs

    def chain_rule(self, d_output):
        h = self.history
        assert h is not None
        assert h.last_fn is not None
        assert h.ctx is not None
        # Task 1.3
        return zip(h.inputs, h.last_fn._backward(h.ctx, d_output), strict=True)

    def backward(self, d_output=None):
        if d_output is None:
            d_output = 1.0
        backpropagate(self, d_output)


def derivative_check(f, *scalars):
    f(*scalars).backward()
    for i, x in enumerate(scalars):
        np.testing.assert_allclose(x.derivative, central_difference(f, *scalars, arg=i).data, 1e-2, 1e-2)
