"""Lectures for tests: a small one of three scenes, a question, a beat that moves; and a walk of the built-in one."""

from functools import cache

from engine.session import moves
from scenarios.lecture import file
from scenarios.lesson.lesson import apply, begin
from scenarios.library import store
from scenarios.library.store import LECTURE, load_lecture
from scenarios.workspace.lectures import Lecture
from scenarios.workspace.workspace import Workspace

TEXT = """\
riserun = 1
title = "One step down"

[[scene]]
name = "start"
title = "Which way is down?"
scenario = "model1"
notes = "Let them point."

[[scene.beat]]
say = "Four points are wrong."
view = { parameter = "b", distances = true }

[[scene.beat]]
ask = { kind = "which-way", parameter = "b" }

[[scene.beat]]
do = ["forward"]

[[scene.beat]]
do = ["forward", "forward"]

[[scene]]
name = "bias"
title = "Only the bias"
scenario = "update-bias"

[[scene.beat]]
say = "w1 and w2 are held."
do = ["pin", "edit b -0.5"]
screen = "compare"

[[scene]]
name = "sine"
title = "A sine"
scenario = "model1"

[[scene.beat]]
say = "Rise over run."
screen = "derive"
view = { function = "sin(2*x)", at = [1], over = [[-5, 5]] }
"""


# The built-in lecture: names and titles of its scenes, in order.
SCENES = {
    "data": "Training Data",
    "notation": "Graphical Notation",
    "boundary": "Decision Boundary: Model 1",
    "distance": "Distance Determines Fit",
    "point-loss": "Point Loss",
    "relu": "Warmup: ReLU",
    "quiz": "Lecture Quiz",
    "update-bias": "Example: Update Bias",
    "step-1": "Step 1: Compute Loss",
    "loss": "Loss",
    "step-2": "Step 2: Find Direction of Improvement",
    "step-3": "Step 3: Update Parameters Iteratively",
    "parabola": "Review: Derivative",
    "tangent": "Review: Derivative",
    "sine": "Example Function",
    "sine-prime": "Symbolic Derivative",
    "surface": "Multiple Arguments",
    "partials": "Derivatives with Multiple Arguments",
    "central-difference": "Central Difference",
    "sigmoid": "Example",
    "sigmoid-prime": "Example",
    "three-ways": "Symbolic / Numerical / Next: Autodiff",
}


def lecture(text: str = TEXT) -> Lecture:
    """The lecture that `text` describes."""
    return file.parse(text, "small.toml", "small", store.load)


@cache
def walk() -> tuple[Workspace, ...]:
    """Every place of the lecture in order, before and after each answer, and the end."""
    places = [begin(load_lecture(LECTURE))]
    while (after := apply(places[-1], moves.Forward())) is not places[-1]:
        places.append(after)
    return tuple(places)


def place(workspace: Workspace) -> tuple[str, int]:
    """The scene and the beat, counted from 1."""
    assert workspace.lesson is not None
    return workspace.lesson.here.name, workspace.lesson.beat + 1
