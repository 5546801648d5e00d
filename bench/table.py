"""The table that all measurements are printed in."""

from typing import NamedTuple


class Row(NamedTuple):
    """One line; without a `limit` it is there to be read. `at_least`: the limit is one from below."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    goal: float | None = None
    note: str = ""
    at_least: bool = False

    @property
    def within(self) -> bool:
        """Whether the value keeps to its limit, if it has one."""
        return self.limit is None or (self.value >= self.limit if self.at_least else self.value <= self.limit)

    def __str__(self) -> str:
        limit, goal = (f"{number:g}" if number is not None else "" for number in (self.limit, self.goal))
        verdict = "" if self.limit is None else "ok" if self.within else "short" if self.at_least else "over"
        return f"{self.what:<54}{self.value:>9.4g} {self.unit:<6}{limit:>7}{goal:>7}  {verdict:<6}{self.note}".rstrip()


HEADING = f"{'':<54}{'value':>9} {'':<6}{'limit':>7}{'goal':>7}"
