"""What is said of a change that a person made: what is another now, and what the loss makes of it."""

from __future__ import annotations

from engine.session.session import Phase, Session
from engine.session.state import State
from engine.training.problem import comparable
from scenarios.numbers import given, plain, signed, size
from scenarios.screens.fit.points import wrong
from scenarios.screens.fit.stuck import unmoved
from scenarios.screens.leading import called
from scenarios.text import listed
from scenarios.workspace.workspace import Workspace


def edited(workspace: Workspace) -> str:
    """A person changed something: what, and what the loss makes of it."""
    session = workspace.session
    state = session.state
    before = _before_edit(session)
    old, shown = before.state, before.frame.parameters
    told = f"the loss is {plain(state.loss)}"
    if comparable(state.problem, old.problem) and before.phase is not Phase.UPDATE:
        change = state.loss - old.loss
        told += f", {'up' if change > 0 else 'down'} {size(change)}" if change else ", as before"
    told += f", and {wrong(state.errors, len(state.problem.data))}."
    names = state.problem.names
    moved = [index for index, value in enumerate(state.parameters) if value != shown[index]]
    if moved:
        set_to = listed([f"{names[index]} is now {signed(state.parameters[index])}" for index in moved[:2]])
        return f"{set_to}: {told}"
    if state.problem.loss != old.problem.loss:
        return f"The point loss is now {state.problem.loss}: {told}"
    if setting := _newly_set(state, old):
        return f"{setting}: {told}" if setting[-1] != "." else setting
    if state.given is not None and old.given is None:
        return f"A step goes along {called(state.given.source)}'s slopes now; {told}"
    return next((held_or_freed(workspace, name) for name in old.problem.held ^ state.problem.held), f"Here {told}")


def held_or_freed(workspace: Workspace, name: str) -> str:
    """What it means that a parameter was held, or let go, just now; "" where it was not."""
    state = workspace.session.state
    if not state.edited or workspace.session.phase is not Phase.LOSS:
        return ""
    if name not in _before_edit(workspace.session).state.problem.held ^ state.problem.held:
        return ""
    if name in state.problem.held:
        return f"{name} is held: its slope is still computed, but no step moves it."
    index = state.problem.names.index(name)
    if not (state.way(index) or state.waits):
        return f"{name} is free again, but the next step does not move it. {unmoved(state, index)}"
    return f"{name} is free again: the next step moves it against its {state.against}."


def _newly_set(state: State, old: State) -> str:
    """The setting that is another than it was, with what that means for a step; "" where none is."""
    new, before = state.problem.settings, old.problem.settings
    if state.problem.rate != old.problem.rate:
        rate, against = given(state.problem.rate), state.against
        return f"The rate is now {rate}: a step moves {_each(state)} by rate × {against}, against it."
    name = next((name for name, value in new.items() if name in before and value != before[name]), "")
    if name == "optimizer":
        row = state.problem.optimizer
        lines = f" In each step, {', '.join(row.first)}." if row.first else ""
        return f"The optimizer is now {row.title}: a step moves {_each(state)} against its {state.against}.{lines}"
    if name == "batch" and state.given is None:  # given slopes are of all points, whatever a batch has
        over = f"{new[name]} points" if new[name] else "all points"
        return f"The slopes of a step are now those of {over}. The loss and the errors are of all points, as before."
    return f"The {name} is now {new[name] if isinstance(new[name], str) else given(new[name])}" if name else ""


def _each(state: State) -> str:
    return "each free parameter" if state.problem.held else "each parameter"


def _before_edit(session: Session) -> Session:
    """The session that the present, edited state was made from: the newest one that does not have it yet."""
    earlier = session.undone
    while earlier is not None:
        if session.step > earlier.last_step or earlier.history.at(session.step) is not session.state:
            return earlier
        earlier = earlier.undone
    return session
