"""A student's Module 1 checked task by task, each piece after those it is made of: the first wrong one is the cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from engine.training.datasets import data
from scenarios.library import store
from scenarios.numbers import given, given_apart
from scenarios.student.causes import CHAIN_RULE, CONSTANT, TWICE, backward_hint, chain_hint
from scenarios.student.client import Student
from scenarios.student.course import ASKED, BACKWARD, FORWARD, needs, still_to_write
from scenarios.student.hints import difference_hint, forward_hint, same
from scenarios.student.passes import Passes, Walk
from scenarios.student.reference import Conventions
from scenarios.student.report import Check, Example, Report
from scenarios.student.tried import DIFFERENCES, INVERSE, OPERATIONS, PROGRAMS, SEED, SEEDS, SINGLE, Tried, at, product
from scenarios.text import listed
from scenarios.workspace.verdicts import Verdict, failure

WANTED = tuple(name for names in ASKED.values() for name in names)
"""What a Student that is to be graded must look up."""

SECONDS = 0.25
"""How long a half of a question may take: all are small, and a hang in every one of them must not add up."""

BUDGET = 5.0
"""How long all of their answers may take: what is slow everywhere is not asked to its end."""

# Three that hang one way hang for a common cause; asking the others would only take time.
_PATIENCE, _ALL = 3, 4


@dataclass(frozen=True, slots=True)
class _Trial:
    """One thing tried: how it is written, its numbers, and the question, which is put backward too with `back=True`."""

    shown: str
    inputs: tuple[float, ...]
    ask: Callable[..., Passes]
    seed: float = 1.0


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a check forward and one backward are about: its trials, and the operations it `uses`."""

    name: str
    uses: tuple[str, ...]
    trials: tuple[_Trial, ...]
    methods: tuple[str, ...] = ()
    variables: Sequence[str] = ("x", "y")


def grade(student: Student, budget: float = BUDGET) -> Report:
    """Every check, in the course's order, as far as `budget` seconds of their code's time go.

    The student was made with WANTED, and should be with SECONDS.
    """
    checks = tuple(_with_sure_hints(_Grading(student, budget).checks()))
    asked = any(check.name == "log" and check.direction == FORWARD and check.verdict.right for check in checks)
    return Report(checks, student.conventions if asked else Conventions())


def _with_sure_hints(checks: Iterable[Check]) -> Iterator[Check]:
    """The checks; what is between operations is hinted at only where everything before, in its direction, is right."""
    right = {FORWARD: True, BACKWARD: True, "": True}
    for check in checks:
        single = check.name in SINGLE or not check.direction
        yield check if single or right[check.direction] else replace(check, hint="")
        right[check.direction] = right[check.direction] and check.verdict.right


class _Grading:
    """The checks of one student, and what has hung or died on the way."""

    def __init__(self, student: Student, budget: float):
        self._student, self._budget = student, budget
        self._stopped: dict[str, list[str]] = {FORWARD: [], BACKWARD: []}
        self._chained = True

    def checks(self) -> Iterator[Check]:
        """Each check; what is asked forward and backward at once stands with its task."""
        yield self._difference()
        chain = self._chain_rule()
        self._chained = chain.verdict.right
        pairs = [self._both_ways(subject) for subject in (*self._operations(), *self._programs())]
        loss = self._both_ways(self._loss())
        yield from (ahead for ahead, _ in (*pairs, loss))
        yield chain
        yield from (back for _, back in pairs)
        for subject in (self._twice(), self._constant()):
            yield self._both_ways(subject)[1]
        yield loss[1]

    def _operations(self) -> Iterator[_Subject]:
        for name, (shown, tried) in OPERATIONS.items():
            if name == "div":
                yield self._of(INVERSE, *SEEDS)
            ask = partial(self._student.operation, name)
            trials = [_Trial(at(shown, inputs), inputs, partial(ask, inputs)) for inputs in tried]
            for seed in SEEDS:
                first, seeded = tried[0], f"{at(shown, tried[0])}, with d_output = {given(seed)},"
                trials.append(_Trial(seeded, first, partial(ask, first, seed), seed))
            yield _Subject(name, (name,), tuple(trials))

    def _programs(self) -> Iterator[_Subject]:
        yield from map(self._of, PROGRAMS)

    def _of(self, tried: Tried, *seeds: float) -> _Subject:
        ask = partial(self._student.program, tried.program)
        trials = [_Trial(at(tried.shown, inputs), inputs, partial(ask, inputs)) for inputs in tried.inputs]
        for seed in seeds:
            shown = f"{trials[0].shown}, with d_output = {given(seed)},"
            trials.append(replace(trials[0], shown=shown, ask=partial(trials[0].ask, seed=seed), seed=seed))
        return _Subject(tried.name, tried.uses, tuple(trials), tried.methods)

    def _twice(self) -> _Subject:
        shown = "x * 1 and then x * 3, both backward, at x = 2"
        ask = partial(self._student.program, product, (2.0,), ((1.0,), (3.0,)))
        return _Subject(TWICE, ("mul",), (_Trial(shown, (2.0,), ask),))

    def _constant(self) -> _Subject:
        shown = "x * c + c at x = 2, with the constant c = Scalar(3, None),"
        ask = partial(self._student.program, lambda x, c: x * c + c, (2.0,), constants=(3.0,))
        return _Subject(CONSTANT, ("mul", "add"), (_Trial(shown, (2.0,), ask),))

    def _loss(self) -> _Subject:
        """The loss of model1: of its first point, then of all ten."""
        scenario = store.load("model1")
        problem, parameters = scenario.problem, scenario.parameters
        points = problem.data
        first = replace(problem, data=data([(float(points.x1[0]), float(points.x2[0]), float(points.y[0]))]))
        where = ", ".join(f"{name} = {given(value)}" for name, value in zip(problem.names, parameters, strict=True))
        trials = tuple(
            _Trial(f"the loss of {of} at {where}", parameters, partial(self._student.loss, part, parameters))
            for of, part in (("model1's first point", first), ("model1", problem))
        )
        return _Subject("loss of model1", ("mul", "add", "neg", "sigmoid", "log"), trials, variables=problem.names)

    def _both_ways(self, subject: _Subject) -> tuple[Check, Check]:
        """The check forward and the check backward, each with the first trial at which it goes wrong."""
        found: dict[str, Check] = {}
        for trial in subject.trials:
            ways = [way for way in (FORWARD, BACKWARD) if not self._reason(way, subject)]
            if FORWARD not in ways:
                break
            passes = trial.ask(back=BACKWARD in ways)
            for way in ways:
                if way not in found or found[way].verdict.right:
                    found[way] = self._check(subject, way, trial, passes)
                    if found[way].verdict.hung or found[way].verdict.dead:
                        self._stopped[way].append(subject.name)
        for way in (FORWARD, BACKWARD):
            if way not in found:
                reason = self._reason(way, subject) or self._reason(FORWARD, subject)
                unwritten = self._unwritten(way, subject)
                found[way] = Check(_task(way), subject.name, way, failure(reason), unwritten=unwritten)
        return found[FORWARD], found[BACKWARD]

    def _reason(self, way: str, subject: _Subject) -> str:
        """Why this is not asked any more, or not at all; "" where it is."""
        stopped = self._stopped[way]
        if self._student.spent > self._budget:
            return f"not asked: your code is slow, it had taken {self._budget:g} s by then"
        if found := [name for name in (*subject.uses, subject.name) if name in stopped]:
            return f"not asked: {found[0]} gives no answer"
        every = [name for names in self._stopped.values() for name in names]
        enough = len(stopped) >= _PATIENCE or len(every) >= _ALL
        return f"not asked: {listed(stopped if len(stopped) >= _PATIENCE else every)} give no answer" if enough else ""

    def _unwritten(self, way: str, subject: _Subject) -> tuple[str, ...]:
        names = [name for operation in subject.uses for name in needs(operation, way)]
        names += [f"Scalar.{method}" for method in subject.methods]
        return still_to_write(self._student.unwritten, names)

    def _check(self, subject: _Subject, way: str, trial: _Trial, passes: Passes) -> Check:
        verdict = passes.forward if way == FORWARD else passes.backward
        if verdict.right:
            return Check(_task(way), subject.name, way, verdict)
        if way == FORWARD:
            hint = forward_hint(subject.name, trial.inputs, verdict)
        else:
            walk = None if self._stopped[BACKWARD] else self._walk(subject, trial, passes)
            known = (trial.seed, verdict, passes.derivatives, walk, self._chained)
            hint = backward_hint(subject.name, trial.inputs, *known)
        right = (passes.value,) if way == FORWARD else passes.derivatives
        example = Example(trial.shown, *_compared(verdict, right, subject.variables if way == BACKWARD else ()))
        return Check(_task(way), subject.name, way, verdict, example, hint, self._unwritten(way, subject))

    def _walk(self, subject: _Subject, trial: _Trial, passes: Passes) -> Walk | None:
        """The way back; where 2 may be 1 + 1 or 2 * 1, without what another d_output shows not to be so."""
        walk, theirs = self._student.walk(passes), passes.backward.derivatives
        doubled = theirs and passes.backward.differs and same(theirs, [2.0 * number for number in passes.derivatives])
        if walk is None or not doubled or subject.name not in SINGLE or trial.seed != 1.0:
            return walk
        other = trial.ask(seed=SEED)
        if other.backward.right:
            return replace(walk, again=other.backward)
        theirs = other.backward.derivatives or ()
        twice = same(theirs, [2.0 * number for number in other.derivatives])
        return replace(walk, from_one=()) if twice else walk

    def _difference(self) -> Check:
        verdict, unwritten = failure(""), still_to_write(self._student.unwritten, ASKED["1.1"])
        for tried in DIFFERENCES:
            verdict, right = self._student.difference(tried.program, tried.inputs, tried.arg, tried.epsilon)
            if not verdict.right:
                shown = at(f"central_difference of {tried.shown}", tried.inputs)
                example = Example(shown, *_compared(verdict, [right], ()))
                hint = difference_hint(tried, verdict, right)
                return Check("1.1", "central_difference", "", verdict, example, hint, unwritten)
        return Check("1.1", "central_difference", "", verdict)

    def _chain_rule(self) -> Check:
        """At functions of riserun's own, so that none of theirs is needed."""
        unwritten = still_to_write(self._student.unwritten, ASKED["1.3"])
        for shown, inputs in (("x * y + x", (2.0, 4.0)), ("x * x", (2.0,))):
            found = self._student.chain_rule(inputs, SEED)
            if found is not None and not found[0].right:
                verdict, right = found
                shown = f"chain_rule({given(SEED)}) of {at(shown, inputs)}"
                example = Example(shown, *_compared(verdict, right, "xy"))
                hint = chain_hint(inputs, SEED, verdict, right)
                return Check("1.3", CHAIN_RULE, "", verdict, example, hint, unwritten)
        return Check("1.3", CHAIN_RULE, "", Verdict(True, "right"))


def _task(way: str) -> str:
    return "1.2" if way == FORWARD else "1.4"


def _compared(verdict: Verdict, right: Sequence[float], variables: Sequence[str]) -> tuple[str, str]:
    """What their code did, `gave 3`, and what is right, with as many digits as show that they differ."""
    names = [f"d/d{name} = " for name in variables] or [""]
    theirs = (verdict.derivatives or ()) if verdict.value is None else (verdict.value,)
    if not verdict.differs:
        return verdict.text, ", ".join(f"{name}{given(value)}" for name, value in zip(names, right, strict=False))
    far = [bool(apart) for apart in verdict.apart] or [True] * len(right)
    pairs = [
        given_apart(*pair) if off else (given(pair[0]), given(pair[1]))
        for *pair, off in zip(theirs, right, far, strict=True)
    ]
    got, due = (", ".join(f"{name}{pair[side]}" for name, pair in zip(names, pairs, strict=False)) for side in (0, 1))
    return f"gave {got}", due
