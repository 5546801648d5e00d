"""The table that `make bench` prints."""

from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table; without a `limit` it is there to be read."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    goal: float | None = None
    note: str = ""

    def __str__(self) -> str:
        limit, goal = (f"{number:g}" if number is not None else "" for number in (self.limit, self.goal))
        verdict = "" if self.limit is None else "ok" if self.value <= self.limit else "over"
        return f"{self.what:<44}{self.value:>9.4g} {self.unit:<6}{limit:>7}{goal:>7}  {verdict:<6}{self.note}".rstrip()
