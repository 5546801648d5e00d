"""A mistake is named first, with the numbers that show it and its cause."""

from pathlib import Path

import pytest

from scenarios.student.report import Outcome
from tests.scenarios.student.grades import graded
from tests.scenarios.student.mistakes import MISTAKES, USUAL
from tests.students import NO_EPS, Patch, scaffold

# Without the EPS the usual ones alone: each case is a process of its own.
CASES = [(name, ()) for name in MISTAKES] + [(name, (NO_EPS,)) for name in USUAL]


@pytest.mark.parametrize(("name", "plain"), CASES, ids=[f"{name}{', plain' * len(plain)}" for name, plain in CASES])
def test_a_mistake_is_named_first_with_its_cause(tmp_path: Path, name: str, plain: tuple[Patch, ...]) -> None:
    patches, named, numbers, hint = MISTAKES[name]
    wrong = graded(scaffold(tmp_path, *patches, *plain)).first_wrong
    assert wrong is not None
    assert wrong.example is not None
    assert wrong.title == named
    assert f"{wrong.example.got}, right is {wrong.example.right}".startswith(numbers)
    assert wrong.hint.startswith(hint)


def test_a_hint_is_not_given_where_another_cause_comes_first(tmp_path: Path) -> None:
    report = graded(scaffold(tmp_path, ("scalar_functions.py", "return d_output * e", "return d_output")))
    hints = {check.title: check.hint for check in report.checks if check.outcome is Outcome.WRONG}
    assert hints == {
        "exp, backward": "the factor exp(x) is missing",
        "h * exp(h), backward": "",
        "exp(h) * h, backward": "",
    }


def test_no_hint_where_the_number_gives_nothing_away(tmp_path: Path) -> None:
    wrong = graded(scaffold(tmp_path, ("operators.py", "return x * y", "return x * y + 0.25"))).first_wrong
    assert wrong is not None
    assert (wrong.title, wrong.hint) == ("mul, forward", "")
