"""Every screen, and what may be open over it."""

from scenarios.lesson.lesson import begin
from scenarios.workspace.moves import Pin, Predict
from scenarios.workspace.view import (
    Derived,
    DeriveView,
    Help,
    Landscape,
    LandscapeView,
    LossView,
    Pane,
    Screen,
    Subject,
)
from scenarios.workspace.workspace import Workspace
from tests.scenarios.lectures import lecture
from tests.workspaces import BACK, FORWARD, NEXT, RATE, Seeing, after, apply, look, opened

PLACES: dict[str, list[Seeing]] = {
    "fit": [look(screen=Screen.FIT)],
    "fit, rate chosen": [look(screen=Screen.FIT, row=RATE)],
    "fit, point and pane": [look(screen=Screen.FIT, point=3, subject=Subject.POINT, focus=Pane.SLOPE, zoomed=True)],
    "fit, ledger": [look(screen=Screen.FIT, loss_view=LossView.LEDGER)],
    "derive": [look(screen=Screen.DERIVE)],
    "derive, rules": [look(screen=Screen.DERIVE, derive=DeriveView(shown=Derived.RULES, rules=1))],
    "derive, hidden": [look(screen=Screen.DERIVE, derive=DeriveView(hidden=True))],
    "trace": [look(screen=Screen.TRACE, trace_at=3)],
    "trace of f": [look(screen=Screen.TRACE, trace_formula=True)],
    "landscape": [look(screen=Screen.LANDSCAPE)],
    "landscape over two": [look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.SURFACE))],
    "landscape along the step": [look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.STEP))],
    "compare": [look(screen=Screen.COMPARE)],
}


def contexts() -> dict[str, Workspace]:
    """What may be open over a place."""
    given = begin(lecture())
    stepped = opened("model1", NEXT, NEXT, FORWARD)
    return {
        "plain": stepped,
        "at its start": opened("model1"),
        "pinned": after(stepped, [BACK, Pin(), NEXT]),
        "help": apply(stepped, look(help=Help.PANE)),
        "all keys": apply(stepped, look(help=Help.KEYS, scroll=2)),
        "asking": opened("model1", NEXT, Predict(), FORWARD),
        "asking, help": opened("model1", NEXT, Predict(), FORWARD, look(help=Help.PANE)),
        "told": given,
        "question": apply(given, FORWARD),
        "question, help": after(given, [FORWARD, look(help=Help.PANE)]),
        "left": after(given, [FORWARD, NEXT]),
    }
