"""What is said of the landscape: heading and caption, with the numbers of the moment."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.session.session import Phase
from engine.training.evaluate import evaluate, losses_along
from scenarios.numbers import given, limit, plain, signed, size, small
from scenarios.screens.fit.direction import slope_and_way
from scenarios.screens.fit.edits import held_or_freed
from scenarios.screens.landscape.along_step import along_step
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.places import Place, wrong
from scenarios.screens.landscape.ray import Ray
from scenarios.screens.landscape.slice import Slice
from scenarios.screens.landscape.surface import Surface
from scenarios.screens.stepping import judged
from scenarios.screens.story import PHASES, Heading
from scenarios.text import first_that_fits, key, listed
from scenarios.workspace.workspace import Workspace

_MOST_VALUES = 2  # parameters that a sentence gives the values of


def heading(workspace: Workspace) -> Heading:
    """The scenario and what is shown of it: `L along b, -2 to 2`."""
    session = workspace.session
    return Heading(workspace.scenario.name, _about(workspace), f"step {session.step}  {PHASES[session.phase]}")


def _about(workspace: Workspace) -> str:
    match looked_at(workspace):
        case Ray() as found:
            return f"L along the step  rate {given(found.rate)}"
        case Surface() as found:
            return f"L over {' and '.join(found.names)}"
        case Slice() as found:
            return f"L along {found.curve.name}  {limit(found.curve.low)} to {limit(found.curve.high)}"


def apart(found: Slice | Surface) -> str:
    """Where the steps so far are from, and why."""
    path, count = found.path, found.path.count
    if not count:
        return "no step yet"
    steps = f"{count} step{'s' * (count > 1)}"
    if path.on.all():
        return f"{steps} on this {'surface' if isinstance(found, Surface) else 'curve'}"
    why = f"{_others(path.moved)} moved too" if path.moved else "the point loss was another"
    seen = f"seen from {listed(found.names)} alone"
    return f"{steps}, {'some ' if path.on.any() else ''}{seen}  ({why})"


def _others(names: Sequence[str]) -> str:
    return f"{len(names)} other parameters" if len(names) > 3 else listed(names)


def caption(workspace: Workspace) -> str:
    """What is said of the landscape's moment."""
    found = looked_at(workspace)
    if found.hidden:
        return f"The landscape stays hidden until you have predicted: press {key('forward')} for the question."
    if not isinstance(found, Ray) and found.away:
        return _at_cursor(found)
    if changed := held_or_freed(workspace, found.frame.problem.names[workspace.view.parameter]):
        return changed
    told = _told(found)
    if said := judged(workspace):
        index = workspace.view.parameter
        return first_that_fits(f"{said}{told}", f"{said}{slope_and_way(found.frame.state, index)}")
    return told


def _told(found: Slice | Surface | Ray) -> str:
    match found:
        case Ray():
            return along_step(found)
        case Surface():
            return _over_two(found)
        case Slice():
            return _along(found)


def _along(found: Slice) -> str:
    curve, least, called = found.curve, found.lowest, found.curve.name
    if least is None:
        return (
            f"In this range of {called} the loss is no number a computer can hold: press "
            f"{key('raise')} to see less of it."
        )
    if curve.flat:
        return f"Along {called} the loss is flat: {plain(least.loss)} all over this range, so no step can gain by it."
    if found.frame.phase is Phase.UPDATE:
        return _step(found, least)
    if found.valley is None:
        return _falls_on(found, least)
    if found.with_errors:
        return _disagree(found, least)
    if found.frame.phase is Phase.DIRECTION:
        return _downhill(found, least)
    near = abs(_nearest(found, found.here.value) - found.here.value) < (curve.high - curve.low) / 1000.0
    if near and plain(found.here.loss) == plain(least.loss):
        exactly = "" if found.here.loss <= least.loss else ", in the digits shown,"
        points = f"{wrong(found.here.errors)} {'is' if found.here.errors <= 1 else 'are'} wrong"
        return (
            f"Along {called} alone the present place is{exactly} as good as the minimum: {plain(least.loss)}; {points}."
        )
    told = f"Along {called} alone the loss is lowest {lowest_where(found)}: {plain(least.loss)}"
    told = f"{told}, {size(found.frame.state.loss - least.loss)} below the present place"
    rest = f", with {wrong(least.errors)} wrong." if curve.level is None else "."
    return first_that_fits(f"{told}{rest} {key('view')} shows the errors too.", f"{told}{rest}")


def lowest_where(found: Slice) -> str:
    """Where the loss is lowest: `at -0.6437`, `from -1.0003 to -0.8484`."""
    first, last = found.bottom or (math.nan, math.nan)
    return f"at {signed(first)}" if first == last else f"from {signed(first)} to {signed(last)}"


def _nearest(found: Slice, value: float) -> float:
    """The value at which the loss is lowest that is nearest to another."""
    first, last = found.bottom or (math.nan, math.nan)
    return min(max(value, first), last)


def _falls_on(found: Slice, least: Place) -> str:
    called, end = found.curve.name, "left" if least.value <= found.curve.low else "right"
    text = f"Along {called} the loss falls on to the {end} end of this range, {plain(least.loss)} at"
    text = f"{text} {called} = {signed(least.value)}."
    loss = found.frame.problem.point_loss
    if not loss.bounded and _without_end(found, end):
        return f"{text} {'As printed on the slide, it' if loss.misprint else 'It'} has no minimum."
    return f"{text} Press {key('lower')} to see more of it."


def _without_end(found: Slice, end: str) -> bool:
    """Whether the loss falls on beyond that end of the range, as far as a thousand ranges."""
    curve, reach = found.curve, found.curve.high - found.curve.low
    last, way = (curve.low, -reach) if end == "left" else (curve.high, reach)
    places = np.array([last + way * far for far in (0.0, 1.0, 10.0, 100.0, 1000.0)])
    losses = losses_along(curve.problem, curve.parameters, curve.index, places)
    return bool((np.diff(losses) < 0.0).all())


def _at_cursor(found: Slice | Surface) -> str:
    at, now = found.there, found.frame
    where = ", ".join(f"{name} = {signed(value)}" for name, value in zip(found.names, found.cursors, strict=True))
    if not math.isfinite(at.loss):
        return f"At {where} the loss is no number a computer can hold."
    change = at.loss - evaluate(now.problem, now.parameters).loss
    how = f"{'up' if change > 0 else 'down'} {size(change)}" if change else "the same"
    verb, it = "is" if at.errors <= 1 else "are", "it" if len(found.names) == 1 else "them"
    return (
        f"At {where} the loss is {plain(at.loss)}, {how} from the present place, and {wrong(at.errors)} {verb} wrong. "
        f"{key('accept')} takes {it}."
    )


def _over_two(found: Surface) -> str:
    names, (i, j), now = found.names, found.axes, found.frame
    if now.phase is Phase.DIRECTION:
        slopes = f"{signed(now.state.slopes[i])} in {names[0]}, {signed(now.state.slopes[j])} in {names[1]}"
        if not (now.state.slopes[i] or now.state.slopes[j]):
            return f"Both slopes are 0, {slopes}: level ground, the arrow points nowhere."
        held = [name for name in names if name in now.problem.held]
        stays = f" But {listed(held)} {'is' if len(held) == 1 else 'are'} held." if held else ""
        return f"The slopes are {slopes}. The arrow points against both, straight downhill.{stays}"
    if now.phase is Phase.UPDATE and (moved := found.path.moved):
        across, up = map(signed, found.present)
        return (
            f"The step took {names[0]} to {across} and {names[1]} to {up}; {_others(moved)} moved too, so this is "
            "another surface than before."
        )
    others = [f"{name} = {given(round(value, 4))}" for name, value in found.others]
    rest = f", with {listed(others)}" if others else ""
    if len(others) > _MOST_VALUES:
        rest = f", the {len(others)} others as they are"
    return (
        f"The loss over {names[0]} and {names[1]}{rest}; ● is here, "
        f"{plain(evaluate(now.problem, now.parameters).loss)}. The arrows move the cursor, "
        f"{key('next_pane')} chooses the vertical parameter."
    )


def _disagree(found: Slice, least: Place) -> str:
    called, (count, first, last) = found.curve.name, found.curve.fewest
    text = f"the loss is lowest {lowest_where(found)}, with {wrong(least.errors)} wrong"
    where = f"from {small(first)} to {small(last)}"
    if (level := found.curve.level) is not None:
        inside = found.curve.errors[(found.curve.values >= level[0]) & (found.curve.values <= level[1])]
        if not (inside == count).all():
            lowest = f"The loss is lowest {lowest_where(found)}: {plain(least.loss)}"
            return f"{lowest}; the fewest errors, {count:,}, are {where}."
    if least.errors <= count:  # where the loss is lowest they are counted too
        fewer = f"; no value of {called} that was looked at leaves fewer" if least.errors else ""
        return f"Loss and errors agree: {text}{fewer}."
    return f"Loss and errors disagree: {text}; the fewest errors, {count:,}, are {where}."


def _downhill(found: Slice, least: Place) -> str:
    called, slope = found.curve.name, found.frame.state.slopes[found.curve.index]
    apart = _nearest(found, found.here.value) - found.here.value
    text = f"The slope is {small(slope)}"
    if slope == 0.0:
        return f"The slope is 0: level, it points nowhere. In this range the loss is lowest {lowest_where(found)}."
    way, bottom = "left" if slope > 0.0 else "right", f"{_bottom(found)}, {lowest_where(found)},"
    if apart == 0.0:
        return f"{text}: downhill is to the {way}; but nowhere in this range is the loss lower than here."
    if (apart < 0.0) != (slope > 0.0):
        return f"{text}: downhill is to the {way}; but {bottom} is the other way."
    told = f"{text}: downhill is to the {way}. {bottom[0].upper()}{bottom[1:]} is {size(apart)} away"
    if called in found.frame.problem.held:
        return f"{told}; but {called} is held."
    return first_that_fits(f"{told}; the slope alone does not tell how far.", f"{told}.")


def _bottom(found: Slice) -> str:
    return "the minimum" if found.curve.level is None else "the level bottom"


def _step(found: Slice, least: Place) -> str:
    state, called = found.frame.state, found.curve.name
    old, new = state.parameters[found.curve.index], found.here.value
    went = f"went from {signed(old)} to {signed(new)}" if signed(old) != signed(new) else f"moved by {small(new - old)}"
    if found.tangent is None:
        if old == new:
            return f"{called} stays at {signed(old)}, but {_others(found.path.moved)} moved: this is another curve."
        return (
            f"{called} {went}, but {_others(found.path.moved)} moved too: this is "
            "the curve through the new place, and it is not the one before."
        )
    if old == new:
        return f"{called} did not move: it stays at {signed(old)}."
    told, bottom = f"{called} {went} along the curve", _nearest(found, old)
    after = found.here.loss - state.loss
    way = f"the loss {'rose' if after > 0 else 'fell'} by {size(after)}" if after else "the loss is the same"
    goal = "the lowest place of this range" if found.valley is None else _bottom(found)
    if _nearest(found, new) == new:
        return f"{told}, to where the loss is lowest, {lowest_where(found)}: {way}."
    if (old < bottom) != (new < bottom) and old != bottom:
        return f"{told}, over {_bottom(found)} {lowest_where(found)} to its other side: {way}."
    share = (new - old) / (bottom - old) if bottom != old else 0.0
    if 0.0 < share < 1.0:
        return f"{told}, {100 * share:.0f}% of the way to {goal}: {way}."
    return f"{told}: {way}."
