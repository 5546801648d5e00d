"""A student's package in its own process: judged correctly, and harmless whatever it does."""

import fcntl
import os
import re
import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from engine.derivative.trace import Role, trace_point
from engine.training.datasets import drawn
from engine.training.losses import POINT_LOSSES
from engine.training.problem import Problem
from scenarios.library import store
from scenarios.student.client import Student, StudentError
from scenarios.student.grading import WANTED, grade
from scenarios.student.report import Outcome, Report
from tests.kinds import MODELS
from tests.students import RIGHT, Patch, copied, scaffold

MODEL1 = store.load("model1")
Package = Callable[..., str]


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A copy of the right package with code added to it."""
    return partial(copied, tmp_path)


def exp_does(body: str) -> str:
    """Code after which `exp` does something before it answers 1."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"def forward(ctx, a):\n{lines}    return 1.0\nExp.forward = staticmethod(forward)"


def graded(path: str) -> Report:
    with Student(path, wanted=WANTED) as student:
        return grade(student)


# What is right.


def test_a_right_package_is_graded_right() -> None:
    report = graded(str(RIGHT))
    assert [check for check in report.checks if check.verdict.text != "right"] == []
    assert report.right
    assert report.first_wrong is None


@pytest.mark.parametrize("path", [RIGHT.parent, RIGHT / "scalar.py", "engine.course"])
def test_the_repository_a_file_of_it_or_a_name_will_do(path: Path | str) -> None:
    assert graded(str(path)).right


@pytest.mark.parametrize("name", ["mine", "code", "with.dots and spaces"])
@pytest.mark.parametrize("loose", [True, False])
def test_our_own_names_are_right_from_a_package_or_from_loose_files(tmp_path: Path, name: str, loose: bool) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "scalar.py").write_text("from engine.course import Scalar\n")
    (folder / "autodiff.py").write_text("from engine.course import central_difference\n")
    if not loose:
        (folder / "__init__.py").touch()
    assert graded(str(folder)).right


def test_their_files_stand_in_for_nobody_elses(package: Package, tmp_path: Path) -> None:
    path = package("import random, json, numpy")
    for name in ("random", "json", "numpy", "math", "operator", "resource"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('shadowed')\n")
    assert graded(path).right


def test_nothing_is_written_into_their_folder(package: Package) -> None:
    path = package()
    before = sorted(Path(path).rglob("*"))
    assert graded(path).right
    assert sorted(Path(path).rglob("*")) == before


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("model", MODELS)
def test_slopes_and_every_row_of_a_trace_are_right(model: str, reduction: str, loss: str) -> None:
    problem = Problem(MODEL1.problem.data, model, loss=loss, reduction=reduction)
    parameters = (1.0, 0.75, -0.4, 1.0, 0.5, -1.5)[: len(problem.names)]
    with Student(str(RIGHT)) as student:
        slopes = student.slopes(problem, parameters)
        rows = student.trace(problem, parameters, 3)
    assert slopes.text == "right"
    assert len(slopes.derivatives or ()) == len(parameters)
    expected = trace_point(problem, parameters, 3).rows
    assert [verdict.text for verdict in rows] == ["right"] * len(expected)
    assert [verdict.value for verdict in rows] == pytest.approx([row.value for row in expected])
    derivatives = [verdict.derivatives[0] for verdict in rows if verdict.derivatives]
    assert derivatives == pytest.approx([row.derivative for row in expected if row.role is not Role.CONSTANT])


def test_slopes_of_many_points_are_those_of_the_first_200() -> None:
    problem = Problem(drawn("Simple", count=250), "Linear")
    with Student(str(RIGHT)) as student:
        assert student.slopes(problem, (1.0, 1.0, -0.4)).text == "right (first 200 of 250 points)"


def test_a_problem_that_has_diverged_gets_a_verdict() -> None:
    with Student(str(RIGHT)) as student:
        assert not student.slopes(MODEL1.problem, (1e308, 1e308, -1e308)).text.startswith("wrote")
        assert student.slopes(MODEL1.problem, (float("nan"), 1.0, 1.0)).text == "right"
        assert student.deaths == 0


# What is wrong, and where.

DIFFERENCES = "def central_difference(f, *vals, arg=0, epsilon=1e-6):\n    v = list(vals)\n    v[arg] += epsilon\n    "
BACKPROPAGATE = """
def backpropagate(variable, deriv):
    derivatives = {variable.unique_id: deriv}
    for node in autodiff.topological_sort(variable):
        if node.is_leaf():
            node.accumulate_derivative(derivatives[node.unique_id])
            continue
        for parent, d in node.chain_rule(derivatives[node.unique_id]):
            derivatives[parent.unique_id] = d
scalar.backpropagate = backpropagate
"""
PREORDER = """
def topological_sort(variable):
    order, seen = [], set()
    def visit(node):
        if node.unique_id not in seen:
            seen.add(node.unique_id)
            order.append(node)
            list(map(visit, PARENTS))
    visit(variable)
    return order
autodiff.topological_sort = topological_sort
"""
WRONG = {
    "mul backward": (
        "Mul.backward = staticmethod(lambda ctx, d: tuple(d * value for value in ctx.saved_values))",
        ("mul", "backward", "x * y at x = 2, y = -1 gave d/dx = 2, d/dy = -1; right is d/dx = -1, d/dy = 2"),
    ),
    "log forward": (
        "Log.forward = staticmethod(lambda ctx, a, right=Log.forward: right(ctx, a) + 0.001)",
        ("log", "forward", "log(x) at x = 2 gave 0.694147; right is 0.693147"),
    ),
    "log of two": (
        "import math\nLog.forward = staticmethod(lambda ctx, a: ctx.save_for_backward(a) or math.log2(a))",
        ("log", "forward", "log(x) at x = 2 gave 1; right is 0.693147"),
    ),
    "relu backward": (
        "operators.relu_back = lambda x, d: d",
        ("relu", "backward", "relu(x) at x = -1 gave d/dx = 1; right is d/dx = 0"),
    ),
    "sigmoid backward": (
        "Sigmoid.backward = staticmethod(lambda ctx, d: d * ctx.saved_values[0])",
        ("sigmoid", "backward", "sigmoid(x) at x = 2 gave d/dx = 0.880797; right is d/dx = 0.104994"),
    ),
    "one edge": (
        "chain_rule = Scalar.chain_rule\n"
        "Scalar.chain_rule = lambda self, d: {p.unique_id: (p, part) for p, part in chain_rule(self, d)}.values()",
        ("x * x", "backward", "x * x at x = 2 gave d/dx = 2; right is d/dx = 4"),
    ),
    "overwritten on the way": (
        BACKPROPAGATE,
        ("x * x", "backward", "x * x at x = 2 gave d/dx = 2; right is d/dx = 4"),
    ),
    "overwritten on the leaf": (
        "def accumulate_derivative(self, x): self.derivative = x\nScalar.accumulate_derivative = accumulate_derivative",
        (
            "two backward passes",
            "backward",
            "x * 1 and then x * 3, both backward, at x = 2 gave d/dx = 3; right is d/dx = 4",
        ),
    ),
    "out of order": (
        PREORDER.replace("PARENTS", "node.parents"),
        ("h * exp(h)", "backward", "h * exp(h), h = 2 * x at x = 2 gave d/dx = 109.196; "),
    ),
    "out of order, the other way": (
        PREORDER.replace("PARENTS", "node.parents[::-1]"),
        ("x * y + x", "backward", "x * y + x at x = 2, y = -1 gave d/dx = 1, d/dy = 2; "),
    ),
    "sub": (
        "Scalar.__sub__ = lambda self, b: b + -self",
        ("sub", "forward", "x - y at x = 2, y = -1 gave -3; right is 3"),
    ),
    "lt answers a bool": (
        "Scalar.__lt__ = lambda self, b: self.data < b.data",
        ("lt", "forward", "x < y at x = 2, y = -1 gave a bool for lt, not a Scalar; right is 0"),
    ),
    "twice the difference": (
        DIFFERENCES + "return (f(*v) - f(*vals)) / epsilon * 2",
        ("central_difference", "", "central_difference of x * x in x, epsilon 0.1, at x = 2 gave 8.2; right is 4"),
    ),
    "one-sided difference": (
        DIFFERENCES + "return (f(*v) - f(*vals)) / epsilon",
        (
            "central_difference",
            "",
            "central_difference of x * x in x, epsilon 0.1, at x = 2 gave 4.1; right is 4",
        ),
    ),
}
UNWRITTEN = {
    "no __radd__": ("del Scalar.__radd__", "1.2", "to write: Scalar: __radd__"),
    "no log": ("del Scalar.log", "1.2", "to write: Scalar: log"),
    "no Exp": ("del scalar_functions.Exp, Exp, scalar.Exp", "1.2", "to write: forward of Exp"),
    "no relu_back": (
        "def relu_back(x, d): ...\noperators.relu_back = relu_back",
        "0.1",
        "to write: operators: relu_back",
    ),
    "pass": ("def backward(ctx, d): pass\nMul.backward = staticmethod(backward)", "1.4", "to write: backward of Mul"),
    "to do": (
        "def chain_rule(self, d): raise NotImplementedError('Task 1.3')\nScalar.chain_rule = chain_rule",
        "1.3",
        "to write: Scalar: chain_rule",
    ),
    "of their own": (
        "def helper(x, d): raise NotImplementedError\nNeg.backward = staticmethod(lambda ctx, d: helper(1.0, d))",
        "1.4",
        "is not written yet: helper (__init__.py:",
    ),
    "no difference": (
        "del central_difference, autodiff.central_difference, scalar.central_difference",
        "1.1",
        "to write: central_difference",
    ),
}


@pytest.mark.parametrize(("code", "task", "text"), UNWRITTEN.values(), ids=UNWRITTEN)
def test_what_is_not_written_yet_is_not_wrong(package: Package, code: str, task: str, text: str) -> None:
    report = graded(package(code))
    assert not report.right
    assert report.first_wrong is None
    assert {check.outcome for check in report.checks} <= {Outcome.RIGHT, Outcome.UNWRITTEN, Outcome.UNJUDGED}
    assert report.status(task).startswith(text)


def test_another_design_than_the_courses_is_not_asked_for_its_functions(tmp_path: Path) -> None:
    (tmp_path / "scalar.py").write_text("from engine.course import Scalar\nScalar.exp = lambda self: Scalar(1.0)\n")
    report = graded(str(tmp_path))
    assert [report.to_write(task) for task in report.tasks if report.to_write(task)] == [("central_difference",)]
    assert report.first_wrong is not None
    assert report.first_wrong.title == "exp, forward"


@pytest.mark.parametrize(("code", "expected"), WRONG.values(), ids=WRONG)
def test_the_first_wrong_check_is_named_with_its_smallest_example(
    package: Package, code: str, expected: tuple[str, str, str]
) -> None:
    wrong = graded(package(code)).first_wrong
    assert wrong is not None
    assert wrong.example is not None
    assert (wrong.name, wrong.direction) == expected[:2]
    assert f"{wrong.example.given} {wrong.example.got}; right is {wrong.example.right}".startswith(expected[2])


def test_forward_and_backward_are_judged_apart(package: Package) -> None:
    code, _ = WRONG["log forward"]
    wrong = [(check.name, check.direction) for check in graded(package(code)).checks if not check.verdict.right]
    assert wrong == [("log", "forward"), ("log(sigmoid(2 * x + 1))", "forward"), ("loss of model1", "forward")]


def test_slopes_and_trace_show_a_wrong_rule(package: Package) -> None:
    with Student(package("operators.log_back = lambda x, d: 2 * d / x")) as student:
        slopes = student.slopes(MODEL1.problem, MODEL1.parameters)
        rows = student.trace(MODEL1.problem, MODEL1.parameters, 1)
    assert slopes.text == "wrong by 5.6e-01"
    assert slopes.value == pytest.approx(5.776592485398551)
    assert slopes.derivatives == pytest.approx((2 * 0.0243985, 2 * -0.3710343, 2 * 0.5579069), rel=1e-5)
    operations = rows[-7:]
    assert [verdict.right for verdict in operations] == [False] * 5 + [True] * 2  # right back to the log, not past it
    assert operations[3].text == "wrong by 5.9e-01"


def test_a_trace_stops_where_an_operation_raises(package: Package) -> None:
    with Student(package("operators.sigmoid = lambda x: 1 / 0")) as student:
        texts = [verdict.text for verdict in student.trace(MODEL1.problem, MODEL1.parameters, 1)]
    assert texts[-2].startswith("raised ZeroDivisionError: division by zero (__init__.py:")
    assert {*texts[:-2], texts[-1]} == {"was not reached"}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("'1.0'", "gave a str, not a number"),
        ("None", "gave no derivative (None)"),
        ("float('nan')", "gave nan"),
        ("float('inf')", "gave inf"),
        ("10 ** 400", "raised OverflowError: int too large to convert to float"),
        ("self", "gave a Scalar, not a number"),
        ("1j", "gave a complex, not a number"),
        ("__import__('numpy').float32(1.0)", "right"),
        ("__import__('fractions').Fraction(1)", "right"),
        ("True", "right"),
    ],
)
def test_derivatives_that_are_no_numbers(package: Package, number: str, text: str) -> None:
    code = f"def accumulate_derivative(self, x): self.derivative = {number}\n"
    with Student(package(code + "Scalar.accumulate_derivative = accumulate_derivative")) as student:
        passes = student.operation("add", (2.0, -1.0))
    assert (passes.forward.text, passes.backward.text) == ("right", text)


# Whatever it does, there is a verdict and the next question is answered.

HOSTILE = {
    "for ever": ("while True: pass", "took longer than 0.5 s"),
    "stops itself": ("import signal; os.kill(os.getpid(), signal.SIGSTOP)", "took longer than 1.1 s"),
    "leaves": ("os._exit(3)", "died (exit status 3)"),
    "leaves in peace": ("os._exit(0)", "died (exit status 0)"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "died (signal 11)"),
    "aborts": ("os.abort()", "died (signal 6)"),
    "kills its group": ("os.killpg(0, 9)", "closed its connection to riserun, or was killed"),
    "closes everything": ("os.closerange(0, 256)", "died (exit status 1)|closed its connection to riserun"),
    "closes everything and stays": ("os.closerange(0, 256)\nwhile True: pass", "closed its connection to riserun"),
    "nonsense": ("for n in range(3, 99):\n  try: os.write(n, b'\\xff{]\\n')\n  except OSError: pass", "sent nonsense"),
    "wrong answer": (
        "for n in range(3, 99):\n  try: os.write(n, b'{\"id\": []}\\n')\n  except OSError: pass",
        "sent non",
    ),
    "deep answer": (
        "for n in range(3, 99):\n  try: os.write(n, b'['*60000+b'\\n')\n  except OSError: pass",
        "sent non",
    ),
    "flood": ("for n in range(3, 99):\n  try: os.write(n, b'x' * 2000000)\n  except OSError: pass", "sent too much"),
    "breaks json": ("import json; json.dumps = lambda *a, **k: '{}'", "sent nonsense"),
    "breaks isinstance": ("import builtins; builtins.isinstance = None", "died (exit status 1)"),
    "exits": ("sys.exit('bye')", "raised SystemExit: bye (__init__.py:"),
    "interrupts": ("raise KeyboardInterrupt", "raised KeyboardInterrupt (__init__.py:"),
    "no text": (
        "class Odd(BaseException):\n  def __str__(self): raise SystemExit\nraise Odd",
        "raised Odd: (and its text cannot be read)",
    ),
    "control characters": (
        "raise ValueError('\\x1b[2J\\u202eone\\ntwo' + '!' * 10**6)",
        "raised ValueError: one two!!!",
    ),
    "surrogates": ("raise ValueError('\\ud800')", "raised ValueError: ? (__init__.py:"),
    "recursion": ("def f(): return f()\nf()", "raised RecursionError: maximum recursion depth exceeded (__init__.py:"),
    "memory": ("bytearray(10**10)", "raised MemoryError (__init__.py:"),
    "memory, piece by piece": ("a = []\nwhile True: a.append(bytes(10**6))", "raised MemoryError (__init__.py:"),
    "reads": ("input()", "raised EOFError: EOF when reading a line (__init__.py:"),
    "writes on the terminal": ("open('/dev/tty', 'w').write('boo')", "raised OSError: [Errno 6]"),
    "prints": ("for _ in range(100): print('x' * 10**6)\nsys.stderr.write('x' * 10**6)", "wrong by"),
    "thread": ("import threading; threading.Thread(target=threading.Event().wait).start()", "wrong by"),
    "atexit": ("import atexit; atexit.register(lambda: input() and 1 / 0)", "wrong by"),
    "answers None": (
        "return None",
        "raised TypeError: float() argument must be a string or a real number, not 'NoneType'",
    ),
}


@pytest.mark.parametrize(("body", "text"), HOSTILE.values(), ids=HOSTILE)
def test_what_their_code_does_stays_in_its_process(package: Package, body: str, text: str) -> None:
    with Student(package(exp_does(body)), seconds=0.5 if text.startswith("took") else 5.0) as student:
        found = student.operation("exp", (2.0,)).forward
        assert student.operation("add", (2.0, -1.0)).backward.text == "right"
    assert not found.right
    assert found.text.startswith(tuple(text.split("|")))
    assert len(found.text) <= 120
    assert found.text.isprintable()


def test_what_it_has_started_dies_with_it(package: Package, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    body = f"""
import fcntl, signal
fd = os.open({str(lock)!r}, os.O_CREAT | os.O_RDWR)
fcntl.flock(fd, fcntl.LOCK_EX)
try:
  if os.fork() == 0: signal.pause()
except BlockingIOError: pass
"""
    with Student(package(exp_does(body))) as student:
        assert student.operation("exp", (0.0,)).value == 1.0
        assert lock.exists()
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # free once the copy, which holds it too, is dead


def test_a_copy_of_the_process_answers_nothing(package: Package) -> None:
    with Student(package(exp_does("try: os.fork()\nexcept BlockingIOError: pass"))) as student:
        assert student.operation("exp", (0.0,)).forward.text == "right"
        assert student.operation("add", (2.0, -1.0)).backward.text == "right"
        assert student.deaths == 0


def test_no_descriptor_is_left_over(package: Package) -> None:
    def lowest_free() -> int:
        number = os.dup(0)
        os.close(number)
        return number

    before = lowest_free()
    with Student(package(exp_does("os._exit(1)"))) as student:
        for _ in range(3):
            student.operation("exp", (2.0,))
        assert student.deaths == 3
    assert lowest_free() == before


EARLY = ["add", "mul", "neg"]
HANG = "\n    while True: pass\n"
HANGS = {
    "backward": (
        "def backward(self, d=None):" + HANG + "Scalar.backward = backward",
        {"backward": EARLY},
    ),
    "one rule": ("def back(x, d):" + HANG + "operators.log_back = back", {"backward": ["log"]}),
    "one function": ("def relu(x):" + HANG + "operators.relu = relu", {"forward": ["relu"]}),
    "every function": (
        "def apply(*_):" + HANG + "ScalarFunction.apply = apply",
        {"forward": EARLY, "": ["chain_rule"]},
    ),
    "asleep": ("import time\nAdd.backward = staticmethod(lambda *_: time.sleep(1000))", {"backward": ["add", "sub"]}),
    "the difference": (
        "def central_difference(*_, **__):" + HANG + "autodiff.central_difference = central_difference",
        {"": ["central_difference"]},
    ),
}


@pytest.mark.parametrize(("code", "expected"), HANGS.values(), ids=HANGS)
def test_a_hang_is_laid_at_the_half_that_hangs_and_the_rest_is_judged(
    package: Package, code: str, expected: dict[str, list[str]]
) -> None:
    with Student(package(code), seconds=0.2, wanted=WANTED) as student:
        checks = grade(student).checks
        assert student.deaths == 0  # stopped, not killed
    found: dict[str, list[str]] = {}
    for check in checks:
        if check.outcome is Outcome.HANGS:
            found.setdefault(check.direction, []).append(check.name)
    assert found == expected
    assert {check.outcome for check in checks} <= {Outcome.RIGHT, Outcome.HANGS, Outcome.UNJUDGED}
    assert sum(check.outcome is Outcome.HANGS for check in checks) < 5  # a common cause is not asked for every time
    if expected == {"backward": ["log"]}:
        assert sum(check.verdict.right for check in checks) == len(checks) - 3


def test_what_cannot_be_stopped_is_laid_at_its_half_too(package: Package) -> None:
    stop = "import signal\nlog_back = lambda x, d: os.kill(os.getpid(), signal.SIGSTOP)\noperators.log_back = log_back"
    with Student(package(stop), seconds=0.2) as student:
        passes = student.operation("log", (2.0,))
        assert student.deaths > 0
    assert passes.forward.text == "right"
    assert passes.backward.text == "took longer than 0.5 s"


# Threads.


def test_questions_may_come_from_many_threads() -> None:
    texts: list[str] = []
    with Student(str(RIGHT)) as student:
        ask = lambda: texts.append(student.slopes(MODEL1.problem, MODEL1.parameters).text)  # noqa: E731
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts == ["right"] * 8


def test_closing_ends_a_question_under_way(package: Package, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    texts: list[str] = []
    student = Student(package(exp_does(f"open({str(begun)!r}, 'w').close()\nwhile True: pass")), seconds=600.0)
    thread = threading.Thread(target=lambda: texts.append(student.operation("exp", (2.0,)).forward.text))
    thread.start()
    with begun.open():  # opens when their code does
        student.close()
    thread.join()
    assert texts == ["closed its connection to riserun, or was killed"]
    assert student.operation("exp", (2.0,)).forward.text == "was not asked: riserun has closed it"
    student.close()


# What cannot be used.

UNUSABLE = {
    "zero": ("1 / 0", "raised ZeroDivisionError: division by zero (__init__.py:"),
    "syntax": ("def", "raised SyntaxError: invalid syntax (__init__.py, line "),
    "exit": ("sys.exit(1)", "raised SystemExit: 1 (__init__.py:"),
    "gone": ("os._exit(0)", "died (exit status 0)"),
    "for ever": ("while True: pass", "took longer than 1 s"),
    "module": ("import numba_of_mine", "raised ModuleNotFoundError: No module named 'numba_of_mine' (__init__.py:"),
    "no Scalar": ("del Scalar, scalar.Scalar", "gave no Scalar; the course's Module 1 has it in scalar.py"),
    "Scalar for ever": (
        "def init(self, v):\n    while True: pass\nScalar.__init__ = init",
        "took longer than 1 s",
    ),
    "other Scalar": (
        "class Scalar:\n    def __init__(self, v): self.data = v",
        "minitorch has a Scalar without derivative, backward, which the course's has",
    ),
}


@pytest.mark.parametrize(("code", "text"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_package_that_cannot_be_imported(package: Package, code: str, text: str) -> None:
    with pytest.raises(StudentError) as caught:
        Student(package(code), loading=1.0 if code.startswith("while") else 10.0)
    assert str(caught.value).startswith(text if text.startswith("minitorch") else f"minitorch: importing it {text}")
    assert ("-m pip install numba_of_mine" in str(caught.value)) == ("numba" in code)


FROM = ("scalar.py", "from .autodiff import backpropagate", "from .autodiff import sweep, backpropagate")
OWN = "from . import operators"
MISSING = {
    "a distribution": (
        ("scalar.py", "import numpy as np", "import numba_of_mine.jit as np"),
        "-m pip install numba_of_mine",
    ),
    "a dot": (
        ("scalar.py", "from .autodiff", "from autodiff"),
        "autodiff.py is in the package itself: write from .autodiff import ..., with the dot.",
    ),
    "a function": (FROM, "autodiff.py has no sweep yet: write it there, or leave it out of the import."),
    "a file of the course's": (
        ("scalar_functions.py", OWN, "from . import optim"),
        "There is no optim.py beside scalar.py: put the course's there.",
    ),
    "a file, by its name": (
        ("scalar_functions.py", OWN, "from .optim import SGD"),
        "There is no optim.py beside scalar.py: put the course's there.",
    ),
    "another name for a file of the course's": (
        ("scalar_functions.py", OWN, "from .autodif import Context"),
        "There is no autodif.py beside scalar.py: is autodiff.py meant?",
    ),
    "a file of their own": (
        ("scalar_functions.py", OWN, "from .helping import hand"),
        "There is no helping.py beside scalar.py: write it, or leave out what imports it.",
    ),
    "each other": (
        ("autodiff.py", "from dataclasses", "from .scalar import Scalar\nfrom dataclasses"),
        "autodiff.py and scalar.py import each other: leave one of the imports out, or put it into the function that "
        "needs it.",
    ),
    "a file of the course's, without a dot": (
        ("scalar_functions.py", OWN, "import optim"),
        "There is no optim.py beside scalar.py: put the course's there; from .optim import ...",
    ),
}


@pytest.mark.parametrize(("patch", "hint"), MISSING.values(), ids=MISSING)
def test_what_cannot_be_imported_is_met_with_what_to_install_or_to_write(
    tmp_path: Path, patch: Patch, hint: str
) -> None:
    with pytest.raises(StudentError) as caught:
        Student(scaffold(tmp_path, patch))
    assert str(caught.value).endswith(f"\n{hint}" if hint.endswith(".") else hint)


def test_a_circle_of_imports_keeps_its_place(tmp_path: Path) -> None:
    with pytest.raises(StudentError) as caught:
        Student(scaffold(tmp_path, ("autodiff.py", "from dataclasses", "from .scalar import Scalar\nfrom dataclasses")))
    assert "'minitorch.autodiff', a circular import (scalar.py:" in str(caught.value)


def test_a_long_text_keeps_its_place(package: Package) -> None:
    with Student(package(exp_does("raise ValueError('word ' * 60)"))) as student:
        found = student.operation("exp", (2.0,)).forward
    assert re.fullmatch(r"raised ValueError: [word ]+\.\.\. \(__init__\.py:\d+\)", found.text)
    assert len(found.text) <= 120


@pytest.mark.parametrize("name", ["scalars.py", "Scalar.py"])
def test_a_file_of_nearly_the_right_name_is_to_be_renamed(tmp_path: Path, name: str) -> None:
    folder = Path(scaffold(tmp_path))
    (folder / "scalar.py").rename(folder / name)
    with pytest.raises(StudentError, match=rf"\nThere is no scalar\.py: rename {name}\.$"):
        Student(str(folder))


def test_functions_that_are_not_there_are_to_be_written(tmp_path: Path) -> None:
    folder = Path(scaffold(tmp_path))
    path = folder / "scalar_functions.py"
    path.write_text(path.read_text().partition("class Exp(")[0])
    report = graded(str(folder))
    assert report.first_wrong is None
    assert [report.status(task) for task in ("1.2", "1.4")] == [
        "to write: forward of Exp, LT, EQ",
        "to write: backward of Exp, LT, EQ",
    ]


def test_a_folder_of_another_name_and_loose_files_say_what_to_do(tmp_path: Path) -> None:
    folder = Path(scaffold(tmp_path)).rename(tmp_path / "mine")
    with pytest.raises(StudentError, match="Its files import minitorch: call the folder minitorch"):
        Student(str(folder))
    (folder / "__init__.py").unlink()
    with pytest.raises(StudentError, match=r"put an empty __init__\.py beside scalar\.py"):
        Student(str(folder))
    (folder / "__init__.py").touch()
    (folder / "autodiff.py").unlink()
    with pytest.raises(StudentError, match=r"There is no autodiff\.py beside scalar\.py"):
        Student(str(folder.rename(tmp_path / "minitorch")))


@pytest.mark.parametrize(
    "path", ["", "no/such/folder", "no_such_module", "x" * 5000, "nul\0", "\x1b[2J", "~nobody_here/x"]
)
def test_a_path_that_leads_nowhere(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StudentError) as caught:
        Student(path)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_a_folder_with_several_packages(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(RIGHT, tmp_path / name)
    with pytest.raises(StudentError, match="several of its folders"):
        Student(str(tmp_path))
