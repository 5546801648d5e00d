"""The slope of a model's loss by symbols: the lecture's first method, on the model that is being fitted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine import symbolic
from engine.symbolic import Expression, TooLargeError
from engine.training.evaluate import evaluate
from engine.training.evaluators import evaluator
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from engine.training.problem import Parameters, Problem

MOST_TERMS = 300
"""A sum over more points than this is not written out: that is what autodiff is for."""


MOST_PARTS = 500
"""Nor is a formula of more parts: nobody would read it."""


def slope_formula(problem: Problem, index: int) -> Expression:
    """What one point contributes to dL/dθ for parameter `index`, in terms of y, m, x1, x2 and the parameters.

    By the chain rule through m: the derivative of the point loss in m times that of the model in the parameter. So the
    model's value stays `m`, as on the board, instead of being written out again. Raises ValueError, with the reason,
    where there is no formula or it has more than MOST_PARTS parts.
    """
    if evaluator(problem).reason:
        raise ValueError("the model branches")
    found = _formula(problem.kind, problem.loss, index)
    if found is None:
        raise ValueError(f"the formula has over {MOST_PARTS} parts")
    return found


@lru_cache(maxsize=1024)
def _formula(kind: Kind, loss: str, index: int) -> Expression | None:
    """The formula, None where it is too large to write down."""
    try:
        found = _differentiated(kind, loss, index)
    except TooLargeError:
        return None
    return found if found.size <= MOST_PARTS else None


def _differentiated(kind: Kind, loss: str, index: int) -> Expression:
    m, y, x1, x2 = (symbolic.symbol(name) for name in ("m", "y", "x1", "x2"))
    outer = symbolic.differentiate(POINT_LOSSES[loss].program(m, y), "m").derivative
    output = kind.build([symbolic.symbol(name) for name in kind.parameters])(x1, x2)
    inner = symbolic.differentiate(output, kind.parameters[index]).derivative
    return symbolic.simplify(outer * inner)


def unwritten(problem: Problem, index: int) -> str | None:
    """Why dL/dθ is not written down, formula and sum, for parameter `index`; None where it is."""
    try:
        slope_formula(problem, index)
    except ValueError as error:
        return str(error)
    count = len(problem.data)
    return f"{count:,} terms" if count > MOST_TERMS else None


@lru_cache(maxsize=64)
def slope_by_symbols(problem: Problem, parameters: Parameters, index: int) -> float | None:
    """dL/dθ: the formula's value at each point, added up; None where `unwritten` has a reason."""
    if unwritten(problem, index):
        return None
    data = problem.data
    m = evaluate(problem, parameters).m
    values = dict(zip(problem.names, map(np.asarray, parameters), strict=True))
    formula = slope_formula(problem, index)
    parts = symbolic.columns(formula, {**values, "m": m, "y": data.y, "x1": data.x1, "x2": data.x2})
    with np.errstate(all="ignore"):
        return float(parts.sum()) * problem.scale
