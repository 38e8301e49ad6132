"""The settings of a site: the commented default, what a site changes, and what is told of a slip."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from escape_tui.settings import (
    SETTINGS_NAME,
    Settings,
    Site,
    default_text,
    load_settings,
    settings_text,
    site_of,
)
from sessions.errors import Refused
from sessions.faults import FaultyFiles
from sessions.toml_source import read_toml


def test_the_commented_default_says_what_the_program_does_without_settings() -> None:
    assert read_toml(SETTINGS_NAME, default_text().encode(), Settings) == Settings()


def test_the_commented_default_names_every_setting_and_no_other() -> None:
    sections = tomllib.loads(default_text())
    named = {(section, key) for section, keys in sections.items() for key in keys}
    assert named == set(_settings_known())


def test_each_setting_of_the_commented_default_has_a_comment_above_it() -> None:
    for above, line in pairwise(default_text().splitlines()):
        if " = " in line and not line.startswith("#"):
            assert above.startswith("# "), line


def test_a_home_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_what_a_site_sets_stands_and_the_rest_is_as_before(tmp_path: Path) -> None:
    _write(tmp_path, '[site]\nname = "Môn Hall"\n[return]\nresponses = true\n')
    found = load_settings(tmp_path)
    assert (found.site.name, found.returns.responses) == ("Môn Hall", True)
    assert found.cohort == Settings().cohort


def test_the_share_that_completes_is_exact(tmp_path: Path) -> None:
    _write(tmp_path, "[cohort]\ncompletion_share = 0.7\n")
    share = load_settings(tmp_path).cohort.completion_share
    assert share == Decimal("0.7")
    assert Fraction(share) == Fraction(7, 10)


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ('[site]\nname = "Hall"\n\nregoin = "GB-ENG"\n', 4, "site → regoin"),
        ("[sites]\n", 1, "sites"),
        ("[cohort]\ncompletion_share = 1.2\n", 2, "cohort → completion_share"),
        ("[cohort]\ncompletion_share = 0\n", 2, "cohort → completion_share"),
        ('[cohort]\n# when\ntime = "25:00"\n', 3, "cohort → time"),
        ('[cohort]\ndays = ["mon", "mon"]\n', 2, "cohort → days"),
        ("[cohort]\ndays = []\n", 2, "cohort → days"),
        ('[cohort]\ndays = ["monday"]\n', 2, "cohort → days 1"),
        ("[cohort]\nsessions = 11\n", 2, "cohort → sessions"),
        ('[site]\ncode = "s042"\n', 2, "site → code"),
        ('[site]\ncode = "PRACTICE"\n', 2, "site → code"),
        ('[backup]\nevery_minutes = "30"\n', 2, "backup → every_minutes"),
        ("[backup]\nevery_minutes = 0\n", 2, "backup → every_minutes"),
        ('[backup]\nsecond_copy = "stick"\n', 2, "backup → second_copy"),
        ('[outbox]\nto = "sftp://user:secret@host/in"\n', 2, "outbox → to"),
        ('[outbox]\nto = "sftp://user@host/in"\n', 1, "outbox"),
        ('[names]\nhall = "full"\n', 2, "names → hall"),
        ('[display]\nflash = "yes"\n', 2, "display → flash"),
        ('[return]\nencrypt_for = "AGE-SECRET-KEY-1"\n', 2, "return → encrypt_for"),
        ('[site]\nname = "unfinished\n', 2, ""),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, place: str
) -> None:
    _write(tmp_path, text)
    with pytest.raises(FaultyFiles) as raised:
        load_settings(tmp_path)
    assert [(fault.file, fault.line, fault.place) for fault in raised.value.faults] == [
        (SETTINGS_NAME, line, place)
    ]


@pytest.mark.parametrize("folder", ["/media/stick", "E:\\\\copies", "D:/copies", "\\\\\\\\server\\\\share"])
def test_a_second_copy_may_lie_on_any_systems_path(tmp_path: Path, folder: str) -> None:
    _write(tmp_path, f'[backup]\nsecond_copy = "{folder}"\n')
    assert load_settings(tmp_path).backup.second_copy == folder.replace("\\\\", "\\")


@pytest.mark.parametrize("name", ["Môn Hall", 'The "Old" Hall', "C:\\Hall", "a = b # c", "[site]", "ŵŷ 🏠"])
def test_a_new_homes_settings_hold_the_sites_name_exactly(tmp_path: Path, name: str) -> None:
    site = site_of("S042", name, "A trust")
    _write(tmp_path, settings_text(site))
    found = load_settings(tmp_path)
    assert found == Settings(site=Site(code="S042", name=name, provider="A trust"))


def test_a_new_homes_settings_keep_the_comments(tmp_path: Path) -> None:
    changed = settings_text(site_of("S042", "Hall", "")).splitlines()
    default = default_text().splitlines()
    assert [new for old, new in zip(default, changed, strict=True) if old != new] == [
        'code = "S042"',
        'name = "Hall"',
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("s042", "Hall"),
        ("", "Hall"),
        ("S042", ""),
        ("S042", "two\nlines"),
        ("S042", "x" * 91),
        ("S042", "\udce9"),
    ],
)
def test_a_site_that_cannot_be_one_is_refused(code: str, name: str) -> None:
    with pytest.raises(Refused):
        site_of(code, name, "")


def _settings_known() -> Iterator[tuple[str, str]]:
    for name, section in Settings.model_fields.items():
        assert isinstance(section.annotation, type)
        assert issubclass(section.annotation, BaseModel)
        for key in section.annotation.model_fields:
            yield section.alias or name, key


def _write(home: Path, text: str) -> None:
    (home / SETTINGS_NAME).write_text(text, encoding="utf-8")
