"""The report that lies in a return: aggregate, for commissioners and the central team.

Not for: the site's own report (`site`), or signing. Loading this module loads no reportlab.
"""

from __future__ import annotations

from exports.held import Held
from exports.rows import Tables
from exports.signoff import SignedReturn


def report_pdf(held: Held, tables: Tables, signed: SignedReturn) -> bytes:
    """The report as a PDF: the same bytes for the same records, sign-off and build.

    Every figure comes from `tables`, those of the same return; `held` says whether it is practice.
    `MachineFailed` where the font's package is damaged.
    """
    from reportlab.platypus import PageBreak

    from exports.report import figures
    from exports.report.change_pages import change_pages
    from exports.report.course_pages import course_pages
    from exports.report.document import Leaf, pdf_of
    from exports.report.methods import methods_pages, sign_off
    from exports.report.page_one import page_one
    from exports.report.style import register_fonts
    from exports.report.wording import PROGRAMMES, instant

    register_fonts()
    cohort = figures.cohort_of(tables)
    story = [
        *page_one(tables, signed),
        PageBreak(),
        *change_pages(tables),
        *course_pages(tables, signed),
        *methods_pages(tables, leaves=True),
        *sign_off(tables, signed),
    ]
    whose = f"{cohort.site_code}, cohort {cohort.cohort_code}"
    leaf = Leaf(
        title=f"ESCAPE-pain return {cohort.site_code} {cohort.cohort_code}, revision {cohort.revision}",
        author=cohort.site_name,
        subject=f"Report on one cohort of ESCAPE-pain for {PROGRAMMES[cohort.programme]}",
        head=f"ESCAPE-pain for {PROGRAMMES[cohort.programme]}, site {whose}",
        foot=(
            f"Return {cohort.return_id}, revision {cohort.revision}",
            f"Signed {instant(signed.signed_at)}. Pseudonymised health data in aggregate. No comparison "
            "group.",
        ),
        practice=signed.practice or held.head.practice or cohort.practice == "yes",
    )
    return pdf_of(story, leaf)
