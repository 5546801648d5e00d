"""A student's package beside ours: which operation is blamed, and what is said of a slope."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.session.session import Phase
from engine.training.models import network
from scenarios.screens import hearing
from scenarios.screens.trace.program import caption, place, traced
from scenarios.student.client import Student
from scenarios.workspace.moves import Hear, Heard
from scenarios.workspace.verdicts import Verdict, failure, judge_derivatives
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.students import copied
from tests.workspaces import FORWARD, after, apply, look, made, opened

# log sigmoid is row 6 of the trace, made of the course's sigmoid and log; negate is row 7, multiply rows 1, 2 and 5.
MUL = "_mul = scalar_functions.Mul.backward\nscalar_functions.Mul.backward = staticmethod(lambda c, d: {})"
OVERWRITES = """
def backpropagate(variable, deriv):
    derivatives = {variable.unique_id: deriv}
    for node in topological_sort(variable):
        d_output = derivatives[node.unique_id]
        if node.is_leaf():
            node.accumulate_derivative(d_output)
            continue
        for parent, d in node.chain_rule(d_output):
            derivatives[parent.unique_id] = d
scalar.backpropagate = backpropagate
"""


def asked(folder: Path, code: str, start: Workspace) -> Workspace:
    """The workspace with what a package of that code says of it."""
    with Student(copied(folder, code)) as student:
        state, point = start.session.state, start.view.point or 0
        slopes = student.slopes(state.problem, state.parameters)
        rows = student.trace(state.problem, state.parameters, point)
        wrong = any(row.apart[-1:] > (0.0,) for row in rows)
        shared = student.shared(state.problem, state.parameters, point) if wrong else ""
    return apply(start, Hear(Heard(student.name, state, slopes, point, rows, shared=shared)))


def tracing(scenario: str = "model1") -> Workspace:
    return after(opened(scenario), [look(screen=Screen.TRACE, trace_at=99)])


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "minitorch: every row is right."),
        ("operators.log_back = lambda x, d: 2 * d / x",
         "!! minitorch, v6 (log sigmoid) gives dL1/dv5 = -0.7086; the right one is -0.3543."),
        ("scalar_functions.Neg.backward = staticmethod(lambda c, d: d)",
         "!! minitorch, v7 (negate) gives dL1/dv6 = +1.0000; the right one is -1.0000."),
        (MUL.format("tuple(reversed(_mul(c, d)))"),
         "!! minitorch, v5 (multiply) gives dL1/dm = -0.2127; the right one is -0.3543."),
        ("operators.sigmoid = lambda x: 1 / 0",
         "!! minitorch, v6 (log sigmoid) raised ZeroDivisionError: division by zero (__init__.py:8)."),
        ("scalar_functions.Mul.forward = staticmethod(lambda c, a, b: c.save_for_backward(a, b) or a + b)",
         "!! minitorch, v1 (multiply): its value is +1.5714, the right one +0.5714."),
        (MUL.format("1 / 0"), "!! minitorch, v5 (multiply), for dL1/dm: raised ZeroDivisionError: division by zero "
         "(__init__.py:9)."),
    ],
)  # fmt: skip
def test_the_operation_at_fault_is_named(tmp_path: Path, code: str, told: str) -> None:
    workspace = asked(tmp_path, code, tracing())
    assert hearing.spoken(workspace, traced(workspace)) == told


def test_a_wrong_value_is_told_on_the_way_forward_once_it_is_computed(tmp_path: Path) -> None:
    code = "scalar_functions.Add.forward = staticmethod(lambda c, a, b: a - b)"
    workspace = asked(tmp_path, code, after(opened("model1"), [look(screen=Screen.TRACE)]))
    told = "!! minitorch, v3 (add): its value is +0.1425, the right one +1.0003."
    words = [place(after(workspace, [look(trace_at=at)]), traced(workspace)).words[1:] for at in range(5)]
    assert words == [(), (), (), (told,), (told,)]


def test_what_is_done_on_purpose_is_said_beside_the_right_slopes() -> None:
    state = opened("model1").session.state
    heard = Heard("minitorch", state, judge_derivatives(state.slopes, state.slopes), purpose="your log adds 1e-6")
    (told, _) = hearing.of_slopes(after(opened("model1"), [Hear(heard), FORWARD]))
    assert "(your log adds 1e-6; what follows from it is right)" in told


def test_uses_that_are_not_added_up_are_known_by_their_number(tmp_path: Path) -> None:
    """A hidden value of two layers is used twice; `=` for `+=` leaves one of the uses."""
    values = (0.5, -0.3, 0.8, 0.2, 0.1, 0.4, 0.7, 0.3, -0.6, 0.9, 0.2, 0.1, 1.1, 0.6, -0.2)
    start = made([(0.3, 0.9, 1.0)], values, model=network(2))
    workspace = asked(tmp_path, OVERWRITES, after(start, [look(screen=Screen.TRACE, trace_at=99)]))
    told = hearing.spoken(workspace, traced(workspace))
    assert told is not None
    assert re.fullmatch(r"!! minitorch, dL1/dv\d+ = \S+ is of one of its 2 uses alone; all add up to \S+\.", told)


def test_a_package_without_an_answer_about_this_place_is_being_asked(tmp_path: Path) -> None:
    workspace = asked(tmp_path, "", tracing())
    assert hearing.spoken(after(workspace, [look(point=4)]), traced(workspace)) == "Asking minitorch…"
    moved = after(workspace, [FORWARD, FORWARD, FORWARD])
    assert hearing.answered(moved) is None
    assert "minitorch" not in caption(moved)
    forward = after(moved, [look(trace_at=2)])
    assert place(forward, traced(forward)).words[1:] == ("Asking minitorch…",)


SWEEP = "def backpropagate(variable, deriv):\n    {}\nscalar.backpropagate = backpropagate"
SHARED = {
    "raises": (SWEEP.format("variable.unqiue_id"), "every operation is right by itself: look at backpropagate."),
    "ends": (SWEEP.format("os._exit(1)"), "every operation is right by itself: look at backpropagate."),
    "data": (
        "def accumulate_derivative(self, x): self.derivative = x; self.data += 1\n"
        "Scalar.accumulate_derivative = accumulate_derivative",
        "every operation is right by itself, but accumulate_derivative(3) and then accumulate_derivative(2) gives the "
        "derivative 2, not 5.",
    ),
}


@pytest.mark.parametrize(("code", "told"), SHARED.values(), ids=SHARED)
def test_no_operation_is_blamed_where_each_is_right_by_itself(tmp_path: Path, code: str, told: str) -> None:
    workspace = asked(tmp_path, code, tracing())
    program = traced(workspace)
    assert hearing.spoken(workspace, program) == f"!! minitorch: {told}"
    found = hearing.fault(workspace, program)
    assert found is not None
    assert found.row is None


def test_what_shows_only_where_points_are_added_up_is_said_to(tmp_path: Path) -> None:
    code = (
        "def accumulate_derivative(self, x): self.derivative = x\nScalar.accumulate_derivative = accumulate_derivative"
    )
    workspace = asked(tmp_path, code, tracing())
    told = hearing.spoken(workspace, traced(workspace))
    assert told is not None
    assert told.startswith("minitorch: every row of this point is right. What is wrong shows where several points")


def test_one_that_is_asked_no_more_says_so_at_every_step() -> None:
    gone = apply(tracing(), Hear(Heard("minitorch", slopes=failure("is not asked any more"))))
    for workspace in (gone, after(gone, [FORWARD, FORWARD, FORWARD])):
        assert hearing.spoken(workspace, traced(workspace)) == "minitorch is not asked any more."


class TestTheSlopePane:
    def of(self, *theirs: float | str, phase: Phase = Phase.DIRECTION) -> Workspace:
        workspace = after(opened("model1"), [FORWARD] * (phase - 1))
        state = workspace.session.state
        return apply(workspace, Hear(Heard("minitorch", state, judge_derivatives(theirs, state.slopes))))

    def test_a_wrong_slope_is_told_with_how_far_off_it_is(self) -> None:
        right = opened("model1").session.state.slopes
        found = hearing.of_slopes(self.of(*right[:2], -right[2]))
        assert "off by 1.1e+00" in found[0]
        assert found[1] == "  minitorch: dL/db = -0.557907"

    def test_before_the_slopes_are_shown_a_failure_is_told_and_no_number(self) -> None:
        assert hearing.of_slopes(self.of(1.0, 2.0, 3.0, phase=Phase.LOSS)) == []
        whole = "raised ValueError: " + "word " * 60 + "(operators.py:3)"
        (told,) = hearing.of_slopes(self.of(whole, whole, whole, phase=Phase.LOSS))
        assert told == f"minitorch, your own package, {whole}."

    def test_a_state_of_the_same_parameters_is_the_same_place(self) -> None:
        workspace = self.of(1.0, 2.0, 3.0)
        state = workspace.session.state
        assert workspace.heard is not None
        assert workspace.heard.of(replace(state, edited=True))
        assert not workspace.heard.of(replace(state, parameters=(0.0, 0.0, 0.0)))

    def test_what_is_not_finite_cannot_lead(self) -> None:
        assert self.of(1.0, "nan", 2.0).heard.leading is None  # type: ignore[union-attr]
        assert Heard("m", slopes=Verdict(False, "raised")).leading is None
        assert self.of(1.0, None, 2.0).heard.leading == (1.0, 0.0, 2.0)  # type: ignore[arg-type,union-attr]
