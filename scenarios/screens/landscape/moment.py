"""The number of the moment on the landscape screen: the loss at the cursor."""

from __future__ import annotations

from scenarios.numbers import given, plain, signed
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.ray import Ray
from scenarios.screens.landscape.surface import Surface
from scenarios.screens.story import Moment
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """The loss at the cursor, which is at the present place until it is moved."""
    found = looked_at(workspace)
    if isinstance(found, Ray):
        return Moment(f"loss at rate {given(found.cursor)}", "" if found.hidden else plain(found.at_cursor.loss))
    if isinstance(found, Surface):
        return Moment("loss at the cursor" if found.away else "loss here", plain(found.there.loss))
    return Moment(f"loss at {found.curve.name} = {signed(found.cursors[0])}", plain(found.there.loss))
