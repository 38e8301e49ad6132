"""Signing a cohort's return: it is put together, sealed, signed and brought out, and the cohort locked.

Not for: asking whoever signs (`cli.return_sign`, the screen), nor for the order of steps in which it leaves
(`store.outgoing`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Protocol

from escape_tui import __version__
from escape_tui.facilitators import Facilitator, read_facilitators
from escape_tui.returning import held_of
from escape_tui.said_of_nobody import refuse_what_names_somebody
from escape_tui.settings import Settings, load_settings
from escape_tui.signers import namespace_of, open_key, principal_of, signer_of
from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import LONGEST_REASON, typed
from escape_tui.store.acts.signoff import amend, record_signoff
from escape_tui.store.audit import head
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import Home
from escape_tui.store.ledger import SealedFile, SignedRevision, TableRows, last_revision, next_revision
from escape_tui.store.outgoing import Outgoing, refuse_another_file, send_out, take_up
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.read import amendments, cohort_head, contacts, identities, signoffs
from exports.bag import SIGNATURE, SIGNOFF, TAGMANIFEST, BagInfo, BagName, bag_files, encrypted, zipped
from exports.completeness import completeness
from exports.completeness.found import Found
from exports.held import Held, Signing, shared
from exports.rows import Tables
from exports.signature import OpenKey, sign
from exports.signoff import MEANING, PRACTICE_MEANING, Gap, SignedReturn, signoff_json
from exports.taking_in import OpenedBag
from exports.verify import judge
from sessions.errors import MachineFailed, Refused
from sessions.records import Signoff


class ReportPdf(Protocol):
    """Whoever makes the report that lies in the return."""

    def __call__(self, held: Held, tables: Tables, signed: SignedReturn) -> bytes:
        """The report as a PDF: the same bytes for the same records, sign-off and build."""


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """Who signs, where the return goes, and why gaps are accepted, None where nobody said so.

    `passphrase` is the signer's own; it is asked for only once there is nothing else to refuse.
    """

    signer: str
    out: Path
    passphrase: Callable[[], Passphrase]
    accept_gaps: str | None = None


@dataclass(frozen=True, slots=True)
class SignedOut:
    """A return that was signed: its file where it was asked for, the same in the outbox, what was said."""

    file: Path
    outbox: Path
    signed: SignedReturn
    tagmanifest_sha256: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A return that is sealed and signed, and has not left yet: its file's name and bytes, what is in it."""

    signed: SignedReturn
    file_name: str
    content: bytes
    tagmanifest_sha256: str
    rows: tuple[TableRows, ...]
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """What somebody is about to sign, for one page on a screen: `gaps` are those that they would accept."""

    held: Held
    signed: SignedReturn
    gaps: tuple[Found, ...]


def to_be_signed(cohort: Cohort, home: Home, signer: str, accept_gaps: str | None) -> Ready:
    """What `signer` would sign now, before it is said why gaps are accepted and where it goes.

    `Refused` where it could not be all the same: locked, contradictions, no signer.
    """
    return _ready(cohort, home, signer, accept_gaps, may_wait=True)


def ready_to_sign(cohort: Cohort, home: Home, order: SigningOrder) -> Ready:
    """What `order` would sign now.

    `Refused` where it cannot be: locked, contradictions, gaps not accepted, no signer, no folder.
    """
    ready = _ready(cohort, home, order.signer, order.accept_gaps, may_wait=False)
    refuse_another_file(order.out, _file_name(ready.signed, load_settings(home.folder)))
    return ready


def sign_return(cohort: Cohort, home: Home, order: SigningOrder, report: ReportPdf) -> SignedOut:
    """Sign the cohort's return: seal it, lock the cohort, bring it into `order.out` and into the outbox.

    Where this raises, nothing left and the cohort is not locked, but where `MachineFailed` says that it is
    signed. `Refused` as `ready_to_sign`, and by a wrong passphrase.
    """
    ready = ready_to_sign(cohort, home, order)
    return bring_out(cohort, home, seal(ready, home, order, report), order.out)


def seal(ready: Ready, home: Home, order: SigningOrder, report: ReportPdf) -> Sealed:
    """Open the signer's key, make the return and seal it. Nothing is written yet, and no cohort needed.

    `Refused` by a wrong passphrase; `MachineFailed` as `sealed_files`.
    """
    signed, settings = ready.signed, load_settings(home.folder)
    key = open_key(signer_of(home.folder, order.signer, signed.signed_at), order.passphrase())
    files = sealed_files(ready, key, report)
    content = zipped(_name_of(signed).folder, files)
    if settings.returns.encrypt_for:
        content = encrypted(content, settings.returns.encrypt_for)
    return Sealed(
        signed,
        _file_name(signed, settings),
        content,
        _sha256(files[TAGMANIFEST]),
        rows=_rows_in(files),
        encrypted=bool(settings.returns.encrypt_for),
    )


def bring_out(cohort: Cohort, home: Home, sealed: Sealed, out: Path) -> SignedOut:
    """Lock the cohort and bring what was sealed into the folder `out` and into the outbox.

    `Refused` where something was entered since it was made. Raises as `send_out`.
    """
    signed, hashed = sealed.signed, sealed.tagmanifest_sha256
    left = send_out(
        home,
        Outgoing(sealed.file_name, sealed.content, _revision(cohort, sealed)),
        out,
        lambda: record_signoff(cohort, _signoff(signed, hashed)),
        lambda: _signed_hashes(cohort),
    )
    return SignedOut(left.placed or left.outbox, left.outbox, signed, hashed, sealed.encrypted)


def sealed_files(ready: Ready, key: OpenKey, report: ReportPdf) -> dict[str, bytes]:
    """Every file of the signed bag, judged once more before anybody else does.

    `MachineFailed` where the bag would not verify: then the fault is ours and nothing may leave.
    """
    signed = ready.signed
    files = bag_files(
        _payload(ready, report),
        BagInfo(signed.return_id, signed.revision, signed.signed_at.date(), f"escape-tui {__version__}"),
    )
    files[SIGNATURE] = sign(files[TAGMANIFEST], namespace_of(practice=signed.practice), key)
    judged = judge(OpenedBag(_name_of(signed).folder, files))
    if not judged.intact:
        first = judged.reasons[0]
        raise MachineFailed(
            f"The return that was made does not verify ({first.path}: {first.message})",
            "Nothing was signed. Report this with the version of the program.",
        )
    return files


def amend_return(cohort: Cohort, home: Home, reason: str) -> Changed:
    """Reopen a signed cohort for a reason, which the next revision names. `Refused` as `amend`.

    `Refused` too where the reason holds anything of a participant.
    """
    take_up(home, cohort.code, _signed_hashes(cohort))
    refuse_as_reason(cohort, reason)
    return amend(cohort, reason)


def refuse_as_reason(cohort: Cohort, reason: str) -> None:
    """`Refused` where a sentence that leaves with the return is blank, too long or names a participant."""
    typed(reason, "reason", LONGEST_REASON)
    refuse_what_names_somebody(reason, identities(cohort), contacts(cohort))


def _ready(cohort: Cohort, home: Home, signer: str, accept_gaps: str | None, *, may_wait: bool) -> Ready:
    take_up(home, cohort.code, _signed_hashes(cohort))
    _refuse_locked(cohort, practice=home.practice)
    settings = load_settings(home.folder)
    if not settings.site.code:
        raise Refused("The settings name no site code.", "Write it into escape.toml, under [site].")
    held = held_of(cohort, settings)
    gaps = _gaps(held, accepted=may_wait or accept_gaps is not None)
    if accept_gaps is not None:
        refuse_as_reason(cohort, accept_gaps)
    signed = _claims(cohort, home, settings, signer, (_told(held, gaps), accept_gaps))
    return Ready(held, signed, gaps)


def _refuse_locked(cohort: Cohort, *, practice: bool) -> None:
    now = cohort_head(cohort)
    if now.practice != practice:
        raise Refused(
            "Practice and real cohorts never mix: this one is of the other kind than the home.",
            "Sign it in the home that it was made in.",
        )
    if now.handed_over:
        raise Refused(
            "This cohort was handed over and is read-only here.", "Sign it on the laptop that has it."
        )
    if now.state == "signed":
        raise Refused(
            "This cohort is signed already.", f"Reopen it with `escape return amend {now.code} --reason WHY`."
        )


def _gaps(held: Held, *, accepted: bool) -> tuple[Found, ...]:
    found = completeness(held)
    where = f"`escape return check {held.head.code}` names them all."
    if found.contradictions:
        raise Refused(
            f"{_counted(len(found.contradictions), 'contradiction')} in this return.",
            f"{where} Mend them; they cannot be accepted.",
        )
    if found.gaps and not accepted:
        raise Refused(
            f"{_counted(len(found.gaps), 'gap')} in this return.",
            f"{where} Mend them, or accept them with --accept-gaps and a reason.",
        )
    return found.gaps


def _counted(number: int, what: str) -> str:
    return f"There is 1 {what}" if number == 1 else f"There are {number} {what}s"


def _told(held: Held, gaps: tuple[Found, ...]) -> tuple[Gap, ...]:
    """The gaps as the sign-off names them: nothing of anybody who is not in the return."""
    told = {person.id for person in shared(held)}
    return tuple(
        Gap(
            code=one.kind.value,
            person_id=one.person,
            session=one.session,
            instrument=one.instrument,
            timepoint=one.timepoint,
        )
        if one.person is None or one.person in told
        else Gap(code=one.kind.value)
        for one in gaps
    )


def _claims(
    cohort: Cohort,
    home: Home,
    settings: Settings,
    signer: str,
    accepted: tuple[tuple[Gap, ...], str | None],
) -> SignedReturn:
    gaps, why = accepted
    now = cohort_head(cohort)
    signed_at = cohort.now().astimezone(UTC).replace(microsecond=0)
    fingerprint = signer_of(home.folder, signer, signed_at).key.fingerprint
    facilitator = _facilitator(home, signer)
    before, previous = _before(cohort, home)
    trail = head(cohort.connection)
    return SignedReturn(
        return_id=now.return_id,
        revision=next_revision(home, now.return_id, before),
        previous_sha256=previous,
        amendment_reason=_amended_for(cohort) if previous else None,
        practice=now.practice,
        site_code=settings.site.code,
        cohort_code=now.code,
        signer=signer,
        principal=principal_of(signer, settings.site.code),
        key_fingerprint=fingerprint,
        name=facilitator.name,
        role=facilitator.role,
        meaning=PRACTICE_MEANING if now.practice else MEANING,
        signed_at=signed_at,
        gaps=gaps,
        gaps_reason=why if gaps else None,
        audit_length=trail.length,
        audit_head=trail.hash,
        app_version=__version__,
    )


def _before(cohort: Cohort, home: Home) -> tuple[int, str | None]:
    """The last revision signed, here or on another laptop, and its tagmanifest's hash; 0 for none."""
    known = [(one.revision, one.tagmanifest_sha256) for one in signoffs(cohort)]
    remembered = last_revision(home, cohort_head(cohort).return_id)
    if remembered is not None:
        known.append((remembered.revision, remembered.tagmanifest_sha256))
    return max(known, default=(0, None), key=lambda one: one[0])


def _amended_for(cohort: Cohort) -> str | None:
    reasons = amendments(cohort)
    return reasons[-1].reason if reasons else None


def _facilitator(home: Home, signer: str) -> Facilitator:
    found = next((one for one in read_facilitators(home.folder) if one.id == signer), None)
    if found is None:
        raise Refused(
            "Whoever signs is no facilitator here.",
            "Add them with `escape facilitator add`, with name and role.",
        )
    return found


def _payload(ready: Ready, report: ReportPdf) -> Mapping[str, bytes]:
    """Every file under `data/`, by its path in the bag."""
    from exports.codebook import codebook, datapackage
    from exports.tables import tables_of
    from exports.writing import files_of

    signed = ready.signed
    tables = tables_of(
        ready.held, Signing(signed.revision, signed.previous_sha256, signed.signed_at, signed.app_version)
    )
    csvs = files_of(tables)
    payload = {f"data/{name}": content for name, content in csvs.items()}
    payload["data/codebook.csv"] = codebook(csvs)
    payload["data/datapackage.json"] = datapackage(tables.cohort[0], csvs)
    payload[SIGNOFF] = signoff_json(signed)
    payload["data/return.pdf"] = report(ready.held, tables, signed)
    return payload


def _name_of(signed: SignedReturn) -> BagName:
    return BagName(signed.site_code, signed.cohort_code, signed.revision, signed.practice)


def _file_name(signed: SignedReturn, settings: Settings) -> str:
    return f"{_name_of(signed).folder}.zip{'.age' if settings.returns.encrypt_for else ''}"


def _revision(cohort: Cohort, sealed: Sealed) -> SignedRevision:
    signed = sealed.signed
    return SignedRevision(
        code=cohort.code,
        return_id=signed.return_id,
        revision=signed.revision,
        signer=signed.signer,
        signed_at=signed.signed_at,
        tagmanifest_sha256=sealed.tagmanifest_sha256,
        audit_length=signed.audit_length,
        audit_head=signed.audit_head,
        file=SealedFile(name=sealed.file_name, sha256=_sha256(sealed.content), rows=sealed.rows),
    )


def _rows_in(files: Mapping[str, bytes]) -> tuple[TableRows, ...]:
    from exports.receipts import rows_of_tables

    return tuple(TableRows(table=table, rows=rows) for table, rows in rows_of_tables(files).items())


def _signoff(signed: SignedReturn, hashed: str) -> Signoff:
    return Signoff(
        revision=signed.revision,
        signed_at=signed.signed_at,
        signer=signed.signer,
        tagmanifest_sha256=hashed,
        gaps_reason=signed.gaps_reason,
        audit_length=signed.audit_length,
        audit_head=signed.audit_head,
    )


def _signed_hashes(cohort: Cohort) -> frozenset[str]:
    return frozenset(one.tagmanifest_sha256 for one in signoffs(cohort))


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()
