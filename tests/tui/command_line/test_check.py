"""`riserun check`: each file is told what is wrong with it."""

from pathlib import Path
from typing import Any

from scenarios.library import store


def test_good_ones(run: Any, folder: Path) -> None:
    path = store.save(store.load("split"), "own")
    ran = run("check", str(path), "model1")
    lines = ran.out.splitlines()
    assert lines[0] == f"{path}: ok, 'Split: two lines multiplied', Split, 10 points"
    assert lines[1].startswith("model1: ok")
    assert ran.status == 0


def test_each_is_told_what_is_wrong_with_it(run: Any, folder: Path) -> None:
    (folder / "a.toml").write_text("riserun = 1\ntitel = 'x'\n")
    (folder / "b.toml").write_text("riserun = [\n")
    ran = run("check", "model1", str(folder / "a.toml"), str(folder / "b.toml"), "./missing.toml", str(folder))
    lines = ran.out.splitlines()
    assert ran.status == 1
    assert "a.toml: the key 'data' is missing" in lines[1]
    assert "a.toml: the key 'model' is missing" in lines[2]
    assert "a.toml, line 2: unknown key 'titel'; did you mean 'title'?" in lines[3]
    assert "b.toml: this is not TOML" in lines[4]
    assert "there is no such file" in lines[5]
