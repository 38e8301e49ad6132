"""An instrument and its scores as text for a terminal.

Not for: JSON, which is the records themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from escape_tui.cli.paragraphs import heading, paragraph
from sessions.instrument import Instrument, Items, Scale, Threshold
from sessions.instrument_files import Wording
from sessions.norms import band_of
from sessions.scoring import ScaleScore

UNCHECKED = " [not checked against a source]"
OURS = " [this product's own rule: none was found]"
BETTER_WORDS = {"higher": "higher is better", "lower": "lower is better"}
SYSTEM_NAMES = {
    "loinc": "LOINC",
    "loinc-answer": "LOINC answer",
    "snomed": "SNOMED CT",
    "snomed-uk": "SNOMED CT UK",
}


def instrument_text(instrument: Instrument, wording: Wording | None) -> str:
    """What is known of an instrument, with the site's own wording of its items where there is one."""
    return "\n".join(
        (
            f"{instrument.name}  ({instrument.id})",
            *_about(instrument),
            *_items(instrument, wording),
            *(line for scale in instrument.scales for line in _scale(scale)),
        )
    )


def score_lines(instrument: Instrument, scores: tuple[ScaleScore, ...]) -> Iterator[str]:
    """One line for each scale: its score to one decimal, its class, and what it rests on."""
    for one in scores:
        scale = instrument.scale(one.scale)
        words = [written(one.score)] if one.score is not None else []
        if one.category is not None:
            words.append(one.category.replace("_", " "))
        if one.score is not None and (band := band_of(scale, one.score)):
            words.append(f"band {band.replace('_', ' ')}")
        yield f"{one.scale:<14} {', '.join(words) or 'no score':<26} {one.why_not_scored or _rests_on(one)}"


def written(value: Fraction) -> str:
    """A figure to one decimal, half away from zero, without a needless `.0`."""
    tenths = (abs(value) * 20 + 1) // 2
    sign = "-" if value < 0 and tenths else ""
    whole, tenth = divmod(int(tenths), 10)
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"


def _rests_on(one: ScaleScore) -> str:
    return f"{one.answered} of {one.items} answered"


def _about(instrument: Instrument) -> Iterator[str]:
    if instrument.version is not None:
        yield f"Edition: {instrument.version.label}{_mark(unchecked=instrument.version.unchecked)}"
    yield paragraph(instrument.completion)
    if instrument.marks is not None:
        if instrument.marks.outside_a_box:
            yield paragraph(instrument.marks.outside_a_box, lead="A mark outside the boxes: ")
        yield paragraph(instrument.marks.two_marks, lead="Two marks: ")
    licence = instrument.licence
    yield paragraph(f"{licence.notice}{_mark(unchecked=licence.unchecked)}", lead="Licence: ")
    for code in instrument.codes:
        yield f"{SYSTEM_NAMES[code.system]} {code.code}{_mark(unchecked=code.unchecked)}"
    for note in instrument.notes:
        yield paragraph(f"{note.text}{_mark(unchecked=note.unchecked)}", lead="Note: ")


def _items(instrument: Instrument, wording: Wording | None) -> Iterator[str]:
    yield heading("Items", f"{instrument.item_count}")
    for items in instrument.items:
        yield paragraph(
            f"{_numbers(items)}: {written(items.range.lowest)} to {written(items.range.highest)}, "
            f"{BETTER_WORDS[items.better]}{_mark(unchecked=items.unchecked)}",
            lead=f"{items.group} ",
        )
        if items.boxes is not None:
            codes = " ".join(str(code) for code in items.boxes.codes)
            yield f"  boxes from the left: {codes}{_mark(unchecked=items.boxes.unchecked)}"
    if wording is not None:
        yield "Your site's wording:"
        for number in instrument.worded_items:
            yield paragraph(wording.of(number), 2, f"{number}. ")


def _numbers(items: Items) -> str:
    first, last = items.numbers[0], items.numbers[-1]
    if items.numbers == tuple(range(first, last + 1)):
        return f"item {first}" if first == last else f"items {first} to {last}"
    return f"items {', '.join(str(number) for number in items.numbers)}"


def _scale(scale: Scale) -> Iterator[str]:
    yield heading(f"Scale {scale.id}", _span(scale))
    missing = scale.missing
    yield paragraph(
        f"Needs {missing.at_least} answered."
        f"{f' {missing.source}' if missing.source else ''}{_mark(missing.unchecked, missing.ours)}"
    )
    for band in scale.bands:
        span = f"{written(band.lowest)} to {written(band.highest)}"
        yield f"  {band.name}: {span}{_mark(unchecked=band.unchecked)}"
    if scale.no_threshold is not None:
        yield paragraph(scale.no_threshold, lead="No threshold of change in use: ")
    for threshold in scale.thresholds:
        yield paragraph(_threshold(threshold), 2, "* " if threshold.in_use else "- ")
    if scale.norms is not None:
        yield paragraph(f"{scale.norms.source}; {scale.norms.middle_source}", lead="Norms: ")
    for code in scale.codes:
        what = code.category or code.of
        named = f" ({what})" if what else ""
        yield f"{SYSTEM_NAMES[code.system]} {code.code}{named}{_mark(unchecked=code.unchecked)}"


def _span(scale: Scale) -> str:
    if scale.range is None:
        return f"a class, {BETTER_WORDS[scale.better]}"
    span = f"{written(scale.range.lowest)} to {written(scale.range.highest)} {scale.unit}"
    return f"{span}, {BETTER_WORDS[scale.better]}{_mark(unchecked=scale.range.unchecked)}"


def exactly(value: Fraction) -> str:
    """A published figure with all its decimals."""
    return f"{float(value):g}"


def _threshold(threshold: Threshold) -> str:
    span = "" if threshold.low_end is None else f" (published as {exactly(threshold.low_end)} to this)"
    who = f" ({threshold.population})" if threshold.population else ""
    used = "in use: " if threshold.in_use else ""
    return (
        f"{used}{exactly(threshold.value)} {threshold.unit}{span}: {threshold.measure}{who}. "
        f"{threshold.source}{_mark(unchecked=threshold.unchecked)}"
    )


def _mark(unchecked: bool = False, ours: bool = False) -> str:
    return f"{UNCHECKED if unchecked else ''}{OURS if ours else ''}"
