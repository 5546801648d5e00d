"""Mistakes in one operation: its value, its rule, what it saves and gives."""

from tests.scenarios.student.mistakes.mistake import Mistake

SAVED = "ctx.save_for_backward(a, b)\n        return operators.mul"
NO_HISTORY = "return Scalar(self.data + (b.data if isinstance(b, Scalar) else b))"

USUAL: dict[str, Mistake] = {
    "missing factor: d_output": (
        [("scalar_functions.py", "return d_output * b, d_output * a", "return b, a")],
        "mul, backward",
        "gave d/dx = -1, d/dy = 2, right is d/dx = -3, d/dy = 6",
        "a factor is missing: multiply by d_output",
    ),
    "missing factor: 1 - sigmoid": (
        [("scalar_functions.py", "d_output * s * (1.0 - s)", "d_output * s")],
        "sigmoid, backward",
        "gave d/dx = 0.880797, right is d/dx = 0.104994",
        "the factor 1 - σ(x) is missing",
    ),
    "missing factor: exp": (
        [("scalar_functions.py", "return d_output * e", "return d_output")],
        "exp, backward",
        "gave d/dx = 1, right is d/dx = 7.38906",
        "the factor exp(x) is missing",
    ),
    "missing factor: d_output in inv_back": (
        [("operators.py", "return -d / x**2", "return -1.0 / x**2")],
        "1 / x, backward",
        "gave d/dx = -0.25, right is d/dx = -0.75",
        "a factor is missing: multiply by d_output",
    ),
    "wrong sign": (
        [("scalar_functions.py", "return -d_output", "return d_output")],
        "neg, backward",
        "gave d/dx = 1, right is d/dx = -1",
        "the sign is turned round",
    ),
    "wrong sign of one": (
        [("scalar_functions.py", "return d_output * b, d_output * a", "return d_output * b, -d_output * a")],
        "mul, backward",
        "gave d/dx = -1, d/dy = -2, right is d/dx = -1, d/dy = 2",
        "the sign of d/dy is turned round",
    ),
    "wrong sign of inv_back": (
        [("operators.py", "return -d / x**2", "return d / x**2")],
        "1 / x, backward",
        "gave d/dx = 0.25, right is d/dx = -0.25",
        "the sign is turned round in Inv.backward or inv_back",
    ),
    "inv_back of another power": (
        [("operators.py", "return -d / x**2", "return -d / x")],
        "1 / x, backward",
        "gave d/dx = -0.5, right is d/dx = -0.25",
        "1/x has the derivative -1/x², times d_output: look at Inv.backward and inv_back",
    ),
    "swapped derivatives": (
        [("scalar_functions.py", "return d_output * b, d_output * a", "return d_output * a, d_output * b")],
        "mul, backward",
        "gave d/dx = 2, d/dy = -1, right is d/dx = -1, d/dy = 2",
        "d/dx and d/dy are swapped",
    ),
    "swapped operands": (
        [("scalar.py", "return Add.apply(self, -b)", "return Add.apply(-self, b)")],
        "sub, forward",
        "gave -3, right is 3",
        "x and y are swapped",
    ),
    "swapped operands of >": (
        [("scalar.py", "return LT.apply(b, self)", "return LT.apply(self, b)")],
        "gt, forward",
        "gave 0, right is 1",
        "x and y are swapped",
    ),
    "swapped operands of 1 / x": (
        [("scalar.py", "return Mul.apply(b, Inv.apply(self))", "return Mul.apply(self, Inv.apply(b))")],
        "1 / x, forward",
        "gave 2, right is 0.5",
        "this is x / 1: look at __rtruediv__",
    ),
    "log's derivative": (
        [("operators.py", "return d / (x + EPS)", "return d * x")],
        "log, backward",
        "gave d/dx = 2, right is d/dx = 0.5",
        "this is x, where 1/x is due",
    ),
    "log's derivative is log": (
        [("operators.py", "return d / (x + EPS)", "return d * log(x)")],
        "log, backward",
        "gave d/dx = 0.693",
        "this is log(x), where 1/x is due",
    ),
    "relu's derivative at 0": (
        [("operators.py", "return d if x > 0 else 0.0", "return d if x >= 0 else 0.0")],
        "relu, backward",
        "gave d/dx = 1, right is d/dx = 0",
        "at 0 the slope is 0, by convention: x > 0, not x >= 0",
    ),
    "mutated inputs": (
        [("scalar.py", "return Add.apply(self, b)", "self.data += getattr(b, 'data', b)\n        return self")],
        "add, forward",
        "changed its input, from 2 to 1",
        "an operation leaves its inputs as they are",
    ),
    "what comes back to relu is cut off at 0": (
        [("operators.py", "return d if x > 0 else 0.0", "return max(d, 0.0) if x > 0 else 0.0")],
        "relu, backward",
        "gave d/dx = 0, right is d/dx = -3",
        "it goes wrong only where d_output is negative",
    ),
    "what comes back to 1 / x loses its sign": (
        [("operators.py", "return -d / x**2", "return -abs(d) / x**2")],
        "1 / x, backward",
        "gave d/dx = -0.75, right is d/dx = 0.75",
        "it goes wrong only where d_output is negative",
    ),
}
RARE: dict[str, Mistake] = {
    "one derivative for two inputs": (
        [("scalar_functions.py", "return d_output * b, d_output * a", "return d_output * b")],
        "mul, backward",
        "raised ValueError",
        "Mul.backward gives 1 derivative for 2 inputs",
    ),
    "one derivative for two inputs, with zip": (
        [
            ("scalar_functions.py", "return d_output, d_output", "return d_output"),
            ("scalar.py", ", strict=True)\n", ")\n"),
        ],
        "add, backward",
        "raised KeyError",
        "Add.backward gives 1 derivative for 2 inputs",
    ),
    "a list of derivatives": (
        [("scalar_functions.py", "return d_output, d_output", "return [d_output, d_output]")],
        "add, backward",
        "raised TypeError",
        "Add.backward gives a list: give a tuple",
    ),
    "no return in backward": (
        [("scalar_functions.py", "return d_output * s * (1.0 - s)", "d_output * s * (1.0 - s)")],
        "sigmoid, backward",
        "raised TypeError",
        "Sigmoid.backward gives None: is a return missing?",
    ),
    "nothing saved": (
        [("scalar_functions.py", SAVED, "return operators.mul")],
        "mul, backward",
        "raised ValueError: not enough values to unpack",
        "Mul.forward has saved nothing: is ctx.save_for_backward(...) missing, or its parentheses?",
    ),
    "another number saved": (
        [("scalar_functions.py", SAVED, "ctx.save_for_backward([a, b])\n        return operators.mul")],
        "mul, backward",
        "raised ValueError: not enough values to unpack",
        "Mul.forward has saved 1 value, and Mul.backward takes another number of them",
    ),
    "backward raises": (
        [("scalar_functions.py", "return d_output * e", "return d_output * ctx.result")],
        "exp, backward",
        "raised AttributeError",
        "it is Exp.backward that raises this",
    ),
    "no history": (
        [("scalar.py", "return Add.apply(self, b)", NO_HISTORY)],
        "add, backward",
        "gave no derivative (None)",
        "the Scalar it gives has no history: make it with apply of its function",
    ),
    "EPS in inv": (
        [("operators.py", "return 1.0 / x\n", "return 1.0 / (x + 1e-6)\n")],
        "1 / x, forward",
        "gave 0.4999998, right is 0.5",
        "1/x adds nothing to x: only log has the EPS",
    ),
    "forward without a return": (
        [("scalar_functions.py", "return e\n", "e\n")],
        "exp, forward",
        "raised AssertionError",
        "forward gives None: is a return missing?",
    ),
    "forward gives a Scalar": (
        [("scalar_functions.py", "return operators.mul(a, b)", "return minitorch.Scalar(a * b)")],
        "mul, forward",
        "raised AssertionError",
        "forward gets plain numbers and gives one, not a Scalar",
    ),
    "forward gives an int": (
        [("operators.py", "return x if x > 0 else 0.0", "return x if x > 0 else 0")],
        "relu, forward",
        "raised AssertionError",
        "forward gives a float: 1.0, not 1",
    ),
    "b has no data": (
        [("scalar.py", "return Add.apply(self, -b)", "return Add.apply(self, Scalar(-b.data))")],
        "x - 5, forward",
        "raised AttributeError: 'float' object has no attribute 'data'",
        "the other one may be a plain number",
    ),
}
