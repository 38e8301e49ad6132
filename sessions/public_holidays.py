"""The public holidays of a region: which dates have one, and its name in English.

Not for: planning round them (`plan`). The library that knows them loads only when a region is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from sessions.errors import Refused

REGIONS_OF_THE_UK = ("GB-ENG", "GB-WLS", "GB-SCT", "GB-NIR")

HolidayOn = Callable[[date], str | None]
"""Gives the name of the public holiday on a date, or None."""

_REGION = re.compile(r"(?P<country>[A-Z]{2})(-(?P<subdivision>[A-Za-z0-9]{1,12}))?")
_REMEDY = (
    f"Set one of {', '.join(REGIONS_OF_THE_UK)}, or a country's ISO code such as IE, "
    "with its part after a hyphen where holidays differ, such as DE-BY."
)


def public_holidays(region: str) -> HolidayOn:
    """The public holidays of `region`, as a look-up by date.

    `region` is a part of the United Kingdom (`GB-ENG`, `GB-WLS`, `GB-SCT`, `GB-NIR`), or an ISO 3166 country
    or subdivision that the `holidays` library knows. `Refused` for any other, and for `GB` alone: the
    holidays that all four parts share leave Easter Monday out, so a plan would fall on it unnoticed. The
    look-up refuses a year outside those that the library knows, because "none" would be a guess there.
    """
    # A tenth of a second to load, wanted by the commands that plan and by no other.
    import holidays

    found = _REGION.fullmatch(region)
    if found is None:
        raise Refused(f"“{region}” is not the code of a region.", _REMEDY)
    country, subdivision = found["country"], found["subdivision"]
    if country == "GB" and subdivision is None:
        raise Refused("Public holidays differ between the parts of the United Kingdom.", _REMEDY)
    try:
        known = holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        raise Refused(f"The public holidays of “{region}” are not known.", _REMEDY) from None
    # Without a language the library follows the machine's, and a plan would differ from laptop to laptop.
    calendar = holidays.country_holidays(
        country, subdiv=subdivision, language=_english(known.supported_languages)
    )

    def holiday_on(day: date) -> str | None:
        if not calendar.start_year <= day.year <= calendar.end_year:
            raise Refused(
                f"The public holidays of {region} are not known for the year {day.year}.",
                f"Choose a date from {calendar.start_year} to {calendar.end_year}.",
            )
        return calendar.get(day)

    return holiday_on


def _english(languages: tuple[str, ...]) -> str | None:
    spoken = sorted(language for language in languages if language.startswith("en"))
    return spoken[0] if spoken else None
