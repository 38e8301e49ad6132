"""How the pages look: the font, the sizes, the few colours, each told apart in grey by its darkness as well.

Not for: what stands on the pages. Loading this module loads reportlab.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, Table, TableStyle

from sessions.errors import MachineFailed

REGULAR, BOLD = "SourceSansPro-Regular", "SourceSansPro-Semibold"
_FONTS = "font_source_sans_pro"

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE, TOP, BOTTOM = 18 * mm, 21 * mm, 19 * mm
WIDTH = PAGE_WIDTH - 2 * SIDE

INK = HexColor("#1b1f24")
SOFT = HexColor("#555c66")
LINE = HexColor("#b9c0c8")
PALE = HexColor("#eef1f4")
DEEP = HexColor("#12395e")
TINT = HexColor("#c9d8e6")


@cache
def register_fonts() -> None:
    """Make the font known to reportlab, once a process. `MachineFailed` where its package is damaged."""
    spec = find_spec(_FONTS)
    if spec is None or not spec.submodule_search_locations:
        raise MachineFailed("The font of the reports is not installed.", "Install the program again.")
    folder = Path(next(iter(spec.submodule_search_locations))) / "files"
    for name in (REGULAR, BOLD):
        registerFont(TTFont(name, str(folder / f"{name}.ttf")))
        registerFontFamily(name, normal=name, bold=BOLD, italic=name, boldItalic=BOLD)


_STYLES: dict[str, ParagraphStyle] = {}


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    made = ParagraphStyle(
        name,
        fontName=more.pop("fontName", REGULAR),
        bulletFontName=REGULAR,
        fontSize=size,
        leading=leading,
        textColor=more.pop("textColor", INK),
        splitLongWords=1,
        **more,
    )
    _STYLES[name] = made
    return made


TITLE = _style("title", 19, 22, fontName=BOLD, textColor=DEEP)
SHORT = _style("short", 11.5, 15.5)
UNDER_TITLE = _style("under-title", 10, 13, textColor=SOFT)
HEADING = _style(
    "heading", 13, 16, fontName=BOLD, textColor=DEEP, spaceBefore=12, spaceAfter=4, keepWithNext=1
)
TABLE_HEADING = _style("table-heading", 13, 16, fontName=BOLD, textColor=DEEP, spaceBefore=10, spaceAfter=4)
SMALL_HEADING = _style("small-heading", 10, 12.5, fontName=BOLD, textColor=DEEP, spaceAfter=1)
BODY = _style("body", 9.5, 12.5, spaceAfter=4)
STRONG = _style("strong", 9.5, 12.5, fontName=BOLD)
NOTE = _style("note", 8.3, 10.6, textColor=SOFT, spaceAfter=3)
LOUD = _style("loud", 10.5, 13.5, fontName=BOLD, spaceBefore=4, spaceAfter=2)
FACT = _style("fact", 9.6, 12.4)
CELL = _style("cell", 8.8, 10.8)
CELL_BOLD = _style("cell-bold", 8.8, 10.8, fontName=BOLD)
CELL_SOFT = _style("cell-soft", 8, 9.8, textColor=SOFT)
NUMBER = _style("number", 8.8, 10.8, alignment=TA_RIGHT)
NUMBER_BOLD = _style("number-bold", 8.8, 10.8, alignment=TA_RIGHT, fontName=BOLD)
HEAD = _style("head", 8, 9.8, fontName=BOLD, textColor=SOFT)
HEAD_NUMBER = _style("head-number", 8, 9.8, fontName=BOLD, textColor=SOFT, alignment=TA_RIGHT)


def text(words: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of `words` as they are: no parser ever sees them, so that nothing in them is markup."""
    return _paragraph([(words, style)], style)


def lead(strong: str, words: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph that begins with something strong; nothing in either is markup."""
    return _paragraph([(f"{strong} ", STRONG), (words, style)], style)


def _paragraph(pieces: list[tuple[str, ParagraphStyle]], style: ParagraphStyle) -> Paragraph:
    if not any(words for words, _ in pieces):
        return Paragraph("", style)
    return Paragraph("", style, frags=[_fragment(of.name).clone(text=words) for words, of in pieces])


@cache
def _fragment(style: str) -> Any:
    """A piece of text of that style, to be cloned with other words."""
    (fragment,) = Paragraph("x", _STYLES[style]).frags
    return fragment


def grid(rows: list[list[Any]], widths: list[float]) -> Table:
    """A quiet table: a line under its heading and between its rows. Its heading stands on each page of it.

    A cell that is a string is a figure: it stands at the right, and breaks at its newlines alone.
    """
    table = Table(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("FONTSIZE", (0, 0), (-1, -1), 8.8),
        ("LEADING", (0, 0), (-1, -1), 10.8),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("ALIGN", (0, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, DEEP),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ]
    table.setStyle(TableStyle(commands))
    return table


def unmarked(rows: list[list[Any]], widths: list[float], *more: tuple[Any, ...]) -> Table:
    """A table without lines, to lay things out beside each other."""
    table = Table(rows, colWidths=widths)
    commands = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ]
    table.setStyle(TableStyle([*commands, *more]))
    return table


def fitted(words: str, font: str, size: float, width: float) -> str:
    """`words`, cut with an ellipsis where they are wider than `width` points."""
    if stringWidth(words, font, size) <= width:
        return words
    while words and stringWidth(words + "…", font, size) > width:
        words = words[:-1]
    return words.rstrip() + "…"
