"""Control: carries out the commands of the table, the pure ones as moves, the others by asking, playing, opening."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.workspace import Move, Open, Workspace, apply
from tui import questions
from tui.commands import BY_ID, COMMANDS, OPEN
from tui.driver import Driver
from tui.player import Player
from tui.screens.open import OpenScreen
from tui.screens.prompt import Prompt, Question
from tui.screens.stage import Stage

if TYPE_CHECKING:
    from tui.app import RiserunApp


class Control:
    """The hands of the application."""

    def __init__(self, app: RiserunApp):
        self._app = app
        self._leave_asked = False
        self._player = Player(lambda: app.workspace, self._set, self._shown, self._stopped)
        self._do: dict[str, Callable[[], None]] = {
            "edit": lambda: self._ask(questions.edit(self._workspace, self.make)),
            "go": lambda: self._ask(questions.go(self._workspace, self.make)),
            "run": lambda: self._ask(questions.run(self._run)),
            "save": lambda: self._ask(questions.save(self._workspace, self._saved, self._say)),
            "play": self._play,
            "slower": lambda: self._change_speed(-1),
            "faster": lambda: self._change_speed(1),
            "open": self._open,
            "palette": lambda: self._ask(questions.command(self._workspace, self.run)),
            "suspend": app.action_suspend_process,
            "redraw": self._redraw,
            "quit": self._quit,
        }

    @property
    def _workspace(self) -> Workspace:
        assert self._app.workspace is not None  # commands are run only once there is one
        return self._app.workspace

    def show(self) -> None:
        """Show the stage, following the application's workspace."""
        app = self._app
        screen = Stage(app.terminal)
        screen.data_bind(workspace=type(app).workspace, message=type(app).message, playing=type(app).playing)
        app.push_screen(screen)

    def run(self, id: str) -> None:
        """Carry out a command. While playing, any but the speed keys only stops."""
        if self._asking:
            return
        if self._player.playing and id not in ("slower", "faster"):
            self._player.stop()
            return
        if self._workspace.view.screen not in BY_ID[id].screens:
            return
        self._app.message = ""
        leaving, self._leave_asked = self._leave_asked, False
        if id == "quit" and (leaving or not self._workspace.changed):
            self._app.exit()
        elif (action := BY_ID[id].move) is None:
            self._do[id]()
        elif (move := action(self._workspace)) is not None:
            self.make(move)

    def pressed(self, key: str) -> None:
        """A key was pressed; one that is no command's here stops play, the others do through `run`."""
        commands = (command for command in COMMANDS if set(command.screens) - {OPEN})
        if self._player.playing and not any(key in command.keys for command in commands):
            self._player.stop()

    def make(self, move: Move) -> None:
        """Make a move in the workspace; one that the engine refuses leaves it as it was and says why."""
        try:
            self._app.workspace = apply(self._workspace, move)
        except ValueError as error:
            self._say(str(error))

    @property
    def _asking(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, Stage) and screen.query_one(Prompt).open

    def _ask(self, question: Question) -> None:
        self._app.screen.query_one(Prompt).ask(question)

    def _say(self, text: str) -> None:
        self._app.message = text

    def _set(self, workspace: Workspace) -> None:
        self._app.workspace = workspace

    def _saved(self, move: Move, text: str) -> None:
        self.make(move)
        self._say(text)

    def _redraw(self) -> None:
        self._app.screen.refresh(layout=True)

    def _quit(self) -> None:
        self._leave_asked = True
        self._say("You changed it: q leaves all the same, w saves it, any other key stays")

    def _play(self) -> None:
        self._app.playing = True
        self._player.play()

    def _run(self, until: questions.Until, most: int) -> None:
        self._app.playing = True
        self._player.run(until, most)

    def _stopped(self) -> None:
        self._app.playing = False

    def _change_speed(self, by: int) -> None:
        self._say(f"{self._player.change_speed(by):g} phases a second")

    async def _shown(self) -> None:
        """When what was drawn last has been painted and the terminal says it shows it; a headless one shows nothing."""
        painted = asyncio.Event()
        self._app.call_after_refresh(painted.set)
        await painted.wait()
        if isinstance(self._app._driver, Driver):
            await self._app._driver.drawn()

    def _open(self) -> None:
        self._app.push_screen(OpenScreen(self._app.terminal), self._opened)

    def _opened(self, move: Open | None) -> None:
        if move is not None:
            self.make(move)
