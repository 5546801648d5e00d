"""What is said in (2): the slope of the selected parameter, what a nudge shows of it, and which way it will move."""

from __future__ import annotations

from engine.session.state import State
from scenarios.numbers import given, signed, size, small
from scenarios.screens.fit.stuck import ALL_FLAT, hardly, stuck, stuck_reason, unmoved
from scenarios.screens.stepping import judged
from scenarios.text import first_that_fits
from scenarios.workspace.workspace import Workspace

_TRIES = 7  # nudges, each a tenth of the one before: still smaller ones change the loss by its rounding alone
_KINK = 1e-2  # of the larger of two one-sided slopes: a curve without a kink has them closer together


def direction(workspace: Workspace) -> str:
    """The slope and the way, after the verdict on what was predicted."""
    frame, index, said = workspace.session.frame, workspace.view.parameter, judged(workspace)
    state = frame.state
    name, slope = state.problem.names[index], state.slopes[index]
    if stuck(state):
        reason = stuck_reason(state)
        return f"{said}{reason}" if reason == ALL_FLAT or all(state.problem.holds) else f"{said}{ALL_FLAT} {reason}"
    if name in state.problem.held:
        return f"{said}The slope in {name} is {signed(slope)}, but {name} is held: the step will leave it alone."
    if slope == 0.0 and not state.change[index]:
        return f"{said}The slope in {name} is 0: along {name} the loss is flat here, and {name} will not move."
    if not state.way(index):
        return f"{said}The slope in {name} is {small(slope)}, but {name} will not move. {unmoved(state, index)}"
    if hardly(state, index):
        way = f"go {_way(state, index)}, but hardly" if said else "hardly move"
        return (
            f"{said}The slope in {name} is {small(slope)}: almost 0, so {name} will {way}. "
            f"Along {name} the loss is almost flat here."
        )
    if state.against != "slope":
        return f"{said}{slope_and_way(state, index)}"
    if state.problem.point_loss.misprint:
        return (
            f"{said}{slope_and_way(state, index)} But the loss as printed pushes × towards m below 0 and ○ towards "
            "m above 0."
        )
    return f"{said}{_nudged(state, index, workspace.scenario.editors[index].nudge)}"


def slope_and_way(state: State, index: int) -> str:
    """The slope in a parameter that will move, and which way that is."""
    name, slope, way = state.problem.names[index], signed(state.slopes[index]), _way(state, index)
    if state.against == "slope":
        return f"The slope is {slope}, so {name} will go {way}."
    # A step of rate 1 takes the parameter exactly as far as what it moves against, the other way.
    against = -state.direction[index]
    first = not any(any(each) for each in state.memory) and against == state.slopes[index]
    what = "which begins as the slope" if first else signed(against)
    return f"The slope in {name} is {slope}; against its {state.against}, {what}, {name} will go {way}."


def _way(state: State, index: int) -> str:
    return "up" if state.way(index) > 0 else "down"


def _nudged(state: State, index: int, nudge: float) -> str:
    """What a nudge does to the loss: the first of ever smaller ones that shows what the slope says. None does at a
    kink, and where all are lost in rounding.
    """
    name, slope = state.problem.names[index], state.slopes[index]
    tries = [float(f"{nudge / 10**tenths:.12g}") for tenths in range(_TRIES)]
    for by in tries:
        up, down = (state.raised(index, way) for way in (by, -by))
        if up * slope > 0.0 > down * slope:
            return f"{_both_ways(name, by, up, down)} {slope_and_way(state, index)}"
    left, right = (state.raised(index, way) / way for way in (-tries[-1], tries[-1]))
    if not abs(right - left) > _KINK * max(abs(right), abs(left)):
        return slope_and_way(state, index)
    by = tries[0]
    up, down = (state.raised(index, way) for way in (by, -by))
    kink = (
        f"Autodiff picks slope {signed(slope) if slope else 0} by convention, so {name} will go {_way(state, index)}."
    )
    return first_that_fits(f"{_both_ways(name, by, up, down)[:-1]}: a kink. {kink}", f"A kink. {kink}")


def _both_ways(name: str, by: float, up: float, down: float) -> str:
    return f"Raise {name} by {given(by)} and the loss {_goes(up)}; lower it and it {_goes(down)}."


def _goes(change: float) -> str:
    return f"{'rises' if change > 0 else 'falls'} {size(change)}" if change else "stays"
