from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .autodiff import backpropagate, central_difference
from .scalar_functions import EQ, LT, Add, Exp, Inv, Log, Mul, Neg, ReLU, Sigmoid

_count = 0


@dataclass
class ScalarHistory:
    last_fn: Any = None
    ctx: Any = None
    inputs: Any = ()


@dataclass
class Scalar:
    data: float
    history: ScalarHistory = field(default_factory=ScalarHistory)
    derivative: float | None = None

    def __post_init__(self):
        global _count
        _count += 1
        self.unique_id = _count
        self.data = float(self.data)

    def __add__(self, b):
        return Add.apply(self, b)

    def __radd__(self, b):
        return self + b

    def __mul__(self, b):
        return Mul.apply(self, b)

    def __rmul__(self, b):
        return self * b

    def __truediv__(self, b):
        return Mul.apply(self, Inv.apply(b))

    def __rtruediv__(self, b):
        return Mul.apply(b, Inv.apply(self))

    def __neg__(self):
        return Neg.apply(self)

    def __sub__(self, b):
        return self + -b

    def __lt__(self, b):
        return LT.apply(self, b)

    def __gt__(self, b):
        return LT.apply(b, self)

    def __eq__(self, b):
        return EQ.apply(self, b)

    def log(self):
        return Log.apply(self)

    def exp(self):
        return Exp.apply(self)

    def sigmoid(self):
        return Sigmoid.apply(self)

    def relu(self):
        return ReLU.apply(self)

    def accumulate_derivative(self, x):
        assert self.is_leaf()
        self.derivative = (self.derivative or 0.0) + x

    def is_leaf(self):
        return self.history is not None and self.history.last_fn is None

    def is_constant(self):
        return self.history is None

    @property
    def parents(self):
        return self.history.inputs

    def chain_rule(self, d_output):
        parts = self.history.last_fn.backward(self.history.ctx, d_output)
        return zip(self.parents, parts if isinstance(parts, tuple) else (parts,), strict=True)

    def backward(self, d_output=1.0):
        backpropagate(self, d_output)


def derivative_check(f, *scalars):
    f(*scalars).backward()
    for i, x in enumerate(scalars):
        np.testing.assert_allclose(x.derivative, central_difference(f, *scalars, arg=i).data, 1e-2, 1e-2)
