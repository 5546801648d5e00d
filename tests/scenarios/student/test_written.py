"""What is still to be written is told task by task, and is not wrong."""

from pathlib import Path

import pytest

from scenarios.student.report import Outcome
from tests.scenarios.student.grades import TASKS, graded, lines
from tests.students import Package, scaffold

TO_WRITE = [
    "1.1 to write: central_difference",
    "1.2 to write: Scalar: __add__, __lt__, __gt__, __eq__, __sub__, __neg__, log, exp, sigmoid, relu; "
    "forward of Mul, Inv, Neg, Sigmoid, ReLU, Exp, LT, EQ",
    "1.3 to write: Scalar: chain_rule",
    "1.4 to write: topological_sort, backpropagate; backward of Mul, Inv, Neg, Sigmoid, ReLU, Exp, LT, EQ",
]
MODULE_0 = "0.1 to write: operators: mul, add, neg, lt, eq, sigmoid, relu, log_back, inv, inv_back, relu_back"
STAGES = {
    "bare": (("0.1", *TASKS), [MODULE_0, *TO_WRITE]),
    "with Module 0": (TASKS, TO_WRITE),
    "1.1 and 1.2 done": (("1.3", "1.4"), ["1.1 right", "1.2 right", *TO_WRITE[2:]]),
    "1.3 not": (("1.3",), ["1.1 right", "1.2 right", TO_WRITE[2], "1.4 waits for 1.3"]),
    "1.4 not": (("1.4",), ["1.1 right", "1.2 right", "1.3 right", TO_WRITE[3]]),
    "1.4 first": (("1.1", "1.2", "1.3"), [*TO_WRITE[:3], "1.4 waits for 1.2 and 1.3"]),
}


@pytest.mark.parametrize(("without", "expected"), STAGES.values(), ids=STAGES)
def test_what_is_to_be_written_is_a_line_a_task(tmp_path: Path, without: tuple[str, ...], expected: list[str]) -> None:
    report = graded(scaffold(tmp_path, without=without))
    assert lines(report) == expected
    assert report.first_wrong is None
    assert {check.outcome for check in report.checks} <= {Outcome.RIGHT, Outcome.UNWRITTEN}


def test_one_function_that_is_missing_leaves_the_others_right(tmp_path: Path) -> None:
    report = graded(scaffold(tmp_path, ("scalar.py", "        return Exp.apply(self)", "        pass")))
    assert lines(report)[1] == "1.2 to write: Scalar: exp"
    assert report.counts == {Outcome.RIGHT: 44, Outcome.UNWRITTEN: 6}


def test_functions_that_are_not_there_are_to_be_written(tmp_path: Path) -> None:
    folder = Path(scaffold(tmp_path))
    path = folder / "scalar_functions.py"
    path.write_text(path.read_text().partition("class Exp(")[0])
    report = graded(str(folder))
    assert report.first_wrong is None
    assert [report.status(task) for task in ("1.2", "1.4")] == [
        "to write: forward of Exp, LT, EQ",
        "to write: backward of Exp, LT, EQ",
    ]


UNWRITTEN = {
    "no __radd__": ("del Scalar.__radd__", "1.2", "to write: Scalar: __radd__"),
    "no log": ("del Scalar.log", "1.2", "to write: Scalar: log"),
    "no Exp": ("del scalar_functions.Exp, Exp, scalar.Exp", "1.2", "to write: forward of Exp"),
    "no relu_back": (
        "def relu_back(x, d): ...\noperators.relu_back = relu_back",
        "0.1",
        "to write: operators: relu_back",
    ),
    "pass": ("def backward(ctx, d): pass\nMul.backward = staticmethod(backward)", "1.4", "to write: backward of Mul"),
    "to do": (
        "def chain_rule(self, d): raise NotImplementedError('Task 1.3')\nScalar.chain_rule = chain_rule",
        "1.3",
        "to write: Scalar: chain_rule",
    ),
    "of their own": (
        "def helper(x, d): raise NotImplementedError\nNeg.backward = staticmethod(lambda ctx, d: helper(1.0, d))",
        "1.4",
        "is not written yet: helper (__init__.py:",
    ),
    "no difference": (
        "del central_difference, autodiff.central_difference, scalar.central_difference",
        "1.1",
        "to write: central_difference",
    ),
}


@pytest.mark.parametrize(("code", "task", "text"), UNWRITTEN.values(), ids=UNWRITTEN)
def test_what_is_not_written_yet_is_not_wrong(package: Package, code: str, task: str, text: str) -> None:
    report = graded(package(code))
    assert not report.right
    assert report.first_wrong is None
    assert {check.outcome for check in report.checks} <= {Outcome.RIGHT, Outcome.UNWRITTEN, Outcome.UNJUDGED}
    assert report.status(task).startswith(text)


def test_another_design_than_the_courses_is_not_asked_for_its_functions(tmp_path: Path) -> None:
    (tmp_path / "scalar.py").write_text("from engine.course import Scalar\nScalar.exp = lambda self: Scalar(1.0)\n")
    report = graded(str(tmp_path))
    assert [report.to_write(task) for task in report.tasks if report.to_write(task)] == [("central_difference",)]
    assert report.first_wrong is not None
    assert report.first_wrong.title == "exp, forward"
