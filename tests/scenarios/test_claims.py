"""Every sentence of every caption, of random sessions and functions, against what is reckoned anew.

A sentence that no pattern matches fails: a new one needs its check in `tests/scenarios/claims`.
"""

import random
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

from engine.training.losses import POINT_LOSSES
from scenarios.context import goal
from scenarios.context.moment import moment
from scenarios.lesson.lesson import asked
from scenarios.lesson.lesson import caption as lesson_caption
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.hinge import HINGE
from tests.scenarios.claims import fit, functions, led, moments, runs, walks
from tests.scenarios.claims.compare import COMPARE, Compared
from tests.scenarios.claims.derive import DERIVE
from tests.scenarios.claims.landscape import LANDSCAPE
from tests.scenarios.claims.lesson import LESSON
from tests.scenarios.claims.looking import Landed
from tests.scenarios.claims.seen import Seen
from tests.scenarios.claims.sentences import Sentence, Sentences
from tests.scenarios.claims.slopes import Derivation
from tests.scenarios.claims.trace import TRACE, Walked
from tests.scenarios.lectures import walk
from tests.workspaces import apply, caption

T = TypeVar("T")


@pytest.fixture(autouse=True)
def hinge(monkeypatch: pytest.MonkeyPatch) -> None:
    """One point loss more than those that ship."""
    monkeypatch.setitem(POINT_LOSSES, HINGE.name, HINGE)


def held(sentences: Sentences[T], of: Callable[[Workspace], T], seen: Iterable[Workspace]) -> None:
    """Each caption, sentence by sentence; most sentences are met."""
    for workspace in seen:
        text = caption(workspace)
        assert not sentences.mistakes(text, of(workspace)), text
    assert len(sentences.unsaid) <= len(sentences.said) / 3, sentences.unsaid


def test_what_is_said_of_steps_is_so() -> None:
    held(Sentences(*fit.SENTENCES), Seen, (each for seed in range(80) for each in walks.walk(seed)))


def test_what_is_said_of_steps_along_given_slopes_is_so() -> None:
    held(Sentences(*led.LED, *fit.SENTENCES), Seen, (each for seed in range(40) for each in walks.led(seed)))


def test_what_is_said_of_the_landscape_is_so() -> None:
    said = Sentences(*LANDSCAPE, *fit.SENTENCES)
    for workspace in (each for seed in range(20) for each in walks.landscapes(seed)):
        text = caption(workspace)
        assert not said.mistakes(text, Landed(workspace)), text
    assert sum(not said.said[each.pattern] for each in LANDSCAPE) <= len(LANDSCAPE) / 3


def test_what_is_said_of_two_side_by_side_is_so() -> None:
    held(Sentences(*COMPARE), Compared, (each for seed in range(60) for each in walks.compared(seed)))


def test_what_is_said_of_a_function_and_its_slope_is_so() -> None:
    held(Sentences(*DERIVE), Derivation, functions.walk(0, 500))


def test_what_is_said_where_a_function_has_no_value_is_so() -> None:
    said = Sentences(*DERIVE)
    for workspace in functions.gaps():
        text = caption(workspace)
        assert not said.mistakes(text, Derivation(workspace)), text
    assert all(said.said[each.pattern] for each in DERIVE if "a hole" in each.pattern or "It is" in each.pattern)


def test_what_is_said_in_a_trace_is_so() -> None:
    held(Sentences(*TRACE), Walked, (each for seed in range(80) for each in functions.traced(seed)))


NUMBERS: dict[
    Screen, tuple[tuple[Sentence[Any], ...], Callable[[Workspace], Any], Callable[[int], Iterable[Workspace]], int]
] = {
    Screen.FIT: (moments.FIT, Seen, moments.walk, 20),
    Screen.LANDSCAPE: (moments.LANDSCAPE, Landed, walks.landscapes, 15),
    Screen.COMPARE: (moments.COMPARE, Compared, walks.compared, 20),
    Screen.DERIVE: (moments.DERIVE, Derivation, lambda seed: [functions.seen(seed)], 200),
    Screen.TRACE: (moments.TRACE, Walked, functions.traced, 40),
}


@pytest.mark.parametrize("screen", Screen)
def test_the_number_of_the_moment_is_so(screen: Screen) -> None:
    known, of, walked, seeds = NUMBERS[screen]
    sentences = Sentences(*known)
    for workspace in (each for seed in range(seeds) for each in walked(seed)):
        what, value, side = moment(workspace)
        assert not sentences.mistakes(f"{what} = {value}", of(workspace)), (what, value)
        assert not side or side * float(value) > 0.0
    assert not sentences.unsaid


def test_the_number_of_every_beat_is_so_and_a_question_keeps_its_own() -> None:
    beats = Sentences(*moments.BEATS)
    for workspace in walk():
        what, value, _ = moment(workspace)
        known, of, *_ = NUMBERS[workspace.view.screen]
        told = f"{what} = {value}"
        if Sentences(*known).mistakes(told, of(workspace)):
            assert not beats.mistakes(told, Seen(workspace)), (told, caption(workspace))
        assert workspace.lesson is not None
        if workspace.lesson.open_question is not None:
            assert value in ("?", "")
    assert not beats.unsaid


def test_what_is_said_at_the_end_of_a_run_is_so() -> None:
    sentences = Sentences(*runs.RUNS)
    for seed in range(100):
        chance = random.Random(seed)
        *_, workspace = walks.walk(seed, length=chance.randrange(4))
        for _ in range(2):
            wanted = chance.choice(
                (
                    goal.errors_at_most(chance.choice((0, 0, 1, 3))),
                    goal.loss_below(chance.choice((5.5, 4.0, -1.0, 0.1))),
                    goal.steps(7),
                )
            )
            found = runs.run(workspace.session, wanted, chance.choice((3, 40, 90)))
            text = wanted.told(found.ended, found.began.step, found.interrupted)
            assert not sentences.mistakes(text, found), text
            workspace = apply(workspace, walks.NEXT)
    assert len(sentences.unsaid) <= 1, sentences.unsaid


SCREENS: dict[Screen, Callable[[Workspace], list[str]]] = {
    Screen.FIT: lambda w: Sentences(*fit.SENTENCES).mistakes(caption(w), Seen(w)),
    Screen.LANDSCAPE: lambda w: Sentences(*LANDSCAPE, *fit.SENTENCES).mistakes(caption(w), Landed(w)),
    Screen.COMPARE: lambda w: Sentences(*COMPARE).mistakes(caption(w), Compared(w)),
    Screen.DERIVE: lambda w: Sentences(*DERIVE).mistakes(caption(w), Derivation(w)),
    Screen.TRACE: lambda w: Sentences(*TRACE).mistakes(caption(w), Walked(w)),
}


def test_what_a_lecture_says_of_the_moment_is_so() -> None:
    """Where a beat has no words of its own, and where a question has its answer."""
    said = 0
    for workspace in walk():
        if not lesson_caption(workspace):
            assert not SCREENS[workspace.view.screen](workspace), caption(workspace)
        elif asked(workspace) is not None and workspace.lesson is not None and workspace.lesson.answer is not None:
            assert not Sentences(*LESSON).mistakes(caption(workspace), Seen(workspace)), caption(workspace)
        else:
            continue
        said += 1
    assert said > 10
