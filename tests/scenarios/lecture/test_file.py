"""Lecture files: what is read, and what is refused with its place and what would be right."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.files.schema import ScenarioError
from scenarios.lecture import file
from scenarios.lesson.lesson import begin
from scenarios.library import store
from scenarios.workspace.axes import Parameter
from scenarios.workspace.lectures import Ask
from scenarios.workspace.moves import Look
from scenarios.workspace.view import Landscape, Screen
from tests.scenarios.lectures import TEXT, lecture


def test_a_lecture_is_read() -> None:
    found = lecture()
    assert [scene.name for scene in found.scenes] == ["start", "bias", "sine"]
    assert found.scenes[0].notes == "Let them point."
    assert found.scenes[0].beats[1].ask == Ask("which-way", "b", 0.1)
    assert found.source == TEXT


def test_the_example_of_the_documentation_is_a_lecture() -> None:
    text = (store._FOLDER.parents[1] / "docs" / "lectures.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.S)
    assert len(lecture(example).scenes[0].beats) == 4
    assert len(example.strip().splitlines()) <= 10


def test_the_built_in_lecture_is_one() -> None:
    assert store.load_lecture("lecture").scenes


def test_a_scenario_may_stand_beside_its_lecture(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text((store._FOLDER / "split.toml").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "talk.toml").write_text(TEXT.replace('"update-bias"', '"./mine.toml"'), encoding="utf-8")
    with pytest.raises(ScenarioError, match="scene 2, beat 1"):  # split has no parameter b
        store.load_lecture(str(tmp_path / "talk.toml"))


REFUSED = {
    "no scene": ("[[scene]]", "[[scenes]]", "unknown key 'scenes'"),
    "no title of a scene": ('title = "Only the bias"\n', "", "'title' is missing"),
    "a name twice": ('name = "bias"', 'name = "start"', "line 24: scene 2: name: there is a scene called start"),
    "a name of words": ('name = "bias"', 'name = "the bias"', "must be a word"),
    "unknown scenario": ('"update-bias"', '"update-bia"', "did you mean 'update-bias'?"),
    "unknown key in a beat": ("say = \"Rise over run.\"", 'sya = "Rise"', "did you mean 'say'?"),
    "unknown move": ('"edit b -0.5"', '"edti b -0.5"', "line 30: scene 2, beat 1: do: unknown move 'edti'"),
    "a move that does nothing": ('"edit b -0.5"', '"edit b -0.4"', "'edit b -0.4' does nothing here"),
    "undo of nothing": ('do = ["forward"]', 'do = ["undo"]', "line 18: scene 1, beat 3: do: 'undo' does nothing here"),
    "a move to infinity": ('"edit b -0.5"', '"edit b 1e400"', "not a finite number"),
    "a step to infinity": ('do = ["forward"]', 'do = ["rate 1e308", "next", "next"]', "numbers that are not finite"),
    "unknown screen": ('screen = "compare"', 'screen = "compair"', "did you mean 'compare'?"),
    "unknown parameter": ('parameter = "b", distances', 'parameter = "c", distances', "unknown parameter 'c'"),
    "a point beyond": ("distances = true", "point = 11", "point must be from 1 to 10, not 11"),
    "no formula": ('"sin(2*x)"', '"sin(2*x"', "function cannot be read"),
    "a formula too long": ('"sin(2*x)"', f'"{"x+" * 60}x"', "function has 121 characters; at most 120"),
    "two values for one argument": ("at = [1]", "at = [1, 2]", "at has 2 entries; the function has x"),
    "a domain upside down": ("over = [[-5, 5]]", "over = [[5, -5]]", "low below high"),
    "a domain of one place": ("over = [[-5, 5]]", "over = [[1, 1.0000000001]]", "can be told apart"),
    "a domain that rounds to one place": ("at = [1], over = [[-5, 5]]", "at = [2e-10], over = [[0, 1e-10]]", "domain"),
    "a point too far out": ("at = [1]", "at = [1e301]", "at must be a finite number, none beyond 1e+300"),
    "an eps too large": ("at = [1]", "epsilon = 2.0", "epsilon must be from 1e-15 to 1, not 2"),
    "a cursor too far out": (
        'screen = "compare"', 'screen = "landscape"\nview = { cursor = -1e301 }', "cursor must be"),
    "a cursor out of its range": (
        'screen = "compare"', 'screen = "landscape"\nview = { range = [-2, 1], cursor = 9 }',
        "view.cursor must be in the range, from -2 to 1, not 9"),
    "a range to infinity": ('screen = "compare"', 'screen = "landscape"\nview = { range = [0, inf] }', "range must be"),
    "a second parameter that is the first": (
        'screen = "compare"', 'screen = "landscape"\nview = { parameter = "b", second = "b" }', "another parameter"),
    "unknown question": ('kind = "which-way"', 'kind = "which-wya"', "did you mean 'which-way'?"),
    "a question about nothing": ('kind = "which-way", parameter = "b"', 'kind = "which-way"', "no parameter ''"),
    "too long": ('say = "Rise over run."', f'say = "{"a" * 221}"', "has 221 characters; at most 220"),
    "a question below the screen": (
        "ask = {", f'say = "{"a" * 118}"\nask = {{', "at most 117 characters of say fit above 'Which way will b move?'"
    ),
    "a scenario": ("[[scene]]", "[[beat]]", "unknown key 'beat'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_named_with_its_place_and_what_is_right(name: str) -> None:
    old, new, told = REFUSED[name]
    assert old in TEXT
    with pytest.raises(ScenarioError) as error:
        lecture(TEXT.replace(old, new))
    assert str(error.value).startswith("small.toml")
    assert told in str(error.value)


@given(st.text(max_size=300))
def test_any_text_is_a_lecture_or_refused(text: str) -> None:
    with pytest.raises(ScenarioError):
        file.parse(text, "x.toml", "x", store.load)


@given(st.integers(0, len(TEXT)), st.sampled_from(['"', "[", "\n", "[[scene.beat]]\n", "=", "9", "\x1b[2J"]))
def test_a_damaged_lecture_is_a_lecture_or_refused(at: int, damage: str) -> None:
    with suppress(ScenarioError):
        lecture(TEXT[:at] + damage + TEXT[at:])


def test_what_is_refused_is_told_without_what_steers_a_terminal() -> None:
    with pytest.raises(ScenarioError) as error:
        lecture(TEXT.replace("edit b -0.5", "\\u001b[2J"))
    assert "\x1b" not in str(error.value)


def test_a_lecture_is_told_from_a_scenario() -> None:
    assert store.is_lecture("lecture")
    assert not store.is_lecture("model1")
    with pytest.raises(ScenarioError, match="this is a lecture"):
        store.load(str(store._FOLDER / "lecture.toml"))


def test_the_screen_of_a_scene_is_set() -> None:
    look = lecture().scenes[2].beats[0].moves[-1]
    assert isinstance(look, Look)
    assert look.view.screen is Screen.DERIVE


def test_what_a_view_names_is_set_on_whatever_screen() -> None:
    named = 'parameter = "w1", tangent = false, rules = 2, range = [-1, 1]'
    text = TEXT.replace('parameter = "b", distances = true', named)
    seen = begin(lecture(text)).view
    assert (seen.screen, seen.derive.tangent, seen.derive.secant, seen.derive.rules) == (Screen.FIT, False, True, 2)
    assert dict(seen.landscape.spans) == {Parameter(0): (-1.0, 1.0)}


@pytest.mark.parametrize("name", ["two parameters", "Two Parameters", "two parameters, log scale"])
def test_a_lecture_may_still_name_the_view_on_a_log_scale_which_is_now_one_with_the_other(name: str) -> None:
    text = TEXT.replace('parameter = "b", distances = true', f'landscape = "{name}"')
    assert begin(lecture(text)).view.landscape.shown is Landscape.SURFACE
