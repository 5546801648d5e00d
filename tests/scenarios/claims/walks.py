"""Random sessions: of every model and loss, with rates and values of every size, gone forward, back and aside."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from scenarios.library import store
from scenarios.screens.compare.comparison import left_of
from scenarios.screens.landscape.actions import move, up_or_down, zoom
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Against, Answer, Pin, Predict
from scenarios.workspace.view import Landscape, LandscapeView, Screen
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims.reckoning import reckoned
from tests.workspaces import BACK, FORWARD, NEXT, Seeing, apply, choose, look, made, many_points, opened, point

NAMES = ("model1", "model2", "split", "zeros", "losses", "circles", "overshoot", "update-bias", "step-1")
RATES = (1e-300, 1e-9, 1e-6, 1e-3, 0.01, 0.1, 0.5, 1.0, 5.0, 20.0, 1e3, 1e9, 1e300)
VALUES = (0.0, 1e-300, 1e-9, -1e-5, 1e3, -1e6, 1e9, 1e20)
ON_A_KINK = [(0.0, 0.2, 1.0), (0.0, 0.7, 1.0), (0.5, 0.5, -1.0), (1.0, 0.0, -1.0)]


def begun(chance: random.Random) -> Workspace:
    """A scenario of the built-in ones, or one made on the spot."""
    if chance.random() < 0.6:
        return opened(chance.choice(NAMES))
    settings = {
        "loss": chance.choice(sorted(POINT_LOSSES)),
        "reduction": chance.choice(("sum", "mean")),
        "rate": chance.choice(RATES[3:8]),
    }
    points = chance.choice((many_points(40), ON_A_KINK, ON_A_KINK[:1], ON_A_KINK[:2]))
    kind = chance.choice(("Linear", "Linear", "Split", "Network"))
    if kind == "Network":
        layers = chance.choice(((2, 3, 1), (2, 4, 4, 1)))
        network = Kind.of("Network", {"layers": layers, "activation": chance.choice(("relu", "tanh"))})
        return made(points, network.initial, model=network, **settings)
    values = [round(chance.uniform(-2.0, 2.0), 1) for _ in range(6 if kind == "Split" else 3)]
    if chance.random() < 0.3:
        values[chance.randrange(len(values))] = 0.0
    return made(points, tuple(values), model=kind, **settings)


def _edit(workspace: Workspace, chance: random.Random) -> Move:
    names = workspace.session.state.problem.names
    value = chance.choice(VALUES) if chance.random() < 0.25 else round(chance.uniform(-2.5, 2.5), 2)
    if chance.random() < 0.15:
        return moves.EditBoth(names[0], value, names[-1], round(chance.uniform(-2.5, 2.5), 2))
    return moves.Edit(chance.choice(names), value)


def _drawn(workspace: Workspace, chance: random.Random) -> Move | Seeing:
    state = workspace.session.state
    names = state.problem.names
    kinds: dict[str, int] = {
        "forward": 24, "next": 8, "back": 5, "choose": 8, "edit": 5, "rate": 4, "loss": 2, "hold": 3, "optimizer": 1,
        "batch": 1, "point": 2, "pin": 1, "against": 1, "predict": 2, "undo": 1, "redo": 1, "seek": 2, "restart": 1,
        "previous": 1, "reduction": 1,
    }  # fmt: skip
    match chance.choices(list(kinds), list(kinds.values()))[0]:
        case "forward" if workspace.predictions.asking:
            return Answer(chance.choice((1, -1)))
        case "edit":
            return _edit(workspace, chance)
        case "rate":
            return moves.Set("rate", chance.choice(RATES))
        case "loss":
            return moves.Set("loss", chance.choice(sorted(POINT_LOSSES)))
        case "reduction":
            return moves.Set("reduction", chance.choice(("sum", "mean")))
        case "optimizer":
            return moves.Set("optimizer", chance.choice(("momentum", "gradient-descent")))
        case "batch":
            return moves.Set("batch", chance.choice((0, 1, 3)))
        case "hold":
            return moves.Hold(chance.choice(names))
        case "point":
            return point(chance.randrange(len(state.problem.data)))
        case "choose" if not workspace.predictions.asking:
            return choose(chance.randrange(len(names)))
        case "against":
            return Against(store.load(chance.choice(NAMES)))
        case "seek":
            return moves.Seek(chance.randrange(workspace.session.last_step + 2))
        case other:
            fixed: dict[str, Move] = {
                "next": NEXT, "back": BACK, "predict": Predict(), "undo": moves.Undo(), "redo": moves.Redo(),
                "restart": moves.Restart(), "previous": moves.PreviousStep(), "pin": Pin(),
            }  # fmt: skip
            return fixed.get(other, FORWARD)


def moved(workspace: Workspace, chance: random.Random) -> Workspace:
    """After a move that is drawn; as it was where that cannot be made."""
    try:
        return apply(workspace, _drawn(workspace, chance))
    except ValueError:
        return workspace


def reckonable(workspace: Workspace) -> bool:
    """Whether m is a number everywhere: of what is too large for a float nothing can be reckoned."""
    frame = workspace.session.frame
    found = [reckoned(frame.problem, each).m for each in (frame.state.parameters, frame.parameters)]
    return bool(np.isfinite(found).all())


def walk(seed: int, length: int = 40) -> Iterator[Workspace]:
    """A session of so many moves, as it is at each of them."""
    chance = random.Random(seed)
    workspace = begun(chance)
    yield workspace
    for _ in range(length):
        workspace = moved(workspace, chance)
        if not reckonable(workspace):
            return
        yield workspace


def led(seed: int, length: int = 25) -> Iterator[Workspace]:
    """The same, its steps along given slopes: right ones, and some with another sign, size, or all of them 0."""
    chance = random.Random(seed)
    workspace = begun(chance)
    for _ in range(chance.randrange(3)):
        workspace = apply(workspace, NEXT)
    workspace = apply(workspace, moves.Along("theirs"))
    for _ in range(length):
        state = workspace.session.state
        if state.waits:
            true = reckoned(state.problem, state.parameters).slopes.tolist()
            factors = chance.choice(((1.0,), (1.0,), (1.0, -1.0), (1.0, 2.0, 0.5), (0.0,), (1.0, 0.0), (-1.0,)))
            workspace = apply(workspace, moves.Give(tuple(chance.choice(factors) * each for each in true)))
        if not reckonable(workspace):
            return
        yield workspace
        workspace = moved(workspace, chance)


def _in_sight(workspace: Workspace) -> bool:
    """Whether the loss can be looked at so closely that what is said of it can be told from rounding."""
    frame = workspace.session.frame
    values = (*frame.state.parameters, *frame.parameters, frame.problem.rate)
    return max(map(abs, values)) <= 1e3


def landscapes(seed: int, length: int = 25) -> Iterator[Workspace]:
    """A session looked at on the landscape screen in a view that is drawn, its cursor and its range moved."""
    chance = random.Random(seed)
    does = (move(1), move(-1), zoom(1), zoom(-1), up_or_down(1))
    for workspace in filter(_in_sight, walk(seed, length)):
        view = LandscapeView(chance.choice(list(Landscape)), follow=chance.random() < 0.15)
        seen = apply(workspace, look(screen=Screen.LANDSCAPE, landscape=view))
        yield seen
        for _ in range(chance.choice((0, 0, 1, 2))):
            gone = chance.choice(does[: 4 if seen.predictions.asking else 5])(seen)  # a question is of one parameter
            seen = seen if gone is None else apply(seen, gone)
            yield seen


def compared(seed: int, length: int = 40) -> Iterator[Workspace]:
    """A session stepped on the compare screen."""
    chance = random.Random(seed)
    workspace = apply(begun(chance), look(screen=Screen.COMPARE))
    for _ in range(length):
        workspace = apply(moved(workspace, chance), look(screen=Screen.COMPARE))
        left = left_of(workspace)
        if not (reckonable(workspace) and reckonable(replace(workspace, session=left.session))):
            return
        yield workspace
