"""A student's package for tests: a right one, and copies of it in which something is wrong."""

import shutil
from pathlib import Path

RIGHT = Path(__file__).parent / "scenarios" / "students" / "minitorch"


def copied(folder: Path, code: str = "") -> str:
    """A copy of the right package in `folder` with code added to the end of its __init__.py, where it can put anything
    wrong.
    """
    package = folder / "minitorch"
    shutil.copytree(RIGHT, package, dirs_exist_ok=True)
    with (package / "__init__.py").open("a") as file:
        file.write(f"\nimport os, sys\n{code}\n")
    return str(package)
