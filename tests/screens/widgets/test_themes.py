"""The two themes: read by everyone, and never by colour alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from tests.screens.widgets.stage import Stage, on_stage
from widgets.themes import GROUNDS, PAIRS, TEXTS, THEMES
from widgets.tones import FALLBACKS, Tone, colour_of

AAA = 7.0


def contrast(text: Color, ground: Color) -> float:
    """The contrast ratio of WCAG 2.2, worked out here from its definition and not by what is tested."""
    solid = ground + text if text.a < 1 else text
    high, low = sorted((_luminance(solid), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_is_worked_out_as_the_guideline_does() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_reaches_seven_to_one_on_every_ground(theme: Theme) -> None:
    given = {**theme.to_color_system().generate(), **theme.variables}
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + list(PAIRS)
    faint = {
        (text, ground): round(contrast(Color.parse(given[text]), Color.parse(given[ground])), 2)
        for text, ground in pairs
        if contrast(Color.parse(given[text]), Color.parse(given[ground])) < AAA
    }
    assert not faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_phase_has_its_colour_in_the_theme(theme: Theme) -> None:
    assert set(FALLBACKS) <= set(theme.variables)
    assert {tone.variable for tone in Tone} - {"foreground"} == set(FALLBACKS)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_phases_that_follow_each_other_are_told_apart(theme: Theme) -> None:
    in_turn = [
        Color.parse(theme.variables[name]) for name in ("work", "ready", "change", "rest", "emergency")
    ]
    for one, other in combinations(in_turn, 2):
        assert sum(abs(a - b) for a, b in zip(one.rgb, other.rgb, strict=True)) > 60


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_neither_theme_leaves_its_colours_to_the_terminal(theme: Theme) -> None:
    assert not theme.ansi


def test_a_theme_without_phases_lends_a_colour() -> None:
    app: App[None] = App()

    async def ask(_: object) -> None:
        assert colour_of(app, "work") == Color.parse(app.theme_variables["success"])

    on_stage(app, ask)


def test_styles_may_name_a_phase_in_any_theme() -> None:
    class Named(Stage):
        CSS = "Screen { color: $work; }"

    app = Named(theme="textual-dark")

    async def ask(_: object) -> None:
        assert app.screen.styles.color == Color.parse(THEMES[0].variables["work"])

    on_stage(app, ask)
