"""How long the report of a return takes, against reportlab alone for as many pages of the same tables.

Not for: the whole of signing, which adds the check, the key and the seal to this.

Run as `python -m bench.report`. Both halves are timed in this process, in turn, after one warm-up.
"""

from __future__ import annotations

import csv
import io
import statistics
import time
from collections.abc import Callable

from bench.compare import Compared
from exports.held import Held
from exports.report.returned import report_pdf
from exports.rows import Tables
from exports.tables import tables_of
from exports.writing import files_of
from tests.returns.reported import group, signed, signing

RUNS = 15
AT_MOST = 2.5
"""Check, sign, build and seal together may take so many times as long as reportlab alone."""


def plain_pdf(tables: Tables, pages: int) -> tuple[bytes, int]:
    """So many pages of the tables as reportlab alone sets them, each cell a paragraph; how many there are."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()["BodyText"]
    style.fontSize, style.leading = 7, 8.5
    rows = [line for content in files_of(tables).values() for line in _cells(content)]
    story: list[object] = []
    for page in range(pages):
        lines = [line[:8] for line in rows[page * 24 : (page + 1) * 24]]
        wide = max(map(len, lines))
        cells = [[Paragraph(cell, style) for cell in (*line, *[""] * (wide - len(line)))] for line in lines]
        story += [Table(cells, colWidths=[500 / wide] * wide), PageBreak()]
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4)
    document.build(story)
    return out.getvalue(), document.page


def report_against_reportlab(of: Held) -> Compared:
    """The report of that cohort against as many plain pages of its tables."""
    tables, said = tables_of(of, signing(of)), signed(of)
    pages = report_pdf(of, tables, said).count(b"/Type /Page\n")
    ours = _median(lambda: report_pdf(of, tables, said))
    theirs = _median(lambda: plain_pdf(tables, pages))
    return Compared("the report of a return", ours, f"reportlab alone, {pages} pages", theirs, AT_MOST)


def _cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def _median(work: Callable[[], object]) -> float:
    taken = []
    work()
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    print(report_against_reportlab(group(12, hips=6)).row())
