"""Workspace: a session, the view on it and the predictions made, and the moves a person makes in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.session import moves
from engine.session.session import Phase, Session, State
from scenarios.files.schema import Scenario
from scenarios.workspace.axes import Parameter
from scenarios.workspace.lectures import Lesson
from scenarios.workspace.moves import Against, Answer, Hear, Heard, Kept, Look, Move, Open, Pin, Predict
from scenarios.workspace.pinned import Pinned, together
from scenarios.workspace.view import Screen, Subject, View


@dataclass(frozen=True, slots=True)
class Predicted:
    """A prediction that was made: of which parameter, by its index, at which state, and whether it came true."""

    parameter: int
    state: State
    right: bool


@dataclass(frozen=True, slots=True)
class Predictions:
    """Predict mode: whether it is on, whether a question is open, the last answer until the next one, and the score."""

    on: bool = False
    asking: bool = False
    answer: Predicted | None = None
    right: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """Everything riserun shows follows from this value and the size of the terminal.

    `kept` is the state that is safe in a file: the scenario's start, or what was saved last. `previous` is the
    workspace that was left by opening this scenario, `following` the one that was left by undoing that. `heard`: of a
    student's package, where one is compared; `lesson`: of the lecture that is being given;
    `aside`: what was tried, once the person has come back from it to the lecture, None after the next beat.
    """

    scenario: Scenario
    session: Session
    view: View
    kept: State
    predictions: Predictions = Predictions()
    previous: Workspace | None = None
    following: Workspace | None = None
    heard: Heard | None = None
    lesson: Lesson | None = None
    aside: Workspace | None = None
    pinned: Pinned | None = None

    @staticmethod
    def of(scenario: Scenario) -> Workspace:
        """A workspace at the start of `scenario`, its last parameter (the bias) selected."""
        session = Session.begin(scenario.problem, scenario.parameters)
        last = len(scenario.parameters) - 1
        return Workspace(scenario, session, View(row=Parameter(last), parameter=last), session.state)

    @property
    def changed(self) -> bool:
        """Whether a person changed something by hand that no file holds; what a lecture sets up is in its file."""
        state, given = self.session.state, self.lesson is not None and not self.lesson.away
        if self.session.undone is None or given or self.as_set_up:
            return False
        return (state.problem, self.session.frame.parameters) != (self.kept.problem, self.kept.parameters)

    @property
    def as_set_up(self) -> bool:
        """Whether nothing but a lecture's scene has changed something that undo would bring back."""
        set_up = self.lesson.arrived if self.lesson is not None else None
        return set_up is not None and set_up.undone is not None and self.session.undone is set_up.undone


# After one of these there is nothing to redo, in this scenario or in one that was opened from it.
_NEW_FUTURE = (moves.Edit, moves.EditBoth, moves.Set, moves.Hold, moves.Along, moves.Restart)


def carry_out(workspace: Workspace, move: Move) -> Workspace:
    """The workspace after `move`; the same object where nothing changes. Raises ValueError as the engine's moves do."""
    after = _made(workspace, move)
    view = after.view.within(after.session.state.problem)
    return after if view is after.view else replace(after, view=view)


def _made(workspace: Workspace, move: Move) -> Workspace:
    match move:
        case Look(view):
            return workspace if view == workspace.view else replace(workspace, view=view)
        case Predict():
            return replace(workspace, predictions=Predictions(on=not workspace.predictions.on))
        case Answer(direction):
            return _answer(workspace, direction)
        case Kept(scenario):
            return replace(workspace, scenario=scenario, kept=_present(workspace.session))
        case Hear(heard):
            return replace(workspace, heard=heard)
        case moves.Give():
            session = moves.apply(workspace.session, move)  # it comes by itself, and interrupts nothing
            return workspace if session is workspace.session else replace(workspace, session=session)
        case Open(scenario):
            return _opened(scenario, workspace)
        case Pin():
            return replace(workspace, pinned=Pinned(workspace.scenario.name, workspace.session))
        case Against(scenario):
            return replace(workspace, pinned=Pinned(scenario.name, Workspace.of(scenario).session))
        case moves.Undo() if workspace.session.undone is None and workspace.previous is not None:
            return replace(workspace.previous, following=workspace, pinned=_together_again(workspace.pinned))
        case moves.Redo() if workspace.session.redone is None and workspace.following is not None:
            return replace(workspace.following, previous=workspace, pinned=_together_again(workspace.pinned))
        case moves.Forward() | moves.Back() | moves.NextStep() | moves.PreviousStep() | moves.Seek() if (
            workspace.pinned is not None and workspace.view.screen is Screen.COMPARE
        ):
            pinned, session = together(workspace.pinned, workspace.session, move)
            return _at(workspace, session, pinned, replace(workspace.predictions, asking=False))
        case moves.Forward() if _asks_first(workspace):
            return replace(workspace, predictions=replace(workspace.predictions, asking=True, answer=None))
        case moves.Back() if workspace.predictions.asking:
            return replace(workspace, predictions=replace(workspace.predictions, asking=False))
    return _step(workspace, move, replace(workspace.predictions, asking=False))


def snapshot(workspace: Workspace, name: str) -> Scenario:
    """The present state as a scenario called `name`, with the present one's texts and editors."""
    state = _present(workspace.session)
    return replace(workspace.scenario, name=name, problem=state.problem, parameters=state.parameters)


def will_move(workspace: Workspace) -> int:
    """The direction the slope pane's parameter takes in the coming update: +1, -1, or 0 for held or flat."""
    return workspace.session.state.way(workspace.view.parameter)


def verdict(workspace: Workspace) -> bool | None:
    """Whether the prediction came true that was made of what is shown: the selected parameter at this state, whose way
    (2) shows; None where none was.
    """
    given, session = workspace.predictions.answer, workspace.session
    if given is None or session.phase is not Phase.DIRECTION or given.state is not session.state:
        return None
    return given.right if given.parameter == workspace.view.parameter else None


def _present(session: Session) -> State:
    frame = session.frame
    if frame.phase is Phase.UPDATE:
        return State.of(frame.problem, frame.parameters)
    return frame.state


def _asks_first(workspace: Workspace) -> bool:
    predictions, session = workspace.predictions, workspace.session
    at_loss = session.phase is Phase.LOSS and workspace.view.screen.of_phase
    return predictions.on and not predictions.asking and at_loss and will_move(workspace) != 0


def _answer(workspace: Workspace, direction: int) -> Workspace:
    predictions = workspace.predictions
    if direction not in (1, -1):
        raise ValueError(f"an answer is 1 (up) or -1 (down), not {direction}")
    if not predictions.asking:
        return workspace
    right = direction == will_move(workspace)
    given = Predicted(workspace.view.parameter, workspace.session.state, right)
    counted = Predictions(True, False, given, predictions.right + right, predictions.asked + 1)
    return _step(workspace, moves.Forward(), counted)


def _step(workspace: Workspace, move: moves.Move, predictions: Predictions) -> Workspace:
    session = moves.apply(workspace.session, move)
    if isinstance(move, _NEW_FUTURE) and session is not workspace.session:
        workspace = replace(workspace, following=None)
    pinned = workspace.pinned if session is workspace.session else _together_again(workspace.pinned)
    return _at(workspace, session, pinned, predictions)


def _at(workspace: Workspace, session: Session, pinned: Pinned | None, predictions: Predictions) -> Workspace:
    view = replace(workspace.view, subject=Subject.STEP)
    same = session is workspace.session and pinned is workspace.pinned
    if same and view == workspace.view and predictions == workspace.predictions:
        return workspace
    return replace(workspace, session=session, pinned=pinned, view=view, predictions=predictions)


def _together_again(pinned: Pinned | None) -> Pinned | None:
    """The pinned session, waiting for nobody: the present one has gone somewhere by itself."""
    return replace(pinned, lead=0) if pinned is not None and pinned.lead else pinned


def _opened(scenario: Scenario, before: Workspace) -> Workspace:
    opened = Workspace.of(scenario)
    # What is compared with something stays so: P, then o, shows any two.
    screen = Screen.COMPARE if before.view.screen is Screen.COMPARE else opened.view.screen
    view = replace(opened.view, screen=screen)
    pinned = _together_again(before.pinned)
    return replace(opened, view=view, previous=before, pinned=pinned, lesson=before.lesson)
