"""Large letters, digits and shapes, drawn with block characters at any size.

A glyph is a few strokes on a grid of 8 by 8; they are drawn as thick lines on a raster of one pixel a column
and two pixels a row, which are square in a terminal. Full and half blocks are in every console's font.

Not for: text of people; only the capitals, digits and signs below have a glyph.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

Point = tuple[float, float]

GRID = 8
CURVE_STEPS = 10
THIN_BELOW = 6
"""Pixels of a letter's width below which a stroke of two would close its holes."""
PARALLEL = 1e-9
LEAST_ROWS = 3
NARROWEST, WIDEST = 0.4, 0.72
"""A digit's width as a share of its height, in pixels."""

_ROUND = "40 ~80 83 85 ~88 48 ~08 05 03 ~00 40"

# Each word is a path of points "xy"; "~xy" is the corner that the line to the next point bends round, and a
# path that begins with "#" is filled.
_PATHS: dict[str, tuple[str, ...]] = {
    "0": (_ROUND,),
    "1": ("12 40 48", "18 78"),
    "2": ("02 ~00 40 ~80 82 83 08 88",),
    "3": ("01 ~00 40 ~80 82 ~84 44 24", "44 ~84 86 ~88 48 ~08 07"),
    "4": ("68 60 05 85",),
    "5": ("80 00 03 43 ~83 85 86 ~88 48 ~08 07",),
    "6": ("81 ~80 40 ~00 04 06 ~08 48 ~88 86 85 ~83 43 ~03 05",),
    "7": ("00 80 81 38",),
    "8": ("40 ~80 82 ~84 44 ~84 86 ~88 48 ~08 06 ~04 44 ~04 02 ~00 40",),
    "9": ("07 ~08 48 ~88 84 82 ~80 40 ~00 02 03 ~05 45 ~85 83",),
    "A": ("08 03 ~00 40 ~80 83 88", "05 85"),
    "B": ("44 ~84 86 ~88 48 08 00 40 ~80 82 ~84 44 04",),
    "C": ("82 ~80 40 ~00 03 05 ~08 48 ~88 86",),
    "D": ("00 08 38 ~88 85 83 ~80 30 00",),
    "E": ("80 00 08 88", "04 64"),
    "F": ("80 00 08", "04 64"),
    "G": ("82 ~80 40 ~00 03 05 ~08 48 ~88 85 84 54",),
    "H": ("00 08", "80 88", "04 84"),
    "I": ("00 08",),
    "J": ("80 85 ~88 48 ~08 06",),
    "K": ("00 08", "80 04 88"),
    "L": ("00 08 88",),
    "M": ("08 00 45 80 88",),
    "N": ("08 00 88 80",),
    "O": (_ROUND,),
    "P": ("08 00 40 ~80 82 83 ~85 45 05",),
    "Q": (_ROUND, "55 88"),
    "R": ("08 00 40 ~80 82 ~84 44 04", "44 88"),
    "S": ("81 ~80 40 ~00 02 ~04 44 ~84 86 ~88 48 ~08 07",),
    "T": ("00 80", "40 48"),
    "U": ("00 05 ~08 48 ~88 85 80",),
    "V": ("00 48 80",),
    "W": ("00 28 42 68 80",),
    "X": ("00 88", "80 08"),
    "Y": ("00 44 80", "44 48"),
    "Z": ("00 80 08 88",),
    ":": ("02 02", "06 06"),
    ".": ("08 08",),
    "-": ("04 84",),
    "+": ("04 84", "42 46"),
    "/": ("80 08",),
    "'": ("00 02",),
    " ": (),
    "►": ("#00 84 08",),
    "◆": ("#40 84 48 04",),
    "»": ("#00 44 08", "#40 84 48"),
    "○": (_ROUND,),
    "▲": ("#40 88 08",),
    "▼": ("#00 80 48",),
    "║": ("#00 30 38 08", "#50 80 88 58"),
    "≡": ("#00 80 82 02", "#03 83 85 05", "#06 86 88 08"),
    "●": ("#40 ~80 84 ~88 48 ~08 04 ~00 40",),
    "✚": ("#30 50 53 83 85 55 58 38 35 05 03 33",),
    "■": ("#00 80 88 08",),
}

_WIDTHS = {"M": 1.25, "W": 1.35, "-": 0.6, "+": 0.8, " ": 0.45, "/": 0.8, "T": 1.05}
_ONE_STROKE = frozenset(":.I'")
SHAPES = frozenset("►◆»○▲▼║≡●✚■")


@dataclass(frozen=True, slots=True)
class Size:
    """How glyphs are drawn: their rows, the columns of a digit, the pixels of a stroke and of a gap."""

    rows: int
    columns: int
    stroke: int
    gap: int

    def width_of(self, char: str) -> int:
        """Columns of one glyph."""
        if char in _ONE_STROKE:
            return self.stroke
        if char in SHAPES:
            return round(self.rows * 1.2)
        return max(self.stroke, round(self.columns * _WIDTHS.get(char, 1.0)))

    def columns_of(self, text: str) -> int:
        """Columns of a line of glyphs, gaps included."""
        return sum(self.width_of(char) for char in text) + self.gap * max(0, len(text) - 1)


def drawable(text: str) -> bool:
    """Whether each character of `text` has a glyph."""
    return all(char in _PATHS for char in text)


@lru_cache(maxsize=256)
def fitting(text: str, columns: int, rows: int, narrowest: float = NARROWEST) -> Size | None:
    """The largest size at which `text` fits into so many columns and rows, or None below 3 rows.

    `narrowest` is how narrow a digit may be, as a share of its height.
    """
    sizes = (of_rows(text, columns, height, narrowest) for height in range(rows, LEAST_ROWS - 1, -1))
    return next((size for size in sizes if size is not None), None)


def of_rows(text: str, columns: int, rows: int, narrowest: float = NARROWEST) -> Size | None:
    """The widest size of exactly so many rows at which `text` fits into so many columns."""
    least = max(3, math.ceil(2 * rows * narrowest))
    if not any(size.columns_of(text) <= columns for size in _strokes(rows, least)):
        return None
    tries = (size for wide in range(round(2 * rows * WIDEST), least - 1, -1) for size in _strokes(rows, wide))
    return next((size for size in tries if size.columns_of(text) <= columns), None)


def _strokes(rows: int, wide: int) -> list[Size]:
    """The strokes to try at this size: a thin one is read less far than letters close together."""
    stroke = max(2 if wide >= THIN_BELOW else 1, min(round(rows / 3), round(wide / 3.4)))
    return [
        Size(rows, wide, stroke, gap)
        for gap in sorted({max(1, stroke // 2), max(1, round(stroke * 0.8))}, reverse=True)
    ]


def draw(text: str, size: Size) -> list[str]:
    """`size.rows` strings of block characters, each `size.columns_of(text)` columns wide.

    Raises KeyError for a character without a glyph: ask `drawable` first.
    """
    glyphs = [_glyph(char, size.width_of(char), size.rows, size.stroke) for char in text]
    gap = " " * size.gap
    return [gap.join(row) for row in zip(*glyphs, strict=True)] if glyphs else [""] * size.rows


@lru_cache(maxsize=1024)
def _glyph(char: str, columns: int, rows: int, stroke: int) -> tuple[str, ...]:
    raster = [0] * (2 * rows)
    for path in _PATHS[char]:
        points = _points(path.lstrip("#"), columns, 2 * rows, 0 if path[0] == "#" else stroke)
        if path[0] == "#":
            _fill(raster, points, columns)
        else:
            for start, end in pairwise(points):
                _line(raster, start, end, stroke / 2, columns)
    return tuple(
        "".join(_BLOCKS[top >> x & 1, low >> x & 1] for x in range(columns))
        for top, low in zip(raster[::2], raster[1::2], strict=True)
    )


_BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def _points(path: str, width: int, height: int, stroke: int) -> list[Point]:
    """The path in pixels, its bends as short lines; ends are snapped so that a stroke covers whole pixels."""
    points: list[Point] = []
    corner: Point | None = None
    for word in path.split():
        point = (_place(word[-2], width, stroke), _place(word[-1], height, stroke))
        if word[0] == "~":
            corner = point
            continue
        points += [point] if corner is None else _bend(points[-1], corner, point)
        corner = None
    return points


def _place(digit: str, pixels: int, stroke: int) -> float:
    along = int(digit) / GRID * (pixels - stroke)
    return round(along) + stroke / 2 if stroke else along


def _bend(start: Point, corner: Point, end: Point) -> list[Point]:
    """A quarter of an ellipse from `start` to `end`, round `corner`."""
    middle = (start[0] + end[0] - corner[0], start[1] + end[1] - corner[1])
    turns = [math.pi / 2 * step / CURVE_STEPS for step in range(1, CURVE_STEPS + 1)]
    return [
        (
            middle[0] + (start[0] - middle[0]) * math.cos(turn) + (end[0] - middle[0]) * math.sin(turn),
            middle[1] + (start[1] - middle[1]) * math.cos(turn) + (end[1] - middle[1]) * math.sin(turn),
        )
        for turn in turns
    ]


def _line(raster: list[int], start: Point, end: Point, reach: float, width: int) -> None:
    """Set every pixel whose centre is within `reach` of the line, and the pen's square at both ends.

    Square ends keep block letters sharp; on the short lines of a bend they would swell it, and are left out.
    """
    pens = (start, end) if _is_given(start, reach) and _is_given(end, reach) else ()
    for row in range(len(raster)):
        y = row + 0.5
        for left, right in (_band(start, end, y, reach), *(_pen(point, y, reach) for point in pens)):
            raster[row] |= _bits(left, right, width)


def _is_given(point: Point, reach: float) -> bool:
    """Whether the point lies where the glyph's author put it: there a stroke covers whole pixels."""
    return all((along - reach).is_integer() for along in point)


NOTHING = (0.0, 0.0)


def _pen(point: Point, y: float, reach: float) -> tuple[float, float]:
    return (point[0] - reach, point[0] + reach) if abs(y - point[1]) < reach else NOTHING


def _band(start: Point, end: Point, y: float, reach: float) -> tuple[float, float]:
    """Where the thick line between two points crosses a row."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down)
    if not length:
        return NOTHING
    beyond = 0.3 * reach
    beside = (down / length, (start[0] * down + (y - start[1]) * across) / length, -reach, reach)
    along = (
        across / length,
        (start[0] * across - (y - start[1]) * down) / length,
        -beyond,
        length + beyond,
    )
    low, high = -math.inf, math.inf
    for slope, offset, least, most in (beside, along):
        if abs(slope) < PARALLEL:
            if not least <= -offset <= most:
                return NOTHING
            continue
        edges = sorted(((least + offset) / slope, (most + offset) / slope))
        low, high = max(low, edges[0]), min(high, edges[1])
    return (low, high) if low < high else NOTHING


def _fill(raster: list[int], points: list[Point], width: int) -> None:
    edges = list(zip(points, points[1:] + points[:1], strict=True))
    for row in range(len(raster)):
        y = row + 0.5
        crossings = sorted(
            a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            for a, b in edges
            if min(a[1], b[1]) <= y < max(a[1], b[1])
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=True):
            raster[row] |= _bits(left, right, width)


def _bits(left: float, right: float, width: int) -> int:
    """The pixels whose centres lie between two places."""
    first, beyond = max(0, math.ceil(left - 0.5)), min(width, math.ceil(right - 0.5))
    return (1 << beyond) - (1 << first) if beyond > first else 0
