"""Moves: what a person does to a session, as frozen values, and `apply`, which carries one out.

`apply` is pure. A move that is not possible where the session is (back at the start, undo with nothing done) gives
the very same session, so "did anything change?" is `is not`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from engine.session.history import History
from engine.session.session import Phase, Session
from engine.session.state import Given, State
from engine.training.optimizers import Memory
from engine.training.problem import Parameters, Problem


@dataclass(frozen=True, slots=True)
class Forward:
    """On by one phase."""


@dataclass(frozen=True, slots=True)
class Back:
    """Back by one phase."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """On to (1) of the next step."""


@dataclass(frozen=True, slots=True)
class PreviousStep:
    """Back to (1) of the previous step; at step 0, to its (1)."""


@dataclass(frozen=True, slots=True)
class Seek:
    """To (1) of a step already reached; a step beyond either end means that end."""

    step: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Set a parameter. Raises ValueError, when applied, for an unknown name or a value that is not finite."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class EditBoth:
    """Set two parameters at once. Raises ValueError, when applied, as Edit does."""

    name: str
    value: float
    other: str
    other_value: float


@dataclass(frozen=True, slots=True)
class Set:
    """Set a setting, by its name in SETTINGS. Raises ValueError, when applied, for an unknown name or value."""

    name: str
    value: float | int | str


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold a parameter, or let it go again."""

    name: str


@dataclass(frozen=True, slots=True)
class Along:
    """From here on, steps go along slopes that are given; `source`: whose they are, "" for the loss's own again."""

    source: str


@dataclass(frozen=True, slots=True)
class Give:
    """The slopes that the present step waits for; there is nothing to undo. Raises ValueError, when applied, for too
    few, too many, or one that is not finite.
    """

    slopes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Restart:
    """Back to the starting problem and values; undo brings the session back."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last edit, hold, change of a setting or of whose slopes lead, or restart, with its future."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


@dataclass(frozen=True, slots=True)
class Adopt:
    """Take the present step's parameters and memory as another computer has them, whose last bits may differ.

    It is no change of one's own: there is nothing to undo. Raises ValueError, when applied, where the present step is
    not the last one reached, or for numbers that are too few, too many or not finite.
    """

    parameters: Parameters
    memory: Memory = ()


_Going = Forward | Back | NextStep | PreviousStep | Seek | Restart | Undo | Redo
Move = _Going | Edit | EditBoth | Set | Hold | Along | Give | Adopt


def apply(session: Session, move: Move) -> Session:
    """The session after `move`; the same object where the move changes nothing."""
    handler: Callable[[Session, Any], Session] = _HANDLERS[type(move)]
    return handler(session, move)


def _forward(session: Session, move: Forward) -> Session:
    if session.phase is Phase.LOSS:
        return session.moved(session.step, Phase.DIRECTION)
    if session.state.waits:
        return session
    reached = session.reached()
    if reached.diverged:
        return reached
    if session.phase is Phase.DIRECTION:
        return session.moved(session.step, Phase.UPDATE)
    return reached.moved(session.step + 1, Phase.LOSS)


def _back(session: Session, move: Back) -> Session:
    if session.phase is not Phase.LOSS:
        return session.moved(session.step, Phase(session.phase - 1))
    if session.step == 0:
        return session
    return session.moved(session.step - 1, Phase.UPDATE)


def _next_step(session: Session, move: NextStep) -> Session:
    if session.state.waits:
        return session
    reached = session.reached()
    return reached if reached.diverged else reached.moved(session.step + 1, Phase.LOSS)


def _previous_step(session: Session, move: PreviousStep) -> Session:
    if session.step == 0:
        return session if session.phase is Phase.LOSS else session.moved(0, Phase.LOSS)
    return session.moved(session.step - 1, Phase.LOSS)


def _seek(session: Session, move: Seek) -> Session:
    step = min(max(move.step, 0), session.last_step)
    if (step, Phase.LOSS) == (session.step, session.phase):
        return session
    return session.moved(step, Phase.LOSS)


def _edit(session: Session, move: Edit) -> Session:
    return _set_parameters(session, {move.name: move.value})


def _edit_both(session: Session, move: EditBoth) -> Session:
    return _set_parameters(session, {move.name: move.value, move.other: move.other_value})


def _set_parameters(session: Session, values: dict[str, float]) -> Session:
    problem, parameters = session.state.problem, session.frame.parameters
    for name, value in values.items():
        if name not in problem.names:
            raise ValueError(f"no parameter {name!r}; {problem.model} has {problem.kind.named}")
        if not math.isfinite(value):
            raise ValueError(f"{name} must be a finite number, not {value!r}")
    changed = tuple(values.get(name, value) for name, value in zip(problem.names, parameters, strict=True))
    return session if changed == parameters else _branch(session, problem, changed)


def _set(session: Session, move: Set) -> Session:
    problem = session.state.problem
    changed = problem.having(move.name, move.value)
    return session if changed is problem else _branch(session, changed, session.frame.parameters)


def _hold(session: Session, move: Hold) -> Session:
    problem = session.state.problem
    return _branch(session, replace(problem, held=problem.held ^ {move.name}), session.frame.parameters)


def _along(session: Session, move: Along) -> Session:
    state = session.state
    if move.source == (state.given.source if state.given else ""):
        return session
    if session.phase is Phase.UPDATE:
        reached = state.stepped()
        assert reached is not None  # its parameters are on the screen
        state = reached
    return session.future(replace(state, given=Given(move.source) if move.source else None))


def _give(session: Session, move: Give) -> Session:
    state, slopes = session.state, move.slopes
    if state.given is None or not state.waits:
        return session
    if len(slopes) != len(state.slopes):
        raise ValueError(f"{state.problem.model} has {len(state.slopes)} slopes, not {len(slopes)}")
    if not all(map(math.isfinite, slopes)):
        raise ValueError(f"the slopes must be finite numbers, not {', '.join(map(repr, slopes))}")
    led = replace(state, given=replace(state.given, slopes=slopes))
    return replace(session, history=session.history.branch(session.step, led))


def _restart(session: Session, move: Restart) -> Session:
    if session.state is session.start and session.phase is Phase.LOSS and session.last_step == 0:
        return session
    return Session(session.start, History.of(session.start), undone=session)


def _undo(session: Session, move: Undo) -> Session:
    return session if session.undone is None else replace(session.undone, redone=session)


def _redo(session: Session, move: Redo) -> Session:
    return session if session.redone is None else session.redone


def _adopt(session: Session, move: Adopt) -> Session:
    state, given = session.state, move.parameters
    names = state.problem.names
    if len(given) != len(names):
        raise ValueError(
            f"{state.problem.model} has {len(names)} parameters, {state.problem.kind.named}; not {len(given)}"
        )
    if list(map(len, move.memory)) != list(map(len, state.memory)):
        raise ValueError(f"this is not what {state.problem.optimizer.title} remembers")
    if not all(map(math.isfinite, chain(given, *move.memory))):
        raise ValueError(f"the parameters must be finite numbers, not {', '.join(map(repr, given))}")
    if (given, move.memory) == (state.parameters, state.memory):
        return session
    if session.step != session.last_step:
        raise ValueError(f"step {session.step} is not the last one reached, which is {session.last_step}")
    adopted = State.of(state.problem, given, state.edited, session.step, move.memory, state.given)
    if not adopted.finite:
        raise ValueError("the loss there is not a finite number")
    return replace(session, history=session.history.branch(session.step, adopted), diverged=False)


def _branch(session: Session, problem: Problem, parameters: tuple[float, ...]) -> Session:
    """A new future from here with another problem or other parameters.

    The optimizer goes on with what it remembers; another one begins afresh. Given slopes were those of another place.
    """
    before, in_update = session.state, session.phase is Phase.UPDATE
    step = session.step + 1 if in_update else session.step
    memory = None
    if problem.optimizer is before.problem.optimizer:
        memory = before.next_memory if in_update else before.memory
    given = Given(before.given.source) if before.given else None
    state = State.of(problem, parameters, True, step, memory, given)
    if not state.finite:
        raise ValueError("the loss there is not a finite number")
    return session.future(state)


_HANDLERS: dict[type, Callable[[Session, Any], Session]] = {
    Forward: _forward,
    Back: _back,
    NextStep: _next_step,
    PreviousStep: _previous_step,
    Seek: _seek,
    Edit: _edit,
    EditBoth: _edit_both,
    Set: _set,
    Hold: _hold,
    Along: _along,
    Give: _give,
    Restart: _restart,
    Undo: _undo,
    Redo: _redo,
    Adopt: _adopt,
}
