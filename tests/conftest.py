"""What tests of more than one room ask for by name."""

import pytest

from engine.models import MODELS
from tests.branching import BRANCHING, SMOOTH


@pytest.fixture
def bent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two models more: one that branches, and the same without branches."""
    for kind in (BRANCHING, SMOOTH):
        monkeypatch.setitem(MODELS, kind.name, kind)
