"""What is right is graded right, whatever its way of doing it, its names and its files."""

from pathlib import Path

import pytest

from tests.scenarios.student.grades import TASKS, graded, lines
from tests.scenarios.student.mistakes.difference import DIFFERENCE
from tests.scenarios.student.mistakes.graph import EVERY_EDGE
from tests.students import NO_EPS, RIGHT, Package, Patch, scaffold


def test_a_right_package_is_graded_right() -> None:
    report = graded(str(RIGHT))
    assert [check for check in report.checks if check.verdict.text != "right"] == []
    assert report.right
    assert report.first_wrong is None


@pytest.mark.parametrize("path", [RIGHT.parent, RIGHT / "scalar.py", "engine.course"])
def test_the_repository_a_file_of_it_or_a_name_will_do(path: Path | str) -> None:
    assert graded(str(path)).right


@pytest.mark.parametrize("name", ["mine", "code", "with.dots and spaces"])
@pytest.mark.parametrize("loose", [True, False])
def test_our_own_names_are_right_from_a_package_or_from_loose_files(tmp_path: Path, name: str, loose: bool) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "scalar.py").write_text("from engine.course import Scalar\n")
    (folder / "autodiff.py").write_text("from engine.course import central_difference\n")
    if not loose:
        (folder / "__init__.py").touch()
    assert graded(str(folder)).right


def test_their_files_stand_in_for_nobody_elses(package: Package, tmp_path: Path) -> None:
    path = package("import random, json, numpy")
    for name in ("random", "json", "numpy", "math", "operator", "resource"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('shadowed')\n")
    assert graded(path).right


def test_nothing_is_written_into_their_folder(package: Package) -> None:
    path = package()
    before = sorted(Path(path).rglob("*"))
    assert graded(path).right
    assert sorted(Path(path).rglob("*")) == before


def test_nothing_is_imported_twice(tmp_path: Path) -> None:
    note = f"open({str(tmp_path / 'imports')!r}, 'a').write('x')\n"
    path = scaffold(tmp_path, ("scalar.py", "from dataclasses", f"{note}from dataclasses"))
    assert graded(path).right
    assert (tmp_path / "imports").read_text() == "x"


@pytest.mark.parametrize("patches", [(), (NO_EPS,)])
def test_a_right_solution_is_right_with_the_courses_log_and_without(tmp_path: Path, patches: tuple[Patch, ...]) -> None:
    report = graded(scaffold(tmp_path, *patches))
    assert report.right
    assert lines(report) == [f"{task} right" for task in TASKS]


PUT_BACK = """    vals = list(vals)
    vals[arg] += epsilon
    up = f(*vals)
    vals[arg] -= 2 * epsilon
    return (up - f(*vals)) / (epsilon + epsilon)
"""
CONSTANTS_LATER = (
    ("autodiff.py", "if node.unique_id in seen or node.is_constant():", "if node.unique_id in seen:"),
    ("autodiff.py", "in node.parents:", "in node.parents if node.history else ():"),
    (
        "autodiff.py",
        "        if node.is_leaf():",
        "        if node.is_constant():\n            continue\n        if node.is_leaf():",
    ),
    ("autodiff.py", "            if parent.is_constant():\n                continue\n", ""),
)
RIGHT_TOO: dict[str, tuple[Patch, ...]] = {
    "vals put back": (("autodiff.py", DIFFERENCE, PUT_BACK),),
    "every edge on its leaf": EVERY_EDGE,
    "constants left out later": CONSTANTS_LATER,
    "a list from chain_rule": (
        ("scalar.py", "return zip(h.inputs,", "return list(zip(h.inputs,"),
        ("scalar.py", "strict=True)\n\n", "strict=True))\n\n"),
    ),
    "sub from neg and add": (("scalar.py", "return Add.apply(self, -b)", "return self + Neg.apply(b)"),),
    "sigmoid as one formula": (("operators.py", "if x >= 0:", "if True:"),),
    "relu as max": (("operators.py", "return x if x > 0 else 0.0", "return max(0.0, x)"),),
}


@pytest.mark.parametrize("patches", RIGHT_TOO.values(), ids=RIGHT_TOO)
def test_other_ways_are_right_too(tmp_path: Path, patches: tuple[Patch, ...]) -> None:
    assert [check for check in graded(scaffold(tmp_path, *patches)).checks if not check.verdict.right] == []
