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
_AtSomebody = AtMeasure | AtPerson | AtConsent | AtEligibility | AtSignpost
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
        case AtSession(session) | AtIncident(session, _):
            return f"escape session show {code} {session}"
        case AtRegister(session, person):
            who = "PERSON" if person is None else _word(person, names)
            return f"escape attendance mark {code} {session} {who} STATUS"
        case AtLog():
            return f"escape exercise import {code} FILE"
        case AtFeedback():
            return f"escape feedback add {code} --answer ANSWER --count N"
        case AtSettings(key):
            return f"{key} in escape.toml"
        case _:
            return _of_person(found.mend, found.kind, code, names)


def _of_person(at: _AtSomebody, kind: Kind, code: str, names: Named) -> str:
    who = _word(at.person, names)
    match at:
        case AtMeasure(_, instrument, timepoint):
            verb, more = ("record", "") if kind is Kind.MEASURE_MISSING else ("correct", " --reason WHY")
            return f'escape measure {verb} {code} {who} {instrument} {timepoint} --answers "…"{more}'
        case AtPerson(_, field):
            option = "" if field is None else f" --{field.replace('_', '-')} …"
            return f"escape person edit {code} {who}{option}"
        case AtConsent(_, consent):
            return f"escape person consent {code} {who} {consent} yes|no"
        case AtEligibility():
            if kind is Kind.ELIGIBILITY_NOT_JUDGED:
                return f"escape person edit {code} {who} --answer QUESTION=yes|no"
            return f"escape person accept {code} {who} --reason WHY"
        case AtSignpost():
            return f"escape signpost {code} {who} DESTINATION"


def _reference(found: Found, names: Named) -> str:
    return "" if found.person is None else f" [{names.shown(found.person)}]"


def _word(person: str, names: Named) -> str:
    """How a command names a person, as one word of a command line."""
    return shlex.quote(names.shown(person))
