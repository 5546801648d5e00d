"""`riserun check`: whether scenario and lecture files are all right."""

from __future__ import annotations

import argparse

from scenarios.files.schema import ScenarioError
from scenarios.library import store


def run(options: argparse.Namespace) -> int:
    """Print a line for each file, or for each mistake in it; 1 where one is not all right."""
    status = 0
    for name in options.files:
        try:
            wrong = store.wrong(name)
            about = "" if wrong else _checked_lecture(name) if store.is_lecture(name) else _checked_scenario(name)
        except ScenarioError as error:
            wrong, about = [str(error)], ""
        print("\n".join(wrong) if wrong else f"{name}: ok, {about}")
        status = 1 if wrong else status
    return status


def _checked_scenario(name: str) -> str:
    scenario = store.load(name)
    return f"{scenario.title!r}, {scenario.problem.model}, {len(scenario.problem.data):,} points"


def _checked_lecture(name: str) -> str:
    lecture = store.load_lecture(name)
    scenes, beats = len(lecture.scenes), sum(len(scene.beats) for scene in lecture.scenes)
    return f"{lecture.title!r}, {scenes} scene{'s' * (scenes > 1)}, {beats} beat{'s' * (beats > 1)}"
