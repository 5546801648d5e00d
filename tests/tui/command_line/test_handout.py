"""The handout: what the class saw, with the engine's numbers, harmless as Markdown."""

from pathlib import Path

import pytest

from scenarios.lecture.handout import handout
from scenarios.library.store import LECTURE, load_lecture
from scenarios.workspace.lectures import Beat, Lecture, Scene
from tests.scenarios.lectures import TEXT, lecture
from tests.workspaces import scenario
from tui.command_line.handout import picture
from tui.command_line.main import main
from tui.commands import read
from tui.terminal import Depth, Terminal

PICTURE = picture(Terminal(Depth.NONE, unicode=True))


def test_every_scene_is_there_with_its_words_its_picture_and_its_numbers() -> None:
    text = handout(lecture(), PICTURE, read)
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# One step down", "## 1. Which way is down?", "## 2. Only the bias", "## 3. A sine",
    ]  # fmt: skip
    assert "Four points are wrong." in text
    assert "b = -0.4558; loss 5.7337, 4 of 10 points wrong; rate 0.1" in text
    assert "b = -0.5000; loss 5.7320" in text
    assert "symbols -0.832294, central difference" in text
    assert text.count("```text") == 3


def test_a_question_has_its_answers_and_the_right_one() -> None:
    text = handout(lecture(), PICTURE, read)
    assert "**Which way will b move?** up / down / it stays" in text
    assert "> down. The slope of the loss in b is +0.5579" in text


def test_what_is_said_before_a_question_is_there_too() -> None:
    text = handout(load_lecture(LECTURE), lambda _: [], read)
    assert "\nNow b is -0.5. **Raise b by 0.1: by how much does the loss change?** " in text
    assert "\n**Which way will b move?** " not in text


def test_one_point_is_not_points() -> None:
    one = scenario([(0.5, 0.5, 1.0)], (1.0, 1.0, 0.0))
    beats = (Beat("A point."),)
    text = handout(Lecture("own", "Own", "", (Scene("one", "One", "", one, beats),), ""), lambda _: [], read)
    assert "0 of 1 point wrong" in text


def test_what_a_file_says_is_no_markup() -> None:
    text = handout(lecture(TEXT.replace("Four points", "<script> *Four* [points](x)")), PICTURE, read)
    assert r"\<script\> \*Four\* \[points\](x)" in text


def test_it_is_written_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talk.toml").write_text(TEXT, encoding="utf-8")
    assert main(["handout", str(tmp_path / "talk.toml"), "-o", str(tmp_path / "notes.md"), "--ascii"]) == 0
    assert (tmp_path / "notes.md").read_text(encoding="utf-8").startswith("# One step down\n")
    assert main(["handout", str(tmp_path / "talk.toml"), "-o", str(tmp_path / "no" / "notes.md")]) == 2
    assert "cannot write" in capsys.readouterr().err
    assert main(["handout", "lectur"]) == 2
    assert "unknown lecture 'lectur'" in capsys.readouterr().err
