"""What is made once and kept for one thread alone: compiled programs write into arrays of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def per_thread(make: Callable[Given, Found]) -> Callable[Given, Found]:
    """`make`, keeping what it made for each thread apart."""
    local = threading.local()

    def found(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        try:
            kept = local.kept
        except AttributeError:
            kept = local.kept = lru_cache(maxsize=16)(make)
        made: Found = kept(*args, **kwargs)
        return made

    return found
