"""What is said of two sessions side by side."""

from __future__ import annotations

import numpy as np

from engine.replay.program import Mask
from engine.session.session import Frame, Phase
from engine.training.settings import SETTINGS
from scenarios.numbers import given, plain, signed, size
from scenarios.screens.compare.comparison import Comparison, compared, left_of
from scenarios.screens.story import PHASES, Heading
from scenarios.text import first_that_fits, key, listed, sign
from scenarios.workspace.workspace import Workspace

_FEW = 4
_PRESENT = "the present one"


def heading(workspace: Workspace) -> Heading:
    """Both by name and step: `model1 step 0 → model2 step 3`."""
    left = left_of(workspace)
    both = f"{left.name} step {left.session.step} → {workspace.scenario.name} step {workspace.session.step}"
    return Heading("compare", both, PHASES[workspace.session.phase])


def caption(workspace: Workspace) -> str:
    """What the two differ by at this moment, or why that cannot be said."""
    found = compared(workspace)
    if stopped := _diverged(workspace, found):
        return stopped
    told = _told(workspace, found)
    if workspace.pinned is not None:
        return told
    if found.left.state is found.right.state and found.right.phase is Phase.LOSS:
        then = (
            "stands on the left; the right one is still the same. "
            f"Press {key('forward')} and watch it, or pin it with {key('pin')}."
        )
        return first_that_fits(
            f"Nothing is pinned, so the start of {workspace.scenario.name} {then}",
            f"Nothing is pinned, so the start {then}",
        )
    return first_that_fits(
        f"{told} The left is the start: nothing is pinned ({key('pin')}).", f"{told} The left is the start.", told
    )


def two_scenarios(workspace: Workspace) -> bool:
    """Whether the left one is another scenario."""
    return workspace.pinned is not None and workspace.pinned.name != workspace.scenario.name


def side_by_side(workspace: Workspace) -> bool:
    """Whether the right one did not come from the left one, by steps or by a change in its place: then neither has
    moved from the other, they differ.
    """
    if (pinned := workspace.pinned) is None:
        return False
    left, right = pinned.session, workspace.session
    shared = left.history.common(right.history)
    came = shared > left.step <= right.step or shared >= left.step == right.step
    return two_scenarios(workspace) or not came


def _told(workspace: Workspace, found: Comparison) -> str:
    left, right = found.left, found.right
    losses = plain(found.left_found.loss), plain(found.right_found.loss)
    other = workspace.scenario.name if two_scenarios(workspace) else _PRESENT if side_by_side(workspace) else ""
    if found.apart:
        rest = _sides(found, other) if found.same_points else _wrong(found)
        return first_that_fits(
            f"The losses, {losses[0]} and {losses[1]}, cannot be compared: {found.apart}. {_upper(rest)}.",
            f"The losses cannot be compared: {found.apart}. {_upper(rest)}.",
            f"The losses cannot be compared: {found.apart}.",
        )
    if found.same:
        return _both(workspace, found)
    if found.same_model and left.phase is right.phase is Phase.DIRECTION:
        return _slopes(workspace, found)
    start = _parameters(found) if found.same_model else f"{left.problem.model} against {right.problem.model}"
    if not start:
        return _same(found)
    if other:
        beside = _beside(found, other) if two_scenarios(workspace) else f"{_against(found)}: {_loss_against(found)}"
        return first_that_fits(
            f"{beside}; {_sides(found, other)}.", f"{beside}; {_counted(found, other)}.", f"{beside}."
        )
    return first_that_fits(
        f"{start}: {_loss(found)}; {_sides(found, other)}.",
        f"{start}: {_loss(found)}; {_counted(found, other)}.",
        f"{_upper(_loss(found))}.",
    )


def _diverged(workspace: Workspace, found: Comparison) -> str:
    left, right = found.pinned.session.diverged, workspace.session.diverged
    if left and right:
        return "Both have diverged: the next update would leave the numbers a computer can hold. Go back from here."
    if not (left or right):
        return ""
    if workspace.pinned is None:
        told = f"Diverged at step {found.right.step}: the next update would leave the numbers a computer can hold."
        return f"{told} Go back, or lower the rate."
    one = f"The pinned {found.pinned.name}", found.left, found.left_found
    other = f"the present {workspace.scenario.name}", found.right, found.right_found
    if right:
        one, other = other, one
    told = f"{_upper(one[0])} diverged at step {one[1].step} and waits there."
    other_one = f"{_upper(other[0])}, at step {other[1].step}, can go on: its loss is {plain(other[2].loss)}."
    return first_that_fits(f"{told} {other_one}", told)


def _wrong(found: Comparison) -> str:
    counts = [
        f"{each.errors:,} of {len(frame.problem.data):,}"
        for frame, each in ((found.left, found.left_found), (found.right, found.right_found))
    ]
    return f"wrong are {counts[0]} on the left, {counts[1]} on the right"


def _parameters(found: Comparison) -> str:
    """What the parameters of one model did; "" where they are the same."""
    names, old, new = found.right.problem.names, found.left.parameters, found.right.parameters
    moved = [(name, a, b) for name, a, b in zip(names, old, new, strict=True) if a != b]
    if len(moved) == 1:
        ((name, a, b),) = moved
        return f"{name} went from {signed(a)} to {signed(b)}"
    if len(moved) > 3:
        return f"{len(moved)} of {len(names)} parameters moved"
    return f"{listed([name for name, _, _ in moved])} moved" if moved else ""


def _against(found: Comparison) -> str:
    """How the parameters of one model differ, in two sessions of which neither has moved from the other."""
    if not found.same_model:
        return f"{found.left.problem.model} against {found.right.problem.model}"
    names, old, new = found.right.problem.names, found.left.parameters, found.right.parameters
    apart = [(name, a, b) for name, a, b in zip(names, old, new, strict=True) if a != b]
    if len(apart) == 1:
        ((name, a, b),) = apart
        return f"{name} is {signed(b)} against {signed(a)}"
    return (
        f"{len(apart)} of {len(names)} parameters differ"
        if len(apart) > 3
        else f"{listed([name for name, _, _ in apart])} differ"
    )


def _loss_against(found: Comparison) -> str:
    if not found.change:
        return f"the loss is {plain(found.right_found.loss)} in both"
    return f"the loss is {size(found.change)} {'above' if found.change > 0 else 'below'} the pinned one's"


def _loss(found: Comparison) -> str:
    change, loss = found.change, plain(found.right_found.loss)
    return (
        f"the loss {'rose' if change > 0 else 'fell'} by {size(change)} to {loss}"
        if change
        else f"the loss stays at {loss}"
    )


def _beside(found: Comparison, name: str) -> str:
    """Two scenarios are compared: neither has moved from the other."""
    if not found.change:
        return f"{name}'s loss is {plain(found.right_found.loss)}, as {found.pinned.name}'s is"
    way = "above" if found.change > 0 else "below"
    return f"{name}'s loss is {size(found.change)} {way} {found.pinned.name}'s"


def _sides(found: Comparison, name: str) -> str:
    """Which points changed sides, by their numbers where they are few; "" where the points are not the same.

    `name`: of the right one where the two are side by side: then no point changed, they differ.
    """
    if found.now_right is None or found.now_wrong is None:
        return ""
    count = int(found.now_right.sum() + found.now_wrong.sum())
    if not 0 < count <= _FEW:
        return _counted(found, name)
    turned = [
        f"{listed(numbered(found, mask))} {'is' if mask.sum() == 1 else 'are'} {'' if name else 'now '}{word}"
        for mask, word in ((found.now_right, "right"), (found.now_wrong, "wrong"))
        if mask.any()
    ]
    where = f" in {name}" if name else ""
    return f"{_points(count)} {_differ(count, name)}: {', '.join(turned)}{where}"


def _counted(found: Comparison, name: str) -> str:
    assert found.now_right is not None
    assert found.now_wrong is not None
    right, wrong = int(found.now_right.sum()), int(found.now_wrong.sum())
    count = right + wrong
    if not count:
        return "all points are on the same sides" if name else "no point changed sides"
    if name:
        return f"{_points(count)} {_differ(count, name)}, {right:,} right and {wrong:,} wrong in {name}"
    return f"{_points(count)} {_differ(count, name)}, {right:,} now right and {wrong:,} now wrong"


def _differ(count: int, name: str) -> str:
    return f"{'is' if count == 1 else 'are'} on different sides" if name else "changed sides"


def _points(count: int) -> str:
    return f"{count:,} point{'s' * (count > 1)}"


def numbered(found: Comparison, mask: Mask, most: int = _FEW) -> list[str]:
    """The first `most` points of a mask by sign and number: `○ 3`."""
    y = found.right.problem.data.y
    return [f"{sign(y[index])} {index + 1}" for index in np.flatnonzero(mask)[:most]]


def _both(workspace: Workspace, found: Comparison) -> str:
    """The same model twice: what is said of it is said once."""
    now, index = found.right, workspace.view.parameter
    name, told, loss = now.problem.names[index], "Both are the same model", plain(found.right_found.loss)
    if now.phase is Phase.DIRECTION:
        return f"{told}: the slope in {name} is {signed(now.state.slopes[index])}, and {name} will {_way(now, index)}."
    if now.phase is Phase.UPDATE:
        return f"{told}: after the update its loss is {loss}."
    change = f"Change the right one with {key('lower')} and {key('raise')}, or open another with {key('open')}."
    return f"{told}: its loss is {loss}. {change}"


def _slopes(workspace: Workspace, found: Comparison) -> str:
    index = workspace.view.parameter
    name = found.right.problem.names[index]
    ways = [_way(frame, index) for frame in (found.left, found.right)]
    slopes = " against ".join(signed(frame.state.slopes[index]) for frame in (found.left, found.right))
    if ways[0] == ways[1]:
        return f"The slope in {name} is {slopes}: in both, {name} will {ways[0]}."
    return f"The slope in {name} is {slopes}: on the left {name} will {ways[0]}, on the right it will {ways[1]}."


def _way(frame: Frame, index: int) -> str:
    return "wait for slopes" if frame.state.waits else {1: "go up", -1: "go down", 0: "stay"}[frame.state.way(index)]


def _same(found: Comparison) -> str:
    left, right = found.left.problem, found.right.problem
    told = f"The parameters are the same in both, and so is the loss, {plain(found.right_found.loss)}."
    pairs = ((name, left.settings.get(name), right.settings.get(name)) for name in SETTINGS)
    if other := next(((name, old, new) for name, old, new in pairs if old != new), None):
        old, new = (given(each) if isinstance(each, float) else str(each) for each in other[1:])
        return f"{told} But the {other[0]} is {old} on the left and {new} on the right: press {key('forward')}."
    if left.held != right.held:
        see = f"press {key('forward')} to see what that makes of it"
        return f"{told} Different parameters are held ({key('hold')}): {see}."
    return f"{told} Change the right one with {key('lower')} and {key('raise')}, or press {key('forward')}."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
