"""Mistakes in what all operations have in common: the chain rule, the order of the graph, the way back through it."""

from tests.scenarios.student.mistakes.mistake import BACKPROPAGATE, Mistake

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
VISIT = """        for parent in node.parents:
            visit(parent)
        order.append(node)
"""
LEFT_FIRST = """        order.append(node)
        for parent in node.parents:
            visit(parent)
"""
FORWARD_ORDER = ("autodiff.py", "return order[::-1]", "return order")
CONSTANT_LEAF = """        if node.is_constant():
            node.derivative = d
            continue
        if node.is_leaf():
            node.acc"""
BOTH_WAYS = """            if parent.is_leaf():
                parent.accumulate_derivative(part)
"""
SHARED_HISTORY = """made = minitorch.scalar.Scalar(c)
        made.history.last_fn, made.history.ctx, made.history.inputs = cls, ctx, scalars
        return made"""

USUAL: dict[str, Mistake] = {
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
    "missing factor: d_output in the chain rule": (
        [("scalar.py", "_backward(h.ctx, d_output)", "_backward(h.ctx, 1.0)")],
        "chain_rule",
        "gave d/dx = 5, d/dy = 2, right is d/dx = 15, d/dy = 6",
        "a factor is missing: multiply by d_output",
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
RARE: dict[str, Mistake] = {
    "in common: the output's derivative is handed on": (
        [("autodiff.py", "node.chain_rule(d)", "node.chain_rule(deriv)")],
        "div, backward",
        "gave d/dx = -1, d/dy = -1, right is d/dx = -1, d/dy = -2",
        f"{BACKPROPAGATE}, which hands chain_rule what has arrived at that value",
    ),
    "in common: is_leaf": (
        [("scalar.py", "self.history.last_fn is None", "self.history.last_fn is not None")],
        "add, backward",
        "raised KeyError",
        "is_leaf() is False of a Scalar that no operation has made",
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
}
