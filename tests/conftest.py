"""What every test stands on, and what tests of more than one room ask for by name."""

from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from engine.training.models import FAMILIES, Family, Kind
from tests.branching import BRANCHING, SMOOTH
from tests.students import Package, copied

# Every run draws the same, whatever else has changed, and no example fails because the machine is busy.
settings.register_profile("riserun", max_examples=50, derandomize=True, deadline=None, database=None)
settings.load_profile("riserun")


_NUMBERS = count()


@pytest.fixture(autouse=True)
def state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where journals are kept, also by the programs that a test starts: not there before one is written."""
    state = tmp_path_factory.getbasetemp() / "state" / str(next(_NUMBERS))
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    return state / "riserun" / "journals"


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A copy of the right package with code added to it."""
    return partial(copied, tmp_path)


@pytest.fixture
def bent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two models more: one that branches, and the same without branches."""
    for kind in (BRANCHING, SMOOTH):
        monkeypatch.setitem(FAMILIES, kind.name, Family(kind.name, partial(_itself, kind)))


def _itself(kind: Kind) -> Kind:
    return kind
