"""The report over all as tables: flow, change, funnel, missing; as CSV, and as Parquet by DuckDB.

Not for: the figures in them (`grouped`, `funnel`), nor the PDF.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from exports.centre.funnel import Funnel
from exports.centre.gathering import FLOW
from exports.centre.grouped import Group, Programme
from exports.rows import Cell, Summary
from exports.writing import csv_bytes, written

Kind = Literal["text", "integer", "number"]
_SQL: Final = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
_GROUP: Final[tuple[tuple[str, Kind], ...]] = (("programme", "text"), ("by", "text"), ("group", "text"))
_INTEGERS: Final = frozenset(
    {"n_enrolled", "n_baseline", "n_end", "n_paired", "n_better", "n_same", "n_worse", "n_mcid"}
)
_TEXTS: Final = frozenset({"instrument", "scale", "better", "mcid_source"})


@dataclass(frozen=True, slots=True)
class Published:
    """One table: its columns with their kinds, its rows. An empty cell is not defined, or hidden.

    What is hidden stands in the column `hidden`, as `<5` or `5+`.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[Cell, ...], ...]


def published(programmes: Sequence[Programme], plots: Sequence[Funnel]) -> tuple[Published, ...]:
    """Every table."""
    groups = [group for programme in programmes for group in programme.groups]
    return (_flow(groups), _change(groups), _missing(groups), _funnel(plots))


def csv_of(table: Published) -> bytes:
    """The table as a CSV file, written as those of a return are."""
    heading = [name for name, _ in table.columns]
    return csv_bytes([heading, *([written(cell) for cell in row] for row in table.rows)])


def parquet_is_there() -> bool:
    """Whether what writes Parquet is installed."""
    return find_spec("duckdb") is not None


def parquet_of(table: Published) -> bytes:
    """The table as a Parquet file, by DuckDB."""
    import duckdb

    columns = ", ".join(f'"{name}" {_SQL[kind]}' for name, kind in table.columns)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        csv, parquet = Path(folder) / "table.csv", Path(folder) / "table.parquet"
        csv.write_bytes(_plain_csv(table))
        connection.execute(f"CREATE TABLE one ({columns})")
        connection.execute(
            "COPY one FROM $file (HEADER, DELIMITER ',', QUOTE '\"', NULL '')", {"file": str(csv)}
        )
        connection.execute("COPY one TO $file (FORMAT parquet)", {"file": str(parquet)})
        return parquet.read_bytes()


def _plain_csv(table: Published) -> bytes:
    """Without what spreadsheets need, which would stand in the cells."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([name for name, _ in table.columns])
    for row in table.rows:
        writer.writerow([cell if isinstance(cell, str) else written(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def _of_group(group: Group) -> tuple[Cell, ...]:
    return (group.programme, group.by, group.name)


def _flow(groups: Iterable[Group]) -> Published:
    shares = ("completed_share", "completed_share_low", "completed_share_high")
    columns: tuple[tuple[str, Kind], ...] = (
        *_GROUP,
        ("returns", "integer"),
        *((step, "integer") for step in FLOW),
        *((share, "number") for share in shares),
        ("hidden", "text"),
    )
    rows = [
        (
            *_of_group(group),
            group.returns,
            *(group.flow.counts[step] for step in FLOW),
            group.flow.share,
            group.flow.interval.low if group.flow.interval else None,
            group.flow.interval.high if group.flow.interval else None,
            " ".join(f"{step}{mark}" for step, mark in group.flow.hidden.items()) or None,
        )
        for group in groups
    ]
    return Published("flow", columns, tuple(rows))


def _change(groups: Iterable[Group]) -> Published:
    names = [one.name for one in fields(Summary)]
    columns: tuple[tuple[str, Kind], ...] = (
        *_GROUP,
        *((name, _kind(name)) for name in names),
        ("hidden", "text"),
    )
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        for one in group.changes:
            known = {"instrument": one.of.instrument, "scale": one.of.scale, "better": one.better}
            cells = [known.get(name) if one.row is None else getattr(one.row, name) for name in names]
            rows.append((*_of_group(group), *cells, f"n_paired{one.paired}" if one.row is None else None))
    return Published("change", columns, tuple(rows))


def _missing(groups: Iterable[Group]) -> Published:
    columns: tuple[tuple[str, Kind], ...] = (
        *_GROUP,
        ("what", "text"),
        ("missing", "integer"),
        ("of", "integer"),
        ("hidden", "text"),
    )
    rows = [
        (*_of_group(group), what, lack.count, lack.of, f"missing{lack.hidden}" if lack.hidden else None)
        for group in groups
        for what, lack in sorted(group.missing.items())
    ]
    return Published("missing", columns, tuple(rows))


def _funnel(plots: Iterable[Funnel]) -> Published:
    limits = ("inner_low", "inner_high", "outer_low", "outer_high")
    columns: tuple[tuple[str, Kind], ...] = (
        ("programme", "text"),
        ("figure", "text"),
        ("site_code", "text"),
        ("people", "integer"),
        ("value", "number"),
        ("mean_of_all", "number"),
        *((name, "number") for name in limits),
        ("outside", "text"),
    )
    rows = [
        (
            *(plot.programme, plot.figure, point.site_code, point.n, point.value, plot.centre),
            *(getattr(point.limits, name) for name in limits),
            point.outside,
        )
        for plot in plots
        for point in plot.points
    ]
    return Published("funnel", columns, tuple(rows))


def _kind(name: str) -> Kind:
    if name in _INTEGERS:
        return "integer"
    return "text" if name in _TEXTS else "number"
