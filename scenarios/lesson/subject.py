"""What the words of a beat are about, on each screen.

To look at another subject leaves the lecture; to look at the same in another picture does not, but then the beat's own
words, which may speak of the picture, give way to the live caption.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scenarios.workspace.view import Pane, Screen, View


def left(before: View, after: View) -> bool:
    """Whether another subject is looked at `after` than `before`: not for a number that is not drawn."""
    if before.screen is Screen.FIT and not _drawn(before, Pane.SLOPE):
        before = replace(before, epsilon=after.epsilon)
    return subject(before) != subject(after)


def subject(view: View) -> tuple[object, ...]:
    """The screen, and the function, the point and the numbers on it.

    How much of it is seen, and in which view, is none of these, and no data point is: the caption speaks of the one
    that is selected.
    """
    return view.screen, *_SUBJECTS[view.screen](view)


def picture(view: View) -> tuple[object, ...]:
    """What is drawn of the subject, and how much of it."""
    return _PICTURES[view.screen](view)


def _derived(view: View) -> tuple[object, ...]:
    derive = view.derive
    return derive.formula, derive.values, derive.by, derive.epsilon


def _landscape(view: View) -> tuple[object, ...]:
    return view.parameter, view.landscape.second


_SUBJECTS: dict[Screen, Callable[[View], tuple[object, ...]]] = {
    Screen.FIT: lambda view: (view.epsilon,),
    Screen.DERIVE: _derived,
    Screen.TRACE: lambda view: (view.trace_formula,),
    Screen.LANDSCAPE: _landscape,
    Screen.COMPARE: lambda view: (),
}


def _drawn(view: View, pane: Pane) -> bool:
    """Whether a pane of the fit screen is seen."""
    return not view.zoomed or view.focus is pane


def _fitted(view: View) -> tuple[object, ...]:
    data = (view.model_shown, view.distances) if _drawn(view, Pane.DATA) else ()
    loss = (view.loss_view,) if _drawn(view, Pane.LOSS) else ()
    return view.zoomed, view.focus if view.zoomed else None, data, loss


def _curves(view: View) -> tuple[object, ...]:
    derive = view.derive
    return derive.shown, derive.rules, derive.hidden, derive.tangent, derive.secant


def _range(view: View) -> tuple[object, ...]:
    landscape = view.landscape
    return landscape.shown, landscape.spans, landscape.follow


_PICTURES: dict[Screen, Callable[[View], tuple[object, ...]]] = {
    Screen.FIT: _fitted,
    Screen.DERIVE: _curves,
    Screen.TRACE: lambda view: (),
    Screen.LANDSCAPE: _range,
    Screen.COMPARE: lambda view: (),
}
