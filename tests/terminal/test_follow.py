"""A lecturer's session shared, followed and replayed: several real programs at once."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.journal.folder import entries
from tests.terminal.program import PROGRAM, at, quiet, start
from tests.terminal.pty_screen import PtyScreen

FOLLOWING = "following"


@pytest.fixture(autouse=True)
def shared_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where share puts its copy."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("LOGNAME", "ada")
    return tmp_path / "tmp"


@pytest.fixture
def lecturer() -> Iterator[PtyScreen]:
    with start() as screen:
        at(screen, 0, 1)
        yield screen


def share(*arguments: str) -> PtyScreen:
    screen = start("share", *arguments)
    screen.wait_for("riserun follow")
    return screen


def body(screen: PtyScreen) -> list[str]:
    """The lines of the panes and the caption: all but header and footer."""
    return screen.text().splitlines()[1:-1]


def mirrors(follower: PtyScreen, lecturer: PtyScreen) -> None:
    """Wait until the follower sees what the lecturer sees."""
    quiet(lecturer)
    wanted = body(lecturer)
    follower.wait_for(lambda text: text.splitlines()[1:-1] == wanted)


def test_a_follower_sees_what_the_lecturer_sees(lecturer: PtyScreen, shared_folder: Path) -> None:
    lecturer.send("space", "space")
    at(lecturer, 0, 3)
    with share() as sharing:
        copy = shared_folder / "riserun-ada-model1.journal"
        assert f"riserun follow {copy}" in sharing.text().replace("\n", "")
        assert copy.stat().st_mode & 0o777 == 0o644
        with start("follow", str(copy)) as follower, start("follow", str(copy)) as late:
            follower.wait_for(FOLLOWING)
            mirrors(follower, lecturer)
            lecturer.send("n", "n", ".", "v", "v")
            at(lecturer, 2, 1)
            quiet(lecturer)
            mirrors(follower, lecturer)
            mirrors(late, lecturer)
            follower.send("space")
            follower.wait_for("you are following: t to try something of your own")
            lecturer.send("q")
            assert lecturer.wait_end() == 0
            follower.wait_for("the session has ended; this is its last picture")
            assert sharing.wait_end() == 0
            follower.send("q")
            assert follower.wait_end() == 0
            assert follower.restored


def test_a_follower_leaves_to_try_something_and_comes_back(lecturer: PtyScreen) -> None:
    (entry,) = entries()
    with start("follow", str(entry.path)) as follower:
        follower.wait_for(FOLLOWING)
        follower.send("t")
        follower.wait_for("your own; t returns")
        follower.send("n", "n", "n", "-")
        follower.wait_for("step 3")
        lecturer.send("space")
        at(lecturer, 0, 2)
        quiet(follower)
        assert body(follower) != body(lecturer)
        follower.send("t")
        follower.wait_for(FOLLOWING)
        mirrors(follower, lecturer)
        lecturer.send("space")
        at(lecturer, 0, 3)
        mirrors(follower, lecturer)


def test_a_followers_help_is_its_own(lecturer: PtyScreen) -> None:
    (entry,) = entries()
    with start("follow", str(entry.path)) as follower:
        follower.wait_for(FOLLOWING)
        follower.send("?")
        follower.wait_for("why:")
        lecturer.send("space")
        at(lecturer, 0, 2)
        quiet(follower)
        assert "why:" in follower.text()
        follower.send("?", "?")
        mirrors(follower, lecturer)


def test_a_removed_journal_leaves_its_last_picture(lecturer: PtyScreen) -> None:
    (entry,) = entries()
    with start("follow", str(entry.path)) as follower:
        follower.wait_for(FOLLOWING)
        entry.path.unlink()
        follower.wait_for("the session's journal was removed; this is its last picture")
        assert body(follower) == body(lecturer)
        follower.send("t", "space")
        at_own = follower.wait_for(lambda text: "your own" in text and "slope is" in text)
        assert "▸ b" in at_own


def test_from_a_pipe_keys_come_from_the_terminal(lecturer: PtyScreen) -> None:
    piped = '"$@" share -o - | "$@" follow - --detail plain'
    with PtyScreen(["sh", "-c", piped, "sh", *PROGRAM]) as follower:
        follower.wait_for(FOLLOWING)
        mirrors(follower, lecturer)
        lecturer.send("space")
        at(lecturer, 0, 2)
        mirrors(follower, lecturer)
        follower.send("t", "space")
        follower.wait_for("your own; t returns")
        follower.send("t")
        mirrors(follower, lecturer)
        lecturer.signal(signal.SIGKILL)
        follower.wait_for("the connection to the session was closed; this is its last picture")
        follower.send("q")
        assert follower.wait_end() == 0
        assert follower.restored


def test_a_pipe_that_says_nothing_can_be_left() -> None:
    with PtyScreen(["sh", "-c", 'sleep 60 | "$@" follow -; echo status $?', "sh", *PROGRAM]) as follower:
        quiet(follower, 1.0)
        follower.send("ctrl+c")
        follower.wait_end()
        assert follower.restored


def test_no_session_no_share(shared_folder: Path) -> None:
    with start("share") as screen:
        assert screen.wait_end() == 2
        assert "riserun: no session is running here" in screen.text()


def test_two_sessions_of_one_name_are_shared_apart(lecturer: PtyScreen, shared_folder: Path) -> None:
    with share(), share():
        assert {path.name for path in shared_folder.iterdir()} == {
            "riserun-ada-model1.journal",
            "riserun-ada-model1-2.journal",
        }


def test_a_link_is_not_followed_and_a_strange_file_not_replaced(lecturer: PtyScreen, shared_folder: Path) -> None:
    thesis = shared_folder / "thesis.tex"
    thesis.write_text("my life")
    (shared_folder / "riserun-ada-model1.journal").symlink_to(thesis)
    with share():
        assert (shared_folder / "riserun-ada-model1-2.journal").exists()
    with start("share", "-o", str(thesis)) as screen:
        assert screen.wait_end() == 2
        assert "is not a copy that riserun share has left" in screen.text().replace("\n", " ")
    assert thesis.read_text() == "my life"


def test_shared_again_it_goes_on_in_the_same_copy(lecturer: PtyScreen, shared_folder: Path) -> None:
    copy = shared_folder / "riserun-ada-model1.journal"
    with share() as sharing, start("follow", str(copy)) as follower:
        follower.wait_for(FOLLOWING)
        sharing.send("ctrl+c")
        assert sharing.wait_end() == 130
        lecturer.send("space")
        at(lecturer, 0, 2)
        with share():
            mirrors(follower, lecturer)
            lecturer.send("q")
            assert lecturer.wait_end() == 0
            follower.wait_for("the session has ended")
    (entry,) = entries()
    assert copy.read_bytes() == entry.path.read_bytes()
    with start("overshoot") as other:
        at(other, 0, 1)
        with start("share", "-o", str(copy)) as again:
            again.wait_for("riserun follow")
            (running,) = (entry for entry in entries() if entry.running)
            assert copy.read_bytes() == running.path.read_bytes()


def test_a_replay_pauses_is_taken_over_and_goes_on(lecturer: PtyScreen) -> None:
    lecturer.send("n")
    at(lecturer, 1, 1)
    quiet(lecturer, 1.5)  # a pause of the lecturer's, for the replay to be paused in
    lecturer.send("space")
    at(lecturer, 1, 2)
    lecturer.send("q")
    assert lecturer.wait_end() == 0
    (entry,) = entries()
    with start("replay", str(entry.path), "--speed", "0.25") as replay:
        replay.wait_for("> replay 0:0")
        replay.send("space")
        replay.wait_for("|| replay 0:0")
        quiet(replay)
        replay.send("t", "n", "n")
        replay.wait_for("your own; t returns")
        replay.wait_for("5.6")
        replay.send("t", "x")
        replay.wait_for("> replay")
        replay.wait_for("this is a replay: space pauses")
        replay.send(*[")"] * 8)
        replay.wait_for("the replay is over")
        assert "The slope is" in replay.text()
        replay.send("q")
        assert replay.wait_end() == 0


def test_what_cannot_be_replayed_is_told(tmp_path: Path) -> None:
    other = tmp_path / "cast.json"
    other.write_text('{"version": 2, "width": 80, "height": 24}\n')
    for command in ("replay", "follow"):
        with start(command, str(other)) as screen:
            assert screen.wait_end() == 2
            assert "this is not a journal of riserun's" in screen.text().replace("\n", " ")
            assert screen.restored
