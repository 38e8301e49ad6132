"""The words of a report for the codes of the tables.

Not for: the meaning of the columns (`exports.schema`), nor wording of instruments, of which there is none.
"""

from __future__ import annotations

from datetime import date, datetime

from exports.columns import POOLED
from sessions.dates import day_in_words

PROGRAMMES = {"knees-hips": "knees and hips", "backs": "backs"}
DELIVERIES = {"in_person": "in person", "virtual": "over a screen", "hybrid": "in person and over a screen"}
INSTRUMENTS = {
    POOLED: "KOOS and HOOS",
    "activity-days": "Active days",
    "activity-minutes": "Active minutes",
    "ases-8": "ASES-8",
    "chair-stand-30s": "Chair stand",
    "eq-vas": "EQ VAS",
    "hads": "HADS",
    "hoos": "HOOS",
    "hoos-12": "HOOS-12",
    "hoos-ps": "HOOS-PS",
    "koos": "KOOS",
    "koos-12": "KOOS-12",
    "koos-ps": "KOOS-PS",
    "msk-hq": "MSK-HQ",
    "pain-nrs": "Pain rating",
    "phq-4": "PHQ-4",
    "pseq": "PSEQ",
    "psfs": "PSFS",
    "start-back": "STarT Back",
    "swemwbs": "SWEMWBS",
    "tug": "Timed Up and Go",
}
SCALES = {
    "adl": "daily activities",
    "function": "function",
    "qol": "quality of life",
    "sport": "sport and recreation",
}
_WHOLE = {
    ("activity-days", "days"): "Active days a week",
    ("activity-minutes", "minutes"): "Active minutes a week",
    ("ases-8", "mean"): "Self-efficacy (ASES-8)",
    ("chair-stand-30s", "stands"): "Chair stands in 30 seconds",
    ("eq-vas", "vas"): "Health today (EQ VAS)",
    ("msk-hq", "total"): "MSK-HQ, total",
    ("pain-nrs", "pain"): "Pain, rated 0 to 10",
    ("pseq", "total"): "Confidence in spite of pain (PSEQ)",
    ("psfs", "mean"): "Activities of one's own choice (PSFS)",
    ("swemwbs", "metric"): "Mental wellbeing (SWEMWBS)",
    ("tug", "seconds"): "Timed Up and Go, seconds",
}
SEXES = {"female": "women", "male": "men", "other": "other", "not_stated": "not stated"}
PAIN_SITES = {
    "knee": "knee",
    "hip": "hip",
    "knee_and_hip": "knee and hip",
    "back": "back",
    None: "not recorded",
}
SOURCES = {
    "self": "themselves",
    "gp": "GP",
    "physiotherapist": "physiotherapist",
    "msk_triage": "MSK triage",
    "orthopaedics": "orthopaedics",
    "other": "other",
    None: "not recorded",
}
STATUSES = {
    "planned": "not held",
    "cancelled": "cancelled",
    "merged": "merged",
    "cut_short": "cut short",
    "delivered": "held",
}
MISSING = {
    "declined": "declined",
    "unable": "unable",
    "not_offered": "not offered",
    "lost_contact": "lost contact",
    "withdrew": "had left",
    "other": "other reason",
}
TIMEPOINTS = {
    "baseline": "before",
    "end": "at the end",
    "follow_up_6": "6 months",
    "follow_up_12": "12 months",
}


def scale_words(instrument: str, scale: str) -> str:
    """A scale as a report names it: "Quality of life (KOOS and HOOS)"."""
    whole = _WHOLE.get((instrument, scale))
    return whole or f"{scale_alone(scale).capitalize()} ({INSTRUMENTS.get(instrument, instrument)})"


def scale_alone(scale: str) -> str:
    """A scale without its instrument: "quality of life"."""
    return SCALES.get(scale, plain(scale))


def inside(words: str) -> str:
    """The words of a scale in the middle of a sentence; an abbreviation stays as it is."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def plain(code: str) -> str:
    """A code without words of its own, readable."""
    return code.replace("_", " ").replace("-", " ")


def day(value: date) -> str:
    """A date without its weekday: "5 October 2026"."""
    return day_in_words(value).split(" ", 1)[1]


def instant(value: datetime) -> str:
    """An instant in UTC, to the minute."""
    return f"{day(value.date())} at {value:%H:%M} UTC"


def counted(number: int | str, one: str, several: str = "") -> str:
    """A number with its noun: "1 person", "12 people"; the plural has an "s" where none is given."""
    return f"{number} {one if str(number) == '1' else several or one + 's'}"
