"""A student's slopes lead: what the key does, what is waited for, and what is said, held against the engine."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session import moves
from engine.session.moves import Along, Give
from engine.session.session import Phase
from scenarios.context.captions import caption
from scenarios.journal.codec import Told, understood
from scenarios.lesson.lesson import begin
from scenarios.screens import leading
from scenarios.text import with_keys
from scenarios.workspace.moves import Hear, Heard
from scenarios.workspace.verdicts import Verdict, failure, judge_derivatives
from scenarios.workspace.workspace import Workspace
from tests.scenarios.lectures import lecture
from tests.workspaces import BACK, FORWARD, KEYS, NEXT, after, apply, made, many_points, opened

RIGHT = opened("model1").session.state.slopes
TURNED = tuple(-slope for slope in RIGHT)


def said(workspace: Workspace) -> str:
    return with_keys(caption(workspace), KEYS)


def led(*slopes: float, start: Workspace | None = None, phase: Phase = Phase.DIRECTION, **settings: Any) -> Workspace:
    """A workspace of model1 at a phase of a step along these slopes."""
    moves_before = [moves.Set(name, value) for name, value in settings.items()]
    begun = after(start or opened("model1"), [*moves_before, Along("minitorch"), Give(slopes)])
    return after(begun, [FORWARD] * {Phase.DIRECTION: 1, Phase.UPDATE: 2, Phase.LOSS: 3}[phase])


def hearing(workspace: Workspace, *theirs: float | str) -> Workspace:
    state = workspace.session.state
    return apply(workspace, Hear(Heard("minitorch", state, judge_derivatives(theirs, state.slopes))))


# What the key does.


def test_without_a_package_the_key_says_how_to_bring_one() -> None:
    move, told = leading.lead(opened("model1"))
    assert move is None
    assert told.startswith("start with --autodiff PACKAGE")


def test_with_one_it_lets_its_slopes_lead_and_riserun_s_again() -> None:
    workspace = hearing(opened("model1"), *RIGHT)
    move, told = leading.lead(workspace)
    assert move == Along("minitorch")
    assert "minitorch's slopes" in told
    assert leading.leader(workspace) == ""
    workspace = apply(workspace, move)
    assert leading.leader(workspace) == "minitorch's slopes"
    assert leading.lead(workspace)[0] == Along("")
    assert leading.leader(apply(workspace, moves.Undo())) == ""


def test_slopes_of_some_of_the_points_do_not_lead() -> None:
    workspace = apply(made(many_points(300), (0.0, 0.0, 0.0)), Hear(Heard("minitorch")))
    move, told = leading.lead(workspace)
    assert move is None
    assert "200 of the 300 points" in told


def test_it_leaves_a_lecture_s_scene_like_every_change() -> None:
    workspace = apply(begin(lecture()), Along("minitorch"))
    assert workspace.lesson is not None
    assert workspace.lesson.away


# What is waited for.


def test_a_step_waits_for_its_slopes_and_never_takes_riserun_s() -> None:
    waiting = after(apply(opened("model1"), Hear(Heard("minitorch"))), [Along("minitorch"), FORWARD, FORWARD, NEXT])
    assert (waiting.session.step, waiting.session.phase) == (0, Phase.DIRECTION)
    assert said(waiting) == "Asking minitorch for its slopes…"
    assert leading.refusal(waiting) == ""


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ("raised ValueError: no", "No step: minitorch raised ValueError: no. Press a for riserun's."),
        ("nan", "No step: minitorch gave a slope that is no number. Press a for riserun's."),
    ],
)
def test_a_failure_is_told_and_no_step_taken(theirs: str, told: str) -> None:
    workspace = hearing(after(opened("model1"), [Along("minitorch"), FORWARD]), *RIGHT[:2], theirs)
    workspace = after(workspace, [FORWARD, NEXT])
    assert (workspace.session.step, workspace.session.phase) == (0, Phase.DIRECTION)
    assert said(workspace) == told
    assert leading.stopped(workspace).startswith("no step: minitorch gave no slopes")


def test_a_package_that_is_asked_no_more_is_told() -> None:
    gone = apply(opened("model1"), Hear(Heard("minitorch", slopes=failure("is not asked any more"))))
    assert said(after(gone, [Along("minitorch"), FORWARD])).startswith("No step: minitorch is not asked any more.")


def test_a_resumed_session_says_that_the_package_is_not_there() -> None:
    workspace = after(opened("model1"), [Along("minitorch"), FORWARD])
    assert said(workspace) == (
        "This step goes along minitorch's slopes, and minitorch is not here to give them. Press a for riserun's."
    )
    assert said(after(workspace, [Along("")])).startswith("Raise b")


def test_the_answer_interrupts_nothing() -> None:
    workspace = after(opened("model1"), [Along("minitorch")])
    told = apply(workspace, Give(RIGHT))
    assert (told.view, told.predictions) == (workspace.view, workspace.predictions)
    assert apply(told, Give(TURNED)) is told


# What is said.


@pytest.mark.parametrize(
    ("workspace", "told"),
    [
        (led(*RIGHT), "minitorch's slope in b is +0.5579, which is right: b will go down."),
        (led(-1.0, *RIGHT[1:]), "minitorch's slope in b is +0.5579, which is right: b will go down. "
                                "But it is not right in w1."),
        (led(*TURNED), "minitorch's slope in b is -0.5579; the right one is +0.5579: the sign is wrong. "
                       "b will go up, and by that alone the loss rises 0.0346."),
        (led(*RIGHT[:2], 2 * RIGHT[2]), "minitorch's slope in b is +1.1158; the right one is +0.5579. "
                                        "b will go down by 0.1116, where the right one takes it by 0.0558."),
        (led(*RIGHT[:2], 0.0), "minitorch's slope in b is +0.0000; the right one is +0.5579. "
                               "b will not move, where the right one takes it by 0.0558."),
        (led(*TURNED, phase=Phase.UPDATE), "b steps against minitorch's slope: -0.4000 − 0.1 × (-0.5579) = -0.3442. "
                                           "Its slopes promise -0.0450, the right ones +0.0450."),
        (led(*RIGHT, phase=Phase.UPDATE), "b steps against minitorch's slope: -0.4000 − 0.1 × +0.5579 = -0.4558. "
                                          "They promise -0.0450."),
        (led(0.0, 0.0, 0.0, phase=Phase.UPDATE), "Along minitorch's slopes no parameter moves."),
        (led(*TURNED, phase=Phase.LOSS), "The loss rose 0.0470 to 5.8236; minitorch's slopes promised -0.0450, the "
                                         "right ones +0.0450. The sign in w1, w2 and b is wrong: the step climbed."),
        (led(*(9 * slope for slope in RIGHT), phase=Phase.LOSS),
         "The loss fell 0.2309 to 5.5457; minitorch's slopes promised -3.6411, the right ones -0.4046."),
        (led(0.0, 0.0, 0.0, phase=Phase.LOSS), "The loss is 5.7766, as before: "
                                               "along minitorch's slopes nothing moved."),
    ],
)  # fmt: skip
def test_whose_slopes_are_spoken_of_with_what_is_right(workspace: Workspace, told: str) -> None:
    assert said(workspace) == told


def test_what_a_package_does_on_purpose_is_right_for_it() -> None:
    """As the verdict of the package has it, which knows of its conventions; in a session that is read, the number is
    another one.
    """
    workspace = led(*RIGHT[:2], RIGHT[2] + 0.01)
    assert "the right one is +0.5579" in said(workspace)
    state = workspace.session.state
    verdict = Verdict(True, "right", derivatives=state.step_slopes, apart=(0.0, 0.0, 0.0))
    assert "which is right" in said(apply(workspace, Hear(Heard("minitorch", state, verdict))))


def test_where_all_is_right_the_step_is_told_as_ever() -> None:
    assert said(led(*RIGHT, phase=Phase.LOSS)) == said(opened("model1", NEXT))


def test_a_held_parameter_stays_and_the_promises_are_told_apart() -> None:
    start = opened("model1", moves.Hold("b"))
    assert said(led(*TURNED, start=start, phase=Phase.UPDATE)) == (
        "b is held and stays. minitorch's slopes promise -0.0138, the right ones +0.0138."
    )


def test_at_an_edited_place_the_key_is_what_was_done_last() -> None:
    workspace = after(opened("model1", moves.Edit("b", 0.5)), [Along("minitorch")])
    assert said(workspace).startswith("A step goes along minitorch's slopes now; the loss is 7.0806, as before")
    batched = said(apply(workspace, moves.Set("batch", 3)))
    assert batched.startswith("The batch is now 3: the loss is 7.0806")


def test_with_momentum_it_is_the_velocity_that_leads() -> None:
    workspace = led(*TURNED, phase=Phase.UPDATE, optimizer="momentum")
    assert said(workspace).startswith("b, with minitorch's slope: -0.4000 − 0.1 × (-0.5579 + 0.9 × +0.0000) = -0.3442.")


_SLOPES = st.tuples(*[st.sampled_from((-2.0, -0.5, 0.0, 0.25, 1.0, 3.0))] * 3)


@given(_SLOPES, st.sampled_from(Phase), st.sampled_from(("gradient-descent", "momentum")), st.integers(0, 2))
def test_what_is_claimed_holds(slopes: tuple[float, ...], phase: Phase, optimizer: str, index: int) -> None:
    workspace = led(*slopes, phase=phase, optimizer=optimizer)
    told, session = said(workspace), workspace.session
    state = session.state if phase is not Phase.LOSS else session.history.at(session.step - 1)
    if match := re.search(r"The loss (rose|fell) \S+ to (\S+); ", told):
        assert (match[1] == "rose") == (session.state.loss > state.loss)
    if "climbed" in told:
        assert session.state.loss > state.loss
        assert state.promise > 0.0
    if match := re.search(r"the loss (rises|falls) [\d.]+\.$", told):
        assert (match[1] == "rises") == (state.raised(2, state.change[2]) > 0.0)
    if match := re.search(r"b will (go up|go down|not move)", told):
        assert match[1] == {1: "go up", -1: "go down", 0: "not move"}[state.way(2)]
    if "sign is wrong" in told:
        assert state.step_slopes[2] * state.slopes[2] < 0.0


def test_a_name_from_a_journal_is_made_harmless() -> None:
    move = understood(Told(do="along", name="a\x1b[31m\n" + "b" * 200), opened("model1"))
    assert isinstance(move, Along)
    assert move.source.isprintable()
    workspace = apply(opened("model1"), move)
    assert len(leading.leader(workspace)) < 30
    assert after(workspace, [FORWARD, BACK]).session.state is workspace.session.state
