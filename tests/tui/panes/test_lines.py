"""The caption in its two lines, whole where it is promised and cut only at its end; the header by whole parts."""

import re
from collections.abc import Iterator

import pytest

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from engine.training.models import network
from scenarios.library.store import BUILTIN
from scenarios.workspace.moves import Move
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.fit_captions import CASES
from tests.workspaces import FORWARD, after, apply, caption, choose, look, made, many_points, opened
from tui.panes.lines import caption_rows, header
from tui.plots.glyphs import said
from tui.plots.rows import plain, wrap
from tui.terminal import Depth, Terminal


def stretches() -> Iterator[tuple[str, Workspace]]:
    """Every built-in scenario with every loss, rate and parameter, at its start."""
    for name in BUILTIN:
        for index in range(len(opened(name).scenario.parameters)):
            for loss in POINT_LOSSES:
                for rate in (0.1, 1.0, 1e5):
                    setting: list[Move] = [choose(index), moves.Set("loss", loss), moves.Set("rate", rate)]
                    yield f"{name} {index} {loss} {rate}", opened(name, *setting)


def lines(workspace: Workspace, unicode: bool) -> list[str]:
    """The caption as it is wrapped on the narrowest screens that are promised it whole."""
    return wrap(said(caption(workspace), unicode), 74)


@pytest.mark.parametrize("unicode", [True, False], ids=["UTF-8", "ASCII"])
def test_every_caption_fits_two_lines(unicode: bool) -> None:
    terminal = Terminal(Depth.NONE, unicode)
    crowd = made(many_points(100_000), (-1.0, -1.0, 1.01), rate=0.001)
    walks = [*stretches(), *((name, workspace) for name, (workspace, _) in CASES.items()), ("crowd", crowd)]
    for what, start in walks:
        workspace = start
        for _ in range(3 if what == "crowd" else 18):
            assert len(lines(workspace, unicode)) <= 2, (what, caption(workspace))
            workspace = apply(workspace, FORWARD)
    rows = caption_rows(start, 80, 2, terminal)
    assert " ".join(plain(row)[5:].rstrip() for row in rows).strip() == said(caption(start), unicode)


@pytest.mark.parametrize("workspace", [case for case, _ in CASES.values()], ids=CASES)
def test_on_the_smallest_screen_nothing_but_the_end_is_lost(workspace: Workspace) -> None:
    for unicode in (True, False):
        rows = caption_rows(workspace, 72, 2, Terminal(Depth.NONE, unicode))
        assert len(rows) == 2
        assert all(len(plain(row)) <= 72 for row in rows)
        assert said(caption(workspace), unicode).startswith(plain(rows[0])[5:])
        assert plain(rows[0]).startswith(f" ({workspace.session.phase.value}) ")


@pytest.mark.parametrize("columns", range(72, 100))
def test_of_a_header_too_long_whole_parts_are_left_out(columns: int) -> None:
    for workspace in (opened("model1", FORWARD), opened("model1", moves.Set("loss", "as-printed"), FORWARD)):
        (whole,) = header(workspace, 200, Terminal(Depth.NONE, True), False)
        (head,) = header(workspace, columns, Terminal(Depth.NONE, True), False)
        left = re.fullmatch(r" (.+?) +step 0  \(2\) direction +", plain(head))
        assert left is not None
        assert set(re.split("  +", left[1])) <= set(re.split("  +", plain(whole).strip()))


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_of_a_header_too_long_nothing_is_cut_without_a_mark(columns: int) -> None:
    """Whose slopes lead stays; what stands before it ends in an ellipsis."""
    led = opened("model1", moves.Along("a_package_with_a_long_name"), FORWARD)
    for screen in Screen:
        workspace = apply(led, look(screen=screen))
        for source in ("", "replay 0:05 of 0:05"):
            (row,) = header(workspace, columns, Terminal(Depth.NONE, True), playing=True, source=source)
            text = plain(row)
            assert len(text) == columns
            assert "a_package_with_…'s slopes  " in text
            start, _, _ = text.partition(source or "a_package")
            whole = plain(header(workspace, 300, Terminal(Depth.NONE, True), playing=True, source=source)[0])
            assert start.rstrip().endswith("…") or any(
                whole.startswith(start.rstrip() + after) for after in ("  ", " ▸")
            )


@pytest.mark.parametrize("phase", [1, 2, 3])
@pytest.mark.parametrize("turned", [(-1.0, -1.0), (-1.0, 1.0), (1.0, 3.0), (1.0, 1.0)])
def test_what_is_said_of_given_slopes_fits_two_lines(phase: int, turned: tuple[float, float]) -> None:
    start = made([(0.3, 0.9, 1.0)], tuple(0.5 - each / 9 for each in range(15)), model=network(2))
    slopes = tuple(slope * turned[index % 2] * 1e3 for index, slope in enumerate(start.session.state.slopes))
    for name in ("minitorch", "a_package_with_a_long_name"):
        for index in range(15):
            workspace = after(start, [moves.Along(name), moves.Give(slopes), *[FORWARD] * phase, choose(index)])
            assert len(lines(workspace, True)) <= 2, caption(workspace)
