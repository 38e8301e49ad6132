"""What the screens of returns say: findings, the page that is signed, revisions.

Not for: the keys and what they do. People's text goes through `screens.text` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from textual.content import Content

from escape_tui.guiding.names import Names
from escape_tui.returning import Revision
from escape_tui.screens.facts import Fact
from escape_tui.screens.text import lines, plain, said
from escape_tui.signing import Ready, SignedOut
from exports.completeness import Completeness
from exports.completeness.found import Found
from exports.held import shared
from sessions.dates import day_in_words
from sessions.flow import flow

_TEN = 10
_MARKS = {"contradiction": "✗", "gap": "○", "note": "·"}
_WORDS = {"contradiction": "contradiction", "gap": "gap", "note": "worth a look"}
_INKS = {"contradiction": "$text-error", "gap": "$text-warning", "note": "$text-muted"}


def heading_of(code: str, state: str, result: Completeness) -> Content:
    """How it stands with the return of a cohort that is not signed."""
    if result.ready:
        what = "Nothing is missing. Press [bold]s[/] to sign it off."
    elif result.contradictions:
        what = "Contradictions are mended first; gaps can be accepted with a reason."
    else:
        what = "Gaps are mended, or accepted with a reason: press [bold]s[/] to sign it off."
    counts = ", ".join(
        (
            _counted(len(result.contradictions), "contradiction"),
            _counted(len(result.gaps), "gap"),
            f"{len(result.notes)} worth a look",
        )
    )
    return said(
        f"[bold $primary]The return of $code[/]  $state   [bold]$counts[/]\n{what}",
        code=code,
        state=state,
        counts=counts,
    )


def locked_heading(code: str, last: Revision) -> Content:
    """That a cohort is signed and locked, by whom, and how it is reopened."""
    return said(
        "[bold $primary]The return of $code[/] is signed as [bold]revision $revision[/] by $signer, $at.\n"
        "The cohort is [bold]locked[/]: nothing in it changes any more. Press [bold]a[/] to reopen it for a "
        "reason; the next signature is then revision $next.",
        code=code,
        revision=str(last.revision),
        signer=last.signer,
        at=instant(last.signed_at),
        next=str(last.revision + 1),
    )


def finding(number: int, found: Found, names: Names | None, *, here: bool) -> Content:
    """A row of the list: whether it is under the mark, its key, its weight, its sentence, who is meant."""
    who = names.of(found.person) if names is not None and found.person is not None else ""
    return said(
        f"$here [bold]$digit[/] [{_INKS[found.weight]}]$mark[/] $sentence  [dim]$who[/]",
        here=">" if here else " ",
        digit=str(number % _TEN) if number <= _TEN else " ",
        mark=_MARKS[found.weight],
        sentence=found.sentence,
        who=who,
    )


def mending(found: Found, leads_to: str | None, command: str) -> Content:
    """Where the finding under the mark is mended."""
    if leads_to is not None:
        return said(
            "$weight · [bold]Enter[/] leads to $place.  [dim]$command[/]",
            weight=_WORDS[found.weight].capitalize(),
            place=leads_to,
            command=command,
        )
    return said(
        "$weight · mended by the command\n[bold]$command[/]",
        weight=_WORDS[found.weight].capitalize(),
        command=command,
    )


def where_it_lies(done: SignedOut) -> Content:
    """Where a return lies that was just signed, and what has to be known of the file."""
    warning = "" if done.encrypted else "It is readable health data: keep it where only those look who may."
    return said(
        "Revision [bold]$revision[/] lies in [bold]$file[/], and in the outbox. [$text-warning]$warning[/]",
        revision=str(done.signed.revision),
        file=str(done.file),
        warning=warning,
    )


def revision_lines(revisions: tuple[Revision, ...]) -> Content:
    """What was signed, the newest first, and what became of each."""
    if not revisions:
        return plain("")
    rows = [said("[dim]Signed so far[/]"), *(_revision(one) for one in reversed(revisions))]
    return lines(rows)


def page_of(ready: Ready, out: Path | None) -> Iterator[Fact]:
    """Everything that is signed, a line each."""
    signed, held = ready.signed, ready.held
    counts = flow(held.plan, shared(held), held.eligibility, held.attendance, held.asked.completion_share)
    left_out = len(held.people) - counts.referred
    if signed.practice:
        yield Fact("PRACTICE", said("[bold reverse] Nothing in this return happened. It is no return. [/]"))
    yield Fact("Return", said("$site, cohort $code, [bold]revision $revision[/]", site=held.asked.site_name,
                              code=signed.cohort_code, revision=str(signed.revision)))  # fmt: skip
    if signed.amendment_reason is not None:
        yield Fact("Amended", plain(signed.amendment_reason))
    yield Fact("Signed by", said("[bold]$name[/], $role  [dim]$principal[/]", name=signed.name,
                                 role=signed.role, principal=signed.principal))  # fmt: skip
    yield Fact("Meaning", said("[bold]$meaning[/]", meaning=signed.meaning))
    yield Fact("Now", plain(f"{instant(signed.signed_at)}"))
    yield Fact(
        "People",
        plain(
            f"{counts.referred} referred, {counts.eligible} eligible, {counts.enrolled} enrolled, "
            f"{counts.started} started, {counts.completed} completed, {counts.withdrawn} withdrawn; "
            f"{left_out} not shared"
        ),
    )
    held_sessions = sum(session.took_place for session in held.plan.sessions)
    yield Fact("Sessions", plain(f"{held_sessions} held of {len(held.plan.standing())}"))
    yield Fact("Gaps", _gaps(ready))
    if ready.gaps:
        why = signed.gaps_reason
        yield Fact("Accepted", plain(why) if why else said("[$text-warning]No reason yet: press g.[/]"))
    yield Fact("Goes to", plain(str(out)) if out else said("[$text-warning]No folder yet: press o.[/]"))


def instant(moment: datetime) -> str:
    """An instant in the words of the place: day and time."""
    local = moment.astimezone()
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def _gaps(ready: Ready) -> Content:
    if not ready.gaps:
        return plain("none")
    kinds = Counter(one.kind.value.replace("_", " ") for one in ready.gaps)
    return plain("; ".join(f"{count} {kind}" for kind, count in kinds.most_common()))


def _revision(one: Revision) -> Content:
    answer = "no receipt yet" if one.verdict is None else f"centre: {one.verdict}"
    more = [f"amended: {one.reason_of_amendment}"] if one.reason_of_amendment else []
    more += [f"gaps: {one.gaps_reason}"] if one.gaps_reason else []
    return said(
        "[bold]r$revision[/]  $at  $signer  [bold]$answer[/]  [dim]$more[/]",
        revision=str(one.revision),
        at=f"{one.signed_at.astimezone():%d.%m.%Y %H:%M}",
        signer=one.signer,
        answer=answer,
        more="; ".join(more),
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
