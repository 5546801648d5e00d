"""A small lecture for tests: three scenes, a question, a beat that moves."""

from scenarios import lecture_file, store
from scenarios.lecture import Lecture

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


def lecture(text: str = TEXT) -> Lecture:
    """The lecture that `text` describes."""
    return lecture_file.parse(text, "small.toml", "small", store.load)
