"""A student's operations followed back by riserun itself: a fault in one is told from one in what they have in common,
topological_sort, backpropagate, accumulate_derivative. It runs in the student's process.

A *fault* is said in a sentence without its capital and its full stop; "" where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from scenarios.student.guards import ComplaintError, HungError, complaint, kind, limited, reading

BEGINS = "a value was reached before its derivative: topological_sort begins at the output"
ORDER = (
    "every operation is right by itself, but here one value is used twice: its derivative is passed on before all of "
    "it has arrived. Look at the order of topological_sort"
)
EQUAL = (
    "two Scalars of equal value are taken for one, as by `in`, because Scalar has its own ==: compare their unique_id"
)

SHARED = "an input has the history of an operation: does each Scalar have a ScalarHistory of its own?"


class FaultError(Exception):
    """An operation of theirs is at fault; the text is what is said of it."""


def walk(
    remade: Callable[[], tuple[list[Any], list[Any]]], seed: float, again: bool, seconds: float, theirs: Sequence[Any]
) -> Iterator[tuple[str, Any]]:
    """What the backward of each operation gives, followed back by riserun: derivatives, and those that two mistakes
    would give; with `again` what their own backward gives when it is handed the seed.

    `remade` makes the leaves and the outputs anew; `theirs` are topological_sort, backpropagate and Scalar. `fault` is
    one of an operation, `common` one of what all of them use.
    """
    try:
        with limited(seconds):
            leaves, outputs = remade()
            if any(made(leaf) for leaf in leaves):
                raise FaultError(SHARED)
            mistakes = [followed(outputs, leaves, seed, 1.0), followed(outputs, leaves, seed, ahead=True)]
            derivatives = followed(outputs, leaves, seed)
    except FaultError as fault:
        yield "fault", str(fault)
        return
    except BaseException:
        return
    yield "derivatives", list(map(reading, derivatives))
    yield "mistakes", [list(map(reading, numbers)) for numbers in mistakes]
    sort, sweep, scalar = theirs
    try:
        with limited(seconds):
            if common := shared_fault(outputs, sort, sweep, scalar(1.0)):
                yield "common", common
            elif again:
                for output in outputs:
                    output.backward(seed)
                yield "again", [None if leaf.derivative is None else reading(leaf.derivative) for leaf in leaves]
    except BaseException:
        return


def followed(
    outputs: Sequence[Any], leaves: Sequence[Any], seed: float, begin: float = 0.0, ahead: bool = False
) -> list[float]:
    """The derivatives of the sum of `outputs` in the leaves, from what each operation's backward gives.

    `begin` is what a derivative starts from, and with `ahead` each operation is handed the seed: two mistakes. Raises
    FaultError.
    """
    found = {id(leaf): 0.0 for leaf in leaves}
    for output in outputs:
        derivatives = {id(output): seed}
        for node in ordered(output):
            if not made(node):
                if id(node) in found:
                    found[id(node)] += derivatives[id(node)]
                continue
            parts = _given_back(node, seed if ahead else derivatives[id(node)])
            for parent, part in zip(node.history.inputs, parts, strict=True):
                derivatives[id(parent)] = derivatives.get(id(parent), begin) + part
    return [found[id(leaf)] for leaf in leaves]


def made(node: Any) -> bool:
    """Whether an operation made it."""
    return getattr(getattr(node, "history", None), "last_fn", None) is not None


def _is_leaf(node: Any) -> bool:
    return getattr(node, "history", None) is not None and not made(node)


def ordered(output: Any) -> list[Any]:
    """Each value once, after all that use it."""
    order: list[Any] = []
    seen: set[int] = set()
    waiting = [(output, False)]
    while waiting:
        node, done = waiting.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend((parent, False) for parent in (node.history.inputs if made(node) else ()))
    return order[::-1]


def _given_back(node: Any, d_output: float) -> tuple[float, ...]:
    """What the backward of an operation gives for each of its inputs."""
    function, context, inputs = node.history.last_fn, node.history.ctx, node.history.inputs
    name = function.__name__
    try:
        parts = function.backward(context, d_output)
    except Exception as error:
        saved = getattr(context, "saved_values", None)
        if isinstance(error, ValueError) and "unpack" in str(error) and isinstance(saved, tuple):
            raise FaultError(_saved(name, len(saved))) from None
        raise FaultError(f"{name}.backward {complaint(error)}") from None
    if isinstance(parts, list):
        raise FaultError(f"{name}.backward gives a list: give a tuple, the numbers with a comma between them")
    if parts is None:
        raise FaultError(f"{name}.backward gives None: is a return missing?")
    parts = parts if isinstance(parts, tuple) else (parts,)
    if len(parts) != len(inputs):
        derivatives, several = "derivative" + "s" * (len(parts) != 1), "input" + "s" * (len(inputs) != 1)
        raise FaultError(f"{name}.backward gives {len(parts)} {derivatives} for {len(inputs)} {several}")
    for part in parts:
        if isinstance(said := reading(part), str) and said.startswith("gave"):
            raise FaultError(f"{name}.backward gives {kind(part)}, not a number")
    return tuple(map(float, parts))


def _saved(name: str, count: int) -> str:
    if count:
        values = "value" + "s" * (count > 1)
        return f"{name}.forward has saved {count} {values}, and {name}.backward takes another number of them"
    return f"{name}.forward has saved nothing: is ctx.save_for_backward(...) missing, or its parentheses?"


def shared_fault(outputs: Sequence[Any], sort: Any, sweep: Any, leaf: Any) -> str:
    """What is wrong with what all operations have in common, as far as it is certain.

    `sort` and `sweep` are their topological_sort and backpropagate, `leaf` a Scalar of theirs that is used nowhere.
    """
    nodes = [node for output in outputs for node in ordered(output)]
    if len({getattr(node, "unique_id", id(node)) for node in nodes}) < len({id(node) for node in nodes}):
        return "several Scalars have the same unique_id: each new one needs its own"
    for node in (leaf, *nodes):
        if callable(getattr(node, "is_leaf", None)) and bool(node.is_leaf()) != _is_leaf(node):
            by = "an" if made(node) else "no"
            return f"is_leaf() is {bool(node.is_leaf())} of a Scalar that {by} operation has made"
        none = getattr(node, "history", node) is None
        if callable(getattr(node, "is_constant", None)) and bool(node.is_constant()) != none:
            return (
                f"is_constant() is {bool(node.is_constant())} of a Scalar whose history is {'' if none else 'not '}None"
            )
    sorts = callable(sort) and "topological_sort" in getattr(getattr(sweep, "__code__", None), "co_names", ())
    return (_order_fault(sort, outputs[0]) if sorts else "") or _leaf_fault(leaf)


def _order_fault(sort: Callable[[Any], Any], output: Any) -> str:
    try:
        found = sort(output)
        order = None if found is None else list(found)
    except HungError:
        return "topological_sort does not end"
    except BaseException as error:
        said = complaint(error)
        if "unhashable type: 'Scalar'" in said:
            return "a Scalar that has its own == cannot be in a set: keep its unique_id there"
        return f"topological_sort {said}"
    if order is None:
        return "topological_sort gives None: is a return missing?"
    places = {id(node): place for place, node in enumerate(order)}
    due = [node for node in ordered(output) if getattr(node, "history", None) is not None]
    missing = [node for node in due if id(node) not in places]
    if missing:
        data = {node.data for node in order if hasattr(node, "data")}
        left_out = "topological_sort leaves out a value that the output is made of"
        return EQUAL if all(node.data in data for node in missing) else left_out
    if len(places) < len(order):
        return "topological_sort lists a value twice: keep the unique_id of each that has been visited"
    if places[id(output)] > min(places[id(node)] for node in due):
        return BEGINS
    early = any(places[id(parent)] < places[id(node)] for node in due for parent in _parents(node, places))
    return ORDER if early else ""


def _parents(node: Any, places: dict[int, int]) -> Iterator[Any]:
    return (parent for parent in (node.history.inputs if made(node) else ()) if id(parent) in places)


def _leaf_fault(leaf: Any) -> str:
    if not callable(getattr(leaf, "accumulate_derivative", None)):
        return ""
    try:
        before = leaf.data
        for part, total in ((3.0, 3.0), (2.0, 5.0)):
            leaf.accumulate_derivative(part)
            if leaf.derivative != total:
                then = "" if total == part else f" and then accumulate_derivative({part:g})"
                return f"accumulate_derivative(3){then} gives the derivative {_short(leaf.derivative)}, not {total:g}"
        changed = f"accumulate_derivative changes data, from {before:g} to {_short(leaf.data)}"
        return "" if leaf.data == before else changed
    except ComplaintError:
        raise
    except Exception as error:
        return f"accumulate_derivative {complaint(error)}"


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(reading(value))
