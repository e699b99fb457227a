"""The look keeps its promises: contrast, scale, and no size outside the one scale."""

import re

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from workbench.ui import theme
from workbench.ui.stylesheet import style_sheet
from workbench.ui.theme import DARK, EDGE_PAIRS, HIGH_CONTRAST, LIGHT, TEXT_PAIRS, Mode, TextRole, Tokens

THEMES = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_that_every_text_can_be_read_on_its_ground(name: str, text: str, ground: str) -> None:
    tokens: Tokens = THEMES[name]
    assert theme.contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_that_every_edge_of_a_control_can_be_seen(name: str, edge: str, ground: str) -> None:
    tokens: Tokens = THEMES[name]
    assert theme.contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3


def test_that_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_that_the_style_sheet_names_no_font_size(name: str) -> None:
    assert not re.search(r"font(-size)?\s*:", style_sheet(THEMES[name], round))


def test_that_everything_doubles_at_200_percent(qapp: QApplication) -> None:
    theme.apply(qapp, Mode.LIGHT, 2.0)
    assert theme.scaled(8) == 16
    assert [theme.current().font(role).pixelSize() for role in (TextRole.TEXT, TextRole.META)] == [26, 24]


def test_that_the_scale_stays_between_100_and_200_percent(qapp: QApplication) -> None:
    assert theme.apply(qapp, Mode.LIGHT, 9.0).text_scale == 2.0
    assert theme.apply(qapp, Mode.LIGHT, 0.1).text_scale == 1.0


def test_that_a_label_on_screen_follows_a_new_scale(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    theme.dress(label, TextRole.HEADING)
    theme.apply(qapp, Mode.DARK, 1.5)
    assert label.font().pixelSize() == round(15 * 1.5)
    assert theme.current().is_dark
