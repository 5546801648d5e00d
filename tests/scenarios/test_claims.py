"""Every sentence of every caption, of random sessions and functions, against what is reckoned anew.

A sentence that no pattern matches fails: a new one needs its check in `tests/scenarios/claims`.
"""

from collections.abc import Iterable

import pytest

from engine.training.losses import POINT_LOSSES
from scenarios.workspace.workspace import Workspace
from tests.hinge import HINGE
from tests.scenarios.claims import fit, led, walks
from tests.scenarios.claims.seen import Seen
from tests.scenarios.claims.sentences import Sentences
from tests.workspaces import caption


@pytest.fixture(autouse=True)
def hinge(monkeypatch: pytest.MonkeyPatch) -> None:
    """One point loss more than those that ship."""
    monkeypatch.setitem(POINT_LOSSES, HINGE.name, HINGE)


def held(sentences: Sentences[Seen], seen: Iterable[Workspace]) -> None:
    """Each caption, sentence by sentence; nearly all sentences are met."""
    for workspace in seen:
        text = caption(workspace)
        assert not sentences.mistakes(text, Seen(workspace)), text
    assert len(sentences.unsaid) < len(sentences.said) / 5, sentences.unsaid


def test_what_is_said_of_steps_is_so() -> None:
    held(Sentences(*fit.SENTENCES), (each for seed in range(100) for each in walks.walk(seed)))


def test_what_is_said_of_steps_along_given_slopes_is_so() -> None:
    held(Sentences(*led.LED, *fit.SENTENCES), (each for seed in range(60) for each in walks.led(seed)))
