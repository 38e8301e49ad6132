"""The usual words for a coded cell: `F` is female, `Physio` is a physiotherapist, `L` is the left side.

Not for: headings, nor free text. A word that is not known is refused, never guessed, and never repeated.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Generic, TypeVar

from sessions.eligibility import YesNo
from sessions.errors import Refused
from sessions.records import (
    AbsenceReason,
    AttendanceStatus,
    Basis,
    Decision,
    MissingReason,
    Mode,
    ReferralSource,
    Sex,
    Side,
)
from sessions.rules import PainSite, Timepoint

Word = TypeVar("Word", bound=str)

_TICKS = str.maketrans(dict.fromkeys("✓✔☑", " tick "))
_PLURAL_MARK = re.compile(r"\(s\)|['\u2019]s\b")
_LETTERS_WITH_DOTS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_PLURAL = 4


def fold(text: str) -> str:
    """The words of `text` in lower case and the singular, one space between: `Forename(s)` is `forename`."""
    text = unicodedata.normalize("NFKC", text.translate(_TICKS)).casefold()
    text = _PLURAL_MARK.sub("", text)
    text = _LETTERS_WITH_DOTS.sub(lambda found: found[0].replace(".", ""), text)
    return " ".join(_singular(word) for word in _WORD.findall(text))


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-1]


class Words(Generic[Word]):
    """The codes that a column allows, and the usual words for each.

    `usual` has for each code its other phrases, a comma between; `passed_over` are words that add nothing
    to the meaning in this column. Raises `ValueError` for a phrase given to two codes.
    """

    def __init__(self, usual: dict[Word, str], passed_over: str = "") -> None:
        self.allowed = tuple(usual)
        self._codes: dict[str, Word] = {}
        for code, phrases in usual.items():
            for phrase in filter(None, f"{code}, {phrases}".split(", ")):
                if self._codes.setdefault(fold(phrase), code) != code:
                    raise ValueError(f"{phrase} has two meanings")
        self._passed_over = frozenset(passed_over.split())

    def understand(self, cell: str) -> Word | None:
        """The code that `cell` means; `None` where it is not one of the usual words."""
        if cell in self._codes:
            return self._codes[cell]
        phrase = fold(cell)
        if phrase in self._codes:
            return self._codes[phrase]
        bare = dict.fromkeys(word for word in phrase.split() if word not in self._passed_over)
        return self._codes.get(" ".join(bare))

    def read(self, cell: str) -> Word:
        """The code that `cell` means; raises `Refused`, naming what is allowed, where it is not known."""
        code = self.understand(cell)
        if code is None:
            raise Refused("this word is not one that belongs here.", f"Use one of {', '.join(self.allowed)}.")
        return code


_JOINTS = "knee hip back low lower lumbar spine joint"
_COMPLAINTS = "pain painful chronic oa osteoarthritis arthritis problem affected and the"
_SIDES = "left right l r lt rt both bilateral bilat side sided"

SEX: Words[Sex] = Words(
    {
        "female": "f, w, fem, woman, women, lady",
        "male": "m, man, men, gentleman",
        "other": "o, non-binary, nonbinary, nb, intersex, indeterminate, another",
        "not_stated": "ns, not known, unknown, not specified, not given, not disclosed, "
        "prefer not to say, declined",
    },
    passed_over="sex gender",
)
PAIN_SITE: Words[PainSite] = Words(
    {
        "knee": "",
        "hip": "",
        "knee_and_hip": "hip and knee, knee hip, hip knee",
        "back": "low back, lower back, lumbar, lumbar spine, lbp",
    },
    passed_over=f"{_COMPLAINTS} {_SIDES} joint",
)
SIDE: Words[Side] = Words(
    {
        "left": "l, lt, lhs",
        "right": "r, rt, rhs",
        "both": "b, bilateral, bilat, b/l, l r, r l, left right, right left",
        "none": "n/a, na, nil, not applicable, neither, central, midline",
    },
    passed_over=f"{_COMPLAINTS} {_JOINTS} side sided hand only",
)
REFERRAL_SOURCE: Words[ReferralSource] = Words(
    {
        "self": "patient, own, themselves",
        "gp": "general practitioner, general practice, family doctor, primary care, doctor, dr",
        "physiotherapist": "physio, physiotherapy, msk physio, msk physiotherapy, msk physiotherapist",
        "msk_triage": "msk, triage, musculoskeletal, musculoskeletal triage, mskt",
        "orthopaedics": "orthopaedic, orthopedic, ortho, orthopaedic surgeon, orthopaedic surgery, t&o, "
        "trauma and orthopaedics",
        "other": "",
    },
    passed_over="referral referred refer by from the a via service clinic team department dept "
    "practice surgery local community nhs consultant",
)
YES_NO: Words[YesNo] = Words(
    {"yes": "y, true, t, 1, tick", "no": "n, false, f, 0, none, nil"},
    passed_over="please thank you",
)
"""A lone `x` is refused: in a box it is a tick to one person and a no to the next."""

STATUS: Words[AttendanceStatus] = Words(
    {
        "present": "p, attended, here, came, on time, tick, yes, y, true, 1",
        "late": "l, arrived late, came late",
        "left_early": "le, left, went early, left before the end",
        "excused": "apologies, sent apologies, apologised, authorised, could not attend, "
        "unable to attend, cna, uta",
        "absent": "a, dna, did not attend, no show, not present, missed, no, n, false, 0",
    }
)
REASON: Words[AbsenceReason] = Words(
    {
        "ill": "illness, sick, sickness, unwell, poorly",
        "flare_up": "flare, flareup, pain flare, flare of pain, flare-up of pain",
        "work": "working, at work, job",
        "caring": "carer, caring for someone, caring duties, caring responsibilities, childcare, child care",
        "transport": "no transport, car, bus",
        "holiday": "on holiday, vacation, annual leave",
        "other": "",
        "unknown": "not known, no reason, no reason given, not given, not stated",
    }
)
DECISION: Words[Decision] = Words(
    {
        "up": "move up, level up, progress, progressed, harder, increase",
        "hold": "stay, same, keep, held, maintain, no change",
        "ease": "eased, easier, down, move down, reduce, regress",
        "substitute": "substituted, swap, swapped, stand-in, replaced",
    }
)
BASIS: Words[Basis] = Words(
    {
        "observed": "seen, counted",
        "as_planned": "planned, per plan, to plan, according to plan",
        "not_recorded": "unrecorded, not written down",
    }
)
TIMEPOINT: Words[Timepoint] = Words(
    {
        "baseline": "start, pre, before, initial",
        "end": "post, finish, final, at the end",
        "follow_up_6": "6 month, 6m, 6 month follow-up, follow-up 6 month, follow-up at 6 month, six month, "
        "six month follow-up, fu6, followup 6",
        "follow_up_12": "12 month, 12m, 12 month follow-up, follow-up 12 month, follow-up at 12 month, "
        "twelve month, twelve month follow-up, fu12, followup 12",
    }
)
MISSING_REASON: Words[MissingReason] = Words(
    {
        "declined": "refused, did not want to",
        "unable": "could not, not able",
        "not_offered": "not given, not asked",
        "lost_contact": "lost to follow-up, no contact, could not be reached",
        "withdrew": "withdrawn, left the programme, dropped out",
        "other": "",
    }
)
MODE: Words[Mode] = Words(
    {
        "self": "self completed, self-completion, on their own",
        "read_aloud": "read out, read to them, reading aloud",
        "interpreter": "with interpreter, by interpreter, through an interpreter",
        "phone": "telephone, by phone, by telephone, over the phone",
        "post": "by post, postal, mail, by mail",
    }
)
