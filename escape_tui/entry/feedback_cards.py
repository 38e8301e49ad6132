"""Feedback cards counted into one batch, so that nothing leads back from a count to a person.

A batch is in memory alone until it is added whole: keeping each card durably would keep their order. One
card by itself is never a batch, for whoever compares two backups would see it; fewer than `FEWEST` are taken
only as the last cards that there will be.

Not for: the act that adds a batch (`store.acts.feedback`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, get_args

from escape_tui.store.acts.feedback import add_feedback
from escape_tui.store.cohort import Cohort
from sessions.errors import Refused
from sessions.records import FeedbackAnswer

ANSWERS: Final[tuple[FeedbackAnswer, ...]] = get_args(FeedbackAnswer)
"""In the order of the card."""
FEWEST: Final = 5
"""Below this many cards somebody might guess whose is whose. The figure is this product's own."""
MOST: Final = 99


@dataclass(frozen=True, slots=True)
class Batch:
    """How many cards of the batch give each answer, in the order of `ANSWERS`."""

    counts: tuple[int, ...] = field(default=(0,) * len(ANSWERS))

    @property
    def total(self) -> int:
        """How many cards there are."""
        return sum(self.counts)

    def with_count(self, answer: int, count: int) -> Batch:
        """The batch with so many cards for the answer of that place, from 0. `Refused` above `MOST`."""
        if not 0 <= count <= MOST:
            raise Refused(f"{count} cards are too many.", f"Count 0 to {MOST} for each answer.")
        return Batch((*self.counts[:answer], count, *self.counts[answer + 1 :]))


def add_batch(cohort: Cohort, batch: Batch, *, last_cards: bool = False) -> None:
    """Add a batch to the counts in one act. `Refused` for a single card, and for few, not the last ones."""
    if batch.total < 2:  # noqa: PLR2004 - one card is no batch
        raise Refused(
            "A batch has more than one card: a single one could be told apart.",
            "Keep it in the envelope until there are more.",
        )
    if batch.total < FEWEST and not last_cards:
        raise Refused(
            f"Fewer than {FEWEST} cards could be guessed at.",
            "Keep them in the envelope until all are in.",
        )
    counts = zip(ANSWERS, batch.counts, strict=True)
    add_feedback(cohort, {answer: count for answer, count in counts if count})
