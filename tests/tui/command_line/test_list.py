"""`riserun list`: every scenario is a line."""

from pathlib import Path
from typing import Any

from scenarios.library import store
from scenarios.library.store import BUILTIN


def test_list(run: Any, folder: Path) -> None:
    store.save(store.load("zeros"), "own")
    (folder / "broken.toml").write_text("riserun = 2\n")
    ran = run("list")
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == [*BUILTIN, "broken", "own"]
    assert "four points are wrong" in lines[0]
    assert "cannot be opened" in lines[-2]
    assert lines[-1].endswith("(own)")
    assert (ran.status, ran.err) == (0, "")
