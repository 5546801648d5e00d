"""What is said of the landscape: heading, caption and explanation, with the numbers of the moment."""

from __future__ import annotations

import numpy as np

from engine.session import Phase
from scenarios.landscape import (
    Place,
    away,
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
)
from scenarios.numbers import given, plain, signed, size
from scenarios.view import Landscape
from scenarios.workspace import Workspace


def heading(workspace: Workspace) -> str:
    """What is shown, in a line: `L along b, -2 to 2`."""
    low, high = span(workspace)
    return f"L along {name(workspace)}, {given(low)} to {given(high)}"


def apart(workspace: Workspace) -> str:
    """Where the steps so far are drawn, and why there."""
    found = path(workspace)
    count = workspace.session.step + (workspace.session.phase is Phase.UPDATE)
    if not count:
        return "no step yet"
    steps = f"{count} step{'s' * (count > 1)}"
    if found.on.all():
        return f"{steps} on this curve"
    why = f"{_and(found.moved)} moved too" if found.moved else "the point loss was another"
    few = "some lie" if found.on.any() else "they lie" if count > 1 else "it lies"
    return f"{steps}: {why}, so {few} on {'other curves' if count > 1 else 'another curve'}"


def _and(names: tuple[str, ...]) -> str:
    if len(names) > 3:
        return f"{len(names)} other parameters"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def caption(workspace: Workspace) -> str:
    """What is said of the landscape's moment."""
    least, called = lowest(workspace), name(workspace)
    if hidden(workspace):
        return f"The curve along {called} stays hidden until you have predicted: press space for the question."
    if away(workspace):
        return _at_cursor(workspace)
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
        wrong = f"{_wrong(least.errors)} {'is' if least.errors <= 1 else 'are'} wrong"
        return f"Along {called} alone the present place is as good as the lowest: {plain(least.loss)}; {wrong}."
    gain = size(workspace.session.state.loss - least.loss)
    return (
        f"Along {called} alone the loss is lowest at {signed(least.value)}: {plain(least.loss)}, {gain} below the "
        f"present place, with {_wrong(least.errors)} wrong. v shows the errors too."
    )


def _wrong(errors: int) -> str:
    return "no point" if errors == 0 else "1 point" if errors == 1 else f"{errors:,} points"


def _at_cursor(workspace: Workspace) -> str:
    called, here = name(workspace), place(workspace, cursor(workspace))
    now = place(workspace, present(workspace))
    if not np.isfinite(here.loss):
        return f"At {called} = {signed(here.value)} the loss is no number a computer can hold."
    change = here.loss - now.loss
    how = f"{'up' if change > 0 else 'down'} {size(change)}" if change else "the same"
    verb = "is" if here.errors <= 1 else "are"
    return (
        f"At {called} = {signed(here.value)} the loss is {plain(here.loss)}, {how} from the present place, and "
        f"{_wrong(here.errors)} {verb} wrong. enter takes it."
    )


def _disagree(workspace: Workspace, least: Place) -> str:
    called = name(workspace)
    count, first, last = fewest(workspace)
    text = f"the loss is lowest at {signed(least.value)}, with {_wrong(least.errors)} wrong"
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
            f"{called} went from {signed(old)} to {signed(new)}, but {_and(others)} moved too: this is the curve "
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


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the landscape screen."""
    now, called = workspace.session.frame, name(workspace)
    others = [
        f"{each} = {given(round(value, 6))}"
        for each, value in zip(now.problem.names, now.parameters, strict=True)
        if each != called
    ]
    low, high = span(workspace)
    texts = [
        f"The curve is the loss L for every value of {called} from {given(low)} to {given(high)}, while all other "
        f"parameters stay as they are: {', '.join(others)}. ● is the present place:",
        f"  L({called} = {signed(present(workspace))}) = {plain(place(workspace, present(workspace)).loss)}",
    ]
    if hidden(workspace):
        return [f"The curve of L along {called} is shown once you have predicted."]
    if (least := lowest(workspace)) is not None:
        where = "◇ is the lowest place" if inside(workspace, least) else "The lowest place is at an end of the range"
        texts += [
            f"{where}; it is found by looking, narrower and narrower, and no slope is needed for that. With one "
            "parameter one could always look; with several there is no curve to look at, only slopes to follow.",
            f"  L({called} = {signed(least.value)}) = {plain(least.loss)}, {_wrong(least.errors)} wrong",
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
        f"The steps so far: {apart(workspace)}. A step lies on the curve only while every other parameter was what it "
        "is now; hold the others with h, and they stay. Else it is a tick on the axis.",
        "Each small picture is the boundary at the place whose number stands on the curve, with its loss and its "
        "errors in ( ). Move the cursor with ← and →; enter takes its value.",
    ]
    return texts
