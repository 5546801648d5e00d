"""Why a parameter does not move, or none does."""

from __future__ import annotations

from engine.session.session import Frame
from engine.session.state import State
from scenarios.screens.fit.points import wrong
from scenarios.text import key


def stuck(frame: Frame) -> bool:
    """No parameter will move: each is held or has slope exactly 0, and nothing carries it on."""
    state = frame.state
    level = all(held or slope == 0.0 for held, slope in zip(state.problem.holds, state.slopes, strict=True))
    return level and not any(state.direction)


def unmoved(state: State, index: int) -> str:
    """Why a parameter that is not stuck does not move."""
    if state.direction[index] == 0.0:
        return f"Its {state.against} is 0."
    return f"The step, rate × {state.against}, is too small for a computer to add."


def stuck_reason(frame: Frame) -> str:
    """Why nothing moves, or not by this step."""
    state = frame.state
    if not stuck(frame):
        return unmoved(state, next((index for index, way in enumerate(state.direction) if way), 0))
    if all(state.problem.holds):
        return f"All parameters are held; press {key('hold')} to let one go."
    found, loss = state.evaluation, state.problem.point_loss
    if loss.flat_at_zero and state.errors and not found.m[found.wrong].any():
        although = wrong(state.errors, len(frame.problem.data))
        return f"Stuck: {loss.flat_at_zero} is flat at m = 0, so its slope is 0 although {although}."
    if loss.zero_once and state.loss == 0.0:
        return f"The {loss.name} loss is 0 {loss.zero_once}: there is nothing left to improve."
    return "All slopes of the free parameters are 0."
