"""Libraries that do the same, each used as its own documentation does. What is not installed is left out."""

from importlib import import_module
from types import ModuleType

NAMES = ("micrograd", "autograd", "torch", "jax")


def peer(name: str) -> ModuleType | None:
    """The module of this package that measures `name`; None where the library cannot be imported here."""
    try:
        return import_module(f"bench.speed.peers.{name}")
    except ImportError:
        return None
