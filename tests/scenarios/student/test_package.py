"""A package that cannot be used is met with what to do."""

import shutil
from pathlib import Path

import pytest

from scenarios.student.client import Student, StudentError
from tests.students import RIGHT, Package, Patch, scaffold

UNUSABLE = {
    "zero": ("1 / 0", "raised ZeroDivisionError: division by zero (__init__.py:"),
    "syntax": ("def", "raised SyntaxError: invalid syntax (__init__.py, line "),
    "exit": ("sys.exit(1)", "raised SystemExit: 1 (__init__.py:"),
    "gone": ("os._exit(0)", "died (exit status 0)"),
    "for ever": ("while True: pass", "took longer than 1 s"),
    "module": ("import numba_of_mine", "raised ModuleNotFoundError: No module named 'numba_of_mine' (__init__.py:"),
    "no Scalar": ("del Scalar, scalar.Scalar", "gave no Scalar; the course's Module 1 has it in scalar.py"),
    "Scalar for ever": (
        "def init(self, v):\n    while True: pass\nScalar.__init__ = init",
        "took longer than 1 s",
    ),
    "other Scalar": (
        "class Scalar:\n    def __init__(self, v): self.data = v",
        "minitorch has a Scalar without derivative, backward, which the course's has",
    ),
}


@pytest.mark.parametrize(("code", "text"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_package_that_cannot_be_imported(package: Package, code: str, text: str) -> None:
    with pytest.raises(StudentError) as caught:
        Student(package(code), loading=1.0 if code.startswith("while") else 10.0)
    assert str(caught.value).startswith(text if text.startswith("minitorch") else f"minitorch: importing it {text}")
    assert ("-m pip install numba_of_mine" in str(caught.value)) == ("numba" in code)


FROM = ("scalar.py", "from .autodiff import backpropagate", "from .autodiff import sweep, backpropagate")
OWN = "from . import operators"
MISSING = {
    "a distribution": (
        ("scalar.py", "import numpy as np", "import numba_of_mine.jit as np"),
        "-m pip install numba_of_mine",
    ),
    "a dot": (
        ("scalar.py", "from .autodiff", "from autodiff"),
        "autodiff.py is in the package itself: write from .autodiff import ..., with the dot.",
    ),
    "a function": (FROM, "autodiff.py has no sweep yet: write it there, or leave it out of the import."),
    "a file of the course's": (
        ("scalar_functions.py", OWN, "from . import optim"),
        "There is no optim.py beside scalar.py: put the course's there.",
    ),
    "a file, by its name": (
        ("scalar_functions.py", OWN, "from .optim import SGD"),
        "There is no optim.py beside scalar.py: put the course's there.",
    ),
    "another name for a file of the course's": (
        ("scalar_functions.py", OWN, "from .autodif import Context"),
        "There is no autodif.py beside scalar.py: is autodiff.py meant?",
    ),
    "a file of their own": (
        ("scalar_functions.py", OWN, "from .helping import hand"),
        "There is no helping.py beside scalar.py: write it, or leave out what imports it.",
    ),
    "each other": (
        ("autodiff.py", "from dataclasses", "from .scalar import Scalar\nfrom dataclasses"),
        "autodiff.py and scalar.py import each other: leave one of the imports out, or put it into the function that "
        "needs it.",
    ),
    "a file of the course's, without a dot": (
        ("scalar_functions.py", OWN, "import optim"),
        "There is no optim.py beside scalar.py: put the course's there; from .optim import ...",
    ),
}


@pytest.mark.parametrize(("patch", "hint"), MISSING.values(), ids=MISSING)
def test_what_cannot_be_imported_is_met_with_what_to_install_or_to_write(
    tmp_path: Path, patch: Patch, hint: str
) -> None:
    with pytest.raises(StudentError) as caught:
        Student(scaffold(tmp_path, patch))
    assert str(caught.value).endswith(f"\n{hint}" if hint.endswith(".") else hint)


def test_a_circle_of_imports_keeps_its_place(tmp_path: Path) -> None:
    with pytest.raises(StudentError) as caught:
        Student(scaffold(tmp_path, ("autodiff.py", "from dataclasses", "from .scalar import Scalar\nfrom dataclasses")))
    assert "'minitorch.autodiff', a circular import (scalar.py:" in str(caught.value)


@pytest.mark.parametrize("name", ["scalars.py", "Scalar.py"])
def test_a_file_of_nearly_the_right_name_is_to_be_renamed(tmp_path: Path, name: str) -> None:
    folder = Path(scaffold(tmp_path))
    (folder / "scalar.py").rename(folder / name)
    with pytest.raises(StudentError, match=rf"\nThere is no scalar\.py: rename {name}\.$"):
        Student(str(folder))


def test_a_folder_of_another_name_and_loose_files_say_what_to_do(tmp_path: Path) -> None:
    folder = Path(scaffold(tmp_path)).rename(tmp_path / "mine")
    with pytest.raises(StudentError, match="Its files import minitorch: call the folder minitorch"):
        Student(str(folder))
    (folder / "__init__.py").unlink()
    with pytest.raises(StudentError, match=r"put an empty __init__\.py beside scalar\.py"):
        Student(str(folder))
    (folder / "__init__.py").touch()
    (folder / "autodiff.py").unlink()
    with pytest.raises(StudentError, match=r"There is no autodiff\.py beside scalar\.py"):
        Student(str(folder.rename(tmp_path / "minitorch")))


@pytest.mark.parametrize(
    "path", ["", "no/such/folder", "no_such_module", "x" * 5000, "nul\0", "\x1b[2J", "~nobody_here/x"]
)
def test_a_path_that_leads_nowhere(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StudentError) as caught:
        Student(path)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_a_folder_with_several_packages(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(RIGHT, tmp_path / name)
    with pytest.raises(StudentError, match="several of its folders"):
        Student(str(tmp_path))
