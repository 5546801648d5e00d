"""The journal's format: what is written is read back to the last bit, and nothing that is read does any harm."""

import json
import random
import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.derivative.study import study
from engine.session import moves
from engine.training.optimizers import OPTIMIZERS
from scenarios.files.schema import parse
from scenarios.files.writing import dump
from scenarios.journal.files import read
from scenarios.journal.reader import Reader, encode, ending, header
from scenarios.lecture import wording
from scenarios.lesson import lesson
from scenarios.library import store
from scenarios.workspace import axes
from scenarios.workspace.lectures import Choose, GoTo, Leave, Move, StepAside, Teach, ToBeat
from scenarios.workspace.moves import Against, Answer, Hear, Heard, Kept, Look, Open, Predict
from scenarios.workspace.view import DeriveView, Landscape, LossView, Pane, Screen, View
from scenarios.workspace.workspace import Workspace, snapshot
from tests.journals import BEGAN, after_lines, framed, told, written
from tests.nesterov import NESTEROV
from tests.workspaces import BACK, FORWARD, NEXT, RATE, after, apply, look, made, opened
from tests.workspaces import scenario as scenario_of

OTHER = scenario_of([(0.1, 0.9, 1.0), (0.7, 0.2, -1.0)], (0.1 + 0.2, -1e-300, 1 / 3), rate=1 / 7)
STORY: list[Move] = [
    FORWARD, FORWARD, FORWARD, NEXT, moves.Edit("b", -0.1), FORWARD, FORWARD, moves.Hold("w1"),
    moves.Set("rate", 1 / 3), NEXT, BACK, moves.Undo(), moves.Undo(), moves.Redo(),
    look(point=3, screen=Screen.TRACE, trace_at=4),
    look(derive=DeriveView("sin(x) + cos(y)", (0.1, -0.0), ((-1.0, 1.0), (0.0, 1e-3)), 1, 0.2, rules=2)),
    moves.Set("loss", "ReLU"), Predict(), NEXT, FORWARD, Answer(1), moves.Seek(1), Open(OTHER), NEXT, NEXT,
    moves.Undo(), moves.Restart(), NEXT, look(focus=Pane.LOSS, zoomed=True, loss_view=LossView.LEDGER, point=None),
]  # fmt: skip


def story(start: str = "model1") -> tuple[bytes, list[Workspace]]:
    return written(opened(start), STORY)


class TestWriting:
    def test_a_line_is_a_checksum_and_an_object(self) -> None:
        before = opened("model1")
        edit = moves.Edit("b", -0.5)
        line = encode(17, 12.3456, edit, before, apply(before, edit))
        assert line == framed(
            {"n": 17, "t": 12.346, "do": "edit b -0.5", "at": [value.hex() for value in (1.0, 1.0, -0.5)]}
        )

    def test_the_first_line_has_the_whole_problem(self) -> None:
        line = header(opened("model1"), BEGAN)
        document = json.loads(line[9:])
        assert document["riserun journal"] == 1
        assert re.fullmatch(r"riserun \d+\.\d+\.\d+", document["program"])
        assert (document["began"], document["name"]) == (BEGAN, "model1")
        assert document["scenario"] == dump(opened("model1").scenario)

    def test_parameters_stand_where_the_step_became_another(self) -> None:
        lines = story()[0].splitlines()[1:]
        assert [b'"at"' in line for line in lines[:5]] == [False, False, True, True, True]

    def test_what_changed_nothing_and_what_others_said_is_not_written(self) -> None:
        before = opened("model1")
        assert encode(1, 0.0, BACK, before, apply(before, BACK)) is None
        hear = Hear(Heard("minitorch"))
        assert encode(1, 0.0, hear, before, apply(before, hear)) is None

    def test_every_move_can_be_told(self) -> None:
        """A new kind of move needs a word, or a case in the journal."""
        kinds = set(get_args(Move)) | set(get_args(moves.Move))
        told = set((wording.WORDS | wording.LECTURING).values())
        assert kinds - told == {Look, Open, Against, Kept, Teach, Hear, moves.Adopt, moves.Along, moves.Give}


LED: list[Move] = [
    NEXT, moves.Along("minitorch"), moves.Give((0.1, -1 / 3, 1e-17)), FORWARD, FORWARD, FORWARD,
    moves.Give((1 / 7, 5e-324, -0.0)), NEXT, moves.Undo(), NEXT, moves.Redo(), moves.Give((2.0, 2.0, 2.0)), NEXT,
    moves.Edit("b", 0.5), moves.Give((1.0, 1.0, 1.0)), NEXT, moves.Seek(2), moves.Along(""), NEXT,
]  # fmt: skip


class TestReading:
    @pytest.mark.parametrize("slopes", [["0x1p0"], ["nan", "0x1p0", "0x1p0"], ["inf", "0x1p0", "0x1p0"]])
    def test_slopes_that_no_step_can_go_along_are_refused(self, slopes: list[str]) -> None:
        reader = after_lines(opened("model1"), {"do": "along", "name": "minitorch"}, {"do": "give", "slopes": slopes})
        assert re.search("line 3 .* cannot be taken: (Linear has 3 slopes|the slopes must be finite)", reader.problem)
        assert reader.reached().session.state.waits

    @pytest.mark.parametrize("settings", [[], [moves.Set("optimizer", "momentum")], [moves.Set("batch", 3)]])
    def test_steps_along_given_slopes_need_nobody_who_gives_them(self, settings: list[Move]) -> None:
        """Every state is read back to the last bit, and whose slopes led to the next one."""
        content, reached = written(opened("model1"), [*settings, *LED])
        reader = read(content)
        assert (reader.problem, reader.adopted) == ("", 0)
        assert told(reader.workspace) == told(reached[-1])
        undone = [moves.Undo()]
        ours, theirs = (after(each, undone).session for each in (reached[-1], reader.reached()))
        given = [state.given for state in theirs.history.items()]
        assert given == [state.given for state in ours.history.items()]
        assert any(given)

    @pytest.mark.parametrize("start", ["model1", "zeros"])
    def test_a_session_is_read_back_to_the_last_bit(self, start: str) -> None:
        content, reached = story(start)
        reader = read(content)
        assert reader.problem == ""
        assert told(reader.workspace) == told(reached[-1])
        assert (reader.lines, reader.size, reader.adopted) == (len(reached), len(content), 0)

    def test_what_would_be_undone_is_there_too(self) -> None:
        content, reached = story()
        undone = [moves.Undo()] * 9
        assert told(after(read(content).workspace or opened("zeros"), undone)) == told(after(reached[-1], undone))

    def test_saved_it_is_no_longer_changed(self) -> None:
        start = opened("model1", moves.Edit("b", 2.0))
        content, _ = written(opened("model1"), [moves.Edit("b", 2.0), Kept(snapshot(start, "mine"))])
        reader = read(content)
        assert reader.workspace is not None
        assert reader.workspace.scenario.name == "mine"
        assert not reader.workspace.changed

    def test_points_of_ones_own_come_with_it(self) -> None:
        start = made([(0.1, 1 / 3, 1.0)], (1e-17, -1e300, 5e-324))
        content, reached = written(start, [NEXT])
        assert told(read(content).workspace) == told(reached[-1])

    def test_cut_at_every_byte_it_is_the_session_up_to_there(self) -> None:
        """And when the rest arrives, it is read on from there."""
        content, reached = written(opened("model1"), [FORWARD, moves.Edit("b", 1.0), look(point=2), NEXT])
        expected = [told(each) for each in reached]
        for cut in range(len(content) + 1):
            reader = read(content[:cut])
            lines = content[:cut].count(b"\n")
            assert (reader.problem, reader.lines) == ("", lines)
            assert told(reader.workspace) == (expected[lines - 1] if lines else None)
            reader.feed(content[cut:])
            while reader.step():
                pass
            assert (reader.problem, told(reader.workspace)) == ("", expected[-1])

    def test_a_byte_flipped_anywhere_stops_before_its_line(self) -> None:
        content, reached = written(opened("model1"), [FORWARD, moves.Edit("b", 1.0), look(point=2), NEXT])
        expected = [None, *(told(each) for each in reached)]
        for place in range(len(content)):
            for bit in (0, 5):
                flipped = bytearray(content)
                flipped[place] ^= 1 << bit
                reader = read(bytes(flipped))
                line = content[:place].count(b"\n")
                # The end of the last line is half a line's again; any other byte is a fault.
                assert reader.problem or place == len(content) - 1
                assert told(reader.workspace) == expected[line]

    @pytest.mark.parametrize(
        ("change", "told_of"),
        [
            (lambda lines: [*lines[:3], *lines[4:]], "line 4 .* it calls itself line 5, so lines were lost"),
            (lambda lines: [*lines[:3], lines[4], lines[3]], "line 4 .* lost or exchanged"),
            (lambda lines: [*lines[:3], lines[2]], "line 4 .* it calls itself line 3"),
            (lambda lines: [*lines[:3], b"", *lines[3:]], "line 4 .* it is damaged; the session is as it was before"),
            (lambda lines: lines[1:], "does not say that it is one"),
            (lambda lines: [lines[0], lines[0]], "line 2 .* not of this format"),
        ],
        ids=["lost", "exchanged", "twice", "empty", "headless", "two headers"],
    )
    def test_a_lost_or_exchanged_line_is_noticed(self, change: Any, told_of: str) -> None:
        lines = story()[0].splitlines()[:6]
        reader = read(b"".join(line + b"\n" for line in change(lines)))
        assert re.search(told_of, reader.problem)

    @pytest.mark.parametrize(
        "content",
        [
            b"\x1f\x8b\x08" + b"\x00" * 50,
            b'{"version": 2, "width": 80}\n',
            b"#!/bin/sh\nrm x\n",
            b"\x00" * 100,
            b"\n" * 11,
        ],
    )
    def test_the_file_of_another_program_is_refused_at_once(self, content: bytes) -> None:
        assert "not a journal of riserun" in read(content).problem

    def test_a_newer_format_is_named(self) -> None:
        reader = read(framed({"riserun journal": 2, "program": "riserun \x1b[2J9.0", "what": ["is", "new"]}))
        assert "format 2, written by riserun 9.0; this riserun reads 1" in reader.problem

    def test_what_is_too_large_is_not_taken_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("scenarios.journal.reader.LARGEST", 2 * 2**20)
        reader = read(story()[0])
        reader.feed(b"x" * 2**21)
        assert reader.problem == "this journal is larger than 2 MB, which no session of riserun's is"
        reader.feed(b"x" * 2**21)
        assert not reader.step()

    def test_a_session_that_was_left_and_gone_on_with(self) -> None:
        content, _ = written(opened("model1"), [NEXT])
        reader = read(content + ending(2, 5.0))
        assert (reader.ended, reader.time) == (True, 5.0)
        reader.feed(framed({"n": 3, "t": 6.0, "do": "forward"}))
        assert reader.step()
        assert not reader.ended


def read_one(view: dict[str, Any]) -> Workspace:
    reader = after_lines(opened("model1"), {"do": "look", "view": view})
    assert reader.problem == ""
    return reader.reached()


LANDSCAPE = {"shown": "loss", "cursors": [], "spans": [], "follow": False, "second": None}


@pytest.mark.parametrize(
    "view",
    [
        {"row": 3},  # as many as there are parameters: the rate's
        {"row": 0, "parameter": 0},
        {"landscape": LANDSCAPE | {"shown": "along the step", "cursors": [[-1, 0.5]], "spans": [[-1, [0.0, 2.0]]]}},
        {"landscape": LANDSCAPE | {"cursors": [[-1, 0.5], [0, -1.0], [2, 0.25]], "follow": True, "second": 1}},
    ],
    ids=["rate", "parameter", "step", "both"],
)
def test_axes_are_numbers_there_and_written_as_they_were_read(view: dict[str, Any]) -> None:
    start, move = opened("model1"), Look(read_one(view).view)
    line = encode(1, 0.0, move, start, apply(start, move))
    assert line == framed({"n": 1, "t": 0.0, "do": "look", "view": view})


def test_what_a_number_means_as_an_axis() -> None:
    assert read_one({"row": 3}).view.row == RATE
    assert read_one({"row": 1}).view.row == axes.Parameter(1)
    cursors = read_one({"landscape": {"cursors": [[-1, 0.5], [2, 0.25]]}}).view.landscape.cursors
    assert cursors == ((axes.STEP, 0.5), (axes.Parameter(2), 0.25))


def test_the_view_on_a_log_scale_of_an_old_journal_is_the_one_that_chooses_its_scale() -> None:
    assert read_one({"landscape": {"shown": "two parameters, log scale"}}).view.landscape.shown is Landscape.SURFACE


class TestLectures:
    LECTURE = store.load_lecture("lecture")
    STORY: tuple[Move, ...] = (
        FORWARD, FORWARD, FORWARD, Leave(), NEXT, moves.Edit("b", 1 / 3), Leave(), Leave(), NEXT, Leave(), GoTo(0),
        Choose(1), Choose(-1), FORWARD, FORWARD, BACK, FORWARD, FORWARD, look(large=True, black=True), ToBeat(1),
        StepAside(), look(screen=Screen.DERIVE), Leave(), GoTo(6), Choose(3), FORWARD, Open(OTHER), NEXT,
    )  # fmt: skip

    def test_one_that_is_given_is_read_back(self) -> None:
        content, reached = written(lesson.begin(self.LECTURE), self.STORY)
        reader = read(content)
        assert reader.problem == ""
        assert told(reader.workspace) == told(reached[-1])
        assert len(reached) > 10

    def test_one_that_was_given_before_a_look_could_leave_is_read_as_it_was(self) -> None:
        elsewhere = {"do": "look", "view": {"screen": "derive"}}
        reader = after_lines(lesson.begin(self.LECTURE), elsewhere, {"do": "forward"})
        assert reader.problem == ""
        given = reader.reached().lesson
        assert given is not None
        assert (given.away, given.beat) == (False, 1)

    def test_one_that_is_begun_from_a_scenario(self) -> None:
        last = len(self.LECTURE.scenes) - 1
        content, reached = written(opened("model1"), [NEXT, Teach(self.LECTURE, last), *self.STORY, moves.Undo()])
        reader = read(content)
        assert (reader.problem, told(reader.workspace)) == ("", told(reached[-1]))

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"text": "riserun = 1"}, "is missing"),
            ({"scenarios": [], "scenes": []}, "more scenes than scenarios"),
            ({"scenes": [9] * 99}, "lacks a scenario"),
            ({"scenes": "all"}, "the lecture cannot be read"),
        ],
    )
    def test_a_crafted_one_is_refused(self, change: dict[str, Any], said: str) -> None:
        line = json.loads(header(lesson.begin(self.LECTURE), BEGAN)[9:])
        reader = read(framed({**line, "lecture": line["lecture"] | change}))
        assert reader.workspace is None
        assert said in reader.problem
        reader = after_lines(opened("model1"), {"do": "teach", "lecture": line["lecture"], "scene": 99})
        assert "the lecture has no scene 100" in reader.problem


class TestOtherComputers:
    def moved(self, by: float) -> Reader:
        """The reader of a journal whose second step is recorded `by` (relative) beside what is computed here."""
        start = opened("model1")
        one = apply(start, NEXT)
        two = apply(one, NEXT)
        their = [(value * (1.0 + by)).hex() for value in two.session.state.parameters]
        ours = [value.hex() for value in one.session.state.parameters]
        return after_lines(start, {"do": "next", "at": ours}, {"do": "next", "at": their}, {"do": "forward"})

    @pytest.mark.parametrize("by", [2.0**-52, -(2.0**-50), 5e-7])
    def test_other_last_bits_are_adopted_and_counted(self, by: float) -> None:
        reader = self.moved(by)
        assert (reader.problem, reader.adopted) == ("", 1)
        assert reader.workspace is not None
        state = reader.workspace.session.history.at(2)
        assert state.parameters == tuple(v * (1.0 + by) for v in opened("model1", NEXT, NEXT).session.state.parameters)
        assert reader.workspace.predictions == opened("model1").predictions

    def test_other_numbers_do_not_follow(self) -> None:
        reader = self.moved(1e-5)
        assert "line 3 of the journal cannot be taken: 'next' leads to other numbers here" in reader.problem
        assert told(reader.workspace) == told(opened("model1", NEXT))

    def remembered(self, by: float, *, left_out: bool = False) -> Reader:
        """The reader of a journal whose second step leaves a velocity `by` (relative) beside what is computed here."""
        start = opened("model1", moves.Set("optimizer", "momentum"))
        content = written(opened("model1"), [moves.Set("optimizer", "momentum"), NEXT, NEXT])[0]
        first, *lines = [json.loads(line[9:]) for line in content.splitlines()]
        velocity = [value * (1.0 + by) for value in after(start, [NEXT, NEXT]).session.state.memory[0]]
        lines[-1]["memory"] = [] if left_out else [[value.hex() for value in velocity]]
        return read(b"".join(framed(line) for line in (first, *lines, {"n": 4, "t": 9.0, "do": "next"})))

    @pytest.mark.parametrize("by", [2.0**-50, 5e-7])
    def test_what_the_optimizer_remembers_is_adopted_too(self, by: float) -> None:
        reader = self.remembered(by)
        assert (reader.problem, reader.adopted) == ("", 1)
        ours = opened("model1", moves.Set("optimizer", "momentum"), NEXT, NEXT, NEXT).session.history
        theirs = reader.reached().session.history
        assert theirs.at(2).memory == (tuple(value * (1.0 + by) for value in ours.at(2).memory[0]),)
        assert theirs.at(2).parameters == ours.at(2).parameters
        assert theirs.at(3).parameters == theirs.at(2).updated
        assert theirs.at(3).parameters != ours.at(3).parameters

    def test_a_memory_that_is_another_or_none_does_not_follow(self) -> None:
        for reader in (self.remembered(1e-5), self.remembered(0.0, left_out=True)):
            assert "line 4 of the journal cannot be taken: 'next' leads to other numbers here" in reader.problem


@pytest.mark.parametrize(
    "settings",
    [
        {"optimizer": "momentum", "beta": 0.8},
        {"batch": 3, "seed": 7},
        {"optimizer": "momentum", "batch": 4},
        {"optimizer": "nesterov", "beta": 0.8},
    ],
    ids=str,
)
def test_a_session_is_resumed_with_the_memory_of_its_optimizer(
    settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OPTIMIZERS, "nesterov", NESTEROV)  # a row is all that an optimizer takes
    changes = [moves.Set(name, value) for name, value in settings.items()]
    made: list[Any] = [
        NEXT,
        *changes,
        NEXT,
        NEXT,
        FORWARD,
        FORWARD,
        moves.Edit("b", -0.1),
        NEXT,
        moves.Hold("w1"),
        NEXT,
    ]
    content, reached = written(
        opened("model1"), [*made, moves.Undo(), NEXT, BACK, NEXT, moves.Restart(), *changes, NEXT]
    )
    for count, workspace in enumerate(reached):
        reader = read(b"".join(content.splitlines(keepends=True)[: count + 1]))
        assert (reader.problem, reader.adopted, told(reader.workspace)) == ("", 0, told(workspace))
    assert told(apply(reader.reached(), NEXT)) == told(apply(reached[-1], NEXT))
    saved = parse(dump(snapshot(reached[-1], "own")), "own.toml", "own").problem
    assert dict(saved.settings) == dict(reached[-1].session.state.problem.settings)


def test_gradient_descent_adds_nothing_to_a_line() -> None:
    assert b"memory" not in story()[0]


CRAFTED: list[tuple[dict[str, Any], str]] = [
    ({"do": "hack"}, "unknown move 'hack'"),
    ({"do": "edit c 1"}, "no parameter 'c'"),
    ({"do": "edit b 1e999"}, "not a finite number"),
    ({"do": "edit b 1e308"}, "the loss there is not a finite number"),
    ({"do": "rate -1"}, "the rate must be a positive number"),
    ({"do": "loss L3"}, "unknown loss"),
    ({"do": "hold q"}, "cannot hold"),
    ({"do": "answer 7"}, "an answer is 1 (up) or -1 (down), not 7"),
    ({"do": "seek " + "9" * 5000}, "is not a whole number"),
    ({"do": "look", "view": {"point": 10}}, "point must be from 0 to 9, not 10"),
    ({"do": "look", "view": {"point": -1}}, "point must be from 0 to 9, not -1"),
    ({"do": "look", "view": {"point": 1.5}}, "point cannot be read ("),
    ({"do": "look", "view": {"row": 4}}, "row must be from 0 to 3"),
    ({"do": "look", "view": {"parameter": 3}}, "parameter must be from 0 to 2"),
    ({"do": "look", "view": {"screen": "cinema"}}, "screen cannot be read ("),
    ({"do": "look", "view": {"zomed": True}}, "a view has no 'zomed'; did you mean 'zoomed'?"),
    ({"do": "look", "view": {"epsilon": 0.0}}, "epsilon must be from 1e-15 to 1, not 0"),
    ({"do": "look", "view": {"scroll": -1}}, "scroll must be from 0"),
    ({"do": "look", "view": {"trace_at": 10**9}}, "trace_at must be from 0"),
    ({"do": "look", "view": {"trace_row": -3}}, "trace_row must be from 0"),
    ({"do": "look", "view": {"derive": {"formula": "__import__('os')"}}}, "derive has a formula that cannot be read"),
    ({"do": "look", "view": {"derive": {"formula": "x" + "+x" * 100}}}, "derive has a formula that has 201 characters"),
    ({"do": "look", "view": {"derive": {"formula": "x*y"}}}, "derive needs 2 values and domains, for x, y"),
    ({"do": "look", "view": {"derive": {"values": [1e301]}}}, "derive has a value, which must be a finite number"),
    ({"do": "look", "view": {"derive": {"domain": [[1.0, 1.0]]}}}, "derive has a domain, which must be [low, high]"),
    ({"do": "look", "view": {"derive": {"by": 1}}}, "derive must be from 0 to 0, not 1"),
    ({"do": "look", "view": {"landscape": {"cursors": [[3, 0.0]]}}}, "landscape names a parameter that does not exist"),
    ({"do": "look", "view": {"landscape": {"cursors": [[0, 1e305]]}}}, "landscape has a cursor, which must be"),
    ({"do": "look", "view": {"landscape": {"spans": [[0, [1.0, 1.0]]]}}}, "landscape has a range, which must be"),
    ({"do": "look", "view": {"derive": "sin"}}, "derive cannot be read ("),
    ({"do": "open", "name": "x", "scenario": "riserun = 1"}, "the key 'title' is missing"),
    ({"do": "open", "name": "x", "scenario": "a = " + "[" * 5000}, "nested too deeply"),
    ({"do": "next", "at": ["0x1p0"]}, "leads to other numbers"),
    ({"do": "next", "at": ["nan", "nan", "nan"]}, "leads to other numbers"),
    ({"do": "next", "at": ["first"]}, "hexadecimal"),
    ({"do": "next", "at": ["0x1p99999", "0x1p0", "0x1p0"]}, "'0x1p99999' is beyond all floating-point numbers"),
    ({"do": "next", "at": ["inf", "-inf", "inf"]}, "leads to other numbers"),
    ({"do": "next", "at": ["0x1.p+", "", "0x"]}, "hexadecimal"),
    ({"do": "next", "at": ["1" * 9999, "0x1p0", "0x1p0"]}, "beyond all floating-point numbers"),
    ({"do": "next", "at": "0x1p0"}, "not of this format"),
    ({"do": 1}, "not of this format"),
    ({"do": "give", "slopes": ["first"]}, "hexadecimal"),
    ({"do": "give", "slopes": ["0x1p99999"]}, "beyond all floating-point numbers"),
    ({"do": "give", "slopes": 1.0}, "not of this format"),
    ({"do": "next", "t": "now"}, "not of this format"),
]  # fmt: skip


def test_a_function_whose_name_would_be_a_product_today_is_read_as_it_was() -> None:
    derive = {"formula": "xy + sinx", "values": [2.0, 3.0], "domain": [[-5.0, 5.0], [-5.0, 5.0]]}
    reader = after_lines(opened("model1"), {"do": "look", "view": {"derive": derive}})
    assert reader.problem == ""
    found = study(reader.reached().view.derive.formula)
    assert (found.names, found(2.0, 3.0)) == (("xy", "sinx"), 5.0)


@pytest.mark.parametrize(("line", "said"), CRAFTED, ids=[f"{n}" for n in range(len(CRAFTED))])
def test_a_crafted_line_is_refused_and_nothing_happens(line: dict[str, Any], said: str) -> None:
    start = opened("model1")
    reader = after_lines(start, line, {"do": "next"})
    assert said in reader.problem
    assert reader.problem.startswith("line 2 of the journal cannot be taken")
    assert told(reader.workspace) == told(start)


def test_nesting_without_end_is_refused() -> None:
    start = header(opened("model1"), BEGAN)
    for deep in (b'{"n":1,"t":0,"do":"look","view":' + b'{"a":' * 10**5, b'{"x":' + b"[" * 10**5):
        assert "line 2" in read(start + framed(deep)).problem


def test_names_lose_what_could_steer_a_terminal() -> None:
    begun = framed(
        {
            "riserun journal": 1,
            "program": "x",
            "began": "\x1b]0;x\x07y",
            "name": "a\x1b[2Jb\u202e",
            "scenario": dump(opened("model1").scenario),
        }
    )
    reader = read(begun + framed({"n": 1, "t": 0, "do": "kept", "name": "\x1b[31mred\n" + "x" * 500}))
    assert reader.problem == ""
    assert reader.header is not None
    assert (reader.header.workspace.scenario.name, reader.header.began) == ("ab", "y")
    assert reader.workspace is not None
    assert reader.workspace.scenario.name.startswith("red xx")
    assert len(reader.workspace.scenario.name) < 90


@given(st.binary(max_size=300), st.booleans())
def test_whatever_a_line_holds_it_is_read_or_refused(data: bytes, checked: bool) -> None:
    line = framed(data.replace(b"\n", b"")) if checked else data
    reader = read(header(opened("model1"), BEGAN) + line)
    assert reader.workspace is not None


HEXADECIMAL = st.sampled_from(["0x1p99999", "-0x1p-99999", "nan", "inf", "0x", "", "1e5", "0x1.0p+0", "9" * 400])
WORDS = [*(wording.WORDS | wording.LECTURING), "look", "open", "against", "kept", "teach", "end"]
PLAIN = (
    st.none() | st.booleans() | st.integers() | st.integers(-(10**30), 10**30) | st.floats()
    | st.text(max_size=9) | HEXADECIMAL | st.sampled_from([1e308, -5e-324, "b", "x^x", "riserun = 1"])
)  # fmt: skip
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=9,
)
SAID = st.lists(st.one_of(st.sampled_from(WORDS), PLAIN.map(str)), min_size=1, max_size=4).map(" ".join)
FIELDS = {
    "n": ANYTHING,
    "t": ANYTHING,
    "do": st.sampled_from(WORDS) | SAID | ANYTHING,
    "at": st.lists(HEXADECIMAL, min_size=3, max_size=3) | ANYTHING,
    "view": st.dictionaries(st.sampled_from([*View.__dataclass_fields__]), ANYTHING, max_size=2) | ANYTHING,
    "name": ANYTHING,
    "scenario": ANYTHING,
    "scene": ANYTHING,
    "lecture": st.fixed_dictionaries({"name": ANYTHING, "text": ANYTHING, "scenarios": ANYTHING, "scenes": ANYTHING})
    | ANYTHING,
}
BEGUN = {"n": st.just(1), "t": st.just(0.5), "do": st.sampled_from(WORDS)}
# A line that is right but for one field gets farther than one that has several wrong.
ONE_WRONG = st.sampled_from([*FIELDS]).flatmap(lambda name: st.fixed_dictionaries({**BEGUN, name: FIELDS[name]}))
LINES = st.fixed_dictionaries(
    {name: BEGUN[name] | FIELDS[name] for name in BEGUN},
    optional={name: values for name, values in FIELDS.items() if name not in BEGUN},
)


@settings(max_examples=75)
@given(ONE_WRONG | LINES | ANYTHING)
def test_a_right_checksum_makes_no_line_dangerous(content: Any) -> None:
    """Whatever a line says, it is carried out or refused, by its own fault and not by one of the reader's."""
    reader = read(header(opened("model1"), BEGAN) + framed(json.dumps(content).encode()))
    assert "internal error" not in reader.problem
    assert reader.lines == (1 if reader.problem else 2)


@given(
    st.fixed_dictionaries(
        {"riserun journal": st.just(1) | ANYTHING},
        optional=dict.fromkeys(("program", "began", "name", "scenario", "lecture"), ANYTHING),
    )
)
def test_nor_a_first_line(content: Any) -> None:
    reader = read(framed(json.dumps(content).encode()))
    assert reader.problem
    assert "internal error" not in reader.problem


def test_a_fault_of_the_reader_is_told_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.journal.reader.apply", lambda *_: 1 / 0)
    reader = after_lines(opened("model1"), {"do": "next"})
    assert "line 2 of the journal cannot be taken: internal error (ZeroDivisionError" in reader.problem
    assert reader.workspace is not None


def test_arriving_in_pieces_it_is_the_same() -> None:
    content, reached = story()
    chance = random.Random(1)
    reader = Reader()
    while content:
        size = chance.randint(1, 300)
        reader.feed(content[:size])
        content = content[size:]
        while reader.step():
            pass
    assert (reader.problem, told(reader.workspace)) == ("", told(reached[-1]))
