"""What is found in a return, as rows for scripts and lines for people, with the command that mends it.

Not for: finding it, or the screens, which go to the same places with a key.
"""

from __future__ import annotations

from collections.abc import Iterator

from escape_tui.cli.naming import Named
from escape_tui.mending import mending_command
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
        "mend": {"at": _PLACES[type(found.mend)], "command": mending_command(found, code, names.shown)},
    }


def found_lines(result: Completeness, code: str, names: Named) -> Iterator[str]:
    """The findings for people: under a heading each, the command set in below its sentence."""
    for weight, heading in _HEADINGS.items():
        some = [one for one in result.found if one.weight == weight]
        if some:
            yield f"{heading} ({len(some)})"
        for one in some:
            yield f"  {one.sentence}{_reference(one, names)}"
            yield f"      {mending_command(one, code, names.shown)}"


def _reference(found: Found, names: Named) -> str:
    return "" if found.person is None else f" [{names.shown(found.person)}]"
