"""Control: carries out the commands of the table, the pure ones as moves, the others by asking, playing, opening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from scenarios.context.actions import SCROLLING, actions, lit
from scenarios.context.goal import Goal
from scenarios.context.hearers import Hearer, hearers
from scenarios.context.replies import reply
from scenarios.lesson.lesson import apply, made_of
from scenarios.screens.leading import lead
from scenarios.screens.story import LIVE, Action, Live
from scenarios.workspace.axes import Axis, Parameter
from scenarios.workspace.lectures import Move, StepAside
from scenarios.workspace.moves import Open
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES, meant, read
from tui.errors import told
from tui.live import questions
from tui.live.helping import no_further, scrolled
from tui.live.mirror import Mirror
from tui.live.player import Player
from tui.live.shell import Shell
from tui.live.start import Start
from tui.live.student import Listener
from tui.screens import layout
from tui.screens.open import OpenScreen
from tui.screens.prompt import Prompt, Question
from tui.screens.stage import Stage

# What a person may do where the picture is not theirs: it concerns their own terminal alone.
_OWN = ("suspend", "redraw", "quit")


class Control:
    """The hands of the application, which begins as `start` says. A feed supplies the workspace in place of the keys,
    until the person leaves it to try something of their own.
    """

    def __init__(self, app: Shell, start: Start):
        self._app = app
        self._start = start
        self._mirror = Mirror(app, start.feed, self._say) if start.feed else None
        self._recording = start.recording
        self._recording_problem = start.recording.problem if start.recording else ""  # the one that was told
        self._listener = Listener(app, start.student, self.make, self._say) if start.student else None
        self._leave_asked = False
        self._player = Player(lambda: app.workspace, self._moved, self._set, app.shown, self._stopped, self._say)
        # What is done for each command that a hearer answers with a Live action, by the name of its entry.
        self.live: dict[str, Callable[[], None]] = {
            "edit": lambda: self._edit(self._workspace.view.row),
            "parameter": lambda: self._edit(Parameter(self._workspace.view.parameter)),
            "function": lambda: self._ask(questions.function(self._workspace, self.make)),
            "go": self._go,
            "place": lambda: self._ask(questions.place(self._workspace, self.make)),
            "run": lambda: self._ask(questions.run(self._run)),
            "save": lambda: self._ask(questions.save(self._workspace, self._saved, self._say)),
            "play": self._play,
            "slower": lambda: self._change_speed(-1),
            "faster": lambda: self._change_speed(1),
            "lead": self._lead,
            "open": self._open,
            "scenes": lambda: self._ask(questions.scene(self._workspace, self.make)),
            "palette": lambda: self._ask(questions.command(self._workspace, self.run)),
            "suspend": app.action_suspend_process,
            "redraw": self._redraw,
            "quit": self._quit,
            **{f"scroll {id}": partial(self._scroll, id) for id in SCROLLING},
        }

    @property
    def _workspace(self) -> Workspace:
        assert self._app.workspace is not None  # commands are run only once there is one
        return self._app.workspace

    @property
    def _mirrored(self) -> bool:
        """Whether the picture is not the person's own."""
        return self._mirror is not None and self._mirror.on

    def begin(self) -> None:
        """Show the stage, or the notes, which follow the application's workspace from then on."""
        app = self._app
        app.message = self._start.message
        self._set(self._start.workspace)
        screen = Stage(self._start.notes)
        screen.data_bind(
            workspace=type(app).workspace,
            message=type(app).message,
            playing=type(app).playing,
            source=type(app).source,
            role=type(app).role,
            terminal=type(app).terminal,
            held=type(app).held,
        )
        # Not upon the first screen: whatever is behind one is arranged for every size too, and the whole painted again.
        app.add_mode("stage", lambda: screen)
        app.switch_mode("stage")
        if self._mirror is not None:
            self._mirror.begin()

    def press(self, key: str, character: str | None) -> None:
        """Take a key to its end: it answers the open question, or is a command, or only ends what goes on by itself."""
        screen, narrow = self._app.screen, layout.too_small(*self._app.size)
        with self._surviving():
            if (command := meant(key, _OWN)) is not None and command.id == "suspend":  # whatever is open or plays
                self.live[command.id]()
            elif isinstance(screen, OpenScreen):
                screen.press(key)
            elif narrow and not self._player.playing:  # what is not seen is not moved
                if command is not None and command.id in _OWN:
                    self.run(command.id)
            elif prompt := self._prompt:
                prompt.press(key, character)
            elif command := meant(key, actions(self._workspace)):
                self.run(command.id)
            elif not self._interrupt():
                self._leave_asked = False
                name = character if character and character.isprintable() else key
                self._say(f"{name} does nothing here; {NAMES['explain']} shows the keys")

    def paste(self, text: str) -> None:
        """Take what was pasted, as an answer: it never is a command."""
        with self._surviving():
            if prompt := self._prompt:
                prompt.paste(text)

    def run(self, id: str) -> None:
        """Carry out a command. While playing, any only stops, but for the speed keys and the one that comes back."""
        playing = self._player.playing
        comes_back = playing and id == "leave" and self._left
        if not (playing and id in ("slower", "faster")) and self._interrupt() and not comes_back:
            return
        self._app.message = ""
        heard = actions(self._workspace)
        leaving, self._leave_asked = self._leave_asked, False
        if id == "quit" and (leaving or self._mirrored or not questions.leaving(self._workspace)):
            self._app.exit()
        elif id in heard or self._mirrored:
            self._carry_out(id, heard.get(id, LIVE))
        else:
            self._answer(self._workspace, id)

    @property
    def _left(self) -> bool:
        """Whether a lecture, or what is followed or replayed, was left, as the header says then."""
        lesson = self._workspace.lesson
        return (lesson is not None and lesson.away) or (self._mirror is not None and self._mirror.leavable)

    def _interrupt(self) -> bool:
        """Any key stops play and ends the black, and does nothing else then."""
        if self._player.playing:
            self._player.stop()
            return True
        if self._workspace.view.black and not self._mirrored:
            self.make(lit(self._workspace))
            return True
        return False

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        """An internal error must not end a lecture; and a move was made and recorded before it was drawn."""
        before = self._app.workspace
        try:
            yield
        except Exception as error:
            done = "nothing was changed" if self._app.workspace is before else "the change was made"
            self._say(f"internal error ({told(error)}); {done}")

    def _carry_out(self, id: str, action: Action) -> None:
        if self._mirror is not None and self._mirror.leavable and id == "leave":
            self._set(self._mirror.turn())
        elif self._mirror is not None and self._mirror.on and id not in _OWN:
            self._mirror.look_on(id, action)
        elif isinstance(action, Live):
            self.live[action.entry or id]()
        else:
            self._make_of(id, action(self._workspace))

    def _make_of(self, id: str, move: Move | None) -> None:
        """Make the move of a command, where there is one, and answer it."""
        before = self._workspace
        if move is not None:
            self.make(move)
        self._answer(before, id)

    def _answer(self, before: Workspace, id: str) -> None:
        """Say why nothing is seen of a command, unless something was said already."""
        if not self._app.message:
            self._say(read(reply(before, self._workspace, id)))

    def make(self, move: Move) -> None:
        """Make a move in the workspace; one that the engine refuses leaves it as it was and says why."""
        try:
            for each in made_of(self._workspace, move):
                self._set(self._moved(self._workspace, each))
        except ValueError as error:
            self._say(str(error))

    def close(self, left: bool) -> None:
        """Stop what runs besides the application; `left`, by the person, who wants nothing of it resumed."""
        self._player.stop()
        if self._mirror is not None:
            self._mirror.stop()
        if self._recording is not None:
            self._recording.end(quit=left)
        if self._listener is not None:
            self._listener.close()

    @property
    def _prompt(self) -> Prompt | None:
        """The prompt, where a question is open in it."""
        screen = self._app.screen
        return screen.prompt if isinstance(screen, Stage) and screen.prompt.open else None

    def _ask(self, question: Question) -> None:
        screen = self._app.screen
        assert isinstance(screen, Stage)  # commands are run on no other
        screen.prompt.ask(question)

    def _edit(self, row: Axis) -> None:
        self._ask(questions.edit(self._workspace, row, partial(self._make_of, "edit")))

    def _say(self, text: str) -> None:
        self._app.message = text

    def _moved(self, workspace: Workspace, move: Move) -> Workspace:
        """The workspace after a move, which has been recorded then: all moves come through here."""
        after = apply(workspace, move)
        if self._recording is not None:
            self._recording.record(move, workspace, after)
        return after

    def _set(self, workspace: Workspace) -> None:
        self._app.workspace = workspace
        self._player.changed()
        if self._recording is not None and self._recording.problem != self._recording_problem:
            self._recording_problem = self._recording.problem
            self._say(self._recording_problem)
        if self._listener is not None:
            self._listener.listen()

    def _saved(self, move: Move, text: str) -> None:
        if Hearer.LECTURE not in hearers(self._workspace):  # a scene stays what it is
            self.make(move)
        self._say(text)

    def _scroll(self, id: str) -> None:
        if (move := scrolled(self._app, id)) is not None:
            self.make(move)
        else:
            self._say(no_further(id))

    def _redraw(self) -> None:
        self._app.screen.refresh(layout=True)

    def _go(self) -> None:
        if self._workspace.session.last_step:
            self._ask(questions.go(self._workspace, self.make))
        else:
            self._answer(self._workspace, "go")

    def _lead(self) -> None:
        move, told = lead(self._workspace)
        if move is not None:
            self.make(move)
        self._say(read(told))

    def _quit(self) -> None:
        self._leave_asked = True
        self._say(questions.leaving(self._workspace))

    def _play(self) -> None:
        if Hearer.LECTURE in hearers(self._workspace):
            self.make(StepAside())  # it is the model that is played: the lecture's own answers are not given away
        self._app.playing = True
        self._player.play()

    def _run(self, goal: Goal) -> None:
        self._app.playing = True
        self._player.run(goal)

    def _stopped(self, told: str) -> None:
        self._app.playing = False
        self._say(read(told))

    def _change_speed(self, by: int) -> None:
        speed = self._player.change_speed(by)
        self._say(f"{speed:g} phase{'s' * (speed != 1.0)} a second")

    def _open(self) -> None:
        self._app.push_screen(OpenScreen(self._app.terminal), self._opened)

    def _opened(self, move: Open | None) -> None:
        if move is not None:
            with self._surviving():
                self.make(move)
