"""The scenario file: what it means, what it refuses and how it says so, and that writing and reading lose nothing."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.training import datasets
from engine.training.datasets import Drawn
from engine.training.losses import POINT_LOSSES, REDUCTIONS
from engine.training.models import ACTIVATIONS, FAMILIES
from engine.training.problem import Problem
from scenarios.files.schema import Editor, Scenario, ScenarioError, parse
from scenarios.files.writing import dump
from scenarios.intervals import told_apart
from scenarios.text import clean, clean_line
from tests.kinds import MODELS

BASE = """\
riserun = 1
title = "Title"
summary = "Summary"
[data]
set = "lecture"
[model]
kind = "Linear"
[model.parameters]
w1 = 1.0
w2 = 1.0
b = -0.4
[optimizer]
rate = 0.1
[editor]
nudge = 0.1
[editor.parameters.b]
range = [-2.0, 2.0]
"""
SPLIT = {"m1.w1": 1.0, "m1.w2": 2.0, "m1.b": 3.0, "m2.w1": 4.0, "m2.w2": 5.0, "m2.b": 6.0}
steady = settings(derandomize=True, deadline=None, database=None)
DOCS = Path(__file__).parents[3] / "docs" / "scenarios.md"


def changed(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new, 1)


def read(text: str) -> Scenario:
    return parse(text, "my.toml", "my")


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("my.toml")
    assert clean(message) == message
    assert message.count("\n") < 2
    return message


def split(parameters: str) -> str:
    head = 'riserun = 1\ntitle = "T"\n[data]\nset = "hard"\n[model]\nkind = "Split"\n'
    return head + parameters


def bits(scenario: Scenario) -> tuple[Any, ...]:
    """Everything in a scenario, numbers to the last bit."""
    problem, data = scenario.problem, scenario.problem.data
    return (
        (scenario.name, scenario.title, scenario.summary, scenario.notes),
        (problem.model, problem.loss, problem.reduction, problem.held, problem.rate.hex()),
        (data.source, data.x1.tobytes(), data.x2.tobytes(), data.y.tobytes()),
        [value.hex() for value in scenario.parameters],
        [(editor.low.hex(), editor.high.hex(), editor.nudge.hex()) for editor in scenario.editors],
    )


def test_a_file_means_what_it_says() -> None:
    scenario = read(BASE)
    assert (scenario.name, scenario.title, scenario.summary, scenario.notes) == ("my", "Title", "Summary", "")
    assert (scenario.problem.model, scenario.problem.rate, scenario.problem.held) == ("Linear", 0.1, frozenset())
    assert (scenario.problem.loss, scenario.problem.reduction) == ("log-sigmoid", "sum")
    assert scenario.problem.data.source == Drawn("lecture", 10)
    assert scenario.parameters == (1.0, 1.0, -0.4)
    assert scenario.editors == (Editor(-2.0, 2.0, 0.1),) * 3


def test_defaults() -> None:
    scenario = read(BASE[: BASE.index("[optimizer]")])
    assert scenario.problem.rate == 0.1
    assert scenario.editors == (Editor(-2.0, 2.0, 0.1),) * 3


@pytest.mark.parametrize(("value", "reach"), [(0.0, 2.0), (-2.0, 2.0), (3.0, 6.0), (-2.5, 5.0)])
def test_a_bar_without_a_range_shows_the_starting_value(value: float, reach: float) -> None:
    editor = read(changed("w1 = 1.0", f"w1 = {value}")).editors[0]
    assert (editor.low, editor.high) == (-reach, reach)


def test_a_row_of_its_own_goes_before_the_editor_of_all() -> None:
    text = BASE.replace("nudge = 0.1", "nudge = 0.5\nrange = [0, 1]").replace("range = [-2.0, 2.0]", "nudge = 0.25")
    assert read(text).editors == (Editor(0.0, 1.0, 0.5), Editor(0.0, 1.0, 0.5), Editor(0.0, 1.0, 0.25))


@pytest.mark.parametrize("quote", ["", '"'])
def test_names_with_dots_are_read_with_and_without_quotes(quote: str) -> None:
    lines = "".join(f"{quote}{name}{quote} = {value}\n" for name, value in SPLIT.items())
    assert read(split("[model.parameters]\n" + lines)).parameters == tuple(SPLIT.values())


def test_points_with_labels_of_either_kind() -> None:
    for labels in ("1, -1", "1, 0", "1.0, -1.0"):
        first, second = labels.split(", ")
        data = read(changed('set = "lecture"', f"points = [[0.5, 1, {first}], [0.25, 2, {second}]]")).problem.data
        assert (data.x1.tolist(), data.x2.tolist(), data.y.tolist()) == ([0.5, 0.25], [1.0, 2.0], [1.0, -1.0])


def test_one_class_only_is_allowed() -> None:
    assert read(changed('set = "lecture"', "points = [[0.5, 1, 0]]")).problem.data.y.tolist() == [-1.0]


def test_windows_line_ends_are_fine() -> None:
    assert bits(read(BASE.replace("\n", "\r\n"))) == bits(read(BASE))
    assert "line 13" in refusal(changed("rate", "rates").replace("\n", "\r\n"))


def test_a_hundred_thousand_points() -> None:
    rows = ",\n".join(f"[{i * 1e-5!r}, 0.5, {i % 2}]" for i in range(100_000))
    assert len(read(changed('set = "lecture"', f"points = [\n{rows}]")).problem.data) == 100_000
    assert "line 73517: data.points: point 73512" in refusal(
        changed('set = "lecture"', f"points = [\n{rows}]").replace("[0.73511, 0.5, 1]", "[0.73511, 0.5, 7]")
    )


POINTS = 'set = "lecture"'
TITLE = 'title = "Title"'
REFUSED = {
    "not TOML": (TITLE, "title = ", "line 2: this is not TOML at column 9"),
    "not closed": (TITLE, 'title = "T', "line 2: this is not TOML"),
    "key twice": (TITLE, 'title = "a"\ntitle = "b"', "line 3: this is not TOML.*each key once"),
    "raw escape": (TITLE, 'title = "\x1b[2J"', "line 2: this is not TOML"),
    "5,000 digits": ("w1 = 1.0", "w1 = " + "1" * 5000, "more digits than are read"),
    "50,000 brackets": (TITLE, "title = " + "[" * 50_000, "nested too deeply"),
    "empty": (BASE, "", "begin the file with riserun = 1"),
    "no version": ("riserun = 1\n", "", "version of the format is missing; begin the file with riserun = 1"),
    "newer version": (
        "riserun = 1",
        "riserun = 2\nnews = 1",
        "line 1: this file has format 2; this riserun reads format 1",
    ),
    "version as text": ("riserun = 1", 'riserun = "1"', "line 1: riserun must be .*write riserun = 1"),
    "version true": ("riserun = 1", "riserun = true", "line 1: riserun must be .*write riserun = 1"),
    "version huge": ("riserun = 1", "riserun = 0x" + "f" * 5000, "line 1: riserun must be .*write riserun = 1"),
    "unknown key": (TITLE, 'tilte = "T"', "line 2: unknown key 'tilte'; did you mean 'title'"),
    "unknown table": ("[optimizer]", "[optimiser]", "line 12: unknown key 'optimiser'; did you mean 'optimizer'"),
    "unknown data key": ("set =", "sett =", r"line 5: unknown key 'sett' in \[data\]; did you mean 'set'"),
    "unknown model key": ("kind =", "Kind =", r"line 7: unknown key 'Kind' in \[model\]; did you mean 'kind'"),
    "unknown rate key": (
        "rate =",
        "lr =",
        r"line 13: unknown key 'lr' in \[optimizer\]; there are kind, rate, ",
    ),
    "unknown row key": ("range =", "rnge =", r"line 17: unknown key 'rnge' in \[editor.parameters.b\]; .*'range'"),
    "key to steer with": (TITLE, '"\\u001b[2J\\u202e" = 1', r"unknown key '\\x1b\[2J\\u202e'"),
    "no title": (TITLE, "", "the key 'title' is missing; write title ="),
    "no data": (f"[data]\n{POINTS}\n", "", r"the key 'data' is missing; write \[data\]"),
    "no kind": ('kind = "Linear"', "", r"line 6: the key 'kind' is missing in \[model\]; write kind = \"Linear\""),
    "number as title": (TITLE, "title = 1", "line 2: title must be text in quotes, not a whole number"),
    "empty title": (TITLE, 'title = " \\u001b[1m "', "line 2: the title is empty"),
    "long title": (TITLE, f'title = "{"x" * 61}"', "line 2: title has 61 characters; at most 60"),
    "long summary": ('"Summary"', f'"{"x" * 201}"', "line 3: summary has 201 characters; at most 200"),
    "long notes": (TITLE, f'{TITLE}\nnotes = "{"x" * 4001}"', "line 3: notes has 4001 characters; at most 4000"),
    "table as a list": ("[editor]", "[[editor]]", "editor must be a table, not a list"),
    "unknown model": ('"Linear"', '"linaer"', "line 7: model.kind: unknown model 'linaer'; did you mean 'Linear'"),
    "no such model": ('"Linear"', '"GPT"', "line 7: model.kind: unknown model 'GPT'; there are Linear, Split"),
    "unknown loss": (TITLE, f'{TITLE}\nloss = "relo"', "line 3: loss: unknown loss 'relo'; did you mean 'ReLU'"),
    "unknown reduction": (
        TITLE,
        f'{TITLE}\nreduction = "avg"',
        "line 3: .*unknown reduction 'avg'; there are sum, mean",
    ),
    "text for a number": ("w1 = 1.0", 'w1 = "1"', "line 9: model.parameters.w1 must be a number, not text"),
    "bool for a number": ("w1 = 1.0", "w1 = true", "line 9: model.parameters.w1 must be a number, not true or false"),
    "table for a number": ("w1 = 1.0", "w1 = { x = 1 }", "line 9: model.parameters.w1 must be a number, not a table"),
    "date for a number": ("w1 = 1.0", "w1 = 2024-02-29", "line 9: model.parameters.w1 must be a number, not a date"),
    "nan": ("w1 = 1.0", "w1 = nan", "line 9: model.parameters.w1 must be a finite number, not nan"),
    "inf": ("b = -0.4", "b = -inf", "line 11: model.parameters.b must be a finite number, not -inf"),
    "400 digits": ("w1 = 1.0", "w1 = " + "1" * 400, "line 9: model.parameters.w1 must be a finite number"),
    "unknown parameter": ("w1 = 1.0", "W1 = 1.0", "line 9: .*unknown parameter 'W1'; did you mean 'w1'"),
    "one parameter more": (
        "w1 = 1.0",
        "w1 = 1.0\nbias = 1",
        "line 10: .*unknown parameter 'bias'; there are w1, w2, b",
    ),
    "missing parameter": ("w2 = 1.0\n", "", "line 8: model.parameters: w2 is missing; Linear has w1, w2, b"),
    "infinite loss": ("w1 = 1.0", "w1 = 1.7e308\n#", "line 8: the loss at the starting values is not a finite number"),
    "unknown held": ("kind =", 'held = ["w3"]\nkind =', "line 7: model.held: unknown parameter 'w3'; there are w1"),
    "held as text": ("kind =", 'held = "w1"\nkind =', "line 7: model.held must be a list of parameters"),
    "held as numbers": ("kind =", "held = [\n1]\nkind =", "line 7: model.held must be a list of parameters"),
    "unknown set": ('"lecture"', '"lectures"', "line 5: data.set: unknown set 'lectures'; did you mean 'lecture'"),
    "no points at all": (POINTS, "", 'line 4: data has neither set nor points; .*set = "lecture"'),
    "set and points": (POINTS, f"{POINTS}\npoints = [[1, 1, 1]]", "line 4: data has both set and points; give one"),
    "empty points": (POINTS, "points = []", "line 5: data.points: there are no points: at least one"),
    "points as a number": (POINTS, "points = 3", r"line 5: data.points must be a list of points.*\[x1, x2, label\]"),
    "points not in lists": (POINTS, "points = [1, 2]", "line 5: data.points must be a list of points.*point 1 is not"),
    "narrow point": (POINTS, "points = [\n[1, 1, 1],\n[1, 1],\n]", "line 7: data.points must be .*point 2 is not"),
    "bool in a point": (POINTS, "points = [\n[1, 1, true]]", "line 6: data.points must be .*point 1 is not"),
    "nan in a point": (POINTS, "points = [[1, 1, 1],\n[nan, 1, 1]]", "line 6: data.points: point 2 .*not finite"),
    "label 2": (
        POINTS,
        "points = [\n[1, 1, 1], # [\n\n[1, 1, 2]]",
        r"line 8: .*point 2 has the label 2; labels are \+1",
    ),
    "mixed labels": (
        POINTS,
        "points = [[1, 1, 1],\n[1, 1, 0], [0, 1, -1]]",
        r"line 6: .*mix.*use \+1 and -1, or 1 and 0",
    ),
    "rate 0": ("rate = 0.1", "rate = 0", "line 13: optimizer.rate must be a positive number, not 0"),
    "rate inf": ("rate = 0.1", "rate = inf", "line 13: optimizer.rate must be a positive number, not inf"),
    "rate true": ("rate = 0.1", "rate = true", "line 13: optimizer.rate must be a number, not true or false"),
    "nudge 0": ("nudge = 0.1", "nudge = 0.0", "line 15: editor.nudge must be a finite number above 0, not 0"),
    "nudge below 0": ("range =", "nudge = -1\nrange =", "line 17: editor.parameters.b.nudge must be .*not -1"),
    "range backwards": ("[-2.0, 2.0]", "[2, -2]", r"line 17: editor.parameters.b.range must be .*not \[2, -2\]"),
    "range of nothing": ("[-2.0, 2.0]", "[1, 1]", "line 17: editor.parameters.b.range must be .*low below high"),
    "range of denormals": (
        "[-2.0, 2.0]",
        "[0, 5e-324]",
        "line 17: editor.parameters.b.range must .* told apart",
    ),
    "range of neighbours": ("[-2.0, 2.0]", "[1, 1.0000000001]", "line 17: editor.parameters.b.range .* told apart"),
    "range far out": ("[-2.0, 2.0]", "[1e307, 1e308]", "line 17: editor.parameters.b.range must be .* told apart"),
    "range to inf": ("[-2.0, 2.0]", "[-inf, 1]", "line 17: editor.parameters.b.range must be .*finite"),
    "range of one": ("[-2.0, 2.0]", "[2]", r"line 17: editor.parameters.b.range must be two numbers, \[low, high\]"),
    "row of no parameter": ("parameters.b]", "parameters.c]", "line 16: editor.parameters: unknown parameter 'c'"),
}


@pytest.mark.parametrize(("old", "new", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_named_with_its_place_and_what_is_right(old: str, new: str, message: str) -> None:
    assert re.search(message, refusal(changed(old, new)))


def test_names_are_read_in_any_case() -> None:
    said = changed(TITLE, f'{TITLE}\nloss = "ReLU"\nreduction = "mean"').replace("rate = 0.1", 'kind = "momentum"')
    for name in ("Linear", "ReLU", "mean", "lecture", "momentum"):
        assert name in said
        for other in (name.upper(), name.lower(), name.capitalize()):
            found = parse(said.replace(f'"{name}"', f'"{other}"'), "a.toml", "a")
            assert dump(found) == dump(parse(said, "a.toml", "a"))


def test_a_name_with_a_dot_given_twice_or_unknown() -> None:
    lines = "".join(f"{name} = {value}\n" for name, value in SPLIT.items())
    assert "m1.w1 is given twice" in refusal(split(f'[model.parameters]\n{lines}"m1.w1" = 1\n'))
    wrong = refusal(split("[model.parameters]\n" + lines.replace("m1.w2", "# m1.w4\nm1.w4")))
    assert re.search(r"line 10: model.parameters: unknown parameter 'm1.w4'; did you mean 'm1.w\d'", wrong)


def test_a_line_is_not_mistaken_for_one_in_notes_or_comments() -> None:
    notes = 'notes = """\n[optimizer]\nrates = 1 \\"""\n"""\n# rates = 2\n'
    assert "line 18: unknown key 'rates'" in refusal(
        changed(TITLE, f"{notes}{TITLE}").replace("rate = 0.1", "rates = 1")
    )


def test_text_loses_what_could_steer_a_terminal() -> None:
    title = '"\\u001b[31mRed\\u001b[0m\\u009b2J \\u001b]0;x\\u0007\\u202eand\\u2066\\u200f\\u0000\\u0085 blue\\u007f"'
    scenario = read(changed('"Title"', title).replace('"Summary"', '"one\\ntwo\\tthree"'))
    assert scenario.title == "Red and blue"
    assert scenario.summary == "one two three"
    notes = read(changed(TITLE, f'{TITLE}\nnotes = "\\n\\n first \\u001b[1m\\r\\n\\nlast\\n"')).notes
    assert notes == " first\n\nlast"


@steady
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\x1b" not in clean(text)
    assert "\n" not in clean_line(text)


finite = st.floats(allow_nan=False, allow_infinity=False)
modest = st.floats(-1e6, 1e6)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["lecture", "Split"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["set", "points", "kind", "parameters", "w1", "m1", "b", "nudge", "range"]), inner
        )
    ),
    max_leaves=12,
)


def outcome(text: str) -> Scenario | str:
    try:
        return read(text)
    except ScenarioError as error:
        return str(error)


@steady
@given(st.text())
@example("\x00")
@example("riserun = 1\ntitle = '\ud800'")
def test_any_text_is_a_scenario_or_an_error_for_a_person(text: str) -> None:
    outcome(text)


@steady
@given(st.integers(0, len(BASE)), st.integers(0, 20), st.text("[]{}=.,\"'#\n \\ab1-e", max_size=8))
def test_any_slip_of_the_pen_is_a_scenario_or_an_error(start: int, length: int, typed: str) -> None:
    outcome(BASE[:start] + typed + BASE[start + length :])


@steady
@given(st.sampled_from(["title", "data", "model", "optimizer", "editor", "loss", "notes"]), values)
def test_any_value_at_any_key_is_a_scenario_or_an_error(key: str, value: Any) -> None:
    document: dict[str, Any] = {
        "riserun": 1,
        "title": "T",
        "data": {"set": "lecture"},
        "model": {"kind": "Linear", "parameters": {"w1": 1, "w2": 1, "b": 1}},
    }
    document[key] = value
    try:
        text = tomli_w.dumps(document)
    except TypeError:
        return  # None is not TOML
    outcome(text)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    model = draw(st.sampled_from(list(MODELS)))
    names = MODELS[model].parameters
    point = st.tuples(modest, modest, st.sampled_from([1.0, -1.0]))
    data = draw(
        st.sampled_from([datasets.lecture(), datasets.hard()])
        | st.lists(point, min_size=1, max_size=9).map(datasets.data)
    )
    problem = Problem(
        data,
        model,
        loss=draw(st.sampled_from(list(POINT_LOSSES))),
        reduction=draw(st.sampled_from(REDUCTIONS)),
        rate=draw(st.floats(min_value=sys.float_info.min, allow_infinity=False)),
        held=draw(st.frozensets(st.sampled_from(names))),
    )
    nudge = st.floats(1e-9, 1e9) | st.just(0.1)
    ends = st.tuples(modest, modest).filter(lambda ends: told_apart(*ends)) | st.just((-2.0, 2.0))
    editors = tuple(Editor(*draw(ends), draw(nudge)) for _ in names)
    return Scenario(
        "own",
        clean_line(draw(st.text(min_size=1, max_size=60))) or "T",
        clean_line(draw(st.text(max_size=200))),
        "\n".join(line.rstrip() for line in clean(draw(st.text(max_size=300))).split("\n")).strip("\n"),
        problem,
        tuple(draw(modest) for _ in names),
        editors,
    )


@steady
@given(scenarios())
def test_what_is_written_reads_the_same_to_the_last_bit(scenario: Scenario) -> None:
    assert bits(parse(dump(scenario), "own.toml", "own")) == bits(scenario)


@steady
@given(finite)
def test_any_finite_starting_value_survives_where_its_loss_is_finite(value: float) -> None:
    scenario = outcome(changed("b = -0.4", f"b = {value!r}").replace("range = [-2.0, 2.0]", ""))
    if isinstance(scenario, Scenario):
        assert bits(read(dump(scenario))) == bits(scenario)


def test_a_file_written_is_one_a_person_can_edit() -> None:
    text = changed(POINTS, "points = [[0.1, 0.2, 1], [0.3, 0.4, 0]]").replace("Summary", 'a \\"b\\"')
    written = dump(read(text))
    assert "points = [\n  [0.1, 0.2, +1],\n  [0.3, 0.4, -1],\n]\n" in written
    assert "[editor]\nnudge = 0.1\n" in written
    assert "[editor.parameters" not in written


def test_the_examples_of_the_documentation() -> None:
    page = DOCS.read_text(encoding="utf-8")
    examples = [text for text in re.findall(r"^```toml\n(.*?)^```", page, re.S | re.M) if "riserun = 1" in text]
    assert len(examples) == 2
    assert examples[0].replace("\n\n", "\n").count("\n") <= 10
    short, long = (read(text) for text in examples)
    assert short.title == "Four corners"
    assert long.editors[2] == Editor(-1.5, 0.5, 0.05)


def test_the_documentation_names_every_choice() -> None:
    page = DOCS.read_text(encoding="utf-8")
    settings = (row.name for family in FAMILIES.values() for row in family.settings)
    for key in settings:
        assert f"`model.{key}`" in page
    for key in datasets.DRAWING:
        assert f"`data.{key}`" in page
    for choice in (*FAMILIES, *ACTIVATIONS, *POINT_LOSSES, *REDUCTIONS, *datasets.SOURCES):
        assert f'`"{choice}"`' in page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("w1 = 1.0", 'w1 = "1"'),
        ("rate = 0.1", "rates = 0.1"),
        (TITLE, "# no title"),
        (POINTS, "points = [\n[0, 0, 1],\n[1, 1, 2]]"),
    ],
)
def test_the_messages_of_the_documentation(old: str, new: str) -> None:
    message = refusal(changed(old, new)).replace("my.toml", "lesson.toml")
    assert message in DOCS.read_text(encoding="utf-8").splitlines()


NETWORK = """riserun = 1
title = "Net"
[data]
set = "hard"
[model]
kind = "Network"
layers = [2, 3, 1]
activation = "tanh"
seed = 5
"""


def test_a_network_starts_where_its_seed_says_and_is_written_back_as_short() -> None:
    found = read(NETWORK)
    kind = found.problem.kind
    assert (kind.family, dict(kind.settings)) == ("Network", {"layers": (2, 3, 1), "activation": "tanh", "seed": 5})
    assert found.parameters == kind.initial
    assert "parameters" not in dump(found).split("[optimizer]")[0]
    assert read(dump(found)).problem.kind is kind


def test_a_network_moved_by_a_person_reads_back_to_the_last_bit() -> None:
    found = read(NETWORK)
    values = (0.1 + 0.2, *found.parameters[1:-1], -1e-300)
    again = read(dump(replace(found, parameters=values)))
    assert again.parameters == values
    written = dump(replace(found, parameters=values)).split("[model.parameters]")[1].split("[")[0]
    assert written.split("=")[0].strip() == found.problem.names[0]
    assert written.count("=") == 2, "the two that are others"


SET = 'set = "hard"'


def test_a_set_that_is_drawn_is_written_back_as_it_was_drawn() -> None:
    found = read(NETWORK.replace(SET, 'set = "Xor"\ncount = 80\nseed = 4\nnoise = 0.05'))
    assert found.problem.data.source == Drawn("Xor", 80, 4, 0.05)
    again = read(dump(found))
    assert again.problem.data.source == found.problem.data.source
    assert bits(again) == bits(found)
    assert 'set = "hard"\n\n' in dump(read(NETWORK))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (SET, 'set = "Moons"', "data.set: unknown set 'Moons'"),
        (SET, 'set = "Xor"\ncount = 1', "data.count: the count must be a whole number from 2 to 100,000"),
        (SET, 'set = "Xor"\nseed = "x"', "data.seed"),
        (SET, 'set = "Xor"\nnoise = 2.0', "data.noise: the noise must be a number from 0 to 1"),
        (SET, 'set = "hard"\ncount = 20', "data.count: hard has always the same points"),
        (SET, "points = [[0, 0, 1]]\nseed = 3", "data.seed is for a set that is drawn"),
        ("[2, 3, 1]", "[2, 3]", "model.layers: the layers must be a list from 2 to 1"),
        ("[2, 3, 1]", "[2, 100000, 100000, 1]", "of at most 2,000 parameters"),
        ("[2, 3, 1]", '"many"', "model.layers"),
        ('"tanh"', '"cosine"', "unknown activation 'cosine'"),
        ("seed = 5", "seed = -5", "the seed must be a whole number"),
        ("seed = 5", "seed = 1.5", "model.seed"),
        ("seed = 5", "speed = 5", "speed"),
        ('Network"', 'Linear"\nparameters = {w1 = 1.0, w2 = 1.0, b = 0.0} #"', "model.layers: Linear has no layers"),
        ("seed = 5", "held = ['b9_0']", "b9_0"),
        ("seed = 5", "parameters.b1_9 = 1.0", "unknown parameter 'b1_9'"),
    ],
)
def test_what_no_network_is(old: str, new: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(message)):
        read(NETWORK.replace(old, new))
