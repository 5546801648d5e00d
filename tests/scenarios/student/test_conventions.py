"""What a package's log adds to x: found out, said, and part of what is right, at any depth."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.training.losses import POINT_LOSSES
from scenarios.library import store
from scenarios.student.client import Student
from scenarios.student.grading import grade
from scenarios.student.reference import Conventions
from tests.students import NO_EPS, RIGHT, SCAFFOLD, Patch, scaffold

MODEL1 = store.load("model1").problem
SMALL_EPS = ("operators.py", "EPS = 1e-6", "EPS = 1e-9")
PLAIN_BACK = ("operators.py", "d / (x + EPS)", "d / x")
PLAIN_LOG = ("operators.py", "math.log(x + EPS)", "math.log(x)")

CONVENTIONS = {
    "the course's": ((), Conventions(1e-6, 1e-6), "your log adds 1e-6, as the course's does"),
    "none": ((NO_EPS,), Conventions(), ""),
    "another number": ((SMALL_EPS,), Conventions(1e-9, 1e-9), "your log adds 1e-9"),
    "forward alone": (
        (PLAIN_BACK,),
        Conventions(1e-6, 0.0),
        "your log adds 1e-6, as the course's does; its derivative would then be 1/(x + 1e-6), yours is 1/x",
    ),
    "backward alone": (
        (PLAIN_LOG,),
        Conventions(0.0, 1e-6),
        "your log adds 0; its derivative would then be 1/x, yours is 1/(x + 1e-6)",
    ),
}

# The line far on the wrong side of most points: there sigma is far below 1e-6, and a log without it is 20 and more off.
FAR = (30.0, 30.0, -80.0)


@pytest.mark.parametrize(("patches", "known", "said"), CONVENTIONS.values(), ids=CONVENTIONS)
def test_it_is_found_out_and_all_that_follows_from_it_is_right(
    tmp_path: Path, patches: tuple[Patch, ...], known: Conventions, said: str
) -> None:
    with Student(scaffold(tmp_path, *patches)) as student:
        assert student.conventions == known
        assert student.conventions.said == said
        assert [check for check in grade(student).checks if not check.verdict.right] == []
        for loss in POINT_LOSSES:
            problem = replace(MODEL1, loss=loss)
            assert student.slopes(problem, FAR).text == "right"
            assert {verdict.text for verdict in student.trace(problem, FAR, 1)} == {"right"}


def test_what_the_number_makes_is_seen_far_out() -> None:
    with Student(str(SCAFFOLD)) as theirs, Student(str(RIGHT)) as plain:
        assert (theirs.slopes(MODEL1, FAR).value or 0.0) < (plain.slopes(MODEL1, FAR).value or 0.0) - 20.0


@pytest.mark.parametrize(
    "patch",
    [
        ("operators.py", "math.log(x + EPS)", "math.log(x) + EPS"),
        ("operators.py", "math.log(x + EPS)", "math.log(x - EPS)"),
        ("operators.py", "EPS = 1e-6", "EPS = 1e-3"),
        ("operators.py", "return d / (x + EPS)", "return d / (x + EPS) + 3 * EPS"),
        ("operators.py", "return d / (x + EPS)", "return d * x"),
    ],
)
def test_nothing_else_passes_for_it(tmp_path: Path, patch: Patch) -> None:
    with Student(scaffold(tmp_path, patch)) as student:
        wrong = grade(student).first_wrong
    assert wrong is not None
    assert wrong.name == "log"
