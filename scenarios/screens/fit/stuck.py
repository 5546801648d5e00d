"""Why a parameter does not move, or hardly, or none does."""

from __future__ import annotations

from engine.session.state import State
from engine.training.problem import Parameters
from scenarios.screens.fit.points import wrong
from scenarios.text import key

ALL_FLAT = "All slopes of the free parameters are 0."
_LITTLE = 5e-4  # of a slope: as good as 0
_UNSEEN = 5e-5  # of a change: four decimals do not show it


def hardly(state: State, index: int) -> bool:
    """Whether a parameter that is not held moves by less than is seen, because its slope is as good as 0."""
    little = abs(state.slopes[index]) < _LITTLE and abs(state.change[index]) < _UNSEEN
    return little and state.problem.names[index] not in state.problem.held


def farthest(before: State, parameters: Parameters) -> float:
    """How far the parameter moved that moved the farthest; 0.0 where that is far enough to be seen."""
    moved = max(abs(new - old) for new, old in zip(parameters, before.parameters, strict=True))
    return moved if moved < _UNSEEN else 0.0


def level(state: State) -> bool:
    """Whether the slopes of all free parameters are as good as 0."""
    return all(held or abs(slope) < _LITTLE for held, slope in zip(state.problem.holds, state.slopes, strict=True))


def stuck(state: State) -> bool:
    """No parameter will move: each is held or has slope exactly 0, and nothing carries it on."""
    flat = all(held or slope == 0.0 for held, slope in zip(state.problem.holds, state.slopes, strict=True))
    return flat and not any(state.direction)


def unmoved(state: State, index: int) -> str:
    """Why a parameter that is not stuck does not move."""
    if state.direction[index] == 0.0:
        return f"Its {state.against} is 0."
    return f"The step, rate × {state.against}, is too small for a computer to add."


def stuck_reason(state: State) -> str:
    """Why nothing moves, or not by the step from this state."""
    if not stuck(state):
        ways = [index for index, way in enumerate(state.direction) if way]
        return unmoved(state, ways[0]) if ways else f"The {state.all_against} are all 0."
    if all(state.problem.holds):
        return f"All parameters are held; press {key('hold')} to let one go."
    found, loss = state.evaluation, state.problem.point_loss
    if loss.flat_at_zero and state.errors and not found.m[found.wrong].any():
        although = wrong(state.errors, len(state.problem.data))
        return f"Stuck: {loss.flat_at_zero} is flat at m = 0, so its slope is 0 although {although}."
    if loss.zero_once and state.loss == 0.0:
        return f"The {loss.name} loss is 0 {loss.zero_once}: there is nothing left to improve."
    return ALL_FLAT
