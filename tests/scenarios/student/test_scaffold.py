"""The course's own scaffold: bare, half done, solved, and solved with one mistake."""

from pathlib import Path

import pytest

from scenarios.student.client import Student
from scenarios.student.grading import SECONDS, WANTED, grade
from scenarios.student.report import Outcome, Report
from tests.students import Patch, scaffold

PLAIN = ("operators.py", "EPS = 1e-6", "EPS = 0.0")
TASKS = ("1.1", "1.2", "1.3", "1.4")


def graded(path: str) -> Report:
    with Student(path, seconds=SECONDS, wanted=WANTED) as student:
        return grade(student)


def lines(report: Report) -> list[str]:
    return [f"{task} {report.status(task)}" for task in report.tasks]


@pytest.mark.parametrize("patches", [(), (PLAIN,)])
def test_a_right_solution_is_right_with_the_courses_log_and_without(tmp_path: Path, patches: tuple[Patch, ...]) -> None:
    report = graded(scaffold(tmp_path, *patches))
    assert report.right
    assert lines(report) == [f"{task} right" for task in TASKS]


DIFFERENCE = """    up, down = list(vals), list(vals)
    up[arg] = up[arg] + epsilon
    down[arg] = down[arg] - epsilon
    return (f(*up) - f(*down)) / (2 * epsilon)
"""
PUT_BACK = """    vals = list(vals)
    vals[arg] += epsilon
    up = f(*vals)
    vals[arg] -= 2 * epsilon
    return (up - f(*vals)) / (epsilon + epsilon)
"""
CONSTANTS_LATER = (
    ("autodiff.py", "if node.unique_id in seen or node.is_constant():", "if node.unique_id in seen:"),
    ("autodiff.py", "in node.parents:", "in node.parents if node.history else ():"),
    (
        "autodiff.py",
        "        if node.is_leaf():",
        "        if node.is_constant():\n            continue\n        if node.is_leaf():",
    ),
    ("autodiff.py", "            if parent.is_constant():\n                continue\n", ""),
)
EDGE = "            derivatives[parent.unique_id] = derivatives"
ON_ITS_LEAF = """            if parent.is_leaf():
                parent.accumulate_derivative(part)
                continue
"""
EVERY_EDGE = (
    ("autodiff.py", EDGE, ON_ITS_LEAF + EDGE),
    ("autodiff.py", "            node.accumulate_derivative(d)\n", "            pass\n"),
    ("autodiff.py", "d = derivatives[node.unique_id]", "d = derivatives.get(node.unique_id)"),
)
RIGHT_TOO: dict[str, tuple[Patch, ...]] = {
    "vals put back": (("autodiff.py", DIFFERENCE, PUT_BACK),),
    "every edge on its leaf": EVERY_EDGE,
    "constants left out later": CONSTANTS_LATER,
    "a list from chain_rule": (
        ("scalar.py", "return zip(h.inputs,", "return list(zip(h.inputs,"),
        ("scalar.py", "strict=True)\n\n", "strict=True))\n\n"),
    ),
    "sub from neg and add": (("scalar.py", "return Add.apply(self, -b)", "return self + Neg.apply(b)"),),
    "sigmoid as one formula": (("operators.py", "if x >= 0:", "if True:"),),
    "relu as max": (("operators.py", "return x if x > 0 else 0.0", "return max(0.0, x)"),),
}


@pytest.mark.parametrize("patches", RIGHT_TOO.values(), ids=RIGHT_TOO)
def test_other_ways_are_right_too(tmp_path: Path, patches: tuple[Patch, ...]) -> None:
    assert [check for check in graded(scaffold(tmp_path, *patches)).checks if not check.verdict.right] == []


TO_WRITE = [
    "1.1 to write: central_difference",
    "1.2 to write: Scalar: __add__, __lt__, __gt__, __eq__, __sub__, __neg__, log, exp, sigmoid, relu; "
    "forward of Mul, Inv, Neg, Sigmoid, ReLU, Exp, LT, EQ",
    "1.3 to write: Scalar: chain_rule",
    "1.4 to write: topological_sort, backpropagate; backward of Mul, Inv, Neg, Sigmoid, ReLU, Exp, LT, EQ",
]
MODULE_0 = "0.1 to write: operators: mul, add, neg, lt, eq, sigmoid, relu, log_back, inv, inv_back, relu_back"
STAGES = {
    "bare": (("0.1", *TASKS), [MODULE_0, *TO_WRITE]),
    "with Module 0": (TASKS, TO_WRITE),
    "1.1 and 1.2 done": (("1.3", "1.4"), ["1.1 right", "1.2 right", *TO_WRITE[2:]]),
    "1.3 not": (("1.3",), ["1.1 right", "1.2 right", TO_WRITE[2], "1.4 waits for 1.3"]),
    "1.4 not": (("1.4",), ["1.1 right", "1.2 right", "1.3 right", TO_WRITE[3]]),
    "1.4 first": (("1.1", "1.2", "1.3"), [*TO_WRITE[:3], "1.4 waits for 1.2 and 1.3"]),
}


@pytest.mark.parametrize(("without", "expected"), STAGES.values(), ids=STAGES)
def test_what_is_to_be_written_is_a_line_a_task(tmp_path: Path, without: tuple[str, ...], expected: list[str]) -> None:
    report = graded(scaffold(tmp_path, without=without))
    assert lines(report) == expected
    assert report.first_wrong is None
    assert {check.outcome for check in report.checks} <= {Outcome.RIGHT, Outcome.UNWRITTEN}


def test_one_function_that_is_missing_leaves_the_others_right(tmp_path: Path) -> None:
    report = graded(scaffold(tmp_path, ("scalar.py", "        return Exp.apply(self)", "        pass")))
    assert lines(report)[1] == "1.2 to write: Scalar: exp"
    assert report.counts == {Outcome.RIGHT: 44, Outcome.UNWRITTEN: 6}


VISIT = """        for parent in node.parents:
            visit(parent)
        order.append(node)
"""
LEFT_FIRST = """        order.append(node)
        for parent in node.parents:
            visit(parent)
"""
FORWARD_ORDER = ("autodiff.py", "return order[::-1]", "return order")
CHANGED = """    vals = list(vals)
    vals[arg] += epsilon
    up = f(*vals)
    vals[arg] -= epsilon
    return (up - f(*vals)) / (2 * epsilon)
"""
OTHERS_ZERO = """up, down = [0.0] * len(vals), [0.0] * len(vals)
    up[arg] = down[arg] = vals[arg]"""
CONSTANT_LEAF = """        if node.is_constant():
            node.derivative = d
            continue
        if node.is_leaf():
            node.acc"""

# The mistake; what is named first; the numbers that show it; the beginning of the hint.
MISTAKES: dict[str, tuple[list[Patch], str, str, str]] = {
    "= for += on a leaf": (
        [("scalar.py", "self.derivative += x", "self.derivative = x")],
        "two backward passes",
        "gave d/dx = 3, right is d/dx = 4",
        "a second backward adds to the derivative of a leaf: += where you have =",
    ),
    "= for += on a leaf, edge by edge": (
        [*EVERY_EDGE, ("scalar.py", "self.derivative += x", "self.derivative = x")],
        "x * x, backward",
        "gave d/dx = 2, right is d/dx = 4",
        "both uses of x must be added up",
    ),
    "= for += on the way": (
        [("autodiff.py", "derivatives.get(parent.unique_id, 0.0) + part", "part")],
        "x * x, backward",
        "gave d/dx = 2, right is d/dx = 4",
        "both uses of x must be added up",
    ),
    "order of the graph: as met": (
        [("autodiff.py", VISIT, LEFT_FIRST), FORWARD_ORDER],
        "h * exp(h), backward",
        "gave d/dx = 109.196, right is d/dx = 545.982",
        "every operation is right by itself, but here one value is used twice",
    ),
    "order of the graph: as met, the other way": (
        [("autodiff.py", VISIT, LEFT_FIRST.replace(".parents", ".parents[::-1]")), FORWARD_ORDER],
        "x * y + x, backward",
        "gave d/dx = 1, d/dy = 2, right is d/dx = 0, d/dy = 2",
        "every operation is right by itself, but here one value is used twice",
    ),
    "order of the graph: equal values taken for one": (
        [
            ("autodiff.py", "if node.unique_id in seen or", "if node in seen or"),
            ("autodiff.py", "seen = set()", "seen = []"),
            ("autodiff.py", "seen.add(node.unique_id)", "seen.append(node)"),
        ],
        "mul, backward",
        "gave no derivative",
        "two Scalars of equal value are taken for one",
    ),
    "order of the graph: a set of Scalars": (
        [
            ("autodiff.py", "if node.unique_id in seen or", "if node in seen or"),
            ("autodiff.py", "seen.add(node.unique_id)", "seen.add(node)"),
        ],
        "add, backward",
        "raised TypeError: unhashable type: 'Scalar'",
        "a Scalar that has its own == cannot be in a set",
    ),
    "order of the graph: from the inputs": (
        [FORWARD_ORDER],
        "add, backward",
        "raised KeyError",
        "a value was reached before its derivative: topological_sort begins at the output",
    ),
    "missing factor: d_output": (
        [("scalar_functions.py", "return d_output * b, d_output * a", "return b, a")],
        "mul, backward",
        "gave d/dx = -1, d/dy = 2, right is d/dx = -3, d/dy = 6",
        "a factor is missing: multiply by d_output",
    ),
    "missing factor: d_output in the chain rule": (
        [("scalar.py", "_backward(h.ctx, d_output)", "_backward(h.ctx, 1.0)")],
        "chain_rule",
        "gave d/dx = 5, d/dy = 2, right is d/dx = 15, d/dy = 6",
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
    "/epsilon": (
        [("autodiff.py", "/ (2 * epsilon)", "/ epsilon")],
        "central_difference",
        "gave 8, right is 4",
        "divided by epsilon, not 2·epsilon?",
    ),
    "one-sided difference": (
        [("autodiff.py", "- f(*down)) / (2 * epsilon)", "- f(*vals)) / epsilon")],
        "central_difference",
        "gave 4.1, right is 4",
        "a one-sided difference?",
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
    "mutated vals": (
        [("autodiff.py", DIFFERENCE, CHANGED)],
        "central_difference",
        "gave 2.05, right is 4",
        "f was called at x + epsilon and at x, not at x - epsilon: a one-sided difference, or vals changed in place?",
    ),
    "one-sided difference over 2 epsilon": (
        [("autodiff.py", "- f(*down)) /", "- f(*vals)) /")],
        "central_difference",
        "gave 2.05, right is 4",
        "f was called at x + epsilon and at x, not at x - epsilon: a one-sided difference, or vals changed in place?",
    ),
    "one-sided difference over 2 epsilon, below": (
        [("autodiff.py", "(f(*up) -", "(f(*vals) -")],
        "central_difference",
        "gave 1.95, right is 4",
        "f was called at x and at x - epsilon, not at x + epsilon: a one-sided difference, or vals changed in place?",
    ),
    "a difference without its sign": (
        [("autodiff.py", "(f(*up) - f(*down))", "abs(f(*up) - f(*down))")],
        "central_difference",
        "gave 4, right is -4",
        "a derivative may be negative: is there an abs?",
    ),
    "the other vals are 0": (
        [("autodiff.py", "up, down = list(vals), list(vals)", OTHERS_ZERO)],
        "central_difference",
        "gave 0, right is 5",
        "f got other values of the other arguments than vals has",
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
    "mutated vals under two names": (
        [("autodiff.py", "up, down = list(vals), list(vals)", "up = down = list(vals)")],
        "central_difference",
        "gave 0, right is 4",
        "both calls of f got the same numbers",
    ),
    "mutated vals, a tuple": (
        [("autodiff.py", "up, down = list(vals), list(vals)", "up, down = vals, vals")],
        "central_difference",
        "raised TypeError",
        "vals is a tuple",
    ),
    "mutated vals, the Scalars": (
        [("autodiff.py", "up[arg] = up[arg] + epsilon", "vals[arg].data += epsilon")],
        "central_difference",
        "raised AttributeError",
        "vals may be plain numbers",
    ),
    "constants given derivatives": (
        [
            ("autodiff.py", "if node.unique_id in seen or node.is_constant():", "if node.unique_id in seen:"),
            ("autodiff.py", "in node.parents:", "in () if node.is_constant() else node.parents:"),
            ("autodiff.py", "            if parent.is_constant():\n                continue\n", ""),
            ("autodiff.py", "        if node.is_leaf():\n            node.acc", CONSTANT_LEAF),
        ],
        "a constant, backward",
        "gave the constant a derivative",
        "a constant (its history is None) takes no derivative",
    ),
    "constants in the order": (
        [("autodiff.py", "if node.unique_id in seen or node.is_constant():", "if node.unique_id in seen:")],
        "a constant, backward",
        "raised AssertionError",
        "a constant (its history is None) takes no derivative",
    ),
    "a constant that is none": (
        [
            ("scalar.py", "return self.history is None", "return False"),
            ("autodiff.py", "in node.parents:", "in node.parents if node.history else ():"),
        ],
        "a constant, backward",
        "raised AssertionError",
        "is_constant() is False of a Scalar whose history is None",
    ),
}

BACKPROPAGATE = "every operation is right by itself: look at backpropagate"
SAVED = "ctx.save_for_backward(a, b)\n        return operators.mul"
BOTH_WAYS = """            if parent.is_leaf():
                parent.accumulate_derivative(part)
"""
SHARED_HISTORY = """made = minitorch.scalar.Scalar(c)
        made.history.last_fn, made.history.ctx, made.history.inputs = cls, ctx, scalars
        return made"""
NO_HISTORY = "return Scalar(self.data + (b.data if isinstance(b, Scalar) else b))"
MISTAKES |= {
    "in common: the output's derivative is handed on": (
        [("autodiff.py", "node.chain_rule(d)", "node.chain_rule(deriv)")],
        "div, backward",
        "gave d/dx = -1, d/dy = -1, right is d/dx = -1, d/dy = -2",
        f"{BACKPROPAGATE}, which hands chain_rule what has arrived at that value",
    ),
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
    "in common: is_leaf": (
        [("scalar.py", "self.history.last_fn is None", "self.history.last_fn is not None")],
        "add, backward",
        "raised KeyError",
        "is_leaf() is False of a Scalar that no operation has made",
    ),
    "no history": (
        [("scalar.py", "return Add.apply(self, b)", NO_HISTORY)],
        "add, backward",
        "gave no derivative (None)",
        "the Scalar it gives has no history: make it with apply of its function",
    ),
    "in common: only the first parent": (
        [("autodiff.py", "in node.parents:", "in node.parents[:1]:")],
        "add, backward",
        "gave no derivative (None)",
        "topological_sort leaves out a value that the output is made of",
    ),
    "in common: nothing after the first leaf": (
        [
            (
                "autodiff.py",
                "accumulate_derivative(d)\n            continue",
                "accumulate_derivative(d)\n            break",
            )
        ],
        "add, backward",
        "gave no derivative (None)",
        f"{BACKPROPAGATE}: one input gets its derivative, the other none. Does it go on after the first leaf?",
    ),
    "in common: one unique_id": (
        [("scalar.py", "_var_count += 1", "_var_count = 1")],
        "add, backward",
        "gave no derivative (None)",
        "several Scalars have the same unique_id",
    ),
    "in common: backward() of 0": (
        [("scalar.py", "d_output = 1.0", "d_output = 0.0")],
        "add, backward",
        "gave d/dx = 0, d/dy = 0, right is d/dx = 1, d/dy = 1",
        "backward() begins with 1 where no d_output is given",
    ),
    "in common: d_output does not reach backpropagate": (
        [("scalar.py", "backpropagate(self, d_output)", "backpropagate(self, 1.0)")],
        "add, backward",
        "gave d/dx = 1, d/dy = 1, right is d/dx = 3, d/dy = 3",
        "every operation is right by itself, but backward(d_output) begins with 1",
    ),
    "in common: d_output is not used": (
        [("autodiff.py", "{variable.unique_id: deriv}", "{variable.unique_id: 1.0}")],
        "add, backward",
        "gave d/dx = 1, d/dy = 1, right is d/dx = 3, d/dy = 3",
        "every operation is right by itself, but backward(d_output) begins with 1",
    ),
    "in common: derivatives begin at 1": (
        [("autodiff.py", "get(parent.unique_id, 0.0)", "get(parent.unique_id, 1.0)")],
        "add, backward",
        "gave d/dx = 2, d/dy = 2, right is d/dx = 1, d/dy = 1",
        f"{BACKPROPAGATE}, where a derivative begins at 0, not at 1",
    ),
    "in common: a leaf gets its derivative on both ways": (
        [("autodiff.py", EDGE, BOTH_WAYS + EDGE)],
        "add, backward",
        "gave d/dx = 2, d/dy = 2, right is d/dx = 1, d/dy = 1",
        f"{BACKPROPAGATE}: each input gets twice its derivative. Is a leaf reached twice?",
    ),
    "in common: a leaf gets its derivative twice at once": (
        [
            (
                "autodiff.py",
                "accumulate_derivative(d)\n",
                "accumulate_derivative(d)\n            node.accumulate_derivative(d)\n",
            )
        ],
        "add, backward",
        "gave d/dx = 2, d/dy = 2, right is d/dx = 1, d/dy = 1",
        f"{BACKPROPAGATE}: each input gets twice its derivative. Is a leaf reached twice?",
    ),
    "in common: backward() of 2": (
        [("scalar.py", "d_output = 1.0", "d_output = 2.0")],
        "add, backward",
        "gave d/dx = 2, d/dy = 2, right is d/dx = 1, d/dy = 1",
        "backward() begins with 1 where no d_output is given",
    ),
    "in common: one history for all": (
        [
            (
                "scalar_functions.py",
                "return minitorch.scalar.Scalar(c, minitorch.scalar.ScalarHistory(cls, ctx, scalars))",
                SHARED_HISTORY,
            )
        ],
        "add, backward",
        "gave no derivative (None)",
        "an input has the history of an operation: does each Scalar have a ScalarHistory of its own?",
    ),
    "in common: a leaf begins at 1": (
        [("scalar.py", "self.derivative = 0.0", "self.derivative = 1.0")],
        "add, backward",
        "gave d/dx = 2, d/dy = 2",
        "accumulate_derivative(3) gives the derivative 4, not 3",
    ),
    "in common: -= for +=": (
        [("scalar.py", "self.derivative += x", "self.derivative -= x")],
        "add, backward",
        "gave d/dx = -1, d/dy = -1",
        "accumulate_derivative(3) gives the derivative -3, not 3",
    ),
    "in common: data changed": (
        [("scalar.py", "self.derivative += x", "self.derivative += x\n        self.data -= 0.01 * x")],
        "add, backward",
        "changed its input",
        "accumulate_derivative changes data, from 1 to",
    ),
    "in common: a list of Scalars is asked with in": (
        [
            ("autodiff.py", "if node.unique_id in seen or", "if node in order or"),
            ("autodiff.py", "        seen.add(node.unique_id)\n", ""),
        ],
        "1 / x, backward",
        "gave no derivative",
        "two Scalars of equal value are taken for one",
    ),
    "in common: nothing is marked as seen": (
        [("autodiff.py", "        seen.add(node.unique_id)\n", "")],
        "x * x, backward",
        "gave d/dx = 8, right is d/dx = 4",
        "topological_sort lists a value twice",
    ),
    "in common: a leaf is asked for its chain_rule": (
        [("autodiff.py", "if node.is_leaf():", "if False:")],
        "add, backward",
        "raised AssertionError",
        f"{BACKPROPAGATE}: a leaf has no chain_rule, it takes accumulate_derivative",
    ),
    "in common: no return in topological_sort": (
        [("autodiff.py", "return order[::-1]", "order.reverse()")],
        "add, backward",
        "raised TypeError: 'NoneType' object is not iterable",
        "topological_sort gives None: is a return missing?",
    ),
    "in common: a name that is none": (
        [("autodiff.py", "{variable.unique_id: deriv}", "{variable.unqiue_id: deriv}")],
        "add, backward",
        "raised AttributeError",
        BACKPROPAGATE,
    ),
    "chain_rule without a return": (
        [("scalar.py", "return zip(h.inputs,", "zip(h.inputs,")],
        "chain_rule",
        "gave None",
        "is a return missing?",
    ),
    "chain_rule with backward": (
        [("scalar.py", "h.last_fn._backward", "h.last_fn.backward")],
        "chain_rule",
        "raised TypeError",
        "backward of a function of one input gives a number, not a tuple: _backward makes it one",
    ),
    "EPS in inv": (
        [("operators.py", "return 1.0 / x\n", "return 1.0 / (x + 1e-6)\n")],
        "1 / x, forward",
        "gave 0.4999998, right is 0.5",
        "1/x adds nothing to x: only log has the EPS",
    ),
    "all of vals moved": (
        [
            (
                "autodiff.py",
                "    up[arg] = up[arg] + epsilon",
                "    down = [v - epsilon for v in vals]\n    up = [v + epsilon for v in vals]",
            ),
            ("autodiff.py", "    down[arg] = down[arg] - epsilon\n", ""),
        ],
        "central_difference",
        "gave 7, right is 5",
        "all of vals were moved",
    ),
    "arg off by one": (
        [("autodiff.py", "    up, down = ", "    arg -= 1\n    up, down = ")],
        "central_difference",
        "gave 2, right is 5",
        "this is the derivative in another one than vals[arg]",
    ),
    "divided by //": (
        [("autodiff.py", "/ (2 * epsilon)", "// (2 * epsilon)")],
        "central_difference",
        "gave 4, right is 5",
        "// gives whole numbers",
    ),
    "f of a list": (
        [("autodiff.py", "f(*up) - f(*down)", "f(up) - f(down)")],
        "central_difference",
        "called f with a list",
        "f takes its numbers one by one: f(*v), with the star",
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


# Without the EPS the usual ones alone: each case is a process of its own.
CASES = [(name, ()) for name in MISTAKES] + [(name, (PLAIN,)) for name in [*MISTAKES][:40]]


@pytest.mark.parametrize(("name", "plain"), CASES, ids=[f"{name}{', plain' * len(plain)}" for name, plain in CASES])
def test_a_mistake_is_named_first_with_its_cause(tmp_path: Path, name: str, plain: tuple[Patch, ...]) -> None:
    patches, named, numbers, hint = MISTAKES[name]
    wrong = graded(scaffold(tmp_path, *patches, *plain)).first_wrong
    assert wrong is not None
    assert wrong.example is not None
    assert wrong.title == named
    assert f"{wrong.example.got}, right is {wrong.example.right}".startswith(numbers)
    assert wrong.hint.startswith(hint)


def test_hangs_everywhere_do_not_add_up(tmp_path: Path) -> None:
    hang = "    while True:\n        pass\n"
    patches = (
        ("autodiff.py", "    up, down = ", f"{hang}    up, down = "),
        ("autodiff.py", "    visit(variable)\n", hang),
        ("operators.py", "    if x >= 0:", f"{hang}    if x >= 0:"),
        ("operators.py", "    return x if x > 0 else 0.0\n", hang),
        ("operators.py", "    return math.exp(x)\n", hang),
    )
    report = graded(scaffold(tmp_path, *patches))
    hanging = [check.title for check in report.checks if check.outcome is Outcome.HANGS]
    assert hanging[:2] == ["central_difference", "exp, forward"]
    assert len(hanging) * SECONDS < 2.0  # the rest of three seconds is for starting
    assert report.counts[Outcome.WRONG] == 0
    assert report.counts[Outcome.RIGHT] > 5


def test_a_hint_is_not_given_where_another_cause_comes_first(tmp_path: Path) -> None:
    report = graded(scaffold(tmp_path, ("scalar_functions.py", "return d_output * e", "return d_output")))
    hints = {check.title: check.hint for check in report.checks if check.outcome is Outcome.WRONG}
    assert hints == {
        "exp, backward": "the factor exp(x) is missing",
        "h * exp(h), backward": "",
        "exp(h) * h, backward": "",
    }


def test_no_hint_where_the_number_gives_nothing_away(tmp_path: Path) -> None:
    wrong = graded(scaffold(tmp_path, ("operators.py", "return x * y", "return x * y + 0.25"))).first_wrong
    assert wrong is not None
    assert (wrong.title, wrong.hint) == ("mul, forward", "")


def test_nothing_is_imported_twice(tmp_path: Path) -> None:
    note = f"open({str(tmp_path / 'imports')!r}, 'a').write('x')\n"
    path = scaffold(tmp_path, ("scalar.py", "from dataclasses", f"{note}from dataclasses"))
    assert graded(path).right
    assert (tmp_path / "imports").read_text() == "x"


ENDS = {
    "exits": "import os\n    os._exit(3)\n",
    "crashes": "import ctypes\n    ctypes.string_at(0)\n",
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_what_dies_on_the_way_back_is_judged_forward(tmp_path: Path, ends: str) -> None:
    start = "    derivatives = {variable.unique_id: deriv}\n"
    report = graded(scaffold(tmp_path, ("autodiff.py", start, f"    {ends}{start}")))
    assert lines(report)[:3] == [f"{task} right" for task in TASKS[:3]]
    assert report.conventions.log == 1e-6
    assert report.first_wrong is not None
    assert (report.first_wrong.title, report.first_wrong.hint) == ("add, backward", BACKPROPAGATE)


def test_slow_is_not_hanging(tmp_path: Path) -> None:
    slow = (
        "scalar_functions.py",
        "        ctx = Context(False)",
        "        import time; time.sleep(0.03)\n        ctx = Context(False)",
    )
    with Student(scaffold(tmp_path, slow), seconds=0.1) as student:
        text = student.program(lambda x: x * x * x * x * x * x, (2.0,), back=False).forward.text
        assert text.startswith("was too slow: in 0.1 s it made ")
        assert text.endswith(" of 6 values")


def test_what_is_slow_everywhere_is_not_asked_to_its_end(tmp_path: Path) -> None:
    with Student(scaffold(tmp_path), wanted=WANTED) as student:
        report = grade(student, budget=0.0)
    assert not report.right
    assert report.first_wrong is None
    assert set(report.counts) == {Outcome.RIGHT, Outcome.UNJUDGED}


def test_a_hang_of_what_all_have_in_common_is_laid_there(tmp_path: Path) -> None:
    hang = (
        "autodiff.py",
        "    for node in topological_sort(variable):\n",
        "    while True:\n        pass\n    for node in []:\n",
    )
    first = graded(scaffold(tmp_path, hang)).first_wrong
    assert first is not None
    assert (first.title, first.outcome, first.hint) == ("add, backward", Outcome.HANGS, BACKPROPAGATE)
