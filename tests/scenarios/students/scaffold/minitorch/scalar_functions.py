"""The functions on Scalars, each with its way forward and its way back."""

import minitorch

from . import operators
from .autodiff import Context


def wrap_tuple(x):
    return x if isinstance(x, tuple) else (x,)


class ScalarFunction:
    """A function on Scalars; never instantiated."""

    @classmethod
    def _backward(cls, ctx, d_out):
        return wrap_tuple(cls.backward(ctx, d_out))

    @classmethod
    def _forward(cls, ctx, *inputs):
        return cls.forward(ctx, *inputs)

    @classmethod
    def apply(cls, *vals):
        scalars = [v if isinstance(v, minitorch.scalar.Scalar) else minitorch.scalar.Scalar(v) for v in vals]
        ctx = Context(False)
        c = cls._forward(ctx, *[scalar.data for scalar in scalars])
        assert isinstance(c, float), f"Expected return type float got {type(c)}"
        return minitorch.scalar.Scalar(c, minitorch.scalar.ScalarHistory(cls, ctx, scalars))


class Add(ScalarFunction):
    """x + y; the course gives it as an example."""

    @staticmethod
    def forward(ctx, a, b):
        return a + b

    @staticmethod
    def backward(ctx, d_output):
        return d_output, d_output


class Log(ScalarFunction):
    """log x; the course gives it as an example."""

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return operators.log(a)

    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return operators.log_back(a, d_output)


class Mul(ScalarFunction):
    @staticmethod
    def forward(ctx, a, b):
        # Task 1.2
        ctx.save_for_backward(a, b)
        return operators.mul(a, b)

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        a, b = ctx.saved_values
        return d_output * b, d_output * a


class Inv(ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        # Task 1.2
        ctx.save_for_backward(a)
        return operators.inv(a)

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        (a,) = ctx.saved_values
        return operators.inv_back(a, d_output)


class Neg(ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        # Task 1.2
        return operators.neg(a)

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        return -d_output


class Sigmoid(ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        # Task 1.2
        s = operators.sigmoid(a)
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        (s,) = ctx.saved_values
        return d_output * s * (1.0 - s)


class ReLU(ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        # Task 1.2
        ctx.save_for_backward(a)
        return operators.relu(a)

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        (a,) = ctx.saved_values
        return operators.relu_back(a, d_output)


class Exp(ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        # Task 1.2
        e = operators.exp(a)
        ctx.save_for_backward(e)
        return e

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        (e,) = ctx.saved_values
        return d_output * e


class LT(ScalarFunction):
    @staticmethod
    def forward(ctx, a, b):
        # Task 1.2
        return operators.lt(a, b)

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        return 0.0, 0.0


class EQ(ScalarFunction):
    @staticmethod
    def forward(ctx, a, b):
        # Task 1.2
        return operators.eq(a, b)

    @staticmethod
    def backward(ctx, d_output):
        # Task 1.4
        return 0.0, 0.0
