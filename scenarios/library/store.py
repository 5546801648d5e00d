"""Where scenarios are kept: those that come with riserun, and the user's own. Find, list, load, save."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engine.names import named, nearest
from scenarios.files import schema
from scenarios.files.complaints import InputError
from scenarios.files.document import LARGEST, parsed
from scenarios.files.schema import Scenario, ScenarioError, parse
from scenarios.files.writing import dump
from scenarios.shell import shell
from scenarios.text import clean_line
from scenarios.workspace.lectures import Lecture

BUILTIN = ("model1", "model2", "circles", "losses", "step-1", "update-bias", "overshoot", "split", "zeros")
"""The built-in scenarios in the order a lecture meets them."""
LECTURE = "lecture"
"""The built-in lecture."""

_FOLDER = Path(__file__).parents[1] / "builtin"
_SUFFIX = ".toml"
# Windows gives these names to devices, whatever the suffix; a file should open on any machine it is carried to.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario that can be loaded by its name."""

    name: str
    path: Path
    builtin: bool


def user_folder() -> Path:
    """Where the user's own scenarios are kept; it need not exist yet."""
    return platformdirs.user_data_path("riserun", appauthor=False) / "scenarios"


def entries() -> list[Entry]:
    """The built-in scenarios in teaching order, then the user's own by name. No file is opened."""
    try:
        names = sorted(path.stem for path in user_folder().iterdir() if path.suffix == _SUFFIX)
    except OSError:
        names = []  # no folder yet, or no permission to read it: the built-in ones are still there
    own = [name for name in names if not _is_builtin(name) and not name.startswith(".") and name.isprintable()]
    return [Entry(name, _FOLDER / f"{name}{_SUFFIX}", True) for name in BUILTIN] + [
        Entry(name, user_folder() / f"{name}{_SUFFIX}", False) for name in own
    ]


def load(name_or_path: str) -> Scenario:
    """The scenario of that name, or in that file where the text has a separator or ends in .toml.

    Raises ScenarioError where there is none, or what is there is not one.
    """
    if _is_path(name_or_path):
        path = Path(name_or_path)
        return parse(_read(path, name_or_path), name_or_path, path.stem)
    found = {entry.name: entry for entry in entries()}
    name = named(name_or_path, found)
    if name is None:
        word = clean_line(name_or_path)[:80]
        raise ScenarioError(
            f"unknown scenario {word!r}; {nearest(word, found)}\n"
            f"`{shell('list')}` shows them all; a file is named with its folder or its .toml, as in ./lesson.toml"
        )
    path = found[name].path
    # A message may be shown to a class: it names the file, not the folder, which is known.
    return parse(_read(path, path.name), path.name, name)


def load_lecture(name_or_path: str) -> Lecture:
    """The built-in lecture by its name, or the one in that file; its scenarios are found by name, or beside the file.

    Raises ScenarioError where there is none, or what is there is not one.
    """
    from scenarios.lecture import file  # it knows every screen; a scenario is there sooner without

    if named(name_or_path, (LECTURE,)):
        path = _FOLDER / f"{LECTURE}{_SUFFIX}"
        return file.parse(_read(path, path.name), path.name, LECTURE, load)
    if not _is_path(name_or_path):
        word = clean_line(name_or_path)[:80]
        raise ScenarioError(f"unknown lecture {word!r}; there is {LECTURE!r}, and files, as in ./lesson.toml")
    path = Path(name_or_path)
    return file.parse(_read(path, name_or_path), name_or_path, path.stem, _beside(path))


def wrong(name_or_path: str) -> list[str]:
    """All that is wrong in the file of a scenario or a lecture, a line each.

    Raises ScenarioError where there is none, or it cannot be read.
    """
    if not _is_path(name_or_path):
        read = load_lecture if is_lecture(name_or_path) else load
        read(name_or_path)
        return []
    path, text = Path(name_or_path), _read(Path(name_or_path), name_or_path)
    if not _has_scenes(text):
        return schema.wrong(text, name_or_path)
    from scenarios.lecture import file

    return file.wrong(text, name_or_path, _beside(path))


def _beside(path: Path) -> Callable[[str], Scenario]:
    """What finds the scenarios of a lecture: by name, or by a path from the lecture's folder."""
    return lambda scenario: load(str(path.expanduser().parent / scenario) if _written_as_path(scenario) else scenario)


def is_lecture(name_or_path: str) -> bool:
    """Whether that is a lecture rather than a scenario. Raises ScenarioError where it cannot be read."""
    if not _is_path(name_or_path):
        return named(name_or_path, (LECTURE,)) is not None
    return _has_scenes(_read(Path(name_or_path), name_or_path))


def _has_scenes(text: str) -> bool:
    """Whether a file of this text is a lecture, `scenes` in it too, which are meant as one; where it is no TOML, by
    what looks like the head of a scene.
    """
    try:
        return bool({"scene", "scenes"} & set(parsed(text)))
    except InputError:
        return re.search(r"^[ \t]*\[\[[ \t]*scenes?\b", text, re.MULTILINE) is not None


def check_name(name: str) -> str | None:
    """Why `name` is invalid for a scenario of one's own, or None where it is valid."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        return "a name is 1 to 40 letters (a-z, A-Z), digits, - and _"
    if name.startswith("-"):
        return "a name cannot begin with -, which begins an option on the command line"
    if _is_builtin(name):
        return f"{name} comes with riserun; your own scenario needs another name"
    if name.casefold() in _DEVICES:
        return f"{name} is the name of a device on Windows; another name is needed"
    return None


def save(scenario: Scenario, name: str, replace: bool = False) -> Path:
    """Keep `scenario` as one of the user's own, called `name`; returns its file.

    The file is there whole or not at all, and what is written has been read back first, so that it opens again. Raises
    FileExistsError where there is one and `replace` is false, and ScenarioError for an invalid name or
    scenario, and where the system does not allow it (disk full, no permission).
    """
    if refusal := check_name(name):
        raise ScenarioError(refusal)
    path = user_folder() / f"{name}{_SUFFIX}"
    content = dump(parse(dump(scenario), path.name, name)).encode()
    if len(content) > LARGEST:
        raise ScenarioError(_too_large(path.name, len(content)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_save(path, error) from None
    try:
        _write(path, content, replace)
    except FileExistsError:
        raise
    except OSError as error:
        raise _cannot_save(path, error) from None
    return path


def _is_path(text: str) -> bool:
    """Whether that is a file, and not a name: written as a path, or there where nothing has the name."""
    if _written_as_path(text):
        return True
    with suppress(OSError, ValueError):
        return text not in {LECTURE, *(entry.name for entry in entries())} and Path(text).exists()
    return False


def _written_as_path(text: str) -> bool:
    return text.endswith(_SUFFIX) or any(sep in text for sep in (os.sep, os.altsep) if sep)


def _is_builtin(name: str) -> bool:
    # Some file systems do not tell Model1 from model1, and neither will every reader.
    return name.casefold() in (*BUILTIN, LECTURE)


def _read(path: Path, called: str) -> str:
    """The text of a regular file of a sensible size, in UTF-8, with or without the byte order mark Windows adds."""
    shown = clean_line(called)
    try:
        path = path.expanduser()
        found = path.stat()
        # Before it is opened: opening a FIFO would wait for a writer.
        if stat.S_ISDIR(found.st_mode):
            raise ScenarioError(f"{shown} is a folder; a scenario is a .toml file in it")
        if not stat.S_ISREG(found.st_mode):
            raise ScenarioError(f"{shown} is not a regular file; a scenario is a .toml file")
        if found.st_size > LARGEST:
            raise ScenarioError(_too_large(shown, found.st_size))
        content = path.read_bytes()
    except FileNotFoundError:
        raise ScenarioError(f"{shown}: there is no such file; `{shell('list')}` shows the scenarios by name") from None
    except (OSError, RuntimeError, ValueError) as error:  # no home folder for ~; a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ScenarioError(f"{shown}: it cannot be read ({reason})") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(f"{shown}, line {line}: this is not UTF-8 text; save the file as UTF-8") from None


def _write(path: Path, content: bytes, replace: bool) -> None:
    """Put the file there in one step, from a temporary file beside it. Raises OSError, and leaves nothing then."""
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            _move_where_none_is(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _move_where_none_is(temporary: Path, path: Path) -> None:
    """Raises FileExistsError where there is one, even one that has only just appeared: a link never replaces it."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, as on a USB stick: claim the name first, then fill it.
        path.open("xb").close()
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise


def _cannot_save(path: Path, error: OSError) -> ScenarioError:
    return ScenarioError(f"{path.name}: it cannot be saved ({error.strerror}); nothing was changed")


def _too_large(shown: str, size: int) -> str:
    return f"{shown} is too large, {size / 2**20:.1f} MB; a scenario has at most {LARGEST // 2**20} MB"
