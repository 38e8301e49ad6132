"""The settings of a site: `escape.toml` of the home over the defaults; what is wrong is named with its line.

Not for: what a setting does. `escape.toml` at the root of the source is the same defaults, each with a
comment.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from sessions.dates import Weekday
from sessions.errors import CannotOpen, Refused
from sessions.faults import FaultyFiles
from sessions.pack import Delivery
from sessions.text import Data, Id, Line, is_code, without_control_characters
from sessions.toml_source import read_toml

SETTINGS_NAME = "escape.toml"

_FULL_PATH = re.compile(r"/|[A-Za-z]:[\\/]|\\\\")
_WITH_PASSWORD = re.compile(r"[a-z+]+://[^/@]*:[^/@]*@")


def _code(text: str) -> str:
    if text and not is_code(text):
        raise ValueError("is no site code: use capital letters, digits and single hyphens, at most 16")
    return text


def _full_path(text: str) -> str:
    if text and not _FULL_PATH.match(text):
        raise ValueError("is not a full path: begin at the root or at a drive's letter")
    return text


def _without_password(text: str) -> str:
    if _WITH_PASSWORD.match(text):
        raise ValueError("holds a password: take it out, and use a key file or the prompt")
    return text


def _each_once(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    if not days:
        raise ValueError("names no weekday")
    if len(set(days)) < len(days):
        raise ValueError("names a weekday twice")
    return days


_MaybeLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=90), AfterValidator(without_control_characters)
]
_Place = Annotated[str, StringConstraints(max_length=400), AfterValidator(without_control_characters)]
_Count = Annotated[int, Field(ge=0, le=1000)]
_ShownName = Literal["full", "first_and_initial", "number"]


class Site(Data):
    """Who and where the site is; `address` line by line, as an ambulance needs it."""

    code: Annotated[str, AfterValidator(_code)] = ""
    name: _MaybeLine = ""
    provider: _MaybeLine = ""
    address: tuple[Line, ...] = ()
    defibrillator: _MaybeLine = ""
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Za-z0-9]{1,12})?$")] = "GB-ENG"


class CohortDefaults(Data):
    """How a new cohort is planned where nothing else is said; `completion_share` is above 0 and at most 1."""

    days: Annotated[tuple[Weekday, ...], AfterValidator(_each_once)] = ("mon", "thu")
    time: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "10:00"
    sessions: Literal[12, 10] = 12
    delivery: Delivery = Delivery.IN_PERSON
    completion_share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal("0.75")


class SessionHabits(Data):
    """What is asked in a session."""

    ask_pain_on_arrival: bool = True


class Names(Data):
    """How people are named where others may look."""

    hall: Literal["first_and_initial", "first", "number"] = "first_and_initial"
    desk: _ShownName = "full"
    paper: _ShownName = "first_and_initial"


class InstrumentsInUse(Data):
    """Optional instruments that the site uses, and whether each entry is made twice."""

    in_use: tuple[Id, ...] = ()
    second_entry: bool = False


class Backups(Data):
    """How often, how many, and where the second copy goes; `second_copy` is empty for none."""

    second_copy: Annotated[_Place, AfterValidator(_full_path)] = ""
    every_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    keep_hourly: _Count = 24
    keep_daily: Annotated[int, Field(ge=1, le=1000)] = 14
    keep_weekly: _Count = 8
    keep_monthly: _Count = 12


class Retention(Data):
    """Months after which a closed cohort is due for erasing; 0 for no reminder."""

    closed_cohorts_months: Annotated[int, Field(ge=0, le=600)] = 24


class Returns(Data):
    """For whom returns are made and what they hold beyond the least."""

    central_team: _MaybeLine = ""
    responses: bool = False
    attendance_reasons: bool = False
    encrypt_for: Annotated[str, StringConstraints(pattern=r"^(age1[0-9a-z]{58})?$")] = ""
    receipt_signers: tuple[_Place, ...] = ()


class Outbox(Data):
    """Where returns are sent; `to` is empty for nowhere yet."""

    to: Annotated[_Place, AfterValidator(_without_password)] = ""
    host_fingerprint: Annotated[str, StringConstraints(pattern=r"^(SHA256:[A-Za-z0-9+/]{43})?$")] = ""

    @model_validator(mode="after")
    def _sftp_is_pinned(self) -> Self:
        if self.to.startswith("sftp://") and not self.host_fingerprint:
            raise ValueError("names an SFTP server without its host_fingerprint; ask whoever runs it")
        return self


class Idle(Data):
    """Minutes without a key until the screen locks; 0 for never."""

    lock_minutes: Annotated[int, Field(ge=0, le=240)] = 10


class Display(Data):
    """How the screens look."""

    theme: Literal["standard", "high_contrast"] = "standard"
    flash: bool = True


class Sound(Data):
    """Whether there are sounds."""

    on: bool = True


class Paper(Data):
    """How paper is printed."""

    large_print: bool = False


class Settings(Data):
    """All settings of a site. What is left out of `escape.toml` has its default."""

    site: Site = Site()
    cohort: CohortDefaults = CohortDefaults()
    session: SessionHabits = SessionHabits()
    names: Names = Names()
    instruments: InstrumentsInUse = InstrumentsInUse()
    backup: Backups = Backups()
    retention: Retention = Retention()
    # `return` is a word of Python, and the right word for the section.
    returns: Returns = Field(default=Returns(), alias="return")
    outbox: Outbox = Outbox()
    idle: Idle = Idle()
    display: Display = Display()
    sound: Sound = Sound()
    paper: Paper = Paper()


class FaultySettings(FaultyFiles, CannotOpen):
    """The settings of a home cannot be read as they are, so that the home cannot be opened as its site wants.

    Not only refused: nothing is wrong with what was asked.
    """


def load_settings(home: Path) -> Settings:
    """The settings of the home in `home`; the defaults where it has no `escape.toml`.

    `FaultySettings` names every wrong key and value with its line and how to mend it.
    """
    path = home / SETTINGS_NAME
    try:
        source = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    return _settings_in(source)


def default_text() -> str:
    """The commented `escape.toml` of the program: beside this module, in the source at its root."""
    here = Path(__file__).parent
    installed, source = here / SETTINGS_NAME, here.parent / SETTINGS_NAME
    return (installed if installed.exists() else source).read_text(encoding="utf-8")


def settings_text(site: Site) -> str:
    """The commented `escape.toml` of a new home: the defaults, with code, name and provider of `site`."""
    values = {"code": site.code, "name": site.name, "provider": site.provider}
    text = "\n".join(_filled(default_text().splitlines(), values)) + "\n"
    _settings_in(text.encode("utf-8"))
    return text


def site_of(code: str, name: str, provider: str) -> Site:
    """The site of a new home. `Refused` where the code is none, or a name is empty, long or unprintable."""
    if not is_code(code):
        raise Refused(
            "That is no site code.",
            "Use capital letters, digits and single hyphens, at most 16; not PRACTICE, nor a device's name.",
        )
    with contextlib.suppress(ValidationError):
        site = Site(code=code, name=name, provider=provider)
        if site.name:
            return site
    raise Refused(
        "The site's name or provider cannot be used.", "Write one line of at most 90 characters for each."
    )


def _filled(lines: list[str], values: dict[str, str]) -> Iterator[str]:
    """The lines with the empty keys of `values` filled in; each of them stands once, under `[site]`."""
    for line in lines:
        key = line.removesuffix(' = ""')
        # A JSON string is a TOML string, for text without control characters.
        yield f"{key} = {json.dumps(values[key], ensure_ascii=False)}" if key in values else line


def _settings_in(source: bytes) -> Settings:
    found = read_toml(SETTINGS_NAME, source, Settings)
    if isinstance(found, Settings):
        return found
    raise FaultySettings(f"The file {SETTINGS_NAME} of this home", found)
