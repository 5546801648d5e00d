"""A student's package for tests: right ones, and copies of them in which something is missing or wrong."""

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

STUDENTS = Path(__file__).parent / "scenarios" / "students"
RIGHT = STUDENTS / "minitorch"
"""A package of one's own making: the course's names, a logarithm without anything added."""
SCAFFOLD = STUDENTS / "scaffold" / "minitorch"
"""A right solution on the course's own scaffold, with its EPS."""

Patch = tuple[str, str, str]
"""A file, a text in it and what stands there instead."""

NO_EPS: Patch = ("operators.py", "EPS = 1e-6", "EPS = 0.0")
"""The scaffold's logarithm without anything added."""

Package = Callable[..., str]
"""What the fixture `package` is: `copied` into the test's own folder."""

_TASK = re.compile(r"^( +)# Task (\d\.\d)\n(?:\1.*\n|\n+(?=\1))+", re.MULTILINE)


def copied(folder: Path, code: str = "") -> str:
    """A copy of the right package in `folder` with code added to the end of its __init__.py, where it can put anything
    wrong.
    """
    package = folder / "minitorch"
    shutil.copytree(RIGHT, package, dirs_exist_ok=True)
    with (package / "__init__.py").open("a") as file:
        file.write(f"\nimport os, sys\n{code}\n")
    return str(package)


def exp_does(body: str) -> str:
    """Code after which `exp` does something before it answers 1."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"def forward(ctx, a):\n{lines}    return 1.0\nExp.forward = staticmethod(forward)"


def scaffold(folder: Path, *patches: Patch, without: Sequence[str] = ()) -> str:
    """A copy of the solved scaffold in `folder`, changed; what the tasks `without` ask for is still to be written."""
    package = folder / "minitorch"
    shutil.copytree(SCAFFOLD, package, ignore=shutil.ignore_patterns("__pycache__"))
    for path in package.glob("*.py"):
        path.write_text(_TASK.sub(lambda found: _to_do(found) if found[2] in without else found[0], path.read_text()))
    for file, old, new in patches:
        path = package / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))
    return str(package)


def _to_do(found: re.Match[str]) -> str:
    return f'{found[1]}raise NotImplementedError("Need to implement for Task {found[2]}")\n'
