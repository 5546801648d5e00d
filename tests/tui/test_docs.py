"""What docs and README take from the program is what the program has."""

import re
import runpy
from pathlib import Path

from engine.formula import parse
from scenarios.schema import parse as parse_scenario

ROOT = Path(__file__).parents[2]


def test_the_keys_are_those_of_the_command_table() -> None:
    """`make docs` writes them anew."""
    keys = runpy.run_path(str(ROOT / "docs" / "generate.py"))["keys"]()
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == keys


def test_the_scenario_of_the_readme_is_one() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse_scenario(text, "README.md", "readme").problem.rate == 0.2


def test_links_between_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
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
