"""The schema of a return's tables: its columns are the contract's, and every document is made from it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from pathlib import Path

import pytest

from exports.codebook import codebook, datapackage, with_documentation
from exports.columns import Table
from exports.rows import ROW_OF
from exports.schema import TABLES
from tests.returns.making import tables

ROOT = Path(__file__).parents[2]
CONTRACT = {
    "cohort": """
        format_version return_id revision previous_sha256 practice central_team provider site_code
        site_name cohort_code programme pack_id pack_version pack_sha256 delivery start_date end_date
        sessions_planned sessions_delivered people_referred people_eligible people_enrolled
        people_started people_completed people_withdrawn people_not_shared completion_share signed_on
        app_version
    """,
    "participants": """
        person_id age_band sex pain_site side pain_duration referral_source eligible
        needs_close_support joined_at_session sessions_offered sessions_attended completed
        withdrew_after_session withdrawal_reason signposted_to
    """,
    "sessions": """
        session topic themes_covered planned_date delivered_date status extra education_minutes
        exercise_minutes facilitators people_present
    """,
    "attendance": "person_id session status reason",
    "exercise": "person_id session exercise level reps seconds effort pain decision basis",
    "measures": """
        person_id timepoint instrument scale score category better answered items week mode in_window
        used_in_pair missing_reason
    """,
    "responses": "person_id timepoint instrument item value",
    "incidents": "session category severity action",
    "feedback": "question answer count",
    "summary": """
        instrument scale better n_enrolled n_baseline n_end n_paired mean_baseline sd_baseline
        mean_end sd_end mean_change sd_change ci95_low ci95_high dz n_better n_same n_worse
        share_better share_better_low share_better_high mcid mcid_source n_mcid
    """,
}
"""The columns that clinics were told of, in their order."""
CODES = {
    (
        "participants",
        "age_band",
    ): "18-24 25-29 30-34 35-39 40-44 45-49 50-54 55-59 60-64 65-69 70-74 75-79 80-84 85-89 90+",
    ("participants", "pain_duration"): "<6 6-11 12-23 24-59 60+",
    ("participants", "eligible"): "yes no accepted not_judged",
    (
        "participants",
        "withdrawal_reason",
    ): "better joined_gym work surgery adverse_event transferred unwell caring transport other unknown",
    (
        "participants",
        "signposted_to",
    ): "leisure gym class walking_group gp physiotherapy orthopaedics online other none",
    ("sessions", "status"): "planned delivered cut_short cancelled merged",
    ("sessions", "extra"): "yes no",
    ("attendance", "status"): "present late left_early excused absent",
    (
        "incidents",
        "category",
    ): "fall pain cardiac_symptom dizziness breathing injury near_miss equipment other",
    ("incidents", "severity"): "none minor moderate severe",
    ("incidents", "action"): """
        rested continued_easier stopped first_aid sent_home gp urgent_care emergency_department
        emergency_call
    """,
    ("feedback", "question"): "fft",
    ("feedback", "answer"): "very_good good neither poor very_poor dont_know",
}
"""The codes that clinics were told of, by table and column."""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_has_the_columns_of_the_contract_and_its_rows_have_the_same(table: Table) -> None:
    assert list(table.heading) == CONTRACT[table.name].split()
    assert tuple(field.name for field in fields(ROW_OF[table.name])) == table.heading


def test_the_codes_are_those_of_the_contract() -> None:
    found = {(table.name, column.name): column.codes for table in TABLES for column in table.columns}
    assert {key: list(found[key]) for key in CODES} == {key: codes.split() for key, codes in CODES.items()}


def test_the_codebook_describes_every_column_of_the_tables_that_are_there() -> None:
    text = codebook(["cohort.csv", "measures.csv"]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    told = {table.name: table.heading for table in TABLES if table.name in {"cohort", "measures"}}
    assert [(row["table"], row["column"]) for row in rows] == [
        (name, column) for name, heading in told.items() for column in heading
    ]
    assert all(row["meaning"] for row in rows)


def test_the_datapackage_names_the_files_that_are_there_and_no_other() -> None:
    document = json.loads(datapackage(tables().cohort[0], ["cohort.csv", "summary.csv"]))
    assert [resource["path"] for resource in document["resources"]] == ["cohort.csv", "summary.csv"]
    assert "not anonymous" in document["description"]


def test_the_page_on_the_format_says_what_the_schema_says() -> None:
    page = (ROOT / "docs" / "return-format.md").read_text(encoding="utf-8")
    assert with_documentation(page) == page, "run: python -m exports.codebook docs/return-format.md"
