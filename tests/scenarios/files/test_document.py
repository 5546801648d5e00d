"""No text that is opened, whoever wrote it, costs the parser more than a file of ours needs."""

import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.files.complaints import InputError
from scenarios.files.document import LARGEST, MOST_KEYS, MOST_PARTS, document
from scenarios.files.schema import ScenarioError, parse
from scenarios.files.writing import dump
from scenarios.journal.files import read
from scenarios.lecture import file
from scenarios.lesson import lesson
from scenarios.library import store
from tests.journals import BEGAN, after_lines, framed
from tests.workspaces import opened

HEAD = "riserun = 1\n"
LONG = ".".join(["a"] * 10_000)
ENDLESS = {
    "a key": f"\n{LONG} = 1",
    "with blanks": f"\n{LONG.replace('.', ' . ')} = 1",
    "in quotes": "\n" + ".".join(['"a"', "'b'"] * 5000) + " = 1",
    "a header": f"\n[{LONG}]",
    "of an array": f"\n[[{LONG}]]",
    "in a table": f"\nx = {{{LONG} = 1}}",
    "in a list": f"\nx = [\n{{{LONG} = 1}}]",
    "unfinished": f"\n{LONG}",
    "behind a string": f'\nx = """#\\"""" \n{LONG} = 1',
    "behind a comment": f"\nx = 1 # ''' \"\"\"\n{LONG} = 1",
}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the parser has seen."""
    seen: list[str] = []
    loads = tomllib.loads

    def counted(text: str) -> dict[str, object]:
        seen.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    return seen


@pytest.mark.parametrize("endless", ENDLESS.values(), ids=ENDLESS)
def test_a_key_of_thousands_of_parts_is_refused_unparsed(endless: str, parsed: list[str]) -> None:
    with pytest.raises(InputError, match=f"a key here has more than {MOST_PARTS} parts between its dots") as caught:
        document(HEAD + endless)
    assert caught.value.line in (3, 4)
    assert parsed == []


def in_a_journal(text: str) -> str:
    begun = {"riserun journal": 1, "program": "riserun", "began": BEGAN}
    return read(framed(begun | {"name": "x", "scenario": text})).problem


def in_a_line(text: str) -> str:
    return after_lines(opened("model1"), {"do": "open", "name": "x", "scenario": text}).problem


def as_a_lecture_of_a_journal(text: str) -> str:
    lecture = {"name": "x", "text": text, "scenarios": [], "scenes": []}
    return after_lines(opened("model1"), {"do": "teach", "lecture": lecture, "scene": 0}).problem


def as_a_scenario(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "x.toml", "x")
    return str(caught.value)


def as_a_lecture(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        file.parse(text, "x.toml", "x", store.load)
    return str(caught.value)


@pytest.mark.parametrize("opening", [in_a_journal, in_a_line, as_a_lecture_of_a_journal, as_a_scenario, as_a_lecture])
def test_wherever_it_stands(opening: Callable[[str], str], parsed: list[str]) -> None:
    assert f"line 2: a key here has more than {MOST_PARTS} parts" in opening(f"{HEAD}{LONG} = 1\n")
    assert not any(LONG in text for text in parsed)


@pytest.mark.parametrize(
    "text",
    ["\n".join(f"a{n} = 1" for n in range(MOST_KEYS + 1)), "\n".join(f"[a{n}.b]" for n in range(MOST_KEYS // 2 + 1))],
    ids=["keys", "headers"],
)
def test_more_keys_than_any_lecture_has_are_refused_unparsed(text: str, parsed: list[str]) -> None:
    with pytest.raises(InputError, match="more than 200,000 keys"):
        document(text)
    assert parsed == []


def test_a_text_in_a_journal_is_as_large_as_a_file_at_the_most(parsed: list[str]) -> None:
    with pytest.raises(InputError, match="more than 8 MB"):
        document(HEAD + "#" * LARGEST)
    assert parsed == []


def test_what_riserun_writes_and_has_is_far_from_the_bounds() -> None:
    for name in store.BUILTIN:
        document(dump(store.load(name)))
    assert lesson.begin(store.load_lecture("lecture"))


def test_values_do_not_count() -> None:
    rows = ",".join(f"[{n}.5, -0.{n}, 1.0]" for n in range(100_000))
    assert len(document(f"{HEAD}points = [{rows}]")["points"]) == 100_000
    assert len(document(f"{HEAD}points = [\n{rows.replace('],', '],' + chr(10))}]")["points"]) == 100_000


DOTS = "." * 2 * MOST_PARTS
PLAIN = [
    f'x{{}} = "{DOTS}"', f"x{{}} = '{DOTS}'", f"x{{}} = '''\n{DOTS}\n''{DOTS}'''", f"x{{}} = 1 # {DOTS}",
    f'x{{}} = """\n{DOTS}\\"""{DOTS}"""""', "x{}.a.b.'c.d' = 1", f"[x{{}}.'{DOTS}']", "x{} = [[1.5, 2.5],\n [3.5]]",
    "x{} = '\"\"\"'", "x{} = \"'''\\\\\"", "x{} = '#'", "[[x{}.a]]", 'x{} = {{"a.b" = 1.5, c.d = [2.5]}}', '"#x{}" = 1',
]  # fmt: skip


@given(st.lists(st.sampled_from(PLAIN), max_size=12), st.integers(0, 12))
def test_strings_and_comments_neither_count_nor_hide_a_key(lines: list[str], place: int) -> None:
    written = [HEAD.strip(), *(line.format(number) for number, line in enumerate(lines))]
    assert document("\n".join(written))["riserun"] == 1
    place = min(place, len(written))
    before = "\n".join(written[:place])
    written.insert(place, f"{LONG} = 1")
    with pytest.raises(InputError, match="a key here") as caught:
        document("\n".join(written))
    assert caught.value.line == before.count("\n") + 1 + (place > 0)


def test_the_longest_key_that_is_read(parsed: list[str]) -> None:
    tables = document(f"{HEAD}{'.'.join(['a'] * MOST_PARTS)} = 1")
    depth = 0
    inner: object = tables
    while isinstance(inner, dict):
        inner, depth = inner.get("a", 1), depth + 1
    assert depth == MOST_PARTS
    assert len(parsed) == 1
