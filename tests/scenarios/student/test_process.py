"""A package runs in a process of its own: whatever it does, there is a verdict and the next question is answered."""

import fcntl
import os
import re
import threading
from pathlib import Path

import pytest

from scenarios.library import store
from scenarios.student.client import Student
from tests.students import RIGHT, Package, exp_does

MODEL1 = store.load("model1")
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


def test_a_long_text_keeps_its_place(package: Package) -> None:
    with Student(package(exp_does("raise ValueError('word ' * 60)"))) as student:
        found = student.operation("exp", (2.0,)).forward
    assert re.fullmatch(r"raised ValueError: [word ]+\.\.\. \(__init__\.py:\d+\)", found.text)
    assert len(found.text) <= 120


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
