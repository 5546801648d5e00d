"""The compare screen's panes: two pictures on the same axes, and under them what they differ by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.replay.program import Mask
from engine.session.session import Frame, Phase
from engine.training.models import Group
from engine.training.problem import same_points
from scenarios.numbers import given, plain, signed
from scenarios.screens.compare.caption import numbered, side_by_side
from scenarios.screens.compare.comparison import Comparison, compared, left_of
from scenarios.screens.story import PHASES
from scenarios.text import shortened
from scenarios.workspace.axes import Axis, Parameter, Setting
from scenarios.workspace.view import View
from scenarios.workspace.workspace import Workspace
from tui.panes.plane.coordinates import axes_of
from tui.panes.plane.picture import picture
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, frame, point_sign, row
from tui.terminal import Terminal

_NUMBER, _LABEL = 8, 6
_WIDE = 80  # cells from which on a title has room for the kind of model beside any name


def draw_pinned(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The picture of what is pinned, or of the start, as `height` rows of `cells`."""
    pinned = left_of(workspace)
    same = same_points(pinned.session.state.problem.data, workspace.session.state.problem.data)
    view = workspace.view if same else replace(workspace.view, point=None)  # it is a point of the right one
    left = replace(workspace, session=pinned.session, view=view)
    word = "start" if workspace.pinned is None else "pinned"
    return _picture(left, workspace, word, pinned.name, (cells, height), terminal)


def draw_now(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The picture of the present state, the points that changed sides marked, as `height` rows of `cells`."""
    return _picture(workspace, workspace, "now", workspace.scenario.name, (cells, height), terminal)


def _picture(
    shown: Workspace, workspace: Workspace, word: str, name: str, size: tuple[int, int], terminal: Terminal
) -> list[Row]:
    cells, height = size
    found = compared(workspace)
    axes = axes_of(found.right.problem.data if found.same_points else found.left.problem.data, found.right.problem.data)
    turned = None
    if shown is workspace and found.now_right is not None and found.now_wrong is not None:
        turned = found.now_right | found.now_wrong
    body, _ = picture(shown, cells - 2, height - 2, terminal, axes, turned)
    foot = _key(found, turned) if turned is not None and turned.any() else ()
    return frame(_title(shown, word, name, cells - 5), body, cells, height, foot=foot)


def _key(found: Comparison, turned: Mask) -> Row:
    """What the marks of the points that changed sides look like, those of one class by its sign."""
    text, ink = point_sign(found.right.problem.data.y[turned][0])
    return row((f" {text} ", ink._replace(reverse=True)), " changed sides")


def _title(shown: Workspace, word: str, name: str, cells: int) -> Row:
    """Which of the two it is, whose, and where it stands. A long name gives way, so that the place is not cut off."""
    session = shown.session
    place = f"step {session.step} {PHASES[session.phase].split()[0]}{' diverged' if session.diverged else ''}"
    room = max(cells - len(word) - len(place) - 4, 1)
    model = f"  {session.state.problem.model}" if cells >= _WIDE else ""
    return row((f"{word}  ", ACCENT if word == "now" else DIM), f"{shortened(name, room)}{model}  {place}")


def draw_changes(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The parameters and the optimizer's settings, left and right, with their differences; the selected row stays in
    sight.
    """
    found, view = compared(workspace), workspace.view
    shown = found.right.problem.kind.folded(view.parameter)
    if found.same_model:
        rows = [
            _parameter(found, each, view.row, cells - 2) if isinstance(each, int) else _group(found, each)
            for each in shown
        ]
        title = "parameters"
    else:
        rows = _unlike(found, view)
        title = f"{found.left.problem.model} → {found.right.problem.model}"
    parameters, settings = len(rows), found.right.problem.optimizer.settings
    rows += [_setting(found, name, view.row == Setting(name), cells - 2) for name in settings]
    selected = parameters + settings.index(view.row.name) if isinstance(view.row, Setting) else 0
    if isinstance(view.row, Parameter):
        selected = shown.index(view.row.index)
    room = max(height - 2, 1)
    top = max(0, min(selected - room + 1, len(rows) - room))
    return frame(_of_state(found, title), rows[top:], cells, height)


def _of_state(found: Comparison, title: str) -> Row:
    """A title, and which state the numbers are of where that is not the one whose loss was computed."""
    return row(title, "  (3): after the update" if Phase.UPDATE in (found.left.phase, found.right.phase) else "")


def _parameter(found: Comparison, index: int, selected: Axis, cells: int) -> Row:
    names = found.right.problem.names
    old, new = found.left.parameters[index], found.right.parameters[index]
    held = [names[index] in each.problem.held for each in (found.left, found.right)]
    columns = [
        f"{signed(old):>{_NUMBER}}{'h' if held[0] else ' '}",
        f"{signed(new):>{_NUMBER}}{'h' if held[1] else ' '}",
        f"{_difference(new - old):>{_NUMBER}}",
    ]
    return _row(names[index], max(4, *map(len, names)), columns, selected == Parameter(index), old != new, cells)


def _group(found: Comparison, folded: Group) -> Row:
    """Many parameters in a row, and how many of them differ."""
    differ = sum(found.left.parameters[index] != found.right.parameters[index] for index in folded.indices)
    return row("  ", (f"{folded.name}  ", TEXT), (f"{differ or 'none'} of {folded.count} differ", DIM))


def _setting(found: Comparison, name: str, selected: bool, cells: int) -> Row:
    """A setting of the right optimizer; the left one may have none of that name."""
    old, new = found.left.problem.settings.get(name), found.right.problem.settings[name]
    was, difference = ("-", "") if old is None else (given(old), _difference(new - old))
    if not found.same_model:
        left, right = _names(found)
        lead = (" ▸ " if selected else "   ", ACCENT)
        return row(
            ("  ", TEXT),
            f"{name:<{left}}{was:>{_NUMBER}}  ",
            lead,
            f"{name:<{right}}{given(new):>{_NUMBER}}",
        )
    columns = [f"{was:>{_NUMBER}} ", f"{given(new):>{_NUMBER}} ", f"{difference:>{_NUMBER}}"]
    return _row(name, max(4, *map(len, found.right.problem.names)), columns, selected, old != new, cells)


def _row(name: str, name_cells: int, columns: list[str], selected: bool, differs: bool, cells: int) -> Row:
    """`▸ b   -0.4000 → -0.5000   -0.1000`, spread as far as there is room."""
    gap = " " * min(max((cells - 2 - name_cells - sum(map(len, columns)) - 1) // 4, 0), 3)
    old, new, difference = columns
    return row(
        ("▸ " if selected else "  ", ACCENT),
        (name.ljust(name_cells), ACCENT if selected else TEXT),
        f"{gap}{old}",
        (f"{gap}→", DIM),
        (f"{new}", BOLD if differs else TEXT),
        (f"{gap}{difference}", TEXT if differs else DIM),
    )


def _names(found: Comparison) -> tuple[int, int]:
    left, right = (max(4, *map(len, each.problem.names)) for each in (found.left, found.right))
    return left, right


def _unlike(found: Comparison, view: View) -> list[Row]:
    """Two kinds of model: each has its own parameters, and there is nothing to take from one another."""
    cells = _names(found)
    left = [_side(found.left, each, cells[0]) for each in found.left.problem.kind.folded(-1)]
    shown = found.right.problem.kind.folded(view.parameter)
    right = [
        (isinstance(each, int) and view.row == Parameter(each), _side(found.right, each, cells[1])) for each in shown
    ]
    wide = max(cells[0] + _NUMBER + 1, *map(len, left))
    count = max(len(left), len(right))
    left += [""] * (count - len(left))
    right += [(False, "")] * (count - len(right))
    return [
        row("  ", old.ljust(wide), (" ▸ " if selected else "   ", ACCENT), (new, BOLD))
        for old, (selected, new) in zip(left, right, strict=True)
    ]


def _side(state: Frame, shown: int | Group, cells: int) -> str:
    if not isinstance(shown, int):
        return f"{shown.name} {shown.count}"
    name = state.problem.names[shown]
    return f"{name:<{cells}}{signed(state.parameters[shown]):>{_NUMBER}}{'h' if name in state.problem.held else ' '}"


def _difference(value: float) -> str:
    if value == 0.0:
        return "same"
    return f"{value:+.1e}" if abs(value) < 5e-5 else signed(value)


def draw_outcome(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """Loss, errors, in (2) the slope, and the points that changed sides."""
    found = compared(workspace)
    inner = cells - 2
    losses = [found.left_found.loss, found.right_found.loss]
    errors = [found.left_found.errors, found.right_found.errors]
    rows = [
        _outcome("loss", map(plain, losses), "" if found.apart else _difference(found.change), inner),
        _outcome(
            "errors",
            (f"{count:,}" for count in errors),
            (f"{errors[1] - errors[0]:+,}" if errors[1] != errors[0] else "same") if found.same_points else "",
            inner,
        ),
    ]
    if found.same_model and found.left.phase is found.right.phase is Phase.DIRECTION:
        index = workspace.view.parameter
        slopes = [each.state.slopes[index] for each in (found.left, found.right)]
        label = f"dL/d{found.right.problem.names[index]}"
        label = label if len(label) <= _LABEL else "slope"
        difference = "" if found.apart else _difference(slopes[1] - slopes[0])
        rows.append(_outcome(label, map(signed, slopes), difference, inner))
    if found.apart:
        told = f"not comparable: {found.apart}"
        rows.append(row(" ", (told if len(told) < inner else found.apart, ACCENT)))
    rows += _sides(workspace, found, inner)
    return frame(_of_state(found, "outcome"), rows, cells, height, foot=_foot(workspace, found))


def _foot(workspace: Workspace, found: Comparison) -> Row:
    """The selected point's value of the model, left and right."""
    index = workspace.view.point
    if index is None or not found.same_points:
        return ()
    sign = point_sign(found.right.problem.data.y[index])
    old, new = (float(each.m[index]) for each in (found.left_found, found.right_found))
    return row((f"{index + 1} ", ACCENT), sign, f"  m {signed(old)} ", ("→", DIM), f" {signed(new)}")


def _outcome(name: str, pair: Iterable[str], difference: str, cells: int) -> Row:
    old, new = pair
    spare = max(cells - _LABEL - 1 - 3 * _NUMBER - 1, 0)
    gap = " " * min(spare // 4, 3)
    before = gap or " " * min(spare, 1)
    same = difference == "same"
    return row(
        f" {name:<{_LABEL}}{gap}{old:>{_NUMBER}}",
        (f"{before}→", DIM),
        (f"{new:>{_NUMBER}}", TEXT if same else BOLD),
        (f"{gap}{difference:>{_NUMBER}}", DIM if same else TEXT),
    )


def _sides(workspace: Workspace, found: Comparison, cells: int) -> list[Row]:
    """A row for the points that are now right, and one for those that are now wrong; of two scenarios, for those that
    one alone has wrong.
    """
    if found.now_right is None or found.now_wrong is None:
        return []
    rows = []
    words = ("wrong only left", "wrong only right") if side_by_side(workspace) else ("now right", "now wrong")
    for word, mask in zip(words, (found.now_right, found.now_wrong), strict=True):
        count = int(mask.sum())
        if not count:
            continue
        head, names = f" {count:,} {word}: ", numbered(found, mask, most=cells // 4)
        while len(names) > 1 and len(head) + len(_listed(names, count)) > cells:
            names.pop()
        rows.append(row(head, (_listed(names, count), BOLD)))
    return rows or [row((" all points are on the same sides", DIM))]


def _listed(names: list[str], count: int) -> str:
    return "  ".join(names) + (" …" if len(names) < count else "")
