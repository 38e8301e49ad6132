"""The site's own report: the figures of a return and each person's own, for those who look after them.

Not for: leaving the site. Loading this module loads no reportlab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from exports.held import Held, Signing
from exports.tables import tables_of
from sessions.records import Consent

STAYS = "STAYS AT THE SITE: holds people, is not part of a return"


@dataclass(frozen=True, slots=True)
class Called:
    """How a person is called in the site's own report: `name` as the settings say."""

    person: str
    name: str


def site_report_pdf(held: Held, called: Sequence[Called], now: datetime, app_version: str) -> bytes:
    """The report as a PDF, of everyone but those who withdrew their data or were erased.

    Agreement to sharing is not asked here, since nothing is shared. `now` is an instant in UTC; the same
    records and instant give the same bytes. `MachineFailed` where the font's package is damaged.
    """
    from exports.report import figures
    from exports.report.change_pages import change_pages
    from exports.report.course_pages import course_pages
    from exports.report.document import Leaf, pdf_of
    from exports.report.methods import methods_pages
    from exports.report.page_one import page_one
    from exports.report.people_pages import Named, people_pages
    from exports.report.style import register_fonts
    from exports.report.wording import PROGRAMMES, instant

    register_fonts()
    tables = tables_of(everyone(held), Signing(1, None, now, app_version))
    cohort = figures.cohort_of(tables)
    names = {one.person: one.name for one in called}
    people = [Named(one.id, one.number, names.get(one.id, "")) for one in held.people]
    story = [
        *page_one(tables, None),
        *people_pages(tables, people, held.pack),
        *change_pages(tables),
        *course_pages(tables, None),
        *methods_pages(tables, leaves=False),
    ]
    whose = f"{cohort.site_code}, cohort {cohort.cohort_code}"
    leaf = Leaf(
        title=f"Site report {cohort.site_code} {cohort.cohort_code}",
        author=cohort.site_name,
        subject=f"The site's own report on one cohort of ESCAPE-pain for {PROGRAMMES[cohort.programme]}",
        head=f"ESCAPE-pain for {PROGRAMMES[cohort.programme]}, site {whose}: the site's own report",
        foot=(
            f"Made {instant(now)} of cohort {cohort.cohort_code}.",
            "Stays at the site. Identifiable health data: not part of a return, not for sending.",
        ),
        practice=held.head.practice,
        warning=STAYS,
    )
    return pdf_of(story, leaf)


def everyone(held: Held) -> Held:
    """The cohort as though everybody had agreed to sharing, for what stays at the site."""
    long_ago = date.min
    agreed = tuple(
        Consent(person.id, "sharing", given=True, on_date=long_ago, how="not_stated")
        for person in held.people
        if person.erased_on is None
    )
    others = tuple(one for one in held.consents if one.kind != "sharing")
    return replace(held, consents=others + agreed)
