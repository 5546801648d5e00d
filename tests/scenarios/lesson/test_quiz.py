"""The quiz: its right answers, found by the engine, are the lecture's known numbers."""

import pytest

from engine.session import moves
from engine.session.session import State
from scenarios.context.actions import ANSWERS
from scenarios.lesson.quiz import QUESTIONS, question
from scenarios.workspace.lectures import Ask
from tests.workspaces import made, opened


def state(name: str, *acts: moves.Move) -> State:
    return opened(name, *acts).session.state


@pytest.mark.parametrize(
    ("name", "acts", "ask", "answer"),
    [
        ("model1", [], Ask("which-way", "b", 0.1), "down"),
        ("model1", [], Ask("which-way", "w2", 0.1), "up"),
        ("model1", [moves.Hold("b")], Ask("which-way", "b", 0.1), "it stays"),
        ("step-1", [], Ask("which-way", "b", 0.1), "up"),
        ("model1", [moves.Set("rate", 1e-300)], Ask("which-way", "b", 0.1), "it stays"),
        ("model1", [], Ask("nudge", "b", -0.1), "-0.0446"),
        ("step-1", [], Ask("nudge", "b", 0.05), "-0.1004"),
        ("model1", [], Ask("no-formula", "", 0.1), "central difference"),
        ("model1", [], Ask("pull", "b", 0.1), "the ×"),
        ("step-1", [moves.Set("loss", "ReLU")], Ask("pull", "b", 0.1), "the wrong points"),
    ],
)
def test_the_right_answer_is_the_known_one(name: str, acts: list[moves.Move], ask: Ask, answer: str) -> None:
    found = question(state(name, *acts), ask)
    assert found.options[found.right] == answer
    assert len(set(found.options)) == len(found.options) > 1
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("name", "acts", "ask", "why"),
    [
        (
            "model2",
            [],
            Ask("nudge", "b", 0.1),
            "The loss rises by 0.0446; the slope predicts 0.0333, and the rest is curvature.",
        ),
        (
            "overshoot",
            [],
            Ask("nudge", "b", -0.8),  # over the minimum and up the other side
            "The loss rises by 0.3042; the slope predicts -0.4463, and the rest is curvature.",
        ),
        (
            "model1",
            [moves.Set("loss", "ReLU")],
            Ask("nudge", "b", 0.1),
            "The loss rises by 0.4000; the slope predicts the same.",
        ),
        ("model1", [], Ask("pull", "b", 0.1), "The × contribute -1.8151, the ○ +2.3730. A negative slope pulls b up."),
        (
            "step-1",
            [moves.Set("loss", "ReLU")],
            Ask("pull", "b", 0.1),
            "The wrong points contribute -5.0000, the others +0.0000. A negative slope pulls b up.",
        ),
        (
            "model1",
            [moves.Hold("b")],
            Ask("which-way", "b", 0.1),
            "The slope of the loss in b is +0.5579: b stays because it is held.",
        ),
    ],
)
def test_why_an_answer_is_right(name: str, acts: list[moves.Move], ask: Ask, why: str) -> None:
    assert question(state(name, *acts), ask).why == why


def test_points_of_one_class_pull_without_others() -> None:
    at = made([(1.0, 0.0, 1.0), (2.0, 0.0, 1.0)], (0.0, 0.0, 0.0)).session.state
    assert question(at, Ask("pull", "b", 0.1)).why == "The × contribute -1.0000. A negative slope pulls b up."


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_and_its_answers_fit_their_lines(kind: str) -> None:
    found = question(state("model1"), Ask(kind, "b", 0.1))
    assert len(found.text) <= 76
    assert len(found.options) <= len(ANSWERS)
    # The smallest screen has them all, each with its letter, in one row, with the mark of the right one.
    assert len("  ".join(f"   x {option}" for option in found.options) + " (right)") < 72
    assert len(found.why) <= 150


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (Ask("which-way", "c", 0.1), "no parameter 'c'; Linear has w1, w2, b"),
        (Ask("nudge", "b", 0.0), "hardly changes the loss"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask: Ask, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        question(state("model1"), ask)


def test_a_question_that_no_answer_would_fit_is_refused() -> None:
    at = made([(1.0, 0.0, 1.0), (-1.0, 0.0, -1.0), (2.0, 0.0, -1.0)], (1.0, 0.0, 0.0)).session.state
    with pytest.raises(ValueError, match="none of"):
        question(at, Ask("pull", "w1", 0.1))
