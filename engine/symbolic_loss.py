"""The slope of a model's loss by symbols: the lecture's first method, on the model that is being fitted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine import symbolic
from engine.evaluate import eager_reason, evaluate
from engine.losses import POINT_LOSSES
from engine.models import MODELS
from engine.problem import Parameters, Problem
from engine.symbolic import Expression

MOST_TERMS = 300
"""A sum over more points than this is not written out: that is what autodiff is for."""


@lru_cache
def slope_formula(model: str, loss: str, index: int) -> Expression:
    """What one point contributes to dL/dθ for parameter `index`, in terms of y, m, x1, x2 and the parameters.

    By the chain rule through m: the derivative of the point loss in m times that of the model in the parameter. So the
    model's value stays `m`, as on the board, instead of being written out again.
    """
    kind = MODELS[model]
    m, y, x1, x2 = (symbolic.symbol(name) for name in ("m", "y", "x1", "x2"))
    outer = symbolic.differentiate(POINT_LOSSES[loss].program(m, y), "m").derivative
    output = kind.build([symbolic.symbol(name) for name in kind.parameters])(x1, x2)
    inner = symbolic.differentiate(output, kind.parameters[index]).derivative
    return symbolic.simplify(outer * inner)


@lru_cache(maxsize=64)
def slope_by_symbols(problem: Problem, parameters: Parameters, index: int) -> float | None:
    """dL/dθ: the formula's value at each point, added up.

    None for more points than MOST_TERMS, and for a model that has no single formula because it branches.
    """
    data = problem.data
    if len(data) > MOST_TERMS or eager_reason(problem):
        return None
    m = evaluate(problem, parameters).m
    values = dict(zip(problem.names, map(np.asarray, parameters), strict=True))
    formula = slope_formula(problem.model, problem.loss, index)
    parts = symbolic.columns(formula, {**values, "m": m, "y": data.y, "x1": data.x1, "x2": data.x2})
    with np.errstate(all="ignore"):
        return float(parts.sum()) * problem.scale
