"""What does not fit gives way whole, or is marked where it is cut; no two items touch."""

import dataclasses
import re
from collections.abc import Iterator
from itertools import islice, pairwise

import pytest

from engine.session import moves
from engine.session.session import Phase
from scenarios.workspace.moves import Against, Pin, Predict
from scenarios.workspace.view import Derived, DeriveView, Help, Landscape, LandscapeView, LossView, Pane, Screen
from scenarios.workspace.workspace import Workspace
from tests.tui.drawing import ASCII, UTF8
from tests.workspaces import FORWARD, Seeing, after, apply, look, many_points, opened, scenario
from tui.panes import help, lines
from tui.plots.rows import Row, plain
from tui.screens import layout, stage
from tui.terminal import Terminal

SIZES = [(72, 21), (80, 24), (100, 30), (120, 40), (200, 60)]
NAME = "a-name-of-forty-letters-which-is-the-mos"
FORMULAS = {
    "sin(2*x)": (1.0,),
    "exp(x)*log(x^2 + 1)/(x + 3)^2": (1e6,),
    "sin(x) + 2*cos(y)": (0.5, 1.0),
    "x^2*y^3": (-12345.678, 98765.4321),
}


def named_long(workspace: Workspace) -> Workspace:
    return dataclasses.replace(workspace, scenario=dataclasses.replace(workspace.scenario, name=NAME))


def begun() -> Iterator[Workspace]:
    """Problems with names and numbers short and long, in different phases."""
    for phase in Phase:
        yield after(opened("model1"), [FORWARD] * (phase - 1))
    crowd = Workspace.of(scenario(many_points(1234), (-1.0, -1.0, 1e5)))
    for there, phase in ((opened("model1"), Phase.UPDATE), (opened("split"), Phase.DIRECTION), (crowd, Phase.UPDATE)):
        first = there.session.state.problem.names[0]
        far = [moves.Edit(first, -123456.789), moves.Set("rate", 12345.678), *[FORWARD] * (phase - 1)]
        yield after(named_long(there), far)
    asked = after(opened("model1"), [Predict(), FORWARD])
    yield from (asked, named_long(asked))


def looks() -> Iterator[Seeing]:
    for shown in LossView:
        for point in (None, 3):
            yield look(loss_view=shown, focus=Pane.LOSS, point=point)
    for pane in Pane:
        yield look(focus=pane, zoomed=True)
        yield look(focus=pane, help=Help.PANE)
    for shape in Landscape:
        yield look(screen=Screen.LANDSCAPE, landscape=LandscapeView(shape))
    for derived in Derived:
        for formula, values in FORMULAS.items():
            domain = tuple((value - 2.0, value + 2.0) for value in values)
            yield look(
                screen=Screen.DERIVE, derive=DeriveView(formula, values, domain, 0, 1e-6, shown=derived, rules=5)
            )
    yield look(screen=Screen.TRACE, trace_at=6, point=2)


def seen(size: tuple[int, int]) -> Iterator[Workspace]:
    """All of them where room is short; every third on a large screen, which takes longest to draw."""
    for workspace in islice(begun(), 0, None, 1 if size[0] < 100 else 3):
        for move in looks():
            yield apply(workspace, move)
        for move in (Pin(), Against(opened("split").scenario)):
            yield after(workspace, [move, FORWARD, look(screen=Screen.COMPARE)])


def rows(workspace: Workspace, size: tuple[int, int], terminal: Terminal) -> list[Row]:
    """Every row of the screen, as it was drawn before a row too long was cut to its width."""
    height = layout.caption_height(workspace, size[0])
    body = size[0], size[1] - 2 - height
    shown = help.draw if workspace.view.help else stage.picture
    return [
        *shown(workspace, *body, terminal),
        *lines.header(workspace, size[0], terminal, True),
        *lines.caption_rows(workspace, size[0], height, terminal),
    ]


# Two numbers, or a number and a word, with nothing between: `-0.35+0.44`, `rate 1step`.
TOUCHING = re.compile(r"\.\d+[-+]\d*\.|\d\.\d+(?=[a-df-z])|\d(?=[a-z]{4,})|[a-z]{3}[-+]\d+\.\d")


@pytest.mark.parametrize(
    ("size", "terminal"), [*((size, UTF8) for size in SIZES), ((80, 24), ASCII)], ids=[*map(str, SIZES), "ascii"]
)
def test_no_two_items_touch(size: tuple[int, int], terminal: Terminal) -> None:
    for workspace in seen(size):
        for line in rows(workspace, size, terminal):
            text = plain(line)
            assert not TOUCHING.search(text), text
            for (one, _), (other, _) in pairwise(line):
                assert not (one[-1:].isdigit() and other[:1].isdigit()), text


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_numbers_of_the_lecture_are_whole_at_every_size(size: tuple[int, int]) -> None:
    """Short names, ordinary numbers: of the panes, nothing need be cut at all."""
    for phase in Phase:
        for move in looks():
            workspace = after(opened("model1"), [*[FORWARD] * (phase - 1), move])
            if "y^3" in workspace.view.derive.formula or "exp" in workspace.view.derive.formula:
                continue
            for line in rows(workspace, size, UTF8)[: -1 - layout.caption_height(workspace, size[0])]:
                assert "…" not in plain(line), plain(line)
