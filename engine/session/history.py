"""History: the states of a session, most of them forgotten and computed again when they are asked for.

Loss and errors of every step are kept as numbers. A whole State is kept at checkpoints: each state that was set and not
reached by a step, and of those reached by steps one in so many; and for the newest steps. The others follow from the
checkpoint before them by the same steps that were taken first, so they are the same to the last bit.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

import numpy as np

from engine.replay.program import Array
from engine.session.state import State
from engine.training.problem import Problem, comparable

_CHUNK = 1024  # steps; what a branch copies at the most
_RECENT = 16  # states kept whole at the end, for going back and forth
# A state is computed again from a checkpoint at most so many steps before it, and, where a step is slow, by evaluating
# at most about so many points times parameters: some milliseconds.
_FARTHEST = 32
_MOST_WORK = 256_000


@dataclass(slots=True, eq=False)
class _Chunk:
    """The steps from one multiple of `_CHUNK` to the next. Not a value: `add` lets it grow at its end, never elsewhere.

    `losses` and `errors`: of each step. `checkpoints`: the states kept whole, at `places` within the chunk; the first
    step is always one, so a chunk needs no other.
    """

    losses: array[float] = field(default_factory=lambda: array("d"))
    errors: array[int] = field(default_factory=lambda: array("i"))
    places: list[int] = field(default_factory=list)
    checkpoints: list[State] = field(default_factory=list)

    def first(self, count: int) -> _Chunk:
        """A chunk of its own with the first `count` steps of this one."""
        kept = bisect_right(self.places, count - 1)
        return _Chunk(self.losses[:count], self.errors[:count], self.places[:kept], self.checkpoints[:kept])

    def add(self, state: State, given: bool) -> None:
        """One step more; a `given` one does not follow from the step before it."""
        place = len(self.losses)
        if given or not self.places or place - self.places[-1] >= _spacing(state.problem):
            self.places.append(place)
            self.checkpoints.append(state)
        self.losses.append(state.loss)
        self.errors.append(state.errors)

    def common(self, other: _Chunk) -> int:
        """How many of the first steps of two chunks follow from the same checkpoints, and so are the same."""
        kept = [list(zip(each.places, map(id, each.checkpoints), strict=True)) for each in (self, other)]
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*kept, strict=False)))
        ends = (each.places[same] if same < len(each.places) else len(each.losses) for each in (self, other))
        return min(ends)

    def at(self, place: int, count: int) -> State:
        """The state at `place`, where the first `count` steps belong to the history that asks."""
        nth = bisect_right(self.places, place) - 1
        start = self.places[nth]
        if start == place:
            return self.checkpoints[nth]
        end = min(self.places[nth + 1], count) if nth + 1 < len(self.places) else count
        return _descent(self.checkpoints[nth], end - start)[place - start]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """An immutable sequence of at least one State.

    Histories that grew out of each other share their chunks, of the last of which each sees a first part. Appending to
    the newest of them is O(1); appending to an older one copies its part of that last chunk first, so no history ever
    sees a change. `_problems`: each problem with the step from which it was set.
    """

    _chunks: tuple[_Chunk, ...]
    _recent: tuple[State, ...]
    _length: int
    _problems: tuple[tuple[int, Problem], ...]

    @staticmethod
    def of(first: State) -> History:
        """A history of one state."""
        return History((), (), 0, ())._grown(first, given=True)

    def __len__(self) -> int:
        return self._length

    def at(self, index: int) -> State:
        """The state at `index`, from 0. Raises IndexError outside the history."""
        if not 0 <= index < self._length:
            raise IndexError(f"step {index} of {self._length}")
        if (from_end := self._length - index) <= len(self._recent):
            return self._recent[-from_end]
        nth, place = divmod(index, _CHUNK)
        return self._chunks[nth].at(place, min(self._length - nth * _CHUNK, _CHUNK))

    def common(self, other: History) -> int:
        """How many of the first steps two histories have in common, because one grew out of the other or both out of a
        third: their states are the same to the last bit.
        """
        length = min(len(self), len(other))
        for nth, (mine, others) in enumerate(zip(self._chunks, other._chunks, strict=False)):
            if mine is not others:
                return min(nth * _CHUNK + mine.common(others), length)
        return length

    def items(self) -> list[State]:
        """All states, oldest first, the forgotten ones computed again."""
        return [self.at(index) for index in range(self._length)]

    @property
    def losses(self) -> Array:
        """The loss of every step, as a new array of shape (len(self),)."""
        # Of copies: an array that is looked at cannot grow.
        return np.concatenate([np.frombuffer(chunk.losses[:]) for chunk in self._chunks])[: self._length]

    def losses_of(self, problem: Problem) -> Array:
        """The same, nan where the loss was of a problem that is not comparable with this one."""
        losses = self.losses
        ends = [first for first, _ in self._problems[1:]] + [self._length]
        for (first, other), end in zip(self._problems, ends, strict=True):
            if not comparable(problem, other):
                losses[first:end] = np.nan
        return losses

    @property
    def errors(self) -> Array:
        """The number of wrong points at every step, as a new array of shape (len(self),)."""
        counts = [np.frombuffer(chunk.errors[:], dtype=np.intc) for chunk in self._chunks]
        return np.concatenate(counts)[: self._length].astype(np.float64)

    def append(self, reached: State) -> History:
        """This history and the state that the next step reached: what its last one has `stepped` to."""
        return self._grown(reached, given=False)

    def branch(self, index: int, given: State) -> History:
        """The states before `index`, then `given`, wherever it comes from: a new future from there.

        It is kept whole, as it need not follow from the state before it.
        """
        index = min(index, self._length)
        chunks = self._chunks[: -(-index // _CHUNK)]
        recent = self._recent[: max(0, index - self._length + len(self._recent))]
        problems = tuple(entry for entry in self._problems if entry[0] < index)
        return History(chunks, recent, index, problems)._grown(given, given=True)

    def _grown(self, state: State, given: bool) -> History:
        chunks, inside = self._chunks, self._length % _CHUNK
        if inside == 0:
            chunks = (*chunks, _Chunk())
        elif len(chunks[-1].losses) != inside:
            chunks = (*chunks[:-1], chunks[-1].first(inside))
        chunks[-1].add(state, given)
        same = self._problems and self._problems[-1][1] is state.problem
        problems = self._problems if same else (*self._problems, (self._length, state.problem))
        return History(chunks, (*self._recent, state)[-_RECENT:], self._length + 1, problems)


def _spacing(problem: Problem) -> int:
    """How many steps there are from one checkpoint to the next."""
    return min(max(_MOST_WORK // (len(problem.data) * len(problem.names)), 1), _FARTHEST)


@lru_cache(maxsize=8)
def _descent(checkpoint: State, count: int) -> tuple[State, ...]:
    """The `count` states from a checkpoint on, itself among them."""
    states = [checkpoint]
    while len(states) < count:
        following = states[-1].stepped()
        assert following is not None  # it was reached once
        states.append(following)
    return tuple(states)
