"""The walk through a program: every place and exactly back, and words whose numbers are right."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.derivative.trace import Role, Trace
from engine.session import moves
from engine.session.session import Phase
from engine.training.losses import POINT_LOSSES
from scenarios.context.actions import footer
from scenarios.numbers import signed
from scenarios.screens.derive import actions
from scenarios.screens.trace import actions as walking
from scenarios.screens.trace import program as trace
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.workspaces import NEXT, after, apply, at, caption, explained, look, made, opened, point

NUMBER = r"[+-]\d[\d.e+-]*"
FORMULAS = {
    "x*x": {"x": 3.0},
    "sin(2x)": {"x": 1.0},
    "x*y + x": {"x": 2.0, "y": -1.0},
    "x^2+x^3+sin(x)+x": {"x": 0.5},
    "sigmoid(w1*x1 + w2*x2 + b)": {"w1": 1.0, "x1": 0.5, "w2": -1.0, "x2": 2.0, "b": 0.25},
    "3": {"x": 1.0},
    "x": {"x": 2.0},
    "+".join(["x"] * 200): {"x": 1.0},
}


def following(text: str, *values: float) -> Workspace:
    """A workspace on the trace screen, with a formula."""
    derive = actions.moved(actions.typed(text), values)
    return opened("model1", look(derive=derive, screen=Screen.TRACE, trace_formula=True))


def tracing_point(name: str, index: int | None = None, *done: moves.Move) -> Workspace:
    """A workspace on the trace screen, with a data point."""
    chosen = [point(index)] if index is not None else []
    return opened(name, *done, *chosen, look(screen=Screen.TRACE))


WORKSPACES = {
    "model1": tracing_point("model1"),
    "model1, a circle": tracing_point("model1", 1),
    "split": tracing_point("split", 4),
    "ReLU": tracing_point("model1", 1, moves.Set("loss", "ReLU")),
    "as printed": tracing_point("model1", 3, moves.Set("loss", "as-printed")),
    "one point": after(made([(-7.0, 1e5, -1.0)], (1.0, 1.0, -1.0)), [look(screen=Screen.TRACE)]),
    **{text[:30]: following(text, *values.values()) for text, values in FORMULAS.items()},
}
EVERYWHERE = pytest.mark.parametrize("workspace", WORKSPACES.values(), ids=WORKSPACES)


def stepped(workspace: Workspace, by: int) -> Workspace:
    return apply(workspace, walking.walk(by)(workspace))


def places(workspace: Workspace) -> list[Workspace]:
    """Every place of the walk, from the first."""
    found = [workspace]
    while (following := stepped(found[-1], 1)).view != found[-1].view:
        found.append(following)
    return found


def at_end(workspace: Workspace) -> tuple[Workspace, Trace]:
    ended = apply(workspace, walking.last(workspace))
    return ended, trace.traced(ended)


# The walk.


@EVERYWHERE
def test_forward_through_the_values_back_through_the_derivatives_and_exactly_back(workspace: Workspace) -> None:
    program, seen = trace.traced(workspace), places(workspace)
    assert len(seen) == program.operations + len(program.backward) + 1
    here = [trace.place(each, program) for each in seen]
    out = program.operations
    assert [place.forward for place in here[: out + 1]] == list(range(program.leaves, len(program.rows) + 1))
    assert not any(place.reached for place in here[: out + 1])
    assert [place.selected for place in here[1 : out + 1]] == list(range(program.leaves, len(program.rows)))
    for back, place in enumerate(here[out:]):
        assert place.forward == len(program.rows)
        assert place.reached == frozenset(program.backward[:back])
        assert not back or place.selected == program.backward[back - 1]
    for before, each in zip(reversed(seen[:-1]), reversed(seen), strict=False):
        assert stepped(each, -1).view == before.view
    assert stepped(seen[0], -1).view == seen[0].view
    assert apply(seen[-1], walking.first(seen[-1])).view == seen[0].view
    assert apply(seen[0], walking.last(seen[0])).view == seen[-1].view


@EVERYWHERE
def test_how_far_the_walk_has_come(workspace: Workspace) -> None:
    program = trace.traced(workspace)
    said = [trace.progress(each) for each in places(workspace)]
    forward = [f"forward {n} of {program.operations}" for n in range(program.operations + 1)]
    assert said == forward + [f"back {n} of {len(program.backward)}" for n in range(1, len(program.backward) + 1)]


@given(st.lists(st.sampled_from([1, 1, 1, -1]), max_size=40))
def test_wherever_one_walks_back_undoes_on(steps: list[int]) -> None:
    workspace, at = WORKSPACES["model1"], 0
    for by in steps:
        workspace, at = stepped(workspace, by), min(max(at + by, 0), 17)
        assert workspace.view.trace_at == at


def test_a_place_beyond_a_shorter_program_is_its_end() -> None:
    workspace = apply(following("x*x", 3.0), look(trace_at=999))
    program = trace.traced(workspace)
    assert trace.place(workspace, program).reached == frozenset(program.backward)
    assert stepped(workspace, 1).view.trace_at == trace.length(program)


# The words.


def checked(workspace: Workspace, program: Trace, index: int) -> str:
    """The chain rule of a row, its arithmetic done again from the numbers it prints."""
    row, text = program.rows[index], trace.chain_rule(workspace, program, index)
    if not row.uses:
        assert text.endswith(f"= {signed(1.0 if row is program.rows[-1] else 0.0)}.")
        return text
    *_, printed = re.findall(NUMBER, text)
    assert printed == signed(row.derivative)
    products = re.findall(rf"({NUMBER}) · ({NUMBER})", text)
    if products:
        assert len(products) == len(row.uses)
        total = math.fsum(float(slope) * float(local) for slope, local in products)
        size = sum(abs(float(slope)) + abs(float(local)) for slope, local in products)
        assert total == pytest.approx(float(printed), abs=2e-4 * max(size, 1.0), rel=0.1)  # of four decimals
        for (slope, local), use in zip(products, row.uses, strict=True):
            assert (slope, local) == (signed(program.rows[use.user].derivative), signed(use.slope))
    else:
        assert len(row.uses) > 2
        assert f"{len(row.uses)} uses" in text
    return text


@EVERYWHERE
def test_the_chain_rule_of_every_row_is_right(workspace: Workspace) -> None:
    ended, program = at_end(workspace)
    for index in program.backward:
        assert len(checked(ended, program, index)) < 160


def test_the_chain_rule_names_what_it_multiplies() -> None:
    ended, program = at_end(tracing_point("model1", 1))
    texts = {program.rows[index].label: checked(ended, program, index) for index in program.backward}
    assert "dL2/dm = dL2/dv5 · dv5/dm = -0.5949 · -1.0000 = +0.5949" in texts["v4"]
    assert "dL2/dw1 = dL2/dv1 · dv1/dw1 = +0.5949 · +0.5781 = +0.3439" in texts["w1"]
    assert "dL2/db = dL2/dm · dm/db" in texts["b"]
    assert "itself is 1" in texts["v7"]


def test_a_value_that_is_used_twice_gets_two_parts() -> None:
    ended, program = at_end(following("x*x", 3.0))
    text = checked(ended, program, 0)
    assert "+1.0000 · +3.0000 + +1.0000 · +3.0000 = +6.0000" in text
    ended, program = at_end(following("+".join(["x"] * 40), 1.0))
    assert "40 uses" in checked(ended, program, 0)


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("name", ["model1", "split"])
def test_the_end_has_the_points_row_of_the_ledger_and_the_slope(name: str, loss: str) -> None:
    for parameter in (0, 2):
        workspace = apply(tracing_point(name, 2, moves.Set("loss", loss), NEXT), look(parameter=parameter))
        ended, program = at_end(workspace)
        state = ended.session.state
        _, row, total = trace.place(ended, program).words
        parts = [float(state.evaluation.contribution(index)[2]) for index in range(len(state.parameters))]
        assert row.split("   ") == [
            f"dL3/d{label} = {signed(part)}" for label, part in zip(state.problem.names, parts, strict=True)
        ]
        label, slope = state.problem.names[parameter], signed(state.slopes[parameter])
        assert f"dL/d{label}" in total
        assert re.findall(NUMBER, total) == [slope]


def test_the_sentence_of_the_sum_fits_reduction_and_number_of_points() -> None:
    points = [(0.0, 1.0, 1.0), (1.0, 0.5, -1.0)]
    told = ("sum", "add up to", "added up over all points they are"), ("mean", "mean", "means over all points are")
    for reduction, words, over_all in told:
        ended, program = at_end(after(made(points, (1.0, 1.0, 0.0), reduction=reduction), [look(screen="trace")]))
        total = trace.place(ended, program).words[-1]
        assert words in total
        assert any(over_all in line for line in explained(ended, Screen.TRACE))
        assert signed(ended.session.state.slopes[-1]) in total
    ended, program = at_end(WORKSPACES["one point"])
    assert "only point" in trace.place(ended, program).words[-1]
    assert len(trace.place(*at_end(following("x*x", 3.0))).words) == 2  # a formula has no points to add up


def test_on_the_way_what_is_known_so_far_is_listed() -> None:
    workspace = tracing_point("model1")
    program = trace.traced(workspace)
    listed = [re.findall(r"dL1/d(\w+) =", " ".join(trace.place(each, program).words[1:])) for each in places(workspace)]
    assert listed[-4:] == [[], ["b"], ["w2", "b"], ["w1", "w2", "b"]]
    assert not any(listed[:-3])


@EVERYWHERE
def test_forward_it_says_what_is_done_and_what_comes(workspace: Workspace) -> None:
    program = trace.traced(workspace)
    for each in places(workspace)[: program.operations + 1]:
        assert caption(each)
        assert "chain rule at" not in caption(each)
    if program.operations:
        assert signed(program.rows[-1].value) in caption(places(workspace)[program.operations])


@EVERYWHERE
def test_it_explains_itself_everywhere(workspace: Workspace) -> None:
    program = trace.traced(workspace)
    for each in (workspace, *at_end(workspace)[:1]):
        assert f"{program.operations} operation" in "\n".join(explained(each, Screen.TRACE))


# What is traced.


def test_the_first_point_until_one_is_selected_and_then_that_one() -> None:
    for index, name in ((None, "L1"), (0, "L1"), (9, "L10")):
        workspace = tracing_point("model1", index)
        data = workspace.session.state.problem.data
        assert trace.output(workspace) == name
        assert f"point {(index or 0) + 1} of 10" in trace.subject(workspace)
        assert f"({data.x1[index or 0]:.4f}, {data.x2[index or 0]:.4f})" in trace.subject(workspace)
        rows = {row.label: row.value for row in trace.traced(workspace).rows}
        assert (rows["x1"], rows["y"]) == (data.x1[index or 0], data.y[index or 0])


def test_it_follows_the_session() -> None:
    workspace = tracing_point("model1", 1)
    moved = apply(workspace, NEXT)
    parameters = moved.session.state.parameters
    leaves = [row.value for row in trace.traced(moved).rows if row.role is Role.PARAMETER]
    assert leaves == list(parameters) != [row.value for row in trace.traced(workspace).rows][:3]


def test_a_formula_at_its_point() -> None:
    workspace = following("sin(x) + 2*cos(y)", 1.0, 2.0)
    assert trace.subject(workspace) == "f(x, y) = sin(x) + 2·cos(y) at x = 1, y = 2"
    assert trace.output(workspace) == "f"
    assert "sin(x) + 2·cos(y)" in trace.title(workspace)
    ended, program = at_end(workspace)
    assert program.derivatives == pytest.approx({"x": math.cos(1.0), "y": -2 * math.sin(2.0)})
    assert f"df/dx = {signed(math.cos(1.0))}   df/dy = {signed(-2 * math.sin(2.0))}" in "\n".join(
        trace.place(ended, program).words
    )


@pytest.mark.parametrize("text", ["log(x)", "1/(x + 1)", "sqrt(x)"])
def test_where_the_formula_is_not_defined_there_is_nothing_to_walk_and_that_is_said(text: str) -> None:
    workspace = following(text, -1.0)
    assert trace.traced(workspace).rows == ()
    assert "not defined at x = -1" in caption(workspace)
    for action in (
        walking.walk(1),
        walking.walk(-1),
        walking.first,
        walking.last,
        walking.choose(1),
    ):
        other = apply(workspace, action(workspace))
        assert other.view.trace_at == 0
        assert caption(other) == caption(workspace)
        assert explained(other, Screen.TRACE)


# Another row.


def test_a_row_is_chosen_from_the_one_the_walk_is_at_and_walking_takes_it_back() -> None:
    workspace = apply(tracing_point("model1"), look(trace_at=9))  # the derivatives of 7 and 6 are known
    program = trace.traced(workspace)
    assert trace.place(workspace, program).selected == 11
    down = apply(workspace, walking.choose(1)(workspace))
    assert trace.place(down, program).selected == 12
    assert "itself is 1" in caption(down)
    up = apply(workspace, walking.choose(-1)(workspace))
    assert trace.place(up, program).selected == 10
    assert "5 has not been reached" in caption(up)
    assert trace.place(stepped(up, 1), program).selected == 10
    assert stepped(up, 1).view.trace_row is None
    for by, end in ((-1, 0), (1, 12)):
        here = workspace
        for _ in range(20):
            here = apply(here, walking.choose(by)(here))
        assert trace.place(here, program).selected == end


def test_what_is_explained_of_the_ledger_is_so_for_sums_means_and_batches() -> None:
    points = [(0.0, 1.0, 1.0), (1.0, 0.5, -1.0), (0.2, 0.1, 1.0), (0.9, 0.3, -1.0)]
    for reduction, told, share in (
        ("sum", "are this point's row", 1.0),
        ("mean", "divided by the 4 points, are", 0.25),
    ):
        ended, program = at_end(after(made(points, (1.0, 1.0, 0.0), reduction=reduction), [look(screen="trace")]))
        said = " ".join(explained(ended, Screen.TRACE))
        assert told in said
        assert "batch" not in said
        state = ended.session.state
        row = [float(state.evaluation.contribution(index)[0]) for index in range(3)]
        assert row == pytest.approx([share * slope for slope in program.derivatives.values()])
    ended, _ = at_end(after(made(points, (1.0, 1.0, 0.0), batch=2), [look(screen="trace")]))
    assert "The step itself goes by the 2 points of its batch alone." in " ".join(explained(ended, Screen.TRACE))


def test_of_a_function_what_is_explained_is_of_the_function() -> None:
    said = " ".join(explained(at_end(following("x*y", 2.0, 3.0))[0], Screen.TRACE))
    assert "computes f" in said
    assert "df/d(row)" in said
    assert not re.search(r"loss|ledger|parameters|dL", said)


@pytest.mark.parametrize(
    ("formula", "x", "said"),
    [("exp(x)", 1000.0, "f overflows at x = 1000"), ("log(exp(x))", -800.0, "f underflows at x = -800")],
)
def test_why_there_is_no_program(formula: str, x: float, said: str) -> None:
    assert said in caption(following(formula, x))


@pytest.mark.parametrize(("formula", "x"), [("sqrt(x)", 0.0), ("log(2/x^343)", 5.0)])
def test_where_only_the_slope_is_missing_the_program_is_there_and_that_is_said(formula: str, x: float) -> None:
    ended, program = at_end(following(formula, x))
    assert program.operations
    assert "df/dx has no number here: a slope on the way is not defined, or too small" in caption(ended)
    assert "df/dx = none" in trace.place(ended, program).words


def test_the_footer_of_a_function_offers_only_what_is_seen_there() -> None:
    offered = footer(following("x*y", 2.0, 3.0))
    assert not {"next_step", "previous_point"} & set(offered)
    assert {"next_step", "previous_point"} <= set(footer(tracing_point("model1")))


def test_a_slope_too_large_for_a_float_is_no_number() -> None:
    ended, program = at_end(following("log(2/x^343)", 0.3))
    assert not any(math.isnan(row.derivative) for row in program.rows if row.role is Role.OPERATION)
    told = [caption(apply(ended, look(trace_row=row))) for row in range(len(program.rows))]
    assert any("has no number here" in each for each in told)
    assert not any("inf" in each for each in told)


def test_in_3_the_program_is_said_to_be_that_before_the_update() -> None:
    """Its values are those of the slopes, while the other screens show the parameters after the step."""
    titles = [trace.title(at("model1", phase)) for phase in Phase]
    assert [each.endswith(", before the update") for each in titles] == [False, False, True]
