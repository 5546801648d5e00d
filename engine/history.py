"""History: a persistent sequence, cheap to append to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class History(Generic[T]):
    """An immutable sequence of at least one item.

    Histories that grew out of each other share one list, of which each sees its first `length` items. Appending to the
    newest of them is O(1); appending to an older one copies its part first, so no history ever sees a change.
    """

    _items: list[T]
    length: int

    @staticmethod
    def of(first: T) -> History[T]:
        """A history of one item."""
        return History([first], 1)

    def __len__(self) -> int:
        return self.length

    def at(self, index: int) -> T:
        """The item at `index`, from 0. Raises IndexError outside the history."""
        if not 0 <= index < self.length:
            raise IndexError(f"step {index} of {self.length}")
        return self._items[index]

    def items(self) -> list[T]:
        """All items, oldest first, as a new list."""
        return self._items[: self.length]

    def append(self, item: T) -> History[T]:
        """This history and one item more."""
        if len(self._items) == self.length:
            self._items.append(item)
            return History(self._items, self.length + 1)
        return History([*self.items(), item], self.length + 1)

    def branch(self, index: int, item: T) -> History[T]:
        """The items before `index`, then `item`: a new future from there."""
        return History([*self._items[: min(index, self.length)], item], min(index, self.length) + 1)
