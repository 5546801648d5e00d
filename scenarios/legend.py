"""What `?` says of the landscape screen: each sign on it, and its formulas with this moment's numbers put in."""

from __future__ import annotations

from engine.session import Phase
from scenarios import ahead
from scenarios.landscape import (
    axes,
    cursor,
    fewest,
    hidden,
    inside,
    lowest,
    name,
    place,
    present,
    span,
    tangent,
    there,
)
from scenarios.numbers import given, plain, signed
from scenarios.surveying import along_step, apart, wrong
from scenarios.workspace import Workspace

_MOST_NAMED = 8


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the landscape screen."""
    if hidden(workspace):
        return ["The landscape of the loss is shown once you have predicted."]
    if ahead.shown(workspace):
        return _step_explained(workspace)
    return _surface_explained(workspace) if len(axes(workspace)) == 2 else _curve_explained(workspace)


def _curve_explained(workspace: Workspace) -> list[str]:
    called = name(workspace)
    low, high = span(workspace)
    texts = [
        f"The curve is the loss L for every value of {called} from {given(low)} to {given(high)}, while all other "
        f"parameters stay as they are{_others(workspace)}. ● is the present place:",
        f"  L({called} = {signed(present(workspace))}) = {plain(place(workspace, present(workspace)).loss)}",
    ]
    if (least := lowest(workspace)) is not None:
        where = "◇ is the lowest place" if inside(workspace, least) else "The lowest place is at an end of the range"
        texts += [
            f"{where}; it is found by looking, narrower and narrower, and no slope is needed for that. With one "
            "parameter one could always look; with several there is no curve to look at, only slopes to follow.",
            f"  L({called} = {signed(least.value)}) = {plain(least.loss)}, {wrong(least.errors)} wrong",
        ]
    if (touched := tangent(workspace)) is not None:
        value, loss, slope = touched
        texts += [
            "The straight line is the tangent. Its slope says how the loss changes for a small change:",
            f"  T({called}) = {plain(loss)} {signed(slope)} · ({called} - {signed(value)})",
        ]
    count, first, last = fewest(workspace)
    texts += [
        f"The errors only count sides, so they jump where a point changes sides. In this range the fewest are {count}, "
        f"for {called} from {signed(first)} to {signed(last)}. No slope leads there: an error count is flat almost "
        "everywhere. That is why the loss is descended, not the errors. v shows both.",
        f"The steps so far: {apart(workspace)}. A step lies on the curve only while every other parameter was what "
        "it is now; hold the others with h, and they stay. Else it is a tick on the axis.",
        "Each small picture is the boundary at the place whose number stands on the curve, with its loss and its "
        "errors in ( ). Move the cursor with ← and →; enter takes its value.",
    ]
    return texts


def _others(workspace: Workspace) -> str:
    """The parameters that the view does not go along, with their values, if they are not too many to read."""
    now = workspace.session.frame
    values = [
        f"{name} = {given(round(value, 6))}"
        for at, (name, value) in enumerate(zip(now.problem.names, now.parameters, strict=True))
        if at not in axes(workspace)
    ]
    return f": {', '.join(values)}" if 0 < len(values) <= _MOST_NAMED else ""


def _surface_explained(workspace: Workspace) -> list[str]:
    state, names, (i, j) = workspace.session.state, workspace.session.state.problem.names, axes(workspace)
    at = there(workspace)
    where = ", ".join(f"{names[each]} = {signed(cursor(workspace, each))}" for each in (i, j))
    texts = [
        f"Every cell is the loss L for one value of {names[i]} (across) and one of {names[j]} (up), while all other "
        f"parameters stay as they are{_others(workspace)}. The steps of the shades, or the numbers, are like the "
        "height lines of a map; the scale says at which loss each begins. v changes to a log scale.",
        f"  L({where}) = {plain(at.loss)}, {wrong(at.errors)} wrong",
    ]
    if workspace.session.phase is not Phase.LOSS:
        slopes = f"({signed(state.slopes[i])}, {signed(state.slopes[j])})"
        down = f"({signed(-state.slopes[i])}, {signed(-state.slopes[j])})"
        texts += [
            "The arrow is minus the gradient: the slopes in both parameters, each with its sign turned. It is drawn "
            "with one length; only its direction counts.",
            f"  -{slopes} = {down}",
        ]
    else:
        texts.append("From (2) on an arrow shows minus the gradient, the way down.")
    return [
        *texts,
        f"The steps so far: {apart(workspace)}. A step lies on the surface only while every other parameter was what "
        "it is now; hold the others with h, and they stay. Else it is a tick on each axis.",
        "The arrows move the cursor, enter takes its values. tab changes the parameter up the side, shift+tab the one "
        "across; - and + zoom round the cursor, x zooms to the path and back.",
    ]


def _step_explained(workspace: Workspace) -> list[str]:
    state, found = workspace.session.state, ahead.ray(workspace)
    rate = state.problem.rate
    if found is None:
        return [along_step(workspace)]
    texts = [
        "A step takes all free parameters at once against their slopes. The curve is the loss it would come to for "
        "every rate, from the present place ● at rate 0; ◆ is the rate that is chosen, or the cursor's.",
        "  L(θ - rate · dL/dθ)",
        f"  rate {given(rate)}: {plain(state.loss)} becomes {plain(ahead.place(workspace, rate).loss)}",
    ]
    if found.best == 0.0:
        texts.append(f"No rate up to {given(found.looked)} lowers the loss, so none is marked as the best.")
    elif found.best is not None:
        texts += [
            "◇ is the best rate for this one step. It is not the best for the next: there the slopes are others. To "
            "look for it at every step is called a line search.",
            f"  rate {found.best:.4g}: {plain(state.loss)} becomes {plain(found.least)}",
        ]
    if workspace.session.phase is not Phase.LOSS:
        texts += [
            "The straight line is what the slopes promise, rate · |gradient|² down. The longer the step, the less of "
            "it comes true.",
            f"  rate {given(rate)}: {signed(state.promise)}",
        ]
    return [*texts, "← and → move the cursor along the rates, enter sets the rate to the cursor's."]
