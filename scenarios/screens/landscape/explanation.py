"""What `?` says of the landscape screen: each sign on it, and its formulas with this moment's numbers put in."""

from __future__ import annotations

from engine.session.session import Phase
from scenarios.numbers import given, less, limit, plain, signed
from scenarios.screens.landscape.along_step import along_step, no_best
from scenarios.screens.landscape.caption import apart
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.over import Over
from scenarios.screens.landscape.places import wrong
from scenarios.screens.landscape.ray import Ray
from scenarios.screens.landscape.slice import Slice
from scenarios.screens.landscape.surface import Surface
from scenarios.text import key
from scenarios.workspace.workspace import Workspace

_MOST_NAMED = 8


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the landscape screen."""
    found = looked_at(workspace)
    if found.hidden:
        return ["The landscape of the loss is shown once you have predicted."]
    match found:
        case Ray():
            return _step_explained(found)
        case Surface():
            return _surface_explained(found)
        case Slice():
            return _curve_explained(found)


def _curve_explained(found: Slice) -> list[str]:
    curve, called = found.curve, found.curve.name
    texts = [
        f"The curve is the loss L for every value of {called} from {limit(curve.low)} to {limit(curve.high)}, while "
        f"all other parameters stay as they are{_others(found)}. ● is the present place:",
        f"  L({called} = {signed(found.here.value)}) = {plain(found.here.loss)}",
    ]
    if (least := found.lowest) is not None:
        where = "◇ is the minimum" if found.valley else "The minimum is at an end of the range"
        if (level := found.curve.level) is not None:
            ends = " to ".join(map(signed, level))
            where = f"The loss is lowest all along from {ends}; ◇ marks one place of that"
        texts += [
            f"{where}; it is found by looking, narrower and narrower, and no slope is needed for that. With one "
            "parameter one could always look; with several there is no curve to look at, only slopes to follow.",
            f"  L({called} = {signed(least.value)}) = {plain(least.loss)}, {wrong(least.errors)} wrong",
        ]
    if (touched := found.tangent) is not None:
        value, loss, slope = touched
        texts += [
            "The straight line is the tangent. Its slope says how the loss changes for a small change:",
            f"  T({called}) = {plain(loss)} {signed(slope)} · ({called} {less(signed(value))})",
        ]
    count, first, last = curve.fewest
    texts += [
        "The errors only count sides, so they jump where a point changes sides. Of the values looked at in this "
        f"range the fewest are {count}, for {called} from {signed(first)} to {signed(last)}. No slope leads "
        "there: an error count is flat almost everywhere. That is why the loss is descended, not the errors. "
        + ("□ marks where these values begin and end." if found.with_errors else f"{key('view')} shows both."),
        f"The steps so far: {apart(found)}. A step lies on the curve only while every other parameter was what "
        f"it is now; hold the others with {key('hold')}, and they stay. Of any other step only its value of "
        f"{called} is shown, by a tick at the bottom.",
        "The first small picture is the boundary here, or at the cursor; each of the others at the place whose number "
        "stands on the curve, with its loss and its errors in ( ). The numbers stay while the model walks along the "
        f"curve. Move the cursor with {key('left')} and {key('right')}; {key('accept')} takes its value.",
    ]
    return texts


def _others(found: Over) -> str:
    """The parameters that the view does not go along, with their values, if they are not too many to read."""
    values = [f"{name} = {given(round(value, 6))}" for name, value in found.others]
    return f": {', '.join(values)}" if 0 < len(values) <= _MOST_NAMED else ""


def _surface_explained(found: Surface) -> list[str]:
    state, names, (i, j), at = found.frame.state, found.names, found.axes, found.there
    where = ", ".join(f"{name} = {signed(value)}" for name, value in zip(names, found.cursors, strict=True))
    texts = [
        f"Every cell is the loss L for one value of {names[0]} (across) and one of {names[1]} (up), while all other "
        f"parameters stay as they are{_others(found)}. The lighter, or denser, the higher. Along a contour line the "
        "loss is the same everywhere; its value stands in it, and on the scale. The scale is logarithmic where the "
        "losses lie far apart and the whole valley would look level; the title says so. ◇ is the minimum.",
        f"  L({where}) = {plain(at.loss)}, {wrong(at.errors)} wrong",
    ]
    if found.frame.phase is not Phase.LOSS:
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
        f"The steps so far: {apart(found)}. A step lies on the surface only while every other parameter was what "
        f"it is now; hold the others with {key('hold')}, and they stay. Of any other step only its values of "
        f"{names[0]} and {names[1]} are shown, and it is drawn fainter.",
        f"The arrows move the cursor, {key('accept')} takes its values. {key('next_pane')} chooses "
        f"the vertical parameter, {key('previous_pane')} the horizontal one; "
        f"{key('lower')} and {key('raise')} zoom round the cursor, {key('zoom')} zooms to the path and back.",
    ]


def _step_explained(found: Ray) -> list[str]:
    state, rate, course = found.frame.state, found.rate, found.course
    optimizer = state.problem.optimizer
    if course is None:
        return [along_step(found)]
    texts = [
        f"A step takes all free parameters at once against their {state.all_against}. The curve is the loss it would "
        "come to for every rate, from the present place ● at rate 0; ◆ is the rate that is chosen, or the cursor's.",
        *(f"  {line}" for line in optimizer.first),
        f"  L({optimizer.new})",
        f"  rate {given(rate)}: {plain(state.loss)} becomes {plain(found.at_rate.loss)}",
    ]
    if course.best == 0.0:
        texts.append(f"No rate up to {given(course.looked)} lowers the loss, so none is marked as the best.")
    elif course.best is None:
        texts.append(no_best(course, rate))
    else:
        best = "◇ is the best rate"
        if course.level is not None:
            best = "Every rate from {:.4g} to {:.4g} is best; ◇ is one of them,".format(*course.level)
        texts += [
            f"{best} for this one step. It need not be the best for the next. To "
            "look for it at every step is called a line search.",
            f"  rate {course.best:.4g}: {plain(state.loss)} becomes {plain(course.least)}",
        ]
    if found.frame.phase is not Phase.LOSS:
        down = ", rate · |gradient|² down" if state.against == "slope" else ""
        texts += [
            f"The straight line is what the slopes promise{down}. The longer the step, the less of it comes true.",
            f"  rate {given(rate)}: {signed(state.promise)}",
        ]
    return [
        *texts,
        f"{key('left')} and {key('right')} move the cursor along the rates, {key('accept')} sets the "
        "rate to the cursor's.",
    ]
