"""The number of the moment on the landscape screen: what the step is about in its phase, or the loss at the cursor."""

from __future__ import annotations

from engine.session.session import Phase
from scenarios.numbers import given, plain, signed
from scenarios.screens.fit.moment import of_phase
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.ray import Ray
from scenarios.screens.landscape.surface import Surface
from scenarios.screens.story import Moment
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """The loss at the cursor once that was moved; until then the loss at the present place, in (2) and (3) the number
    that the fit screen has.
    """
    found = looked_at(workspace)
    if isinstance(found, Ray):
        return Moment(
            f"loss after a step at rate {given(found.cursor)}", "" if found.hidden else plain(found.at_cursor.loss)
        )
    if not found.away and workspace.session.phase is not Phase.LOSS:
        return of_phase(workspace)
    if isinstance(found, Surface):
        return Moment("loss at the cursor" if found.away else "loss here", plain(found.there.loss))
    return Moment(f"loss at {found.curve.name} = {signed(found.cursors[0])}", plain(found.there.loss))
