"""The contrasts the palettes keep, as measured on what is sent: what a class can tell apart from the last row."""

from itertools import pairwise, product

import pytest
from rich.color import Color

from tests.tui.plots.colours.seeing import DEFICIENCIES, contrast, delta, difference, luminance, seen
from tui.plots.colours.scales import scale
from tui.plots.colours.themes import FIELD, HEIGHTS, theme
from tui.terminal import Palette, Theme

LOOKS = [*product(Theme, Palette)]
IDS = [f"{each.value} {palette.value}" for each, palette in LOOKS]
TRUE, OF_256 = 0, 1
looks = pytest.mark.parametrize(("chosen", "palette"), LOOKS, ids=IDS)
depths = pytest.mark.parametrize("depth", [TRUE, OF_256], ids=["true", "256"])


def colour(role: str, chosen: Theme, palette: Palette, depth: int) -> str:
    """What a terminal shows for the role, `#rrggbb`."""
    return Color.parse(theme(chosen, palette)[role][depth] or "").get_truecolor().hex


def field(side: str, chosen: Theme, palette: Palette, depth: int) -> list[str]:
    return [colour(f"field{side}{level}", chosen, palette, depth) for level in range(1, FIELD + 1)]


def heights(chosen: Theme, depth: int) -> list[str]:
    return [colour(f"height{level}", chosen, Palette.LECTURE, depth) for level in range(HEIGHTS)]


@looks
def test_every_theme_and_palette_has_the_same_roles(chosen: Theme, palette: Palette) -> None:
    assert theme(chosen, palette).keys() == theme(*LOOKS[0]).keys()


@depths
@looks
def test_points_and_line_stand_out_from_every_shade(chosen: Theme, palette: Palette, depth: int) -> None:
    for role, side in product(("cross", "circle", "line", "accent"), "-+"):
        sign = colour(role, chosen, palette, depth)
        assert min(contrast(sign, ground) for ground in field(side, chosen, palette, depth)) >= 4.5, (role, side)


@depths
@looks
def test_a_wrong_point_stands_out_from_its_ring(chosen: Theme, palette: Palette, depth: int) -> None:
    """It is in the colour of the line, and the class is seen in it: the two differ as the sides do."""
    line, cores = colour("line", chosen, palette, depth), [colour(f"ringed{y}", chosen, palette, depth) for y in "-+"]
    assert min(contrast(core, line) for core in cores) >= 4.5
    assert contrast(*cores) >= 1.6 or difference(*cores) >= 25


@depths
@looks
def test_points_without_a_field_are_in_the_full_colours_of_the_classes(
    chosen: Theme, palette: Palette, depth: int
) -> None:
    paper = colour("paper", chosen, palette, depth)
    for y, pale in (("+", "cross"), ("-", "circle")):
        lone = colour(f"lone{y}", chosen, palette, depth)
        assert contrast(lone, paper) >= 4.5
        assert saturation(lone) > saturation(colour(pale, chosen, palette, depth)) or chosen is Theme.LIGHT


def saturation(colour: str) -> int:
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return max(parts) - min(parts)


@depths
@looks
def test_the_sides_are_told_apart_next_to_the_line(chosen: Theme, palette: Palette, depth: int) -> None:
    low, high = (field(side, chosen, palette, depth)[0] for side in "-+")
    assert contrast(low, high) >= 1.6 or difference(low, high) >= 25


@looks
def test_one_side_is_lighter_where_daylight_takes_the_hue(chosen: Theme, palette: Palette) -> None:
    low, high = (field(side, chosen, palette, TRUE) for side in "-+")
    assert contrast(low[0], high[0]) >= 1.25
    assert all(luminance(red) > luminance(blue) for blue, red in zip(low, high, strict=True))


@depths
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("chosen", Theme)
def test_the_safe_palette_is_told_apart_without_any_kind_of_cone(chosen: Theme, deficiency: str, depth: int) -> None:
    for low, high in zip(*(field(side, chosen, Palette.SAFE, depth) for side in "-+"), strict=True):
        one, two = seen(low, deficiency), seen(high, deficiency)
        assert contrast(one, two) >= 1.6 or difference(one, two) >= 25


@looks
def test_no_step_between_shades_is_large_enough_to_be_taken_for_a_line(chosen: Theme, palette: Palette) -> None:
    for side in "-+":
        steps = [difference(one, two) for one, two in pairwise(field(side, chosen, palette, TRUE))]
        assert min(steps) > 0.3
        assert max(steps) < 2.5


@looks
def test_the_line_is_farther_from_the_field_than_anything_else_on_it(chosen: Theme, palette: Palette) -> None:
    grounds = [ground for side in "-+" for ground in field(side, chosen, palette, TRUE)]
    least = {
        role: min(contrast(colour(role, chosen, palette, TRUE), ground) for ground in grounds)
        for role in ("line", "old", "cross", "circle")
    }
    assert max(least, key=lambda role: least[role]) == "line"
    assert 2.0 < least["old"] < 4.5  # there, but faint


@pytest.mark.parametrize("chosen", Theme)
def test_heights_climb_to_the_light_in_even_steps(chosen: Theme) -> None:
    shades = heights(chosen, TRUE)
    assert [*map(luminance, shades)] == sorted({*map(luminance, shades)})
    steps = [difference(one, two) for one, two in pairwise(shades)]
    assert min(steps) > 0.8
    assert max(steps) < 3.6


@depths
@looks
def test_what_stands_on_a_height_is_seen(chosen: Theme, palette: Palette, depth: int) -> None:
    for role in ("line", "accent"):
        sign = colour(role, chosen, palette, depth)
        assert min(contrast(sign, ground) for ground in heights(chosen, depth)) >= 4.5, role


@depths
@looks
def test_text_is_read_on_its_own_paper(chosen: Theme, palette: Palette, depth: int) -> None:
    paper = colour("paper", chosen, palette, depth)
    for role in ("ink", "dim", "accent", "cross", "circle"):
        assert contrast(colour(role, chosen, palette, depth), paper) >= 4.5, role


@depths
@looks
def test_the_lines_of_a_chart_are_seen_and_fainter_than_any_curve(chosen: Theme, palette: Palette, depth: int) -> None:
    paper = colour("paper", chosen, palette, depth)
    faint = contrast(colour("grid", chosen, palette, depth), paper)
    assert faint >= 1.5
    for role in ("line", "old", "dim", "accent", "cross", "circle"):
        assert contrast(colour(role, chosen, palette, depth), paper) >= 2.0 * faint, role


def test_a_scale_goes_through_its_colours_in_equal_steps() -> None:
    assert scale(("#000000", "#ffffff"), 2) == ("#000000", "#ffffff")
    found = scale(("#ff0000", "#808080", "#0000ff"), 21)
    assert (found[0], found[-1]) == ("#ff0000", "#0000ff")
    assert "#808080" in [found[at] for at in range(8, 13)] or min(difference(each, "#808080") for each in found) < 5


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [  # of the test data of Sharma, Wu and Dalal
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_its_authors(
    one: tuple[float, float, float], two: tuple[float, float, float], wanted: float
) -> None:
    assert delta(one, two) == pytest.approx(wanted, abs=1e-4)
