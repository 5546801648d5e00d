"""Random sessions, and every claim of their captions against the engine."""

import random
import re
from collections import Counter
from collections.abc import Iterator

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from scenarios.library import store
from scenarios.screens.landscape import actions
from scenarios.workspace.moves import Against, Answer, Pin, Predict
from scenarios.workspace.view import Landscape, LandscapeView, Screen
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.claims import CLAIMS
from tests.scenarios.screens.fit_captions import NETWORK
from tests.workspaces import BACK, FORWARD, NEXT, apply, caption, choose, look, made, many_points, opened, point

NAMES = ("model1", "split", "zeros", "losses", "circles", "overshoot", "update-bias")
SCREENS = (Screen.FIT, Screen.LANDSCAPE, Screen.COMPARE)
SEEDS = range(60)


def moved(workspace: Workspace, chance: random.Random) -> Workspace:
    """After a move that is drawn."""
    names = workspace.session.state.problem.names
    index = chance.randrange(len(names))
    kind = chance.choices(
        ("forward", "next", "back", "choose", "edit", "rate", "loss", "hold", "set", "point", "pin", "predict"),
        (12, 4, 2, 5, 2, 2, 1, 1, 1, 1, 1, 1),
    )[0]
    match kind:
        case "forward" if workspace.predictions.asking:
            return apply(workspace, Answer(chance.choice((1, -1))))
        case "edit":
            return apply(workspace, moves.Edit(names[index], round(chance.uniform(-2.5, 2.5), 2)))
        case "rate":
            return apply(workspace, moves.Set("rate", chance.choice((1e-300, 1e-6, 0.01, 0.1, 0.5, 2.0, 20.0))))
        case "loss":
            return apply(workspace, moves.Set("loss", chance.choice(list(POINT_LOSSES))))
        case "hold":
            return apply(workspace, moves.Hold(names[index]))
        case "set":
            return apply(workspace, moves.Set(*chance.choice((("optimizer", "momentum"), ("batch", 3), ("batch", 0)))))
        case "point":
            return apply(workspace, point(chance.randrange(len(workspace.session.state.problem.data))))
        case "choose" if not workspace.predictions.asking:
            return apply(workspace, choose(index))
        case "pin":
            return apply(workspace, chance.choice((Pin(), Against(store.load("model2")))))
    return apply(workspace, {"next": NEXT, "back": BACK, "predict": Predict()}.get(kind, FORWARD))


def walk(seed: int) -> Iterator[Workspace]:
    """A session of sixty moves, looked at on each of the screens."""
    chance = random.Random(seed)
    workspace = opened(chance.choice(NAMES))
    if seed % 6 == 5:
        workspace = made(many_points(40), (1.0, 1.0, -0.8), rate=0.05)
    if seed % 6 == 4:
        workspace = made(many_points(12), NETWORK.initial, model=NETWORK)
    for _ in range(60):
        workspace = moved(workspace, chance)
        for screen in SCREENS:
            seen = apply(workspace, look(screen=screen, landscape=LandscapeView(chance.choice(list(Landscape)))))
            yield seen
            if screen is Screen.LANDSCAPE and (gone := actions.move(chance.choice((-1, 1)))(seen)) is not None:
                yield apply(seen, gone)


def test_every_claim_is_so_and_every_one_is_made() -> None:
    said = Counter[str]()
    for workspace in (each for seed in SEEDS for each in walk(seed)):
        text = caption(workspace)
        for claim in CLAIMS[workspace.view.screen] if "iverged" not in text else ():
            for found in re.finditer(claim.pattern, text):
                said[claim.pattern] += 1
                assert claim.holds(workspace, found), (text, claim.pattern)
    assert {claim.pattern for each in CLAIMS.values() for claim in each} == set(said)
