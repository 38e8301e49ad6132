"""The command that mends what is found in a return.

Not for: finding it (`exports.completeness`), nor the screens that lead to the same places by a key.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable

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
)

Shown = Callable[[str], str]
_AtSomebody = AtMeasure | AtPerson | AtConsent | AtEligibility | AtSignpost


def mending_command(found: Found, code: str, shown: Shown) -> str:
    """The command that mends a finding, as somebody would type it; capitals stand for what they say.

    `shown` gives how a command names a person.
    """
    match found.mend:
        case AtSession(session) | AtIncident(session, _):
            return f"escape session show {code} {session}"
        case AtRegister(session, person):
            who = "PERSON" if person is None else shlex.quote(shown(person))
            return f"escape attendance mark {code} {session} {who} STATUS"
        case AtLog():
            return f"escape exercise import {code} FILE"
        case AtFeedback():
            return f"escape feedback add {code} --answer ANSWER --count N"
        case AtSettings(key):
            return f"{key} in escape.toml"
        case _:
            return _of_person(found.mend, found.kind, code, shown)


def _of_person(at: _AtSomebody, kind: Kind, code: str, shown: Shown) -> str:
    who = shlex.quote(shown(at.person))
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
