"""What is said of the landscape: heading and caption, with the numbers of the moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluate import evaluate
from engine.session import Phase
from scenarios import ahead
from scenarios.landscape import (
    Place,
    away,
    axes,
    cursor,
    fewest,
    flat,
    hidden,
    index,
    inside,
    lowest,
    name,
    path,
    place,
    present,
    span,
    tangent,
    there,
)
from scenarios.numbers import given, plain, signed, size
from scenarios.text import listed
from scenarios.view import Landscape
from scenarios.workspace import Workspace


def heading(workspace: Workspace) -> str:
    """What is shown, in a line: `L along b, -2 to 2`."""
    if ahead.shown(workspace):
        return f"L along the step, rate {given(workspace.session.state.problem.rate)}"
    if len(axes(workspace)) == 2:
        names, (i, j) = workspace.session.state.problem.names, axes(workspace)
        scale = ", log scale" if workspace.view.landscape.shown is Landscape.LOG else ""
        return f"L over {names[i]} and {names[j]}{scale}"
    low, high = span(workspace)
    return f"L along {name(workspace)}, {given(low)} to {given(high)}"


def apart(workspace: Workspace) -> str:
    """Where the steps so far are drawn, and why there."""
    found, count = path(workspace), workspace.session.step + (workspace.session.phase is Phase.UPDATE)
    over_two = len(axes(workspace)) == 2
    if not count:
        return "no step yet"
    steps, what = f"{count} step{'s' * (count > 1)}", "surface" if over_two else "curve"
    if found.on.all():
        return f"{steps} on this {what}"
    why = f"{_others(found.moved)} moved too" if found.moved else "the point loss was another"
    others = f"other {what}s" if count > 1 else f"another {what}"
    return f"{steps}{', some' if found.on.any() else ''} on {others}: {why}"


def _others(names: Sequence[str]) -> str:
    return f"{len(names)} other parameters" if len(names) > 3 else listed(names)


def caption(workspace: Workspace) -> str:
    """What is said of the landscape's moment."""
    if hidden(workspace):
        return "The landscape stays hidden until you have predicted: press space for the question."
    if ahead.shown(workspace):
        return along_step(workspace)
    if away(workspace):
        return _at_cursor(workspace)
    if len(axes(workspace)) == 2:
        return _over_two(workspace)
    least, called = lowest(workspace), name(workspace)
    if least is None:
        return f"In this range of {called} the loss is no number a computer can hold: press + to see less of it."
    if flat(workspace):
        return f"Along {called} the loss is flat: {plain(least.loss)} all over this range, so no step can gain by it."
    if workspace.session.phase is Phase.UPDATE:
        return _step(workspace, least)
    if not inside(workspace, least):
        end = "left" if least.value <= span(workspace)[0] else "right"
        text = f"Along {called} the loss falls on to the {end} end of this range, {plain(least.loss)} at"
        text = f"{text} {called} = {signed(least.value)}."
        if workspace.session.state.problem.loss == "as-printed":
            return f"{text} As printed on the slide, it has no lowest place."
        return f"{text} Press - to see more of it."
    if workspace.view.landscape.shown is Landscape.ERRORS:
        return _disagree(workspace, least)
    if workspace.session.phase is Phase.DIRECTION:
        return _downhill(workspace, least)
    low, high = span(workspace)
    if abs(least.value - present(workspace)) < (high - low) / 1000.0:
        points = f"{wrong(least.errors)} {'is' if least.errors <= 1 else 'are'} wrong"
        return f"Along {called} alone the present place is as good as the lowest: {plain(least.loss)}; {points}."
    gain = size(workspace.session.state.loss - least.loss)
    return (
        f"Along {called} alone the loss is lowest at {signed(least.value)}: {plain(least.loss)}, {gain} below the "
        f"present place, with {wrong(least.errors)} wrong. v shows the errors too."
    )


def wrong(errors: int) -> str:
    """So many errors in words: `no point`, `4 points`."""
    return "no point" if errors == 0 else "1 point" if errors == 1 else f"{errors:,} points"


def _at_cursor(workspace: Workspace) -> str:
    names, at = workspace.session.state.problem.names, there(workspace)
    where = ", ".join(f"{names[each]} = {signed(cursor(workspace, each))}" for each in axes(workspace))
    if not np.isfinite(at.loss):
        return f"At {where} the loss is no number a computer can hold."
    now = workspace.session.frame
    change = at.loss - evaluate(now.problem, now.parameters).loss
    how = f"{'up' if change > 0 else 'down'} {size(change)}" if change else "the same"
    verb, it = "is" if at.errors <= 1 else "are", "it" if len(axes(workspace)) == 1 else "them"
    return (
        f"At {where} the loss is {plain(at.loss)}, {how} from the present place, and {wrong(at.errors)} {verb} wrong. "
        f"enter takes {it}."
    )


def _over_two(workspace: Workspace) -> str:
    names, (i, j) = workspace.session.state.problem.names, axes(workspace)
    state = workspace.session.state
    if workspace.session.phase is Phase.DIRECTION:
        slopes = f"{signed(state.slopes[i])} in {names[i]}, {signed(state.slopes[j])} in {names[j]}"
        if not (state.slopes[i] or state.slopes[j]):
            return f"Both slopes are 0, {slopes}: level ground, the arrow points nowhere."
        held = [names[at] for at in (i, j) if names[at] in state.problem.held]
        stays = f" But {listed(held)} {'is' if len(held) == 1 else 'are'} held." if held else ""
        return f"The slopes are {slopes}. The arrow points against both, straight downhill.{stays}"
    if workspace.session.phase is Phase.UPDATE and (moved := path(workspace).moved):
        return (
            f"The step took {names[i]} to {signed(present(workspace, i))} and {names[j]} to "
            f"{signed(present(workspace, j))}; {_others(moved)} moved too, so this is another surface than before."
        )
    here = place(workspace, present(workspace))
    others = [name for at, name in enumerate(names) if at not in (i, j)]
    rest = f", {_others(others)} as {'it is' if len(others) == 1 else 'they are'}" if others else ""
    return (
        f"The loss over {names[i]} and {names[j]}{rest}; ● is here, {plain(here.loss)}. The arrows move the cursor, "
        "tab changes what is up the side."
    )


def along_step(workspace: Workspace) -> str:
    """What is said of the view along the step."""
    found, state = ahead.ray(workspace), workspace.session.state
    if found is None:
        return "No slope leads anywhere from here, so there is no step to look along."
    rate, chosen = ahead.cursor(workspace), state.problem.rate
    if rate != chosen:
        at = ahead.place(workspace, rate)
        return (
            f"At rate {given(rate)} the step would come to a loss of {plain(at.loss)}, with {wrong(at.errors)} wrong. "
            "enter sets this rate."
        )
    if found.best is None:
        return f"Along this step the loss falls for as far as one can look: no rate is too long. It is {given(chosen)}."
    if found.best == 0.0:
        return (
            f"Along this direction no rate up to {given(found.looked)} lowers the loss: at rate {given(chosen)} the "
            f"step comes to {plain(ahead.place(workspace, chosen).loss)}, from {plain(state.loss)}."
        )
    if chosen <= found.best:
        share = 100.0 * chosen / found.best
        told = f"{share:.0f} %" if share >= 0.95 else f"{share:.1g} %"
        return (
            f"At rate {given(chosen)} the step takes {told} of what would have been best along this direction: rate "
            f"{found.best:.3g} would bring the loss to {plain(found.least)}."
        )
    times, after = chosen / found.best, ahead.place(workspace, chosen).loss
    return (
        f"At rate {given(chosen)} the step is {times:.3g} times too long and comes to {plain(after)}: rate "
        f"{found.best:.3g} would have been best along this direction, with {plain(found.least)}."
    )


def _disagree(workspace: Workspace, least: Place) -> str:
    called = name(workspace)
    count, first, last = fewest(workspace)
    text = f"the loss is lowest at {signed(least.value)}, with {wrong(least.errors)} wrong"
    if least.errors == count:
        return f"Loss and errors agree: {text}; nowhere along {called} are there fewer."
    where = f"from {signed(first)} to {signed(last)}"
    return f"Loss and errors disagree: {text}; the fewest errors, {count:,}, are {where}."


def _downhill(workspace: Workspace, least: Place) -> str:
    called, slope = name(workspace), workspace.session.state.slopes[index(workspace)]
    apart = least.value - present(workspace)
    text = f"The slope is {signed(slope)}"
    if slope == 0.0:
        return f"{text}: level, it points nowhere. The lowest place of this range is {called} = {signed(least.value)}."
    way = "left" if slope > 0.0 else "right"
    if (apart < 0.0) != (slope > 0.0):
        return f"{text}: downhill is to the {way}; but the lowest place, {signed(least.value)}, is the other way."
    held = called in workspace.session.state.problem.held
    rest = f"but {called} is held." if held else "the slope alone does not tell how far."
    return (
        f"{text}: downhill is to the {way}. The lowest place, at {signed(least.value)}, is {size(apart)} away; {rest}"
    )


def _step(workspace: Workspace, least: Place) -> str:
    now, at, called = workspace.session.frame, index(workspace), name(workspace)
    old, new = now.state.parameters[at], now.parameters[at]
    if tangent(workspace) is None:
        others = path(workspace).moved
        return (
            f"{called} went from {signed(old)} to {signed(new)}, but {_others(others)} moved too: this is the curve "
            "through the new place, and it is not the one before."
        )
    if old == new:
        return f"{called} did not move: it stays at {signed(old)}."
    told = f"{called} went from {signed(old)} to {signed(new)} along the curve"
    after = place(workspace, new).loss - now.state.loss
    way = f"the loss {'rises' if after > 0 else 'falls'} {size(after)}"
    if (old < least.value) != (new < least.value):
        return f"{told}, over the lowest place at {signed(least.value)} to its other side: {way}."
    share = (new - old) / (least.value - old) if least.value != old else 0.0
    if 0.0 < share < 1.0:
        return f"{told}, {100 * share:.0f} % of the way to the lowest place: {way}."
    return f"{told}: {way}."
