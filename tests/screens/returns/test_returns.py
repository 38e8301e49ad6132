"""What is missing in a return, where a key leads from it, and the page that is signed."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event

import pytest

from escape_tui.screens import rooms
from escape_tui.screens.returns import ways
from escape_tui.screens.returns.returns import ReturnsScreen
from escape_tui.screens.returns.sign_off import SignOffScreen
from escape_tui.screens.returns.typed import TypedLine
from escape_tui.screens.session.session_screen import SessionScreen
from escape_tui.signers import allowed_signers, read_signers
from escape_tui.signing import Sealed, SignedOut, bring_out
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.signoff import record_receipt
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import Home
from escape_tui.store.read import cohort_head, people, signoffs
from exports.completeness.found import AtMeasure, AtPerson, AtRegister, AtSession, AtSettings, MendAt
from exports.held import Held
from exports.rows import Tables
from exports.signers import Trusted
from exports.signoff import SignedReturn
from exports.taking_in import open_bag
from exports.verify import Judgement, judge
from sessions.records import AttendanceRow, Receipt
from tests.returns.signing_home import report
from tests.screens.homes import HOSTILE, LARGE, SMALL, On, on_a_screen, running
from tests.screens.pictures import looks_as_before
from tests.screens.returns.conftest import SITE, Place
from tests.unit.home_fixtures import WORDS

WHY = "The course has only begun."


@contextlib.asynccontextmanager
async def at_returns(place: Place, size: tuple[int, int] = SMALL) -> AsyncIterator[On]:
    async with running(place.home, size, cohort="K26-1") as on:
        await on.press("1", "enter", "f5")
        assert isinstance(on.app.screen, ReturnsScreen)
        yield on


async def typed(on: On, text: str) -> None:
    """Type into the box that asks, in the place of what stands there."""
    assert isinstance(on.app.screen, TypedLine)
    on.app.screen.query_exactly_one("Input").value = text  # type: ignore[attr-defined]
    await on.press("enter")


async def signed(on: On, place: Place, words: str = WORDS) -> None:
    """From the returns to the end of signing."""
    await on.press("s", "g")
    await typed(on, WHY)
    await on.press("o")
    await typed(on, str(place.out))
    await on.press("s")
    await typed(on, words)
    await on.app.workers.wait_for_complete()
    await on.pilot.pause()


@on_a_screen
async def test_the_row_under_the_mark_is_told_without_colour(place: Place) -> None:
    async with at_returns(place) as on:
        await on.press("down", "down")
        assert [line for line in on.lines if line.startswith(" >")] == [
            " > 3 ○ Session 3 is still to come, on 2026-10-12."
        ]


def judged(place: Place, path: Path, *, practice: bool = False) -> Judgement:
    return judge(open_bag(path), Trusted(allowed_signers(place.home, "S042", practice=practice)))


@on_a_screen
async def test_every_gap_is_told_with_who_is_meant_and_where_it_is_mended(place: Place) -> None:
    async with at_returns(place, LARGE) as on:
        assert isinstance(on.app.screen, ReturnsScreen)
        assert "The return of K26-1" in on.words
        assert f"{len(on.app.screen.result.gaps)} gaps" in on.words
        first = on.app.screen.result.found[0]
        assert first.sentence in on.words
        assert "escape session show K26-1 1" in on.words


@pytest.mark.parametrize("size", [SMALL, LARGE])
@on_a_screen
async def test_hostile_names_stand_in_the_list_exactly_as_they_are(
    place: Place, size: tuple[int, int]
) -> None:
    async with at_returns(place, size) as on:
        assert isinstance(on.app.screen, ReturnsScreen)
        for name in HOSTILE:
            number = HOSTILE.index(name) + 1
            index = next(
                index for index, one in enumerate(on.app.screen.result.found) if one.number == number
            )
            findings = on.app.screen.query_exactly_one("#found")
            findings.highlighted = index  # type: ignore[attr-defined]
            await on.pilot.pause()
            assert name.replace(" ", "")[:10] in on.words.replace(" ", ""), name


@on_a_screen
async def test_what_no_screen_mends_is_told_with_its_command(place: Place) -> None:
    async with at_returns(place) as on:
        await on.press("enter")
        assert on.echo == "Mended by a command: escape session show K26-1 1"


@on_a_screen
async def test_one_key_leads_to_the_register_of_a_session_and_what_is_mended_there_is_gone(
    place: Place,
) -> None:
    async with at_returns(place) as on:
        on.clock.advance(86400)
        on.app.look_again()
        await on.pilot.pause()
        assert "Session 1 is past, and nothing says whether it was held." in on.words
        await on.press("1")
        assert isinstance(on.app.screen, SessionScreen)
        await on.press("a", "escape")
        assert isinstance(on.app.screen, ReturnsScreen)
        assert "Session 1 is past" not in on.words


@pytest.mark.parametrize(
    ("place_meant", "room", "area"),
    [
        (AtPerson("PAAAAAAAAAA", "side"), "person", "people"),
        (AtMeasure("PAAAAAAAAAA", "koos", "end"), "measure", "measures"),
    ],
)
def test_a_place_leads_to_its_room_or_else_its_area_or_else_nowhere(
    place_meant: MendAt, room: str, area: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    led: list[object] = []

    class App:
        def push_screen(self, screen: object) -> None:
            led.append(screen)

        def switch_mode(self, mode: str) -> None:
            led.append(mode)

    monkeypatch.setattr(rooms, "AREAS", ())
    monkeypatch.delitem(rooms.ROOMS, room, raising=False)
    assert ways.way_to(place_meant) is None
    monkeypatch.setattr(rooms, "AREAS", (rooms.Area(area, "f9", "There", "a:B"),))
    ways.lead(App(), place_meant)  # type: ignore[arg-type]
    monkeypatch.setitem(rooms.ROOMS, room, "a:B")
    monkeypatch.setattr(rooms, "made", lambda where, *given: (where, *given))
    ways.lead(App(), place_meant)  # type: ignore[arg-type]
    given = ("koos", "end") if area == "measures" else ()
    assert led == [area, ("a:B", "PAAAAAAAAAA", *given)]


def test_the_plan_and_the_settings_are_mended_by_commands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rooms.ROOMS, "session", "a:B")
    assert ways.way_to(AtRegister(3)) is not None
    assert ways.way_to(AtSession(3)) is None
    assert ways.way_to(AtSettings("site.code")) is None


@on_a_screen
async def test_contradictions_are_mended_before_the_page_is_seen(place: Place) -> None:
    async with at_returns(place) as on:
        cohort = on.app.desk.cohort
        for person in people(cohort):
            mark_attendance(cohort, AttendanceRow(person.id, 2, "absent", "ill"))
        on.app.look_again()
        await on.press("s")
        assert isinstance(on.app.screen, ReturnsScreen)
        assert "contradiction" in on.echo
        assert "Mend them first" in on.echo


@on_a_screen
async def test_the_page_says_all_that_is_signed(place: Place) -> None:
    async with at_returns(place, LARGE) as on:
        await on.press("s")
        for words in (
            f"{SITE}, cohort K26-1, revision 1",
            "Jo [b]King, physiotherapist f1@S042",
            "I answer for it",
            "Monday 5 October 2026, 08:55",
            "0 referred, 0 eligible",
            "8 not shared",
            "No reason yet",
            "No folder yet",
        ):
            assert words in on.words, words
        assert "PRACTICE" not in on.words


@on_a_screen
async def test_signing_locks_the_cohort_and_the_file_is_genuine(place: Place) -> None:
    async with at_returns(place) as on:
        await signed(on, place)
        assert isinstance(on.app.screen, ReturnsScreen)
        file = place.out / "S042_K26-1_r1.zip"
        assert judged(place, file).verdict == "genuine"
        assert (place.home / "outbox" / file.name).read_bytes() == file.read_bytes()
        assert on.echo.startswith("Signed as revision 1")
        assert str(file) in on.words.replace(" ", "").replace("█", "")
        assert "readable health data" in on.words
        assert "locked" in on.words
        assert "no receipt yet" in on.words
        assert cohort_head(on.app.desk.cohort).state == "signed"
        assert WORDS not in on.words


@pytest.mark.usefixtures("quick_report")
@on_a_screen
async def test_a_wrong_passphrase_signs_nothing_and_the_page_stays(place: Place) -> None:
    async with at_returns(place) as on:
        await signed(on, place, "that is another one")
        assert isinstance(on.app.screen, SignOffScreen)
        assert "does not open the signing key of f1" in on.echo
        assert list(place.out.iterdir()) == []
        assert cohort_head(on.app.desk.cohort).state == "open"
        await on.press("s")
        await typed(on, WORDS)
        await on.app.workers.wait_for_complete()
        await on.pilot.pause()
        assert (place.out / "S042_K26-1_r1.zip").exists()


@pytest.mark.usefixtures("quick_report")
@on_a_screen
async def test_what_was_entered_while_it_was_made_is_not_signed_over(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entered_meanwhile(cohort: Cohort, home: Home, sealed: Sealed, out: Path) -> SignedOut:
        mark_attendance(cohort, AttendanceRow(people(cohort)[0].id, 1, "present"))
        return bring_out(cohort, home, sealed, out)

    monkeypatch.setattr("escape_tui.screens.returns.sign_off.bring_out", entered_meanwhile)
    async with at_returns(place) as on:
        await signed(on, place)
        assert "Something was entered after this return was made" in on.echo
        assert cohort_head(on.app.desk.cohort).state == "open"
        assert list(place.out.iterdir()) == []


@on_a_screen
async def test_what_is_signed_while_another_screen_is_seen_is_told_on_return(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def waiting(held: Held, tables: Tables, claims: SignedReturn) -> bytes:
        assert go_on.wait(20)
        return report(held, tables, claims)

    monkeypatch.setattr("exports.report.returned.report_pdf", waiting)
    async with at_returns(place) as on:
        await on.press("s", "g")
        await typed(on, WHY)
        await on.press("o")
        await typed(on, str(place.out))
        await on.press("s")
        await typed(on, WORDS)
        assert "Making the tables and the report" in on.words
        await on.press("s", "escape")
        assert isinstance(on.app.screen, SignOffScreen)
        await on.press("f2")
        go_on.set()
        await on.app.workers.wait_for_complete()
        await on.press("f5")
        assert isinstance(on.app.screen, ReturnsScreen)
        assert "locked" in on.words
        assert judged(place, place.out / "S042_K26-1_r1.zip").verdict == "genuine"


@pytest.mark.parametrize("reason", ["Quastenfloss moved away.", "x" * 201, " "])
@on_a_screen
async def test_a_reason_that_names_somebody_or_is_too_long_is_refused_where_it_is_typed(
    place: Place, reason: str
) -> None:
    async with at_returns(place) as on:
        await on.press("s", "g")
        await typed(on, reason)
        assert isinstance(on.app.screen, TypedLine)
        await on.press("escape")
        assert "No reason yet" in on.words


@on_a_screen
async def test_a_folder_that_is_not_there_is_refused_where_it_is_typed(place: Place) -> None:
    async with at_returns(place) as on:
        await on.press("s", "o")
        await typed(on, str(place.out / "nowhere"))
        assert isinstance(on.app.screen, TypedLine)
        assert "There is no such folder" in on.words


@on_a_screen
async def test_signing_asks_for_what_is_still_missing_before_the_passphrase(place: Place) -> None:
    async with at_returns(place) as on:
        await on.press("s", "s")
        assert "Why are the gaps accepted" in on.words
        await typed(on, WHY)
        await on.press("s")
        assert "The folder for the return" in on.words


@on_a_screen
async def test_without_a_key_one_is_made_on_the_screen_and_signs(place: Place) -> None:
    (place.home / "signers.json").unlink()
    async with at_returns(place) as on:
        await on.press("s")
        assert "There is no signing key yet" in on.words
        assert "escape signer new ID" in on.words
        await on.press("n", "1")
        fields = list(on.app.screen.query("Input"))
        fields[0].value = WORDS  # type: ignore[attr-defined]
        fields[1].value = "something else here"  # type: ignore[attr-defined]
        await on.press("enter", "enter")
        assert "The two are not the same" in on.words
        for field in fields:
            field.value = WORDS  # type: ignore[attr-defined]
        await on.press("enter", "enter")
        await on.app.workers.wait_for_complete()
        await on.pilot.pause()
        assert [one.id for one in read_signers(place.home)] == ["f1"]
        assert "Jo [b]King" in on.words
        assert on.echo.startswith("Made: SHA256:")


@pytest.mark.usefixtures("quick_report")
@on_a_screen
async def test_a_signed_cohort_is_reopened_for_a_reason_and_signed_again(place: Place) -> None:
    async with at_returns(place, LARGE) as on:
        await signed(on, place)
        first = signoffs(on.app.desk.cohort)[0]
        record_receipt(
            on.app.desk.cohort,
            Receipt(1, first.tagmanifest_sha256, "accepted", None, first.signed_at),
        )
        await on.press("a")
        await typed(on, "Quastenfloss")
        assert isinstance(on.app.screen, TypedLine)
        await typed(on, "Follow-up came in.")
        assert "Reopened after revision 1" in on.echo
        assert "centre: accepted" in on.words
        on.clock.advance(60)
        await on.press("s")
        assert "revision 2" in on.words
        assert "Follow-up came in." in on.words
        await on.press("escape")
        await signed(on, place)
        assert judged(place, place.out / "S042_K26-1_r2.zip").verdict == "genuine"
        assert "r2" in on.words
        assert "amended: Follow-up came in." in on.words


@pytest.mark.usefixtures("quick_report")
@on_a_screen
async def test_practice_is_marked_on_the_page_and_signs_as_practice(practice_place: Place) -> None:
    async with at_returns(practice_place) as on:
        await on.press("s")
        assert "It is no return." in on.words
        assert "PRACTICE. Nothing in this return happened" in on.words
        await on.press("escape")
        await signed(on, practice_place)
        (file,) = practice_place.out.iterdir()
        assert file.name.startswith("PRACTICE_")
        assert judged(practice_place, file, practice=True).verdict == "practice"


@on_a_screen
async def test_who_signs_can_only_be_chosen_among_those_with_a_key(place: Place) -> None:
    async with at_returns(place) as on:
        await on.press("s", "w")
        assert isinstance(on.app.screen, SignOffScreen)


@pytest.mark.usefixtures("quick_report")
@on_a_screen
async def test_a_locked_cohort_looks_as_it_was_read(place: Place) -> None:
    async with at_returns(place) as on:
        await signed(on, place)
    async with at_returns(place) as on:
        assert looks_as_before(on.app, "returns-locked-calm-80x24")


@pytest.mark.parametrize("theme", ["calm", "high-contrast"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
@on_a_screen
async def test_returns_look_as_they_were_read(place: Place, size: tuple[int, int], theme: str) -> None:
    async with at_returns(place, size) as on:
        on.app.theme = theme
        await on.press("down")
        assert looks_as_before(on.app, f"returns-{theme}-{size[0]}x{size[1]}")
        await on.press("s")
        assert looks_as_before(on.app, f"sign-off-{theme}-{size[0]}x{size[1]}")
