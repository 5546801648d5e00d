"""What the words of a beat are about, on each screen: to look at something else leaves the lecture."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.workspace.view import Screen, View


def subject(view: View) -> tuple[object, ...]:
    """The screen, and the function, the point and the numbers on it.

    How much of it is seen, and in which view, is none of these, and no data point is: the caption speaks of the one
    that is selected.
    """
    return view.screen, *_SUBJECTS[view.screen](view)


def _derived(view: View) -> tuple[object, ...]:
    derive = view.derive
    return derive.formula, derive.values, derive.by, derive.epsilon


def _landscape(view: View) -> tuple[object, ...]:
    landscape = view.landscape
    return view.parameter, landscape.second, landscape.spans, landscape.follow


_SUBJECTS: dict[Screen, Callable[[View], tuple[object, ...]]] = {
    Screen.FIT: lambda view: (view.epsilon,),
    Screen.DERIVE: _derived,
    Screen.TRACE: lambda view: (view.trace_formula,),
    Screen.LANDSCAPE: _landscape,
    Screen.COMPARE: lambda view: (),
}
