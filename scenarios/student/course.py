"""What the course asks for in Module 1: its tasks, the functions each of them has, and which an operation needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

FORWARD, BACKWARD = "forward", "backward"

TASKS: dict[str, str] = {
    "0.1": "Module 0",
    "1.1": "central difference",
    "1.2": "forward",
    "1.3": "chain rule",
    "1.4": "backward",
}
"""The tasks in the course's order, each with what it is about. The first is Module 0's, which Module 1 builds on."""

FUNCTIONS = ("Add", "Log", "Mul", "Inv", "Neg", "Sigmoid", "ReLU", "Exp", "LT", "EQ")
_METHODS = ("mul", "truediv", "rtruediv", "radd", "rmul", "add", "lt", "gt", "eq", "sub", "neg")
_NAMED = ("log", "exp", "sigmoid", "relu")
_OPERATORS = ("mul", "add", "neg", "lt", "eq", "sigmoid", "relu", "log", "exp")
_DERIVATIVES = ("log_back", "inv", "inv_back", "relu_back")

ASKED: dict[str, tuple[str, ...]] = {
    "0.1": tuple(f"operators.{name}" for name in (*_OPERATORS, *_DERIVATIVES)),
    "1.1": ("central_difference",),
    "1.2": (
        *(f"Scalar.__{name}__" for name in _METHODS),
        *(f"Scalar.{name}" for name in _NAMED),
        *(f"{name}.forward" for name in FUNCTIONS),
    ),
    "1.3": ("Scalar.chain_rule",),
    "1.4": ("topological_sort", "backpropagate", *(f"{name}.backward" for name in FUNCTIONS)),
}
"""The functions of each task, in the course's order."""

# What each operation is made of: methods of Scalar, functions, and operators forward and backward.
_PARTS: dict[str, tuple[str, str, str, str]] = {
    "add": ("__add__", "Add", "add", ""),
    "mul": ("__mul__", "Mul", "mul", ""),
    "neg": ("__neg__", "Neg", "neg", ""),
    "sub": ("__sub__ __neg__", "Add Neg", "neg", ""),
    "div": ("__truediv__", "Mul Inv", "mul inv", "inv_back"),
    "log": ("log", "Log", "log", "log_back"),
    "exp": ("exp", "Exp", "exp", ""),
    "sigmoid": ("sigmoid", "Sigmoid", "sigmoid", ""),
    "relu": ("relu", "ReLU", "relu", "relu_back"),
    "lt": ("__lt__", "LT", "lt", ""),
    "eq": ("__eq__", "EQ", "eq", ""),
    "gt": ("__gt__", "LT", "lt", ""),
}
_BACK = ("Scalar.chain_rule", "topological_sort", "backpropagate")


def needs(operation: str, direction: str) -> tuple[str, ...]:
    """What must be written for an operation to go forward, or forward and backward."""
    methods, functions, there, back = (part.split() for part in _PARTS[operation])
    ahead = (
        *(f"Scalar.{name}" for name in methods),
        *(f"{name}.forward" for name in functions),
        *(f"operators.{name}" for name in there),
    )
    if direction == FORWARD:
        return ahead
    return (*ahead, *_BACK, *(f"{name}.backward" for name in functions), *(f"operators.{name}" for name in back))


def still_to_write(unwritten: Mapping[str, bool], names: Collection[str]) -> tuple[str, ...]:
    """Those of `names` that are not written, in the course's order.

    `unwritten` says of such a name whether it is missing altogether. Another design than the course's may well do
    without a function; but a Scalar has its methods, and where one function is kept in the course's way, all are.
    """
    classes = {f"{name}.{way}" for name in FUNCTIONS for way in (FORWARD, BACKWARD)}
    course = not all(unwritten.get(name, False) for name in classes)

    def counts(name: str) -> bool:
        if name not in unwritten or name not in names:
            return False
        due = name.startswith("Scalar.") or name == "central_difference" or (course and name in classes)
        return due or not unwritten[name]

    return tuple(name for task in ASKED.values() for name in task if counts(name))


def task_of(name: str) -> str:
    """The task that asks for it."""
    return next(task for task, names in ASKED.items() if name in names)


def grouped(names: Sequence[str]) -> str:
    """The names as a person would list them: `backpropagate; Scalar: log, exp; forward of Mul, Inv`."""
    groups: dict[str, list[str]] = {}
    for name in names:
        head, _, last = name.rpartition(".")
        if last in (FORWARD, BACKWARD):
            groups.setdefault(f"{last} of ", []).append(head)
        else:
            groups.setdefault(f"{head}: " if head else "", []).append(last)
    return "; ".join(title + ", ".join(group) for title, group in groups.items())
