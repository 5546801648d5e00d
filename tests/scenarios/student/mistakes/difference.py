"""Mistakes in central_difference."""

from tests.scenarios.student.mistakes.mistake import Mistake

DIFFERENCE = """    up, down = list(vals), list(vals)
    up[arg] = up[arg] + epsilon
    down[arg] = down[arg] - epsilon
    return (f(*up) - f(*down)) / (2 * epsilon)
"""
CHANGED = """    vals = list(vals)
    vals[arg] += epsilon
    up = f(*vals)
    vals[arg] -= epsilon
    return (up - f(*vals)) / (2 * epsilon)
"""
OTHERS_ZERO = """up, down = [0.0] * len(vals), [0.0] * len(vals)
    up[arg] = down[arg] = vals[arg]"""

USUAL: dict[str, Mistake] = {
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
}
RARE: dict[str, Mistake] = {
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
}
