"""What the screen of a sheet shows, as words: whose it is, what keys mean, scores, the rule for odd marks.

Not for: what the keys do (`entry`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from textual.content import Content

from escape_tui.desk import Desk
from escape_tui.entry import keying
from escape_tui.entry.board import TIMEPOINT_WORDS, SheetKey
from escape_tui.entry.keeping import SheetEntry
from escape_tui.guiding.names import names_of
from escape_tui.screens.text import in_a_row, lines, plain, said
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import identities, measures, people, person_of
from sessions.instrument import Instrument, Items
from sessions.instrument_files import Wording
from sessions.measured import only_index, scores_of
from sessions.records import Joint, MeasureRow, Mode, Person, Side
from sessions.scoring import ScaleScore
from widgets.answer_strip import AnswerItem

MODE_WORDS: Final[dict[Mode, str]] = {
    "self": "by the person",
    "read_aloud": "read aloud to them",
    "interpreter": "with an interpreter",
    "phone": "by phone",
    "post": "by post",
}
_JOINTS: Final[dict[str, tuple[Joint, ...]]] = {
    "knee": ("knee",),
    "hip": ("hip",),
    "knee_and_hip": ("knee", "hip"),
}
_KINDS: Final = {"first": "", "second": "SECOND ENTRY, BLIND", "correction": "CORRECTION"}


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose sheet it is: number and name, which is data of a person, and the joint that it is about.

    `joints` are those that it may be about where nobody has said yet.
    """

    name: str
    joint: str
    joints: tuple[tuple[Joint, Side], ...]


def whose(desk: Desk, key: SheetKey) -> Whose:
    """Whose sheet it is."""
    person = person_of(desk.cohort, key.person)
    index = _index(person)
    joints = _possible(person) if index is None else ()
    return Whose(who(desk, key), _in_words(index, joints), joints)


def who(desk: Desk, key: SheetKey) -> str:
    """A person by number and name, which is data."""
    everyone = people(desk.cohort)
    names = names_of(everyone, identities(desk.cohort), desk.settings.names.desk)
    number = next(one.number for one in everyone if one.id == key.person)
    return f"{number} {names.of(key.person)}"


def is_recorded(cohort: Cohort, key: SheetKey) -> bool:
    """Whether anything is recorded of a sheet."""
    rows = measures(cohort, key.person)
    return any((row.instrument, row.timepoint) == (key.instrument, key.timepoint) for row in rows)


def head(whose: Whose, entry: SheetEntry, of_pile: tuple[int, int]) -> Content:
    """Whose sheet, of what, how far, on which day and how it was filled in."""
    sheet, how = entry.sheet, entry.how
    at, many = of_pile
    what = [f"{entry.key.instrument}, {TIMEPOINT_WORDS[entry.key.timepoint].lower()}", whose.joint]
    what += [f"paper {at} of {many}"] if many > 1 else []
    first = said(
        "[bold $primary]$who[/]  [bold $accent]$kind[/]$what",
        who=whose.name,
        kind=f"{_KINDS[entry.kind]}  " if _KINDS[entry.kind] else "",
        what=" · ".join(filter(None, what)),
    )
    done = f"{sheet.typed} of {len(sheet.cells)} typed"
    return lines([first, f"{done} · filled in {how.on:%d.%m.%Y}, {MODE_WORDS[how.mode]}"])


def strip_items(sheet: keying.TypedSheet) -> tuple[AnswerItem, ...]:
    """The items for the strip; a group's first one opens it."""
    shown = []
    group = ""
    several = len({items.group for items in sheet.instrument.items}) > 1
    for at, typed in enumerate(sheet.cells):
        items = sheet.instrument.items_at(at + 1)
        codes = keying.codes_of_keys(items) if items.boxes else ()
        pending = sheet.pending if at == sheet.at else ""
        shown.append(
            AnswerItem(
                number=str(at + 1),
                codes=codes,
                chosen=codes.index(typed) if typed in codes else None,
                text=f"{pending}_" if pending else typed or "",
                blank=typed == keying.BLANK,
                heading=items.group if several and items.group != group else "",
            )
        )
        group = items.group
    return tuple(shown)


def wording(licensed: Wording | None, sheet: keying.TypedSheet) -> Content:
    """The site's own wording of the item that waits."""
    if licensed is None or sheet.items is None:
        return Content("")
    return said("[italic]$text[/]", text=licensed.of(sheet.at + 1))


def keys(sheet: keying.TypedSheet) -> Content:
    """What the next key means."""
    items = sheet.items
    if items is None:
        return said("[bold $success]Every item is typed.[/] Enter records the sheet; arrows lead to an item.")
    pressed = keying.keys_of(items)
    item = f"Item {sheet.at + 1}"
    if not pressed:
        figure = f"a figure from {items.range.lowest} to {items.range.highest}, then Enter"
        words = "".join(f"; {word.word[0]}: {word.word} used" for word in items.words)
        return said("[bold]$item[/]  $figure$words   b: blank", item=item, figure=figure, words=words)
    codes = keying.codes_of_keys(items)
    same = pressed == codes or keying.TEN in pressed
    shown = [key if same else f"{key}→{code}" for key, code in zip(pressed, codes, strict=True)]
    return said(
        "[bold]$item[/]  $counted  [bold $accent]$shown[/]  b blank[$warning]$unsure[/]",
        item=item,
        counted="printed figure" if same else "box from the left→code",
        shown="  ".join(shown),
        unsure="\nThe order of the boxes was not checked: hold it against your form."
        if _is_unchecked(items)
        else "",
    )


def scores(entry: SheetEntry) -> Content:
    """What the answers so far come to, and of how many of its items each score is made."""
    shown = [
        said(
            "$scale [bold]$score[/] [$foreground-muted]$rests[/]",
            scale=one.scale,
            score=_score(one),
            rests=f"{one.answered} of {one.items}",
        )
        for one in entry.scores
    ]
    ways = {scale.better for scale in entry.instrument.scales}
    better = plain(f"{ways.pop()} is better") if len(ways) == 1 else plain("")
    return in_a_row([*shown, better], "   ")


def rule(instrument: Instrument) -> Content:
    """What the instrument says of two marks and of a mark beside the boxes; of figures, what to enter."""
    if not any(items.boxes for items in instrument.items):
        return plain(instrument.completion)
    marks = instrument.marks
    if marks is None:
        return plain(
            "Two marks: no rule of this form is known here. Ask the person, else leave the item blank."
        )
    outside = f" Beside a box: {_lower(marks.outside_a_box)}" if marks.outside_a_box else ""
    return plain(f"Two marks: {_lower(marks.two_marks)}{outside} ({marks.source})")


def came_to(measure: MeasureRow, *, private: bool) -> str:
    """A measure that was just recorded, in a line; `private` scores may ask for a talk and are not said."""
    if private:
        return f"{measure.instrument} recorded"
    results = ", ".join(f"{one.scale} {_score(one)}" for one in scores_of(measure))
    return f"{measure.instrument} recorded: {results}"


def _in_words(index: tuple[Joint, Side] | None, joints: tuple[tuple[Joint, Side], ...]) -> str:
    if index is None:
        return "which joint? j" if joints else ""
    joint, side = index
    return joint if side == "none" else f"{side} {joint}"


def _index(person: Person) -> tuple[Joint, Side] | None:
    if person.index_joint is not None and person.index_side is not None:
        return person.index_joint, person.index_side
    return only_index(person)


def _possible(person: Person) -> tuple[tuple[Joint, Side], ...]:
    sides: tuple[Side, ...] = ("left", "right")
    known = tuple(side for side in sides if side == person.side)
    return tuple(
        (joint, side) for joint in _JOINTS.get(person.pain_site or "", ()) for side in known or sides
    )


def _is_unchecked(items: Items) -> bool:
    return items.boxes is not None and items.boxes.unchecked


def _score(one: ScaleScore) -> str:
    words = [] if one.score is None else [_written(one.score)]
    words += [] if one.category is None else [one.category.replace("_", " ")]
    return " ".join(words) or "-"


def _written(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
