"""Where a student's package is: the course's folder, its repository, a folder of loose files, or an importable name."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from scenarios.text import clean_line, quoted

_COURSE = "minitorch"
_MODULE = "scalar.py"
_PACKAGE = "__init__.py"
_MODULES = ("autodiff", "datasets", "module", "operators", "optim", "scalar", "scalar_functions", "testing")
WANTED = f"give the course's {_COURSE} folder (the one with {_MODULE}), the repository it is in, or a name to import"
"""What to give, for a person who gave something else."""


class StudentError(Exception):
    """The package cannot be used. The text, for a person, names it and says what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Source:
    """What to import: `file` under `name`, or without a file the module `name`; `folder` goes last on the path."""

    name: str
    file: str | None
    folder: str


def find(package: str) -> Source:
    """Where `package`, a path or an importable name, is. Raises StudentError where there is nothing of the kind."""
    try:
        path = Path(package).expanduser().resolve()
        if path.is_file() and path.suffix == ".py":
            # One file of a package has imports that only work from the package.
            return _source(path.parent if (path.parent / _PACKAGE).is_file() else path)
        if path.is_dir():
            return _source(_inside(path, package))
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or clean_line(str(error))
        raise StudentError(f"cannot look into {quoted(clean_line(package))}: {why}") from None
    if re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", package):
        return Source(package, None, str(Path.cwd()))
    raise StudentError(f"{quoted(clean_line(package))} is not a package; {WANTED}")


def _inside(folder: Path, package: str) -> Path:
    """The package, or the file to load, of a folder that is a package or loose files or has just one of them in it."""
    for candidate in (folder / _COURSE, folder):
        if (candidate / _PACKAGE).is_file():
            return candidate
        if (candidate / _MODULE).is_file():
            return candidate / _MODULE
    found = sorted(folder.glob(f"*/{_MODULE}"))
    if len(found) == 1:
        return _inside(found[0].parent, package)
    several = f"{_MODULE} is in several of its folders" if found else f"there is no {_MODULE} in it"
    raise StudentError(f"cannot use {quoted(clean_line(package))}: {several}; {WANTED}")


def _source(path: Path) -> Source:
    """The Source of a package's folder, or of a file."""
    file = path / _PACKAGE if path.is_dir() else path
    name = re.sub(r"\W", "_", path.stem if path.is_file() else path.name)
    # A folder called `code` or `test` must not stand in for the standard library's module of that name.
    if name in sys.stdlib_module_names:
        name = f"student_{name}"
    return Source(name, str(file), str(path.parent))


def unusable(source: Source, failure: str) -> str:
    """Why a package cannot be imported, as the import has it, and what to do about it."""
    if f"No module named {source.name!r}" in failure and source.file is None:
        return f"{quoted(source.name)} is not a package; {WANTED}"
    hint = _hint(source, failure)
    if failure.startswith("has "):
        return f"{source.name} {failure}"
    return f"{source.name}: importing it {failure}" + (f"\n{hint}" if hint else "")


def _hint(source: Source, failure: str) -> str:
    if "attempted relative import with no known parent" in failure:
        return f"Its files import each other as those of a package: put an empty {_PACKAGE} beside {_MODULE}."
    folder = Path(source.file or source.folder).parent
    if circle := re.search(r"from '[\w.]*?(\w+)', a circular import \((\w+\.py)", failure):
        return (
            f"{circle[1]}.py and {circle[2]} import each other: leave one of the imports out, or put it into the "
            "function that needs it."
        )
    if unknown := re.search(r"cannot import name '(\w+)' from '[\w.]*?(\w+)'", failure):
        name, home = unknown.groups()
        if home == source.name and name in _MODULES:
            return _no_file(name, folder)
        file = _PACKAGE if home == source.name else f"{home}.py"
        return f"{file} has no {name} yet: write it there, or leave it out of the import."
    if not (missing := re.search(r"No module named '([\w.]+)'", failure)):
        return ""
    first, _, last = missing[1].rpartition(".")
    if first == source.name:
        return _no_file(last, folder)
    if (folder / f"{missing[1]}.py").is_file():
        return f"{missing[1]}.py is in the package itself: write from .{missing[1]} import ..., with the dot."
    if missing[1] == _COURSE:
        return f"Its files import {_COURSE}: call the folder {_COURSE}."
    if missing[1] in _MODULES:
        return f"{_no_file(missing[1], folder).rstrip('.')}; from .{missing[1]} import ..."
    distribution = missing[1].partition(".")[0]
    return f"Install it for the Python that riserun runs on:\n{sys.executable} -m pip install {distribution}"


def _no_file(name: str, folder: Path) -> str:
    """What to do about a file of the package that is not there."""
    where = f" beside {_MODULE}" if name != Path(_MODULE).stem else ""
    files = {path.stem for path in folder.glob("*.py")}
    if name not in _MODULES:
        near = get_close_matches(name, files.union(_MODULES), 1)
        advice = f"is {near[0]}.py meant?" if near else "write it, or leave out what imports it."
    else:
        named = {stem.lower(): stem for stem in sorted(files.difference(_MODULES))}
        near = get_close_matches(name, named, 1, 0.8)
        advice = f"rename {named[near[0]]}.py." if near else "put the course's there."
    return f"There is no {name}.py{where}: {advice}"
