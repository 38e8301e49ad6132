"""The documents that describe a return's tables, made from the schema: datapackage, codebook, documentation.

Not for: the schema itself (`schema`). `python -m exports.codebook docs/return-format.md` writes the tables in
that page anew, between its two marks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from exports.columns import Column, Table
from exports.rows import Cohort
from exports.schema import TABLES
from exports.writing import csv_bytes, guarded

BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
"""Between these stands what is generated."""

_TYPES = {
    "text": "string",
    "code": "string",
    "integer": "integer",
    "number": "number",
    "date": "date",
    "instant": "datetime",
}
_WORDS = {
    "text": "text",
    "code": "a code",
    "integer": "whole number",
    "number": "number",
    "date": "date",
    "instant": "instant in UTC",
}
_HEADING = (
    *("table", "column", "kind", "meaning", "unit", "lowest", "highest"),
    *("codes", "pattern", "always_filled", "empty_means", "key", "points_to"),
)
_NOTICE = (
    "Pseudonymised health data, not anonymous data. "
    "Before and after of one group, without a comparison group. "
    "In a text cell one leading ' is a guard against formulas: take it away."
)


def datapackage(cohort: Cohort, files: Iterable[str]) -> bytes:
    """`datapackage.json`: the Table Schema of each table whose file is among `files`."""
    there = set(files)
    name = f"{cohort.site_code}-{cohort.cohort_code}-r{cohort.revision}".lower()
    document = {
        "profile": "tabular-data-package",
        "name": f"practice-{name}" if cohort.practice == "yes" else name,
        "id": cohort.return_id,
        "title": f"Return {cohort.site_code} {cohort.cohort_code}, revision {cohort.revision}",
        "description": _NOTICE,
        "resources": [_resource(table) for table in TABLES if table.file in there],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def codebook(files: Iterable[str]) -> bytes:
    """`codebook.csv`: every column of each table whose file is among `files`."""
    there = set(files)
    lines = [
        _codebook_line(table, column) for table in TABLES for column in table.columns if table.file in there
    ]
    return csv_bytes([_HEADING, *lines])


def documentation() -> str:
    """The tables in words, as Markdown, for the page on the format."""
    return "\n".join(line for table in TABLES for line in _described(table)).rstrip("\n")


def with_documentation(page: str) -> str:
    """The page with what stands between its marks written anew; `ValueError` where it has no marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no marks")
    return f"{before}{BEGIN}\n\n{documentation()}\n\n{END}{after}"


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [one.column], "reference": {"resource": one.table, "fields": [one.to]}}
            for one in table.references
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": _sentence(column),
    }
    if column.kind == "instant":
        field["format"] = "%Y-%m-%dT%H:%M:%SZ"
    if constraints := dict(_constraints(column)):
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> Iterator[tuple[str, object]]:
    if column.required:
        yield "required", True
    if column.lowest is not None:
        yield "minimum", column.lowest
    if column.highest is not None:
        yield "maximum", column.highest
    if column.codes:
        yield "enum", list(column.codes)
    if column.pattern:
        yield "pattern", f"^{column.pattern}$"


def _sentence(column: Column) -> str:
    unit = f" Unit: {column.unit}." if column.unit else ""
    empty = f" Empty: {column.empty}." if column.empty else ""
    return f"{column.meaning}{unit}{empty}"


def _codebook_line(table: Table, column: Column) -> tuple[str, ...]:
    points_to = [f"{one.table}.{one.to}" for one in table.references if one.column == column.name]
    cells: tuple[object, ...] = (
        *(table.name, column.name, column.kind, column.meaning, column.unit),
        *(_bound(column.lowest), _bound(column.highest), "; ".join(column.codes), column.pattern),
        "yes" if column.required else "no",
        column.empty,
        "yes" if column.name in table.key else "no",
        "; ".join(points_to),
    )
    return tuple(guarded(cell) if isinstance(cell, str) else str(cell) for cell in cells)


def _bound(bound: int | None) -> int | str:
    return "" if bound is None else bound


def _described(table: Table) -> Iterator[str]:
    yield f"### {table.file}"
    yield ""
    yield table.meaning
    yield ""
    yield "| column | what it holds | values |"
    yield "|---|---|---|"
    for column in table.columns:
        cells = (f"`{column.name}`", _sentence(column), _values(column))
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
    if table.key:
        yield f"Each row has its own {', '.join(f'`{name}`' for name in table.key)}."
        yield ""


def _values(column: Column) -> str:
    if column.codes:
        return ", ".join(f"`{code}`" for code in column.codes)
    if column.lowest is not None and column.highest is not None:
        return f"{_WORDS[column.kind]}, {column.lowest} to {column.highest}"
    if column.lowest is not None:
        return f"{_WORDS[column.kind]}, {column.lowest} or more"
    return _WORDS[column.kind]


def main(arguments: Sequence[str]) -> None:
    """Write the tables of the page that `arguments` name anew."""
    (page,) = map(Path, arguments)
    page.write_text(with_documentation(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
