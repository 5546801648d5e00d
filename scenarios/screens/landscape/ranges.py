"""What of the landscape is looked at: the parameters it goes along, where the cursor is, and from where to where."""

from __future__ import annotations

import math

from engine.session.session import Phase
from scenarios.files.schema import Editor
from scenarios.intervals import FARTHEST, clamped
from scenarios.screens.landscape.path import walked
from scenarios.screens.landscape.places import Interval
from scenarios.workspace.axes import Parameter
from scenarios.workspace.view import Landscape
from scenarios.workspace.workspace import Workspace


def axes(workspace: Workspace) -> tuple[int, ...]:
    """The indices of the parameters that the view goes along: one, or the two of the surface, the first of them along
    its bottom.
    """
    across = workspace.view.parameter
    if workspace.view.landscape.shown is not Landscape.SURFACE:
        return (across,)
    chosen = workspace.view.landscape.second
    return across, (1 if across == 0 else 0) if chosen in (None, across) else chosen


def cursor(workspace: Workspace, at: int) -> float:
    """The value of a parameter that the cursor is at: the present one, until it is moved."""
    return dict(workspace.view.landscape.cursors).get(Parameter(at), workspace.session.frame.parameters[at])


def hidden(workspace: Workspace) -> bool:
    """Whether the picture would answer the question that predict mode is about to ask."""
    return workspace.predictions.on and workspace.session.phase is Phase.LOSS


def span(workspace: Workspace, at: int) -> Interval:
    """The range of a parameter: the chosen one, or the editor's, widened so that the whole path is in it; when it
    follows the path, the narrowest round numbers with the path between them.
    """
    view, editor = workspace.view.landscape, workspace.scenario.editors[at]
    if not view.follow and (chosen := dict(view.spans).get(Parameter(at))) is not None:
        return chosen
    values = [seen.parameters[at] for seen in walked(workspace.session.history)]
    values.append(workspace.session.frame.parameters[at])
    if view.follow:
        return _round(clamped(min(values)), clamped(max(values)), (editor.high - editor.low) / 40.0)
    return widened(editor, min(values), max(values))


def widened(editor: Editor, least: float, most: float) -> Interval:
    """The editor's range, widened by doubling until `least` and `most` are in it, so that a step seldom changes it."""
    least, most = clamped(least), clamped(most)
    low, high, reach = clamped(editor.low), clamped(editor.high), (editor.high - editor.low) / 4.0
    while (low > least or high < most) and reach < FARTHEST:
        low = clamped(editor.low - reach) if low > least else low
        high = clamped(editor.high + reach) if high < most else high
        reach *= 2.0
    return min(low, least), max(high, most)


def _round(least: float, most: float, narrowest: float) -> Interval:
    """Round numbers round the values between `least` and `most`, with a margin of an eighth."""
    # So that its places can be told apart, however little the values differ.
    apart = max(2e-8 * max(abs(least), abs(most)), 16.0 / FARTHEST)
    margin = max(min(most - least, FARTHEST), narrowest, apart) / 8.0
    unit = 10.0 ** math.floor(math.log10(8.0 * margin)) / 4.0
    ends = math.floor((least - margin) / unit) * unit, math.ceil((most + margin) / unit) * unit
    low, high = (clamped(float(f"{end:.12g}")) for end in ends)  # 0.975, not 0.9750000000000001
    return min(low, least), max(high, most)
