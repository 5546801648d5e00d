"""The stories of all screens: each is the STORY of the module that is called like its screen."""

from __future__ import annotations

from importlib import import_module

from scenarios.screens.story import Story
from scenarios.workspace.view import Screen

STORIES: dict[Screen, Story] = {screen: import_module(f"scenarios.screens.{screen}").STORY for screen in Screen}
