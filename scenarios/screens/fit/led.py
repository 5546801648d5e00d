"""What is said where a step goes along given slopes: whose they are, what is right, and what comes of it."""

from __future__ import annotations

from engine.session.session import Frame, Phase
from engine.session.state import Given, State
from scenarios.numbers import plain, signed, size, small
from scenarios.screens.fit.stuck import farthest, hardly
from scenarios.screens.hearing import answered
from scenarios.screens.leading import called
from scenarios.screens.stepping import judged
from scenarios.text import first_that_fits, listed
from scenarios.workspace.workspace import Workspace

_TOLERANCE = 1e-5  # of a slope: below that it is right
_FEW = 3  # parameters that are named


def led(workspace: Workspace, worked: str) -> str:
    """The caption; "" where the usual one is as true. `worked`: how the optimizer comes to the selected new value."""
    frame, index = workspace.session.frame, workspace.view.parameter
    state, before = frame.state, frame.before
    if frame.phase is Phase.LOSS:
        given = before is not None and not state.edited and before.given
        return _went(frame, before, given) if before is not None and given else ""
    if state.given is None or state.waits:
        return ""
    if state.problem.holds[index]:
        return _held(state, state.given, index) if frame.phase is Phase.UPDATE and wrong(workspace) else ""
    if frame.phase is Phase.DIRECTION:
        told = _coming(state, state.given, index, wrong(workspace))
        return told and f"{judged(workspace)}{told}"
    return _taken(frame, state.given, index, worked, bool(wrong(workspace)))


def _went(frame: Frame, before: State, given: Given) -> str:
    """What the step before came to."""
    state, name = frame.state, called(given.source)
    now, change = plain(state.loss), state.loss - before.loss
    if state.parameters == before.parameters:
        return f"The loss is {now}, as before: along {name}'s slopes nothing moved."
    if not (differing := _differing(before)) or (farthest(before, state.parameters) and abs(change) < 5e-5):
        return ""
    went = f"{'rose' if change > 0.0 else 'fell'} {size(change)} to {now}" if change else f"is {now}, as before"
    told = f"The loss {went}; {name}'s slopes promised {_promised(before)}."
    turned = [name for name in differing if _turned(before, name)]
    if turned and change > 0.0 and before.promise > 0.0:
        return first_that_fits(
            f"{told} The sign {_of(turned)} is wrong: the step climbed.",
            f"The loss {went}: the step climbed. {name}'s slopes promised {_promised(before)}.",
        )
    return told


def _coming(state: State, given: Given, index: int, wrong: list[str]) -> str:
    """Which way the step will take a parameter."""
    theirs, right, name = state.step_slopes[index], state.slopes[index], state.problem.names[index]
    told = f"{called(given.source)}'s slope in {name} is {small(theirs)}"
    way = {1: "go up", -1: "go down", 0: "not move"}[state.way(index)]
    if name not in wrong:
        if hardly(state, index) or not state.way(index):
            return ""
        right_one = f"{told}, which is right: {name} will {way}."
        if not wrong:
            return right_one
        return first_that_fits(
            f"{right_one} But it is not right {_of(wrong)}.",
            f"{told} and right; it is not {_of(wrong)}. {name} will {way}.",
            f"{told} and right; others are not. {name} will {way}.",
        )
    told = f"{told}; the right one is {small(right)}"
    if _turned(state, name) and state.way(index):
        alone = state.raised(index, state.change[index])
        goes = f"{'rises' if alone > 0.0 else 'falls'} {size(alone)}" if alone else "stays"
        return first_that_fits(
            f"{told}: the sign is wrong. {name} will {way}, and by that alone the loss {goes}.",
            f"{told}: the sign is wrong. It will {way}; by that alone the loss {goes}.",
            f"{told}: the sign is wrong.",
        )
    far = f" by {size(state.change[index])}" if state.way(index) else ""
    old, own = state.parameters[index], state.problem.rate * right
    plain_descent = state.against == "given slope"
    should = f", where the right one takes it by {size(own)}" if plain_descent and old - own != old else ""
    return first_that_fits(f"{told}. {name} will {way}{far}{should}.", f"{told}. It will {way}{far}.")


def _taken(frame: Frame, given: Given, index: int, worked: str, wrong: bool) -> str:
    """How the step took a parameter to its new value, and what both slopes promise."""
    state, source, name = frame.state, called(given.source), frame.problem.names[index]
    if not any(state.direction):
        return f"Along {source}'s slopes no parameter moves."
    if frame.parameters == state.parameters or (not wrong and hardly(state, index)):
        return ""
    promise = f"Its slopes promise {_promised(state)}." if wrong else f"They promise {signed(state.promise)}."
    if frame.parameters[index] == state.parameters[index]:
        return f"{name} does not move: {source}'s slope in it is {small(state.step_slopes[index])}. {promise}"
    against = "" if state.against == "given slope" else f"its {state.against}, with "
    step = worked.replace(" - ", " − ", 1).replace("·", "×")
    return first_that_fits(
        f"{name} steps against {against}{source}'s slope: {step} = {signed(frame.parameters[index])}. {promise}",
        f"{name}, with {source}'s slope: {step} = {signed(frame.parameters[index])}. {promise}",
        f"{name} steps against {against}{source}'s slope. {promise}",
    )


def _held(state: State, given: Given, index: int) -> str:
    """What the step of the others promises."""
    name = state.problem.names[index]
    return f"{name} is held and stays. {called(given.source)}'s slopes promise {_promised(state)}."


def _promised(state: State) -> str:
    """What the given slopes promise for the step, and what the right ones do."""
    return f"{small(state.promised(state.step_slopes))}, the right ones {small(state.promise)}"


def wrong(workspace: Workspace) -> list[str]:
    """The free parameters whose given slope is not right: by the verdict of those who gave it, where that is here."""
    state, heard = workspace.session.state, answered(workspace)
    if state.given is None or heard is None or heard.slopes is None or heard.leading != state.given.slopes:
        return _differing(state)
    far = zip(state.problem.names, heard.slopes.apart, state.problem.holds, strict=True)
    return [name for name, apart, held in far if apart and not held]


def _differing(state: State) -> list[str]:
    """The free parameters whose given slope is not the loss's own."""
    slopes = zip(state.problem.names, state.step_slopes, state.slopes, strict=True)
    far = [name for name, theirs, right in slopes if abs(theirs - right) > _TOLERANCE * max(1.0, abs(right))]
    return [name for name in far if name not in state.problem.held]


def _turned(state: State, name: str) -> bool:
    """Whether the given slope has the other sign."""
    index = state.problem.names.index(name)
    return state.step_slopes[index] * state.slopes[index] < 0.0


def _of(names: list[str]) -> str:
    return f"in {listed(names)}" if len(names) <= _FEW else f"in {len(names)} parameters"
