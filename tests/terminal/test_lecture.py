"""The real program gives the lecture in a pty: from the first scene to the last, and back."""

from scenarios.lesson import lesson
from scenarios.workspace.workspace import Workspace
from tests.scenarios.lectures import SCENES, place, walk
from tests.terminal.program import leave, painted, start
from tests.terminal.pty_screen import PtyScreen
from tests.workspaces import caption

# What stands on the screen at the first beat of a scene, and what by its last: numbers known without the program.
SEEN = {
    "data": (["four ○ (blue)", "six × (red)"], ["0.57, 0.43"]),
    "notation": (["(○) wrong: 4"], ["every m triples"]),
    "boundary": (["x1 + x2 - 0.4 = 0", "wrong: 4"], ["wrong: 0"]),
    "distance": (["loss 5.7766", "-0.4000", "errors 4 of 10"], ["m +0.448", "0.3171"]),
    "point-loss": (["f(m) = log(1 + exp(m))"], ["+0.1269", "+0.5981", "+1.3133"]),
    "relu": (["f(m) = relu(m)"], ["loss 1.0000"]),
    "quiz": (["Which way will b move?"], ["central difference"]),
    "update-bias": (["-0.4000  → -0.4000", "5.7766"], ["-0.4000  → -0.5000", "5.7766 →  5.7320"]),
    "step-1": (["loss 6.5938", "errors 5 of 10", "-1.5000"], ["-1.2934", "6.2173"]),
    "loss": (["log(1 + e^-m)", "+0.5130", "+0.2410", "+4.1056"], ["+4.1056"]),
    "step-2": (["6.5938", "-1.5000", "Raise b by 0.05"], ["-2.0665", "-2.06646", "falls 0.1004"]),
    "step-3": (["7.0531", "-1.7", "-0.2", "lowest 5.7079 at -0.6437"], ["-1.0003", "-0.8484", "errors 4 of 10"]),
    "parabola": (["f(x) = x² + 1"], ["x = 2"]),
    "tangent": (["f(x) = x² + 1   tangent", "+4.00000"], ["-2.00000"]),
    "sine": (["f(x) = sin(2·x)"], ["-0.83229"]),
    "sine-prime": (["f'", "2·cos(2·x)"], ["df/dx = 2·cos(2·x)"]),
    "surface": (["f(x, y) = sin(x) + 2·cos(y)"], ["f(x, y) = sin(x) + 2·cos(y)"]),
    "partials": (["df/dx = cos(x)", "+0.54030"], ["df/dy = -2·sin(y)", "-1.68294"]),
    "central-difference": (["eps = 0.5", "tangent   secant", "-0.70035"], ["eps = 1e-12", "rounding"]),
    "sigmoid": (["f(x) = σ(x)"], ["+0.25000"]),
    "sigmoid-prime": (["0.25", "0.20"], ["f(x) = σ(x)   f'"]),
    "three-ways": (["worked steps", "2·cos(2·x)"], ["-0.83229"]),
}


def test_the_whole_lecture_there_and_back() -> None:
    with start("lecture") as screen:
        there: dict[tuple[str, int], str] = {}
        for workspace in walk():
            scene, beat = place(workspace)
            there[scene, beat] = arrived(screen, workspace)  # of a question, as it is once it was answered
            title = f" riserun  {list(SCENES).index(scene) + 1}/22  {SCENES[scene]}"
            assert there[scene, beat].startswith(title)
            opening, ending = SEEN[scene]
            seen = opening if beat == 1 and not answered(workspace) else ending if beat == last(workspace) else []
            missing = [words for words in seen if words not in there[scene, beat]]
            assert not missing, f"{missing} not in {scene}, beat {beat}:\n{there[scene, beat]}"
            screen.send("space")
        for wanted in list(there.values())[-2::-1]:
            screen.send("backspace")
            assert screen.wait_for(lambda text, wanted=wanted: text == wanted and painted(screen))  # type: ignore[misc]
        assert not any("could not be drawn" in seen for seen in there.values())
        leave(screen)


def arrived(screen: PtyScreen, workspace: Workspace) -> str:
    """The screen once the caption of `workspace`, which no other place has, is on it and all of it is painted."""
    words = " ".join(caption(workspace).split())
    options = " ".join(
        f"{letter} {option.text}{' (right)' * bool(option.right)}"
        for letter, option in zip("abcd", lesson.options(workspace), strict=False)
    )
    return screen.wait_for(lambda text: f"{words} {options}".strip() in " ".join(text.split()) and painted(screen))


def answered(workspace: Workspace) -> bool:
    return workspace.lesson is not None and workspace.lesson.answer is not None


def last(workspace: Workspace) -> int:
    assert workspace.lesson is not None
    return len(workspace.lesson.here.beats)
