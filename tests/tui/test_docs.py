"""What docs and README take from the program is what the program has."""

import re
import runpy
from pathlib import Path

import pytest

from engine.symbolic.expression import FUNCTIONS
from engine.symbolic.formula import parse
from scenarios.files.schema import parse as parse_scenario
from scenarios.lecture.setting import ViewTable
from scenarios.lecture.wording import LECTURING, WORDS
from scenarios.lesson.quiz import QUESTIONS
from scenarios.workspace.view import Screen

ROOT = Path(__file__).parents[2]
ROOMS = ("engine", "scenarios", "tui", "bench", "tests")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize("document", ["keys", "formulas", "scenarios", "lectures"])
def test_what_is_written_from_a_table_is_that_of_the_table(document: str) -> None:
    """`make docs` writes it anew."""
    written = runpy.run_path(str(ROOT / "docs" / "generate.py"))[document]()
    assert (ROOT / "docs" / f"{document}.md").read_text(encoding="utf-8") == written


def test_the_functions_of_the_table_are_in_the_document_of_formulas() -> None:
    """`make docs` writes them there, if it finds the place."""
    assert f"`{' '.join(FUNCTIONS)}`" in (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")


def test_the_scenario_of_the_readme_is_one() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse_scenario(text, "README.md", "readme").problem.rate == 0.2


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_formula_of_the_documents_can_be_read() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs" / "formulas.md").read_text(
        encoding="utf-8"
    )
    formulas = re.findall(r'riserun derive "([^"]+)"', text)
    assert len(formulas) >= 3
    for formula in formulas:
        parse(formula)


def words_of(document: str) -> set[str]:
    """The words that stand in `code` there, examples of several lines aside."""
    text = re.sub("```.*?```", "", (ROOT / "docs" / document).read_text(encoding="utf-8"), flags=re.DOTALL)
    return {word for span in re.findall(r"`([^`]+)`", text) for word in re.findall(r"[a-z-]+", span)}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("lectures.md", {*WORDS, *ViewTable.__struct_fields__, *QUESTIONS, *Screen}),
        ("journal.md", {*WORDS, *LECTURING, "look", "open", "against", "kept", "teach", "end"}),
    ],
)
def test_every_word_of_a_format_is_in_its_document(document: str, words: set[str]) -> None:
    assert words <= words_of(document)


def test_every_file_and_module_that_is_named_is_there() -> None:
    """In documents, docstrings and comments."""
    there = [f"/{path.relative_to(ROOT).as_posix()}" for path in FILES]
    for path in (*DOCUMENTS, *FILES):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"`([\w/]+\.py)`", text):
            assert any(each.endswith(f"/{name}") for each in there), f"{path.name}: {name}"
        for name in re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w/.]*)`", text):
            assert (ROOT / name).exists(), f"{path.name}: {name}"
        for name in re.findall(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)`", text):
            module = f"/{name.replace('.', '/')}"
            assert f"{module}.py" in there or f"{module}/__init__.py" in there, f"{path.name}: {name}"


def test_every_file_of_the_stories_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in (ROOT / "scenarios").glob("[a-z]*.py"):
        assert path.name in text, path.name
