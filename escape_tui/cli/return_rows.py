"""What is found in a return, as rows for scripts and lines for people, with the command that mends it.

Not for: finding it, or the screens, which go to the same places with a key.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from escape_tui.cli.naming import Named
from exports.completeness import Completeness
from exports.completeness.found import (
    AtConsent,
    AtEligibility,
    AtFeedback,
    AtIncident,
    AtLog,
    AtMeasure,
    AtPerson,
    AtRegister,
    AtSession,
    AtSettings,
    AtSignpost,
    Found,
    Kind,
    MendAt,
)

_PLACES: dict[type[MendAt], str] = {
    AtSession: "session",
    AtRegister: "register",
    AtLog: "log",
    AtMeasure: "measure",
    AtPerson: "person",
    AtConsent: "consent",
    AtEligibility: "eligibility",
    AtSignpost: "signpost",
    AtIncident: "incident",
    AtFeedback: "feedback",
    AtSettings: "settings",
}
_HEADINGS = {"contradiction": "Contradictions", "gap": "Gaps", "note": "Worth a look"}


def found_row(found: Found, code: str, names: Named) -> dict[str, object]:
    """A finding in JSON; `mend` is where and with which command it is mended."""
    return {
        "kind": found.kind.value,
        "message": found.sentence,
        **names.row(found.person),
        "number": found.number,
        "session": found.session,
        "instrument": found.instrument,
        "timepoint": found.timepoint,
        "mend": {"at": _PLACES[type(found.mend)], "command": mending_command(found, code, names)},
    }


def found_lines(result: Completeness, code: str, names: Named) -> Iterator[str]:
    """The findings for people: under a heading each, the command set in below its sentence."""
    for weight, heading in _HEADINGS.items():
        some = [one for one in result.found if one.weight == weight]
        if some:
            yield f"{heading} ({len(some)})"
        for one in some:
            yield f"  {one.sentence}{_reference(one, names)}"
            yield f"      {mending_command(one, code, names)}"


def mending_command(found: Found, code: str, names: Named) -> str:
    """The command that mends a finding, as somebody would type it; capitals stand for what they say."""
    match found.mend:
        case AtSession(session):
            words = f"escape session show {code} {session}"
        case AtRegister(session, person):
            who = "PERSON" if person is None else _word(names.shown(person))
            words = f"escape attendance mark {code} {session} {who} STATUS"
        case AtLog():
            words = f"escape exercise import {code} FILE"
        case AtMeasure():
            words = _of_measure(found.mend, found.kind, code, names)
        case AtPerson(person, field):
            option = "" if field is None else f" --{field.replace('_', '-')} …"
            words = f"escape person edit {code} {_word(names.shown(person))}{option}"
        case AtConsent(person, consent):
            words = f"escape person consent {code} {_word(names.shown(person))} {consent} yes|no"
        case AtEligibility(person):
            verb, more = ("accept", "--reason WHY")
            if found.kind is Kind.ELIGIBILITY_NOT_JUDGED:
                verb, more = ("edit", "--answer QUESTION=yes|no")
            words = f"escape person {verb} {code} {_word(names.shown(person))} {more}"
        case AtSignpost(person):
            words = f"escape signpost {code} {_word(names.shown(person))} DESTINATION"
        case AtIncident(session, _):
            words = f"escape session show {code} {session}"
        case AtFeedback():
            words = f"escape feedback add {code} --answer ANSWER --count N"
        case AtSettings(key):
            words = f"{key} in escape.toml"
    return words


def _of_measure(at: AtMeasure, kind: Kind, code: str, names: Named) -> str:
    verb, more = ("record", "") if kind is Kind.MEASURE_MISSING else ("correct", " --reason WHY")
    place = f"{_word(names.shown(at.person))} {at.instrument} {at.timepoint}"
    return f'escape measure {verb} {code} {place} --answers "…"{more}'


def _reference(found: Found, names: Named) -> str:
    return "" if found.person is None else f" [{names.shown(found.person)}]"


def _word(text: str) -> str:
    """A reference as one word of a command line."""
    return shlex.quote(text)
