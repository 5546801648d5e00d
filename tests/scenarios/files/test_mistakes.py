"""`check` names every mistake of a file at once, each with its line and what would be right, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.files.mistakes import MOST
from scenarios.files.schema import ScenarioError, parse, wrong
from scenarios.library import store

SCENARIO = """\
riserun = 1
title = "My class"

[data]
points = [[0.1, 0.2, 1], [0.3, 0.4, -1]]

[model]
kind = "Linear"

[model.parameters]
w1 = 1.0
w2 = 2.0
b = 0.0

[optimizer]
rate = 0.1

[editor]
range = [-2, 2]
"""
LECTURE = """\
riserun = 1
title = "My lecture"

[[scene]]
name = "one"
title = "One"
scenario = "model1"
  [[scene.beat]]
  say = "Look."
  do = ["edit b -0.5", "forward"]
  [[scene.beat]]
  view = { loss = "ledger" }
  ask = { kind = "which-way", parameter = "b" }

[[scene]]
name = "two"
title = "Two"
scenario = "model2"
  [[scene.beat]]
  say = "And there."
"""

# What is replaced by what, and what is said of it.
IN_A_SCENARIO = {
    "an unknown key": ("title =", 'sumary = "x"\ntitle =', "line 2: unknown key 'sumary'; did you mean 'summary'?"),
    "a key of a lecture": ("[model]", 'screen = "fit"\n[model]', "unknown key 'screen' in [data]; it stands in a lec"),
    "a key of another table": ("[data]", "rate = 1\n[data]", "line 4: unknown key 'rate'; it stands in [optimizer]"),
    "a setting in the model": ("w1 = 1.0", 'loss = "hinge"\nw1 = 1.0', "line 11: model.parameters: unknown parameter"),
    "text without quotes": ('"My class"', "My class", 'line 2: this is not TOML at column 9: Invalid value;'),
    "a label": ("0.4, -1", "0.4, 2", "line 5: data.points: point 2 has the label 2; labels are +1 and -1 (or 1 and 0)"),
    "a short point": ("0.4, -1", "0.4", "line 5: data.points must be a list of points, three numbers each, [x1, x2, l"),
    "a model": ('"Linear"', '"Linaer"', "line 8: model.kind: unknown model 'Linaer'; did you mean 'Linear'?"),
    "a value": ("w1 = 1.0", 'w1 = "a"', "line 11: model.parameters.w1 must be a number, not text in quotes"),
    "a parameter left out": ("w2 = 2.0\n", "", "line 10: model.parameters: w2 is missing; Linear has w1, w2, b"),
    "a rate": ("rate = 0.1", "rate = -1", "line 16: optimizer.rate must be a positive number, not -1"),
    "a range": ("[-2, 2]", "[2, -2]", "line 19: editor.range must be [low, high]"),
    "a version left out": ("riserun = 1\n", "", "the version of the format is missing; begin"),
    "a set without quotes": ("points = [[0.1, 0.2, 1], [0.3, 0.4, -1]]", "set = lecture", 'write set = "lecture"'),
    "a decimal comma": ("w1 = 1.0", "w1 = 1,0", "line 11: this is not TOML at column 7: Expected newline or end of"),
    "an optimizer's name": ("rate = 0.1", "momentum = 1", "unknown key 'momentum' in [optimizer]; write kind = \"mom"),
    "a batch": ("rate = 0.1", "batch = 0.5", "line 16: optimizer.batch must be a whole number, not one with decimals"),
    "a key that is much like another's": ("rate = 0.1", "hold = 1", "did you mean 'held'? It stands in [model]"),
    "a title left out": ('title = "My class"\n', "", "the key 'title' is missing; write title ="),
}  # fmt: skip
IN_A_LECTURE = {
    "text without quotes": ('"My lecture"', "My lecture", 'line 2: this is not TOML at column 9: Invalid value'),
    "a scenario": ('"model1"', '"model7"', "line 7: scene 1: scenario: unknown scenario 'model7'"),
    "a screen in the scene": ('title = "One"', 'title = "One"\nscreen = "fit"', "unknown key 'screen' in [scene 1]"),
    "what is said": ('"Look."', "5", "line 9: scene 1, beat 1: say must be text in quotes, not a whole number"),
    "a move": ('"forward"', '"fly"', "line 10: scene 1, beat 1: do: unknown move 'fly'; there are forward, back"),
    "a view": ('"ledger"', '"leger"', "line 12: scene 1, beat 2: view.loss: unknown view 'leger'"),
    "a question": ('"which-way"', '"which"', "line 13: scene 1, beat 2: ask.kind: unknown question 'which'"),
    "a name that is taken": ('"two"', '"one"', "line 16: scene 2: name: there is a scene called one already"),
    "a key of a beat": ('say = "And', 'saye = "And', "line 20: unknown key 'saye' in [scene 2, beat 1]"),
}  # fmt: skip


def mistaken(text: str, cases: dict[str, tuple[str, str, str]], *names: str) -> str:
    for name in names:
        right, mistake, _ = cases[name]
        assert right in text
        text = text.replace(right, mistake, 1)
    return text


@pytest.mark.parametrize("name", IN_A_SCENARIO)
def test_one_mistake_of_a_scenario_is_named_once(name: str) -> None:
    (told,) = wrong(mistaken(SCENARIO, IN_A_SCENARIO, name), "class.toml")
    assert IN_A_SCENARIO[name][2] in told


@pytest.mark.parametrize("name", IN_A_LECTURE)
def test_one_mistake_of_a_lecture_is_named_once(name: str, tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(mistaken(LECTURE, IN_A_LECTURE, name))
    (told,) = store.wrong(str(path))
    assert IN_A_LECTURE[name][2] in told


def test_the_mistakes_of_a_scenario_are_named_together_in_the_order_of_the_text() -> None:
    names = ("an unknown key", "a key of a lecture", "a label", "a value", "a rate", "a range")
    told = wrong(mistaken(SCENARIO, IN_A_SCENARIO, *names), "class.toml")
    lines = [int(line.partition("line ")[2].partition(":")[0]) for line in told]
    assert lines == [2, 6, 8, 13, 18, 21]


def test_the_mistakes_of_a_lecture_are_named_together(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(mistaken(LECTURE, IN_A_LECTURE, *IN_A_LECTURE))
    told = store.wrong(str(path))
    assert len(told) == len(IN_A_LECTURE)
    for mistake in ("My lecture", "model7", "screen", "say must be", "fly", "leger", "which", "called one", "saye"):
        assert sum(mistake in line for line in told) == 1


def test_what_only_follows_from_a_mistake_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(LECTURE.replace('"edit b -0.5", "forward"', '"edit c -0.5", "undo"'))
    (told,) = store.wrong(str(path))
    assert "no parameter 'c'" in told


def test_a_text_in_place_of_a_beat_hides_none_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    beats = 'beat = ["Look.", { do = ["fly"] }, { say = 5 }]'
    path.write_text(LECTURE.partition("  [[scene.beat]]")[0] + beats)
    text, fly, say = store.wrong(str(path))
    assert "scene 1, beat 1 must be a table, not text in quotes" in text
    assert "scene 1, beat 2: do: unknown move 'fly'" in fly
    assert "scene 1, beat 3: say must be text" in say


def test_a_move_that_does_nothing_is_named_beside_mistakes_of_other_scenes(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(LECTURE.replace('"forward"', '"fly"') + 'do = ["restart"]\n')
    fly, restart = store.wrong(str(path))
    assert "'fly'" in fly
    assert "scene 2, beat 1: do: 'restart' does nothing here" in restart


def test_scenes_of_another_name_are_called_scenes_of_a_lecture(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(LECTURE.replace("[[scene", "[[scenes"))
    (told,) = store.wrong(str(path))
    assert told.endswith("unknown key 'scenes'; did you mean 'scene'?")


def test_a_table_in_braces_over_lines_is_named_and_the_rest_is_read() -> None:
    broken = SCENARIO.replace("[data]\npoints", "data = {\n  points").replace("\n\n[model]", "\n}\n\n[model]")
    told = wrong(broken.replace('"Linear"', '"Linaer"'), "class.toml")
    braces, model = told
    assert braces.startswith("class.toml, line 4")
    assert "{ } must stay on one line" in braces
    assert "Linaer" in model


IN_ONE_LINE = """\
riserun = 1
title = "My lecture"
scene = [{ name = "a", titel = "b", scenario = "model1", beat = [{}] }]
"""
IN_THE_NOTES = SCENARIO.replace('title = "My class"', 'titel = "My class"\nnotes = """\n[[scene]]\n"""')


@pytest.mark.parametrize(("content", "lecture"), [(IN_ONE_LINE, True), (IN_THE_NOTES, False)])
def test_a_file_is_checked_as_what_it_is_opened_as(content: str, lecture: bool, tmp_path: Path) -> None:
    path = tmp_path / "class.toml"
    path.write_text(content)
    assert store.is_lecture(str(path)) == lecture
    (told,) = store.wrong(str(path))
    assert "titel" in told


def test_a_right_file_has_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(LECTURE)
    assert (
        wrong(SCENARIO, "class.toml") == store.wrong(str(path)) == store.wrong("model1") == store.wrong("Lecture") == []
    )


def test_a_key_that_is_misspelled_is_not_called_missing_too() -> None:
    (told,) = wrong(SCENARIO.replace("title", "titel"), "class.toml")
    assert "did you mean 'title'?" in told


def test_of_a_file_full_of_mistakes_the_first_are_named() -> None:
    keys = "".join(f"k{number} = 1\n" for number in range(50))
    *_, more = told = wrong(SCENARIO.replace("[data]", keys + "[data]"), "class.toml")
    assert len(told) == MOST + 1
    assert more == f"class.toml: these are {MOST} mistakes; fix them and check again"


@pytest.mark.parametrize("text", ["\0\0\n\0", '"', "[data\n" + SCENARIO.replace("[data]\n", "")])
def test_what_is_lost_with_a_broken_line_is_not_called_missing(text: str) -> None:
    (told, *_) = wrong(text, "class.toml")
    assert "this is not TOML" in told
    assert "missing" not in " ".join(wrong(text, "class.toml"))


def test_a_number_of_too_many_digits_is_told_as_one() -> None:
    (told,) = wrong(SCENARIO.replace("w1 = 1.0", f"w1 = {'9' * 5000}"), "class.toml")
    assert told == "class.toml: a whole number in it has more digits than are read"


LINES = SCENARIO.splitlines()


@given(
    st.lists(
        st.tuples(st.sampled_from(range(len(LINES))), st.sampled_from(["", "x", "{", "[", '"', "= 1"])), max_size=4
    )
)
def test_there_are_mistakes_just_where_the_file_does_not_open(changes: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for line, text in changes:
        lines[line] = text
    text = "\n".join(lines)
    try:
        parse(text, "class.toml", "class")
    except ScenarioError:
        assert wrong(text, "class.toml")
    else:
        assert not wrong(text, "class.toml")
