"""Handing a cohort to another laptop and back: whole, under its own passphrase, one writer at any time."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from escape_tui.cohorts import cohort_codes, cohort_path, make_cohort, open_by_code
from escape_tui.handing_over import Taken, give, take
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.audit import entries, verify_chain
from escape_tui.store.digests import TableDigest, digests
from escape_tui.store.erasing import erase_cohort, erase_person_for_good, is_unsettled
from escape_tui.store.files import LEFTOVER_SUFFIX
from escape_tui.store.handover_file import Under, read_handover
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_plain_home
from escape_tui.store.passphrase import Passphrase, new_passphrase_of
from escape_tui.store.read import cohort_head, identities, people
from sessions.errors import CannotOpen, Refused
from sessions.records import AttendanceRow
from tests.store.erasing_home import ACTOR, CODE, MAKERS, NO_SAFEGUARDS, PLANTED, Site, kills, make_site
from tests.store.making import new_cohort, someone
from tests.unit.home_fixtures import CHEAP, OTHER, cheap_home

WORDS = new_passphrase_of("a bridge of seven planks")
KINDS = ["plain", "encrypted"]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=KINDS)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """The home of another laptop."""
    return MAKERS[request.param](tmp_path / "other laptop")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "K26-1.handover"


def given(site: Site, out: Path) -> None:
    home = site.home()
    with site.open(home) as cohort:
        give(home, cohort, out, Under(WORDS, CHEAP), site.safeguards)


def taken(home: Home, out: Path, passphrase: Passphrase = WORDS) -> Taken:
    return take(home, out, lambda: passphrase, ACTOR, NO_SAFEGUARDS)


def given_by(home: Home, out: Path) -> None:
    with open_by_code(home, CODE, ACTOR, lambda: None) as cohort:
        give(home, cohort, out, Under(WORDS, CHEAP), NO_SAFEGUARDS)


def can_write(home: Home) -> bool:
    with open_by_code(home, CODE, ACTOR, lambda: None) as cohort:
        return not cohort_head(cohort).handed_over


def records(home: Home) -> list[TableDigest]:
    """What every table holds, but for the mark of having been handed over and the trail's end."""
    with open_by_code(home, CODE, ACTOR, lambda: None) as cohort:
        tables = digests(cohort.connection)
    return [table for table in tables if table.table not in {"cohort", "audit"}]


def test_the_whole_cohort_arrives_and_can_be_written_there_alone(
    tmp_path: Path, kind: str, other: Home, out: Path
) -> None:
    site, person = make_site(tmp_path, kind)
    before = records(site.home())
    given(site, out)
    assert not can_write(site.home())
    assert taken(other, out) == Taken(CODE, back=False)
    assert records(other) == before
    with open_by_code(other, CODE, ACTOR, lambda: None) as cohort:
        mark_attendance(cohort, AttendanceRow(person, 1, "present"))
        assert [entry.act for entry in entries(cohort.connection)][-3:] == [
            "hand_over",
            "take_back",
            "mark_attendance",
        ]
        assert verify_chain(cohort.connection).sound
    with site.open() as cohort, pytest.raises(Refused, match="handed over"):
        mark_attendance(cohort, AttendanceRow(person, 1, "present"))


def test_it_comes_back_with_what_was_entered_there(tmp_path: Path, kind: str, other: Home, out: Path) -> None:
    site, person = make_site(tmp_path, kind)
    given(site, out)
    taken(other, out)
    with open_by_code(other, CODE, ACTOR, lambda: None) as cohort:
        mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    returning = tmp_path / "returning"
    given_by(other, returning)
    after = records(other)
    home = site.home()
    assert take(home, returning, lambda: WORDS, ACTOR, site.safeguards) == Taken(CODE, back=True)
    assert records(home) == after
    assert can_write(home)
    assert not can_write(other)
    assert not is_unsettled(home, CODE)


def test_the_giver_can_take_their_own_file_back(tmp_path: Path, kind: str, out: Path) -> None:
    site, _ = make_site(tmp_path, kind)
    given(site, out)
    assert taken(site.home(), out).back
    assert can_write(site.home())
    with pytest.raises(Refused, match="taken here already"):
        taken(site.home(), out)


def test_who_was_erased_there_is_erased_here_with_the_older_backups(
    tmp_path: Path, kind: str, out: Path
) -> None:
    site, person = make_site(tmp_path, kind)
    other = MAKERS[kind](tmp_path / "other laptop")
    given(site, out)
    taken(other, out)
    with open_by_code(other, CODE, ACTOR, lambda: None) as cohort:
        erase_person_for_good(other, cohort, person, date(2026, 10, 5), NO_SAFEGUARDS)
    returning = tmp_path / "returning"
    given_by(other, returning)
    take(site.home(), returning, lambda: WORDS, ACTOR, site.safeguards)
    assert site.recorded == [(CODE, person, date(2026, 10, 5))]
    everywhere = site.bytes_everywhere()
    assert [name for name in ("Zwanhild", "REF-77", "Grindelbart") if name.encode() in everywhere] == []


def test_the_file_shows_nothing_of_anybody_and_only_its_owner_reads_it(
    tmp_path: Path, kind: str, out: Path
) -> None:
    site, _ = make_site(tmp_path, kind)
    given(site, out)
    content = out.read_bytes()
    assert content.startswith(b"escape-tui hand-over 1\n")
    assert [planted for planted in PLANTED if planted.encode() in content] == []
    assert b"SQLite format" not in content
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(one.name for one in (site.folder / "cohorts").iterdir()) == [f"{CODE}.db", f"{CODE}.lock"]


def test_taking_leaves_nothing_beside_the_cohort_and_in_an_encrypted_home_nothing_plain(
    tmp_path: Path, kind: str, out: Path
) -> None:
    site, _ = make_site(tmp_path, kind)
    given(site, out)
    other = cheap_home(tmp_path / "other laptop")[0]
    taken(other, out)
    assert sorted(one.name for one in (other.folder / "cohorts").iterdir()) == [f"{CODE}.db", f"{CODE}.lock"]
    content = b"".join(one.read_bytes() for one in other.folder.rglob("*") if one.is_file())
    assert [planted for planted in PLANTED if planted.encode() in content] == []


def test_another_passphrase_opens_nothing(tmp_path: Path, other: Home, out: Path) -> None:
    site, _ = make_site(tmp_path, "encrypted")
    given(site, out)
    with pytest.raises(CannotOpen, match="passphrase does not open"):
        taken(other, out, OTHER)
    assert cohort_codes(other) == ()


def cut(content: bytes) -> bytes:
    return content[:-4096]


def one_bit(content: bytes) -> bytes:
    return content[:-3000] + bytes([content[-3000] ^ 1]) + content[-2999:]


def another_code(content: bytes) -> bytes:
    return content.replace(b'"K26-1"', b'"K26-2"', 1)


def newer(content: bytes) -> bytes:
    return content.replace(b"hand-over 1", b"hand-over 2", 1)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "damaged"),
        (one_bit, "damaged"),
        (another_code, "damaged"),
        (newer, "newer version"),
        (lambda content: content[:200], "damaged"),
    ],
)
def test_a_damaged_file_is_told_and_nothing_is_taken(
    tmp_path: Path, out: Path, damage: Callable[[bytes], bytes], said: str
) -> None:
    other = make_plain_home(tmp_path / "other laptop")
    site, _ = make_site(tmp_path, "plain")
    given(site, out)
    out.write_bytes(damage(out.read_bytes()))
    with pytest.raises(CannotOpen, match=said):
        taken(other, out)
    assert cohort_codes(other) == ()


@pytest.mark.parametrize("content", [b"", b"dear diary", b"SQLite format 3\0" * 9])
def test_a_file_of_another_kind_is_refused_as_bad_input(tmp_path: Path, content: bytes) -> None:
    other = make_plain_home(tmp_path / "other laptop")
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Refused, match="no hand-over"):
        taken(other, tmp_path / "file")
    assert cohort_codes(other) == ()


def test_what_is_said_in_clear_cannot_be_changed(tmp_path: Path, out: Path) -> None:
    site, _ = make_site(tmp_path, "plain")
    given(site, out)
    handover = read_handover(out)
    forged = handover.about.model_copy(update={"practice": not handover.about.practice})
    first, line, database = out.read_bytes().split(b"\n", 2)
    document = json.loads(line)
    document["about"] = forged.model_dump(mode="json")
    told = f"{forged.model_dump_json()}\n{handover.key.model_dump_json()}"
    document["sha256"] = hashlib.sha256(told.encode()).hexdigest()
    out.write_bytes(b"\n".join([first, json.dumps(document).encode(), database]))
    practice = make_plain_home(tmp_path / "practice", practice=True)
    with pytest.raises(CannotOpen, match="passphrase"):
        taken(practice, out)


def test_practice_and_real_never_mix(tmp_path: Path, out: Path) -> None:
    site, _ = make_site(tmp_path, "plain")
    given(site, out)
    practice = make_plain_home(tmp_path / "practice", practice=True)
    with pytest.raises(Refused, match="practice"):
        taken(practice, out)
    make_cohort(practice, new_cohort(practice=True), ACTOR).close()
    practising = tmp_path / "practising"
    given_by(practice, practising)
    with pytest.raises(Refused, match="practice"):
        taken(make_plain_home(tmp_path / "real"), practising)


def test_a_cohort_that_is_written_here_is_never_replaced(
    tmp_path: Path, kind: str, other: Home, out: Path
) -> None:
    site, _ = make_site(tmp_path, kind)
    given(site, out)
    with make_cohort(other, new_cohort(), ACTOR) as cohort:
        someone(cohort)
    before = records(other)
    with pytest.raises(Refused, match="was not handed over"):
        taken(other, out)
    given_by(other, tmp_path / "theirs")
    with pytest.raises(Refused, match="not an older self"):
        taken(other, out)
    assert records(other) == before
    assert not is_unsettled(other, CODE)


def test_a_file_that_was_overtaken_is_refused(tmp_path: Path, kind: str, other: Home, out: Path) -> None:
    site, _ = make_site(tmp_path, kind)
    given(site, out)
    taken(other, out)
    given_by(other, tmp_path / "later")
    with pytest.raises(Refused, match="not an older self"):
        taken(other, out)
    assert not can_write(other)


def test_a_cohort_that_was_erased_here_does_not_come_back(tmp_path: Path, kind: str, out: Path) -> None:
    site, _ = make_site(tmp_path, kind)
    given(site, out)
    erase_cohort(site.home(), CODE, datetime(2026, 11, 22, tzinfo=UTC), site.stick)
    with pytest.raises(Refused, match="was erased here"):
        taken(site.home(), out)


def test_it_is_given_once_and_over_no_other_file(tmp_path: Path, kind: str, out: Path) -> None:
    site, _ = make_site(tmp_path, kind)
    out.write_text("something of mine")
    with pytest.raises(Refused, match="a file of that name"):
        given(site, out)
    assert can_write(site.home())
    given(site, tmp_path / "first")
    given(site, tmp_path / "first")
    with pytest.raises(Refused, match="handed over already"):
        given(site, tmp_path / "second")
    assert out.read_text() == "something of mine"


def test_where_the_file_cannot_be_written_the_cohort_stays_here(
    tmp_path: Path, kind: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = make_site(tmp_path, kind)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for broken in ("write_handover", "sync_folder", "hand_over"):
        with monkeypatch.context() as patched:
            patched.setattr(f"escape_tui.handing_over.{broken}", no_room)
            with pytest.raises(OSError, match="No space"):
                given(site, out)
        if not out.exists():
            assert can_write(site.home())
            assert list(tmp_path.glob(f"*{LEFTOVER_SUFFIX}")) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_while_giving_there_is_one_writer_and_repeating_ends_it(tmp_path: Path, kind: str) -> None:
    site, _ = make_site(tmp_path / "template", kind)
    outcomes = set()

    def file_of(victim: Site) -> Path:
        return victim.stick / "given"

    for killed in kills(lambda victim: given(victim, file_of(victim)), site):
        writable, there = can_write(killed.home()), file_of(killed).exists()
        outcomes.add((writable, there))
        assert not (writable and there)
        given(killed, file_of(killed))
        assert not can_write(killed.home())
        assert taken(killed.home(), file_of(killed)).back
    assert {(True, False), (False, True)} <= outcomes


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
@pytest.mark.parametrize("back", [False, True], ids=["new here", "back here"])
def test_killed_while_taking_what_was_here_is_whole_or_what_was_taken_is(
    tmp_path: Path, kind: str, back: bool
) -> None:
    site, _ = make_site(tmp_path / "giver", kind)
    out = tmp_path / "out"
    given(site, out)
    if not back:
        site = Site(MAKERS[kind](tmp_path / "taker" / "home").folder, tmp_path / "taker" / "stick")
    outcomes = set()
    for killed in kills(lambda victim: taken(victim.home(), out), site):
        home = killed.home()
        if not cohort_codes(home):
            outcomes.add("nothing here")
        else:
            outcomes.add("can be written" if can_write(home) else "read-only")
            with killed.open(home) as cohort:
                assert len(people(cohort)) == len(identities(cohort)) == 2
                assert verify_chain(cohort.connection).sound
        if not cohort_codes(home) or not can_write(home):
            taken(home, out)
        assert can_write(home)
        assert not is_unsettled(home, CODE)
        assert not list((killed.folder / "cohorts").glob("*.escape-*"))
    assert outcomes == {"read-only" if back else "nothing here", "can be written"}


def test_a_giving_that_was_broken_off_cannot_be_taken(tmp_path: Path, other: Home, out: Path) -> None:
    site, _ = make_site(tmp_path, "plain")
    given(site, out)
    waiting = out.rename(out.with_name(out.name + LEFTOVER_SUFFIX))
    with pytest.raises(Refused, match="broken off"):
        taken(other, waiting)
    assert not cohort_path(other, CODE).exists()
    given(site, out)
    assert taken(other, out).code == CODE
