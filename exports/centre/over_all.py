"""The report over all returns: every file of it, ready to be written.

Not for: receiving returns, or writing files. What it makes may be published as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exports.centre.funnel import funnels
from exports.centre.gathering import gathered
from exports.centre.grouped import programmes
from exports.centre.ledger import open_ledger
from exports.centre.published import csv_of, parquet_is_there, parquet_of, published

PDF_NAME = "report.pdf"


@dataclass(frozen=True, slots=True)
class OverAll:
    """The report: its files by their names, of how many returns and sites, whether with Parquet."""

    files: dict[str, bytes]
    returns: int
    sites: int
    parquet: bool


def report_over_all(
    folder: Path, centre: str, on: date, progress: Callable[[str, int, int], None]
) -> OverAll:
    """The report over all that was filed in `folder`. Raises as `open_ledger`."""
    with open_ledger(folder, to_write=False) as ledger:
        counted = list(gathered(ledger, lambda done, of: progress("read", done, of)))
    found = programmes(counted)
    plots = [plot for programme in found for plot in funnels(programme)]
    from exports.centre.pages import report_pdf

    files = {PDF_NAME: report_pdf(centre, found, plots, on)}
    parquet = parquet_is_there()
    for table in published(found, plots):
        files[f"{table.name}.csv"] = csv_of(table)
        if parquet:
            files[f"{table.name}.parquet"] = parquet_of(table)
    return OverAll(files, len(counted), len({one.site_code for one in counted}), parquet)
