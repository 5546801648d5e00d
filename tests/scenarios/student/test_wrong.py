"""The first wrong check of a package is named with its smallest example."""

import pytest

from scenarios.student.client import Student
from tests.scenarios.student.grades import graded
from tests.students import Package

DIFFERENCES = "def central_difference(f, *vals, arg=0, epsilon=1e-6):\n    v = list(vals)\n    v[arg] += epsilon\n    "
BACKPROPAGATE = """
def backpropagate(variable, deriv):
    derivatives = {variable.unique_id: deriv}
    for node in autodiff.topological_sort(variable):
        if node.is_leaf():
            node.accumulate_derivative(derivatives[node.unique_id])
            continue
        for parent, d in node.chain_rule(derivatives[node.unique_id]):
            derivatives[parent.unique_id] = d
scalar.backpropagate = backpropagate
"""
PREORDER = """
def topological_sort(variable):
    order, seen = [], set()
    def visit(node):
        if node.unique_id not in seen:
            seen.add(node.unique_id)
            order.append(node)
            list(map(visit, PARENTS))
    visit(variable)
    return order
autodiff.topological_sort = topological_sort
"""
WRONG = {
    "mul backward": (
        "Mul.backward = staticmethod(lambda ctx, d: tuple(d * value for value in ctx.saved_values))",
        ("mul", "backward", "x * y at x = 2, y = -1 gave d/dx = 2, d/dy = -1; right is d/dx = -1, d/dy = 2"),
    ),
    "log forward": (
        "Log.forward = staticmethod(lambda ctx, a, right=Log.forward: right(ctx, a) + 0.001)",
        ("log", "forward", "log(x) at x = 2 gave 0.694147; right is 0.693147"),
    ),
    "log of two": (
        "import math\nLog.forward = staticmethod(lambda ctx, a: ctx.save_for_backward(a) or math.log2(a))",
        ("log", "forward", "log(x) at x = 2 gave 1; right is 0.693147"),
    ),
    "relu backward": (
        "operators.relu_back = lambda x, d: d",
        ("relu", "backward", "relu(x) at x = -1 gave d/dx = 1; right is d/dx = 0"),
    ),
    "sigmoid backward": (
        "Sigmoid.backward = staticmethod(lambda ctx, d: d * ctx.saved_values[0])",
        ("sigmoid", "backward", "sigmoid(x) at x = 2 gave d/dx = 0.880797; right is d/dx = 0.104994"),
    ),
    "one edge": (
        "chain_rule = Scalar.chain_rule\n"
        "Scalar.chain_rule = lambda self, d: {p.unique_id: (p, part) for p, part in chain_rule(self, d)}.values()",
        ("x * x", "backward", "x * x at x = 2 gave d/dx = 2; right is d/dx = 4"),
    ),
    "overwritten on the way": (
        BACKPROPAGATE,
        ("x * x", "backward", "x * x at x = 2 gave d/dx = 2; right is d/dx = 4"),
    ),
    "overwritten on the leaf": (
        "def accumulate_derivative(self, x): self.derivative = x\nScalar.accumulate_derivative = accumulate_derivative",
        (
            "two backward passes",
            "backward",
            "x * 1 and then x * 3, both backward, at x = 2 gave d/dx = 3; right is d/dx = 4",
        ),
    ),
    "out of order": (
        PREORDER.replace("PARENTS", "node.parents"),
        ("h * exp(h)", "backward", "h * exp(h), h = 2 * x at x = 2 gave d/dx = 109.196; "),
    ),
    "out of order, the other way": (
        PREORDER.replace("PARENTS", "node.parents[::-1]"),
        ("x * y + x", "backward", "x * y + x at x = 2, y = -1 gave d/dx = 1, d/dy = 2; "),
    ),
    "sub": (
        "Scalar.__sub__ = lambda self, b: b + -self",
        ("sub", "forward", "x - y at x = 2, y = -1 gave -3; right is 3"),
    ),
    "lt answers a bool": (
        "Scalar.__lt__ = lambda self, b: self.data < b.data",
        ("lt", "forward", "x < y at x = 2, y = -1 gave a bool for lt, not a Scalar; right is 0"),
    ),
    "twice the difference": (
        DIFFERENCES + "return (f(*v) - f(*vals)) / epsilon * 2",
        ("central_difference", "", "central_difference of x * x in x, epsilon 0.1, at x = 2 gave 8.2; right is 4"),
    ),
    "one-sided difference": (
        DIFFERENCES + "return (f(*v) - f(*vals)) / epsilon",
        (
            "central_difference",
            "",
            "central_difference of x * x in x, epsilon 0.1, at x = 2 gave 4.1; right is 4",
        ),
    ),
}


@pytest.mark.parametrize(("code", "expected"), WRONG.values(), ids=WRONG)
def test_the_first_wrong_check_is_named_with_its_smallest_example(
    package: Package, code: str, expected: tuple[str, str, str]
) -> None:
    wrong = graded(package(code)).first_wrong
    assert wrong is not None
    assert wrong.example is not None
    assert (wrong.name, wrong.direction) == expected[:2]
    assert f"{wrong.example.given} {wrong.example.got}; right is {wrong.example.right}".startswith(expected[2])


def test_forward_and_backward_are_judged_apart(package: Package) -> None:
    code, _ = WRONG["log forward"]
    wrong = [(check.name, check.direction) for check in graded(package(code)).checks if not check.verdict.right]
    assert wrong == [("log", "forward"), ("log(sigmoid(2 * x + 1))", "forward"), ("loss of model1", "forward")]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("'1.0'", "gave a str, not a number"),
        ("None", "gave no derivative (None)"),
        ("float('nan')", "gave nan"),
        ("float('inf')", "gave inf"),
        ("10 ** 400", "raised OverflowError: int too large to convert to float"),
        ("self", "gave a Scalar, not a number"),
        ("1j", "gave a complex, not a number"),
        ("__import__('numpy').float32(1.0)", "right"),
        ("__import__('fractions').Fraction(1)", "right"),
        ("True", "right"),
    ],
)
def test_derivatives_that_are_no_numbers(package: Package, number: str, text: str) -> None:
    code = f"def accumulate_derivative(self, x): self.derivative = {number}\n"
    with Student(package(code + "Scalar.accumulate_derivative = accumulate_derivative")) as student:
        passes = student.operation("add", (2.0, -1.0))
    assert (passes.forward.text, passes.backward.text) == ("right", text)
