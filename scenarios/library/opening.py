"""What is named on the command line, opened: a scenario, or a lecture at its first scene."""

from scenarios.lesson import lesson
from scenarios.library import store
from scenarios.workspace.workspace import Workspace


def opened(name_or_path: str) -> Workspace:
    """A workspace on it. Raises ScenarioError where there is nothing of that name, or it cannot be read."""
    if store.is_lecture(name_or_path):
        return lesson.begin(store.load_lecture(name_or_path))
    return Workspace.of(store.load(name_or_path))
