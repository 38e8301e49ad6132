"""The document of a report: A4 pages with head, foot, bookmarks and the mark of practice.

Not for: what stands on the pages. The same story gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from exports.report.style import (
    BOLD,
    BOTTOM,
    HEADING,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALE,
    REGULAR,
    SIDE,
    SOFT,
    TABLE_HEADING,
    TITLE,
    TOP,
    WIDTH,
    fitted,
    register_fonts,
)

PRACTICE = "PRACTICE"
PRACTICE_LINE = "PRACTICE: invented people, nothing here happened, this is not a return"
_PAGES = "pages-in-all"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What every page bears, and what a PDF reader shows of the document.

    `head` stands on top; `warning`, where there is one, in a dark bar above it. `foot` are the lines below.
    """

    title: str
    author: str
    subject: str
    head: str
    foot: tuple[str, str]
    practice: bool
    warning: str = ""


def pdf_of(story: Sequence[Flowable], leaf: Leaf) -> bytes:
    """The pages as a PDF: deterministic, every font embedded, nothing of this machine in it."""
    register_fonts()
    # Without this, streams are written out in letters: a quarter larger, and slower.
    rl_config.useA85 = 0
    out = io.BytesIO()
    _Document(out, leaf).build(list(story))
    return out.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    def __init__(self, out: io.BytesIO, leaf: Leaf) -> None:
        self._leaf = leaf
        self._titles = 0
        super().__init__(
            out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=leaf.title,
            author=leaf.author,
            subject=leaf.subject,
            creator="escape-tui",
            lang="en-GB",
            displayDocTitle=1,
            initialFontName=REGULAR,
            invariant=1,
        )
        frame = Frame(
            SIDE, BOTTOM, WIDTH, PAGE_HEIGHT - TOP - BOTTOM,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._page))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name for it
        """A bookmark for each heading."""
        if isinstance(flowable, Paragraph) and flowable.style.name in {
            TITLE.name,
            HEADING.name,
            TABLE_HEADING.name,
        }:
            key = f"part-{self._titles}"
            self._titles += 1
            self.canv.bookmarkHorizontal(key, 0, self.frame._y + flowable.height)  # noqa: SLF001
            self.canv.addOutlineEntry(
                flowable.getPlainText(), key, 0 if flowable.style.name == TITLE.name else 1
            )

    def _endBuild(self) -> None:  # noqa: N802 - reportlab's name for it
        # Every page refers to this form, which is written last: only now is the number of pages known.
        canvas = self.canv
        canvas.beginForm(_PAGES, 0, -2, 40, 12)
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(SOFT)
        canvas.drawString(0, 0, str(self.page))
        canvas.endForm()
        super()._endBuild()

    def _page(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        if self._leaf.practice:
            _practice_mark(canvas)
        self._head(canvas)
        self._foot(canvas)
        canvas.restoreState()

    def _head(self, canvas: Canvas) -> None:
        warning = PRACTICE_LINE if self._leaf.practice else self._leaf.warning
        if self._leaf.practice and self._leaf.warning:
            warning = f"{PRACTICE}. {self._leaf.warning}"
        if warning:
            canvas.setFillColorRGB(0.1, 0.1, 0.1)
            canvas.rect(0, PAGE_HEIGHT - 24, PAGE_WIDTH, 24, stroke=0, fill=1)
            canvas.setFillColorRGB(1, 1, 1)
            canvas.setFont(BOLD, 10.5)
            canvas.drawCentredString(PAGE_WIDTH / 2, PAGE_HEIGHT - 16, fitted(warning, BOLD, 10.5, WIDTH))
        canvas.setFillColor(SOFT)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(SIDE, PAGE_HEIGHT - 40, fitted(self._leaf.head, REGULAR, 8, WIDTH))
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, PAGE_HEIGHT - 45, PAGE_WIDTH - SIDE, PAGE_HEIGHT - 45)

    def _foot(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(LINE)
        canvas.line(SIDE, BOTTOM - 10, PAGE_WIDTH - SIDE, BOTTOM - 10)
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(SOFT)
        for line, words in enumerate(self._leaf.foot):
            canvas.drawString(SIDE, BOTTOM - 20 - 10 * line, fitted(words, REGULAR, 8, WIDTH - 70))
        before_total = PAGE_WIDTH - SIDE - 12
        canvas.drawRightString(before_total, BOTTOM - 20, f"Page {canvas.getPageNumber()} of ")
        canvas.translate(before_total, BOTTOM - 20)
        canvas.doForm(_PAGES)


def _practice_mark(canvas: Canvas) -> None:
    """The word over the whole page, behind everything."""
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(PALE)
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.8)
    canvas.setFont(BOLD, 150)
    canvas.drawCentredString(0, -50, PRACTICE, mode=2)
    canvas.restoreState()
