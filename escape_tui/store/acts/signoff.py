"""The marks that signing leaves in a cohort: a revision was signed, reopened, answered by the centre.

Not for: signing itself (`exports`), or the ledger outside the file.
"""

from __future__ import annotations

from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import LONGEST_REASON, code, typed, typed_or_none
from escape_tui.store.audit import head
from escape_tui.store.cohort import Cohort, instant
from escape_tui.store.connect import whole
from sessions.errors import Refused
from sessions.records import Receipt, Signoff


def record_signoff(cohort: Cohort, signed: Signoff) -> Changed:
    """Record that a return was signed: from now on the cohort is locked and nothing before can be undone.

    `Refused` where the trail in it is not the cohort's now, for then something was entered since the return
    was made, and for a revision that was signed. Revisions may leave a gap: after a restore they go on where
    the ledger stands.
    """
    with cohort.act("record_signoff", undoable=False) as act:
        now = head(cohort.connection)
        if (now.length, now.hash) != (signed.audit_length, signed.audit_head):
            raise Refused("Something was entered after this return was made.", "Make the return again.")
        (row,) = act.rows("SELECT coalesce(max(revision), 0) + 1 AS next FROM signoff")
        if signed.revision < whole(row["next"]):
            raise Refused(
                f"Revision {signed.revision} was signed already.", f"The next is {whole(row['next'])}."
            )
        act.put(
            "signoff",
            revision=signed.revision,
            signed_at=instant(signed.signed_at),
            signer=code(signed.signer, "signer"),
            tagmanifest_sha256=signed.tagmanifest_sha256,
            gaps_reason=typed_or_none(signed.gaps_reason, "reason", LONGEST_REASON),
            audit_length=signed.audit_length,
            audit_head=signed.audit_head,
        )
        act.put("cohort", id=1, state="signed")
        cohort.connection.run("DELETE FROM undo")
    return act.changed


def amend(cohort: Cohort, reason: str) -> Changed:
    """Reopen a signed cohort for a typed reason, which the next revision names."""
    with cohort.act("amend", when_signed=True, undoable=False) as act:
        (row,) = act.rows("SELECT state, (SELECT max(revision) FROM signoff) AS last FROM cohort")
        if row["state"] != "signed":
            raise Refused("This cohort is not signed.", "It can be changed as it is.")
        act.put("amendment", after_revision=row["last"], reason=typed(reason, "reason", LONGEST_REASON))
        act.put("cohort", id=1, state="open")
    return act.changed


def record_receipt(cohort: Cohort, receipt: Receipt) -> Changed:
    """Record what the centre answered to a revision. `Refused` where it answers to another hash than ours."""
    with cohort.act("record_receipt", when_signed=True, undoable=False) as act:
        signed = act.row("signoff", receipt.revision)
        if signed is None or signed["tagmanifest_sha256"] != receipt.tagmanifest_sha256:
            raise Refused("This receipt is for another return.", "Ask the centre what it received.")
        act.put(
            "receipt",
            revision=receipt.revision,
            tagmanifest_sha256=receipt.tagmanifest_sha256,
            verdict=receipt.verdict,
            reason=typed_or_none(receipt.reason, "reason"),
            received_at=instant(receipt.received_at),
        )
    return act.changed
