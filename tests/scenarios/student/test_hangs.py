"""What hangs, dies or is slow is laid at the half that does, and the rest is judged."""

from pathlib import Path

import pytest

from scenarios.student.client import Student
from scenarios.student.grading import SECONDS, WANTED, grade
from scenarios.student.report import Outcome
from tests.scenarios.student.grades import TASKS, graded, lines
from tests.scenarios.student.mistakes.mistake import BACKPROPAGATE
from tests.students import Package, scaffold

EARLY = ["add", "mul", "neg"]
HANG = "\n    while True: pass\n"
HANGS = {
    "backward": (
        "def backward(self, d=None):" + HANG + "Scalar.backward = backward",
        {"backward": EARLY},
    ),
    "one rule": ("def back(x, d):" + HANG + "operators.log_back = back", {"backward": ["log"]}),
    "one function": ("def relu(x):" + HANG + "operators.relu = relu", {"forward": ["relu"]}),
    "every function": (
        "def apply(*_):" + HANG + "ScalarFunction.apply = apply",
        {"forward": EARLY, "": ["chain_rule"]},
    ),
    "asleep": ("import time\nAdd.backward = staticmethod(lambda *_: time.sleep(1000))", {"backward": ["add", "sub"]}),
    "the difference": (
        "def central_difference(*_, **__):" + HANG + "autodiff.central_difference = central_difference",
        {"": ["central_difference"]},
    ),
}


@pytest.mark.parametrize(("code", "expected"), HANGS.values(), ids=HANGS)
def test_a_hang_is_laid_at_the_half_that_hangs_and_the_rest_is_judged(
    package: Package, code: str, expected: dict[str, list[str]]
) -> None:
    with Student(package(code), seconds=0.2, wanted=WANTED) as student:
        checks = grade(student).checks
        assert student.deaths == 0  # stopped, not killed
    found: dict[str, list[str]] = {}
    for check in checks:
        if check.outcome is Outcome.HANGS:
            found.setdefault(check.direction, []).append(check.name)
    assert found == expected
    assert {check.outcome for check in checks} <= {Outcome.RIGHT, Outcome.HANGS, Outcome.UNJUDGED}
    assert sum(check.outcome is Outcome.HANGS for check in checks) < 5  # a common cause is not asked for every time
    if expected == {"backward": ["log"]}:
        assert sum(check.verdict.right for check in checks) == len(checks) - 3


def test_what_cannot_be_stopped_is_laid_at_its_half_too(package: Package) -> None:
    stop = "import signal\nlog_back = lambda x, d: os.kill(os.getpid(), signal.SIGSTOP)\noperators.log_back = log_back"
    with Student(package(stop), seconds=0.2) as student:
        passes = student.operation("log", (2.0,))
        assert student.deaths > 0
    assert passes.forward.text == "right"
    assert passes.backward.text == "took longer than 0.5 s"


def test_hangs_everywhere_do_not_add_up(tmp_path: Path) -> None:
    hang = "    while True:\n        pass\n"
    patches = (
        ("autodiff.py", "    up, down = ", f"{hang}    up, down = "),
        ("autodiff.py", "    visit(variable)\n", hang),
        ("operators.py", "    if x >= 0:", f"{hang}    if x >= 0:"),
        ("operators.py", "    return x if x > 0 else 0.0\n", hang),
        ("operators.py", "    return math.exp(x)\n", hang),
    )
    report = graded(scaffold(tmp_path, *patches))
    hanging = [check.title for check in report.checks if check.outcome is Outcome.HANGS]
    assert hanging[:2] == ["central_difference", "exp, forward"]
    assert len(hanging) * SECONDS < 2.0  # the rest of three seconds is for starting
    assert report.counts[Outcome.WRONG] == 0
    assert report.counts[Outcome.RIGHT] > 5


def test_a_hang_of_what_all_have_in_common_is_laid_there(tmp_path: Path) -> None:
    hang = (
        "autodiff.py",
        "    for node in topological_sort(variable):\n",
        "    while True:\n        pass\n    for node in []:\n",
    )
    first = graded(scaffold(tmp_path, hang)).first_wrong
    assert first is not None
    assert (first.title, first.outcome, first.hint) == ("add, backward", Outcome.HANGS, BACKPROPAGATE)


ENDS = {
    "exits": "import os\n    os._exit(3)\n",
    "crashes": "import ctypes\n    ctypes.string_at(0)\n",
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_what_dies_on_the_way_back_is_judged_forward(tmp_path: Path, ends: str) -> None:
    start = "    derivatives = {variable.unique_id: deriv}\n"
    report = graded(scaffold(tmp_path, ("autodiff.py", start, f"    {ends}{start}")))
    assert lines(report)[:3] == [f"{task} right" for task in TASKS[:3]]
    assert report.conventions.log == 1e-6
    assert report.first_wrong is not None
    assert (report.first_wrong.title, report.first_wrong.hint) == ("add, backward", BACKPROPAGATE)


def test_slow_is_not_hanging(tmp_path: Path) -> None:
    slow = (
        "scalar_functions.py",
        "        ctx = Context(False)",
        "        import time; time.sleep(0.03)\n        ctx = Context(False)",
    )
    with Student(scaffold(tmp_path, slow), seconds=0.1) as student:
        text = student.program(lambda x: x * x * x * x * x * x, (2.0,), back=False).forward.text
        assert text.startswith("was too slow: in 0.1 s it made ")
        assert text.endswith(" of 6 values")


def test_what_is_slow_everywhere_is_not_asked_to_its_end(tmp_path: Path) -> None:
    with Student(scaffold(tmp_path), wanted=WANTED) as student:
        report = grade(student, budget=0.0)
    assert not report.right
    assert report.first_wrong is None
    assert set(report.counts) == {Outcome.RIGHT, Outcome.UNJUDGED}
