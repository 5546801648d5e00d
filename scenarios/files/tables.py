"""The tables of a scenario file as types: which keys each may have, and what a key holds."""

from __future__ import annotations

from typing import Any

import msgspec


class DataTable(msgspec.Struct, forbid_unknown_fields=True):
    """Where the points come from: a set, how it is drawn, or points."""

    set: str | None = None
    points: list[tuple[float, float, float]] | None = None
    count: int | None = None
    seed: int | None = None
    noise: float | None = None


class ModelTable(msgspec.Struct, forbid_unknown_fields=True):
    """The model; `parameters` may be nested, as dotted keys are."""

    kind: str
    parameters: dict[str, Any]
    held: list[str] = []


class EditorRow(msgspec.Struct, forbid_unknown_fields=True):
    """How one parameter is edited."""

    nudge: float | None = None
    range: tuple[float, float] | None = None


class EditorTable(EditorRow, forbid_unknown_fields=True):
    """The same for all, and exceptions by name."""

    parameters: dict[str, Any] = {}


class File(msgspec.Struct, forbid_unknown_fields=True):
    """A whole scenario file. What `optimizer` may hold is what there is to set."""

    riserun: int
    title: str
    data: DataTable
    model: ModelTable
    summary: str = ""
    notes: str = ""
    loss: str = "log-sigmoid"
    reduction: str = "sum"
    optimizer: dict[str, Any] = {}
    editor: EditorTable = msgspec.field(default_factory=EditorTable)
