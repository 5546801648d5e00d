"""Where scenarios are found and kept, and that saving never loses a file."""

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scenarios.files.schema import ScenarioError
from scenarios.files.writing import dump
from scenarios.library import store
from scenarios.library.store import BUILTIN, LARGEST, check_name, entries, is_lecture, load, load_lecture, save


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, not there yet."""
    path = tmp_path / "data" / "scenarios"
    monkeypatch.setattr(store, "user_folder", lambda: path)
    return path


def refusal(name_or_path: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(name_or_path)
    assert str(caught.value).count("\n") < 2
    return str(caught.value)


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def names(own: bool = True) -> list[str]:
    return [entry.name for entry in entries() if entry.builtin is not own]


def failing(code: int) -> Any:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_the_users_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert store.user_folder().parts[-2:] == ("riserun", "scenarios")


def test_the_built_in_ones_come_first_in_teaching_order(folder: Path) -> None:
    save(load("model1"), "beta")
    save(load("model1"), "alpha")
    assert [entry.name for entry in entries()] == [*BUILTIN, "alpha", "beta"]
    teaching = ["model1", "model2", "circles", "losses", "step-1", "update-bias", "overshoot", "split", "zeros"]
    assert names(own=False) == teaching
    assert all(entry.path.is_file() for entry in entries())


def test_a_users_file_cannot_shadow_a_built_in(folder: Path) -> None:
    folder.mkdir(parents=True)
    impostor = dump(replace(load("model2"), title="Impostor"))
    for name in ("model1", "Model1", ".hidden", "a\x1b[31m"):
        (folder / f"{name}.toml").write_text(impostor)
    (folder / "notes.txt").write_text("no scenario")
    assert names() == []
    assert load("model1").title == "Model 1"
    assert load(str(folder / "model1.toml")).title == "Impostor"


def test_a_folder_that_cannot_be_read_leaves_the_built_in_ones(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    assert names() == []
    assert names(own=False) == list(BUILTIN)


@pytest.mark.parametrize("name", BUILTIN)
def test_what_is_saved_opens_again_as_it_was(name: str) -> None:
    before = load(name)
    moved = replace(before, parameters=tuple(value / 3.0 + 0.1 for value in before.parameters))
    path = save(moved, "mine")
    again = load("mine")
    assert dump(again) == dump(moved) == path.read_text(encoding="utf-8")
    assert [value.hex() for value in again.parameters] == [value.hex() for value in moved.parameters]
    assert again.editors == moved.editors
    assert again.name == "mine"


def test_a_title_is_cleaned_on_its_way_to_the_file() -> None:
    path = save(replace(load("model1"), title="a\x1b[31m\ud800b"), "mine")
    assert 'title = "ab"\n' in path.read_text(encoding="utf-8")


def test_a_scenario_that_would_not_open_again_is_not_saved(folder: Path) -> None:
    with pytest.raises(ScenarioError, match=r"mine\.toml, line 2: title has 61 characters"):
        save(replace(load("model1"), title="x" * 61), "mine")
    assert names() == []


def test_saving_never_goes_over_a_file_unasked(folder: Path) -> None:
    path = save(load("model1"), "mine")
    with pytest.raises(FileExistsError):
        save(load("model2"), "mine")
    assert load("mine").title == "Model 1"
    assert save(load("model2"), "mine", replace=True) == path
    assert load("mine").title == "Model 2"
    assert files(folder) == ["mine.toml"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_not_even_over_one_that_has_just_appeared(folder: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    def other_writer(descriptor: int) -> None:
        (folder / "mine.toml").write_text("theirs")

    monkeypatch.setattr(os, "fsync", other_writer)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    with pytest.raises(FileExistsError):
        save(load("model1"), "mine")
    assert (folder / "mine.toml").read_text() == "theirs"
    assert files(folder) == ["mine.toml"]


def test_saving_works_without_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    save(load("model1"), "mine")
    assert load("mine").title == "Model 1"
    assert files(folder) == ["mine.toml"]


@pytest.mark.parametrize("over", [True, False], ids=["replace", "new"])
@pytest.mark.parametrize(
    ("owner", "call", "code"),
    [(os, "fsync", errno.ENOSPC), (Path, "open", errno.EACCES), (Path, "replace", errno.EIO)],
    ids=["disk full", "no permission", "broken disk"],
)
def test_what_goes_wrong_in_saving_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, call: str, code: int, over: bool
) -> None:
    save(load("model1"), "old")
    before = (folder / "old.toml").read_bytes()
    scenario = load("model2")
    monkeypatch.setattr(owner, call, failing(code))
    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    with pytest.raises(ScenarioError, match=rf"cannot be saved \({os.strerror(code)}\); nothing was changed"):
        save(scenario, "old" if over else "new", replace=over)
    monkeypatch.undo()
    assert (folder / "old.toml").read_bytes() == before
    assert files(folder) == ["old.toml"]


def test_a_file_in_the_folders_place_is_told(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("")
    with pytest.raises(ScenarioError, match="cannot be saved"):
        save(load("model1"), "mine")


@pytest.mark.parametrize("name", ["a", "my-model_2", "x" * 40, "2", "_", "Zeros2"])
def test_names_that_will_do(name: str) -> None:
    assert check_name(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "1 to 40 letters"),
        ("x" * 41, "1 to 40 letters"),
        ("a b", "letters"),
        ("../up", "letters"),
        ("a.toml", "letters"),
        ("a\n", "letters"),
        ("größe", "letters"),
        ("-x", "begin with -"),
        ("zeros", "comes with riserun"),
        ("Model1", "comes with riserun"),
        ("con", "Windows"),
        ("LPT1", "Windows"),
    ],
)
def test_names_that_will_not_do(name: str, why: str, folder: Path) -> None:
    assert why in (check_name(name) or "")
    with pytest.raises(ScenarioError, match=why):
        save(load("model1"), name)
    assert not folder.exists()


def test_a_path_has_a_separator_or_ends_in_toml_or_is_there_where_no_scenario_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lesson.toml").write_text("\ufeff" + dump(load("split")), encoding="utf-8")
    (tmp_path / "lesson").write_text(dump(load("zeros")), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for given in ("lesson.toml", "./lesson.toml", "~/lesson.toml", str(tmp_path / "lesson.toml")):
        assert (load(given).name, load(given).problem.model) == ("lesson", "Split")
    assert load("./lesson").title == load("lesson").title == load("zeros").title
    (tmp_path / "zeros").write_text("not TOML")
    assert load("zeros").title == "All zeros"


def test_a_name_is_known_in_any_case() -> None:
    assert load("Model1").name == load("MODEL1").name == "model1"
    assert is_lecture("Lecture")
    assert load_lecture("LECTURE").name == "lecture"
    for name, rate in (("Mine", 0.25), ("MINE", 0.5)):
        problem = load("model1").problem
        save(replace(load("model1"), problem=problem.having("rate", rate)), name)
    assert load("Mine").problem.rate == 0.25
    assert "did you mean" in refusal("mine")


def test_an_unknown_name_is_met_with_the_nearest() -> None:
    save(load("model1"), "gradient")
    assert "unknown scenario 'modle1'; did you mean 'model1'?" in refusal("modle1")
    assert "did you mean 'gradient'?" in refusal("Gradients")
    assert "there are model1, model2" in refusal("qqq")
    assert "`riserun list`" in refusal("qqq")
    assert "\x1b" not in refusal("\x1b[31m")


def test_what_is_no_file_of_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesson.toml"
    assert f"{path}: there is no such file; `riserun list`" in refusal(str(path))
    assert f"{tmp_path} is a folder" in refusal(str(tmp_path))
    assert "it cannot be read" in refusal("a\0.toml")
    assert "it cannot be read" in refusal("~nobody-of-that-name/lesson.toml")
    path.write_bytes(b'riserun = 1\ntitle = "caf\xe9"\n')
    assert f"{path}, line 2: this is not UTF-8 text; save the file as UTF-8" in refusal(str(path))
    monkeypatch.setattr(Path, "read_bytes", failing(errno.EACCES))
    assert f"{path}: it cannot be read (Permission denied)" in refusal(str(path))


def test_a_file_too_large_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(30 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", failing(errno.EIO))
    assert f"{path} is too large, 30.0 MB; a scenario has at most 8 MB" in refusal(str(path))
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)
    assert "is too large" in refusal(str(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no FIFO")
def test_a_device_or_a_fifo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.toml"
    os.mkfifo(fifo)
    assert "is not a regular file" in refusal(str(fifo))
    assert "is not a regular file" in refusal("/dev/zero")


def test_a_wrong_file_of_ones_own_is_named_without_its_folder(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("riserun = 2\n")
    assert refusal("mine") == "mine.toml, line 1: this file has format 2; this riserun reads format 1"
