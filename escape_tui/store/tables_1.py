"""The tables of the first version of a cohort's file, as SQL: a migration's text never changes once released.

Not for: later changes, which are migrations of their own (`schema`). Statements stand apart by blank lines.
"""

from __future__ import annotations

TABLES_1 = """
CREATE TABLE cohort (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 16),
  programme TEXT NOT NULL CHECK (programme IN ('knees-hips', 'backs')),
  delivery TEXT NOT NULL CHECK (delivery IN ('in_person', 'virtual', 'hybrid')),
  start_date TEXT NOT NULL CHECK (date(start_date) IS start_date),
  start_time TEXT NOT NULL CHECK (start_time GLOB '[0-2][0-9]:[0-5][0-9]'),
  weekdays TEXT NOT NULL,
  region TEXT NOT NULL,
  sessions_planned INTEGER NOT NULL CHECK (sessions_planned > 0),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  return_id TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'signed')),
  closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on) IS closed_on),
  handed_over INTEGER NOT NULL DEFAULT 0 CHECK (handed_over IN (0, 1)),
  audit_key BLOB NOT NULL CHECK (length(audit_key) = 32)
) STRICT

CREATE TRIGGER cohort_is_what_it_is BEFORE UPDATE OF id, code, programme, practice, return_id ON cohort
BEGIN SELECT RAISE(ABORT, 'what a cohort is never changes'); END

CREATE TRIGGER cohort_stays BEFORE DELETE ON cohort
BEGIN SELECT RAISE(ABORT, 'a cohort is erased with its file'); END

CREATE TABLE pack (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pack_id TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  content TEXT NOT NULL
) STRICT

CREATE TABLE person (
  id TEXT PRIMARY KEY CHECK (id GLOB 'P[A-Z2-7]*' AND length(id) = 11),
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'other', 'not_stated')),
  pain_site TEXT CHECK (pain_site IN ('knee', 'hip', 'knee_and_hip', 'back')),
  side TEXT CHECK (side IN ('left', 'right', 'both', 'none')),
  pain_months INTEGER CHECK (pain_months BETWEEN 0 AND 1440),
  referral_source TEXT
    CHECK (referral_source IN ('self', 'gp', 'physiotherapist', 'msk_triage', 'orthopaedics', 'other')),
  needs_close_support INTEGER CHECK (needs_close_support IN (0, 1)),
  age_band TEXT,
  joined_at_session INTEGER NOT NULL DEFAULT 1 REFERENCES session (number),
  index_joint TEXT CHECK (index_joint IN ('knee', 'hip', 'back')),
  index_side TEXT CHECK (index_side IN ('left', 'right', 'both', 'none')),
  withdrawn_on TEXT CHECK (withdrawn_on IS NULL OR date(withdrawn_on) IS withdrawn_on),
  withdrawal_reason TEXT CHECK (withdrawal_reason IN ('better', 'joined_gym', 'work', 'surgery',
    'adverse_event', 'transferred', 'unwell', 'caring', 'transport', 'other', 'unknown')),
  withdrawn_after_session INTEGER CHECK (withdrawn_after_session >= 0),
  data_withdrawn_on TEXT CHECK (data_withdrawn_on IS NULL OR date(data_withdrawn_on) IS data_withdrawn_on),
  came_from TEXT,
  went_to TEXT,
  erased_on TEXT CHECK (erased_on IS NULL OR date(erased_on) IS erased_on),
  audit_key BLOB CHECK (length(audit_key) = 32),
  CHECK ((withdrawn_on IS NULL) = (withdrawal_reason IS NULL)),
  CHECK ((erased_on IS NULL) = (audit_key IS NOT NULL)),
  CHECK ((index_joint IS NULL) = (index_side IS NULL))
) STRICT, WITHOUT ROWID

CREATE TABLE identity (
  person TEXT PRIMARY KEY REFERENCES person (id),
  reference TEXT UNIQUE COLLATE NOCASE CHECK (reference <> ''),
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  birth_date TEXT CHECK (birth_date IS NULL OR date(birth_date) IS birth_date),
  CHECK (given_name <> '' OR family_name <> '')
) STRICT, WITHOUT ROWID

CREATE TABLE contact (
  person TEXT PRIMARY KEY REFERENCES person (id),
  phone TEXT,
  emergency_contact TEXT,
  emergency_phone TEXT,
  language TEXT,
  interpreter TEXT,
  hearing_support TEXT,
  sight_support TEXT
) STRICT, WITHOUT ROWID

CREATE TABLE consent (
  person TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('programme', 'sharing', 'contact')),
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  how TEXT NOT NULL CHECK (how IN ('written', 'spoken', 'list', 'not_stated')),
  PRIMARY KEY (person, kind)
) STRICT, WITHOUT ROWID

CREATE TABLE eligibility (
  person TEXT PRIMARY KEY REFERENCES person (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('yes', 'no', 'not_judged')),
  accepted_on TEXT CHECK (accepted_on IS NULL OR date(accepted_on) IS accepted_on),
  accepted_reason TEXT
) STRICT, WITHOUT ROWID

CREATE TABLE eligibility_answer (
  person TEXT NOT NULL REFERENCES person (id),
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (person, question)
) STRICT, WITHOUT ROWID

CREATE TABLE session (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  planned_date TEXT NOT NULL CHECK (date(planned_date) IS planned_date),
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  status TEXT NOT NULL DEFAULT 'planned'
    CHECK (status IN ('planned', 'delivered', 'cut_short', 'cancelled', 'merged')),
  reason TEXT,
  merged_into INTEGER REFERENCES session (number),
  extra INTEGER NOT NULL DEFAULT 0 CHECK (extra IN (0, 1)),
  replaces INTEGER REFERENCES session (number),
  education_minutes INTEGER CHECK (education_minutes BETWEEN 0 AND 600),
  exercise_minutes INTEGER CHECK (exercise_minutes BETWEEN 0 AND 600),
  CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
  CHECK (merged_into <> number),
  CHECK (replaces IS NULL OR extra = 1)
) STRICT

CREATE TABLE session_theme (
  session INTEGER NOT NULL REFERENCES session (number),
  theme TEXT NOT NULL,
  PRIMARY KEY (session, theme)
) STRICT, WITHOUT ROWID

CREATE TABLE on_duty (
  session INTEGER NOT NULL REFERENCES session (number),
  facilitator TEXT NOT NULL,
  PRIMARY KEY (session, facilitator)
) STRICT, WITHOUT ROWID

CREATE TABLE run_event (
  session INTEGER NOT NULL REFERENCES session (number),
  seq INTEGER NOT NULL CHECK (seq > 0),
  event TEXT NOT NULL,
  PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID

CREATE TABLE attendance (
  person TEXT NOT NULL REFERENCES person (id),
  session INTEGER NOT NULL REFERENCES session (number),
  status TEXT NOT NULL CHECK (status IN ('present', 'late', 'left_early', 'excused', 'absent')),
  reason TEXT CHECK (reason IN ('ill', 'flare_up', 'work', 'caring', 'transport', 'holiday', 'other',
    'unknown')),
  PRIMARY KEY (person, session),
  CHECK (reason IS NULL OR status IN ('excused', 'absent'))
) STRICT, WITHOUT ROWID

CREATE TABLE exercise_log (
  person TEXT NOT NULL REFERENCES person (id),
  session INTEGER NOT NULL REFERENCES session (number),
  exercise TEXT NOT NULL,
  level INTEGER CHECK (level BETWEEN 1 AND 9),
  reps INTEGER CHECK (reps BETWEEN 0 AND 999),
  seconds INTEGER CHECK (seconds BETWEEN 0 AND 7200),
  effort INTEGER CHECK (effort BETWEEN 0 AND 10),
  pain INTEGER CHECK (pain BETWEEN 0 AND 10),
  decision TEXT CHECK (decision IN ('up', 'hold', 'ease', 'substitute')),
  basis TEXT NOT NULL CHECK (basis IN ('observed', 'as_planned', 'not_recorded')),
  PRIMARY KEY (person, session, exercise)
) STRICT, WITHOUT ROWID

CREATE TABLE level_change (
  person TEXT NOT NULL REFERENCES person (id),
  exercise TEXT NOT NULL,
  from_session INTEGER NOT NULL REFERENCES session (number),
  from_round INTEGER NOT NULL CHECK (from_round BETWEEN 1 AND 9),
  from_level INTEGER NOT NULL CHECK (from_level BETWEEN 1 AND 9),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 9),
  reason TEXT,
  PRIMARY KEY (person, exercise, from_session, from_round)
) STRICT, WITHOUT ROWID

CREATE TABLE arrival_answer (
  person TEXT NOT NULL REFERENCES person (id),
  session INTEGER NOT NULL REFERENCES session (number),
  question TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('not_asked', 'no', 'yes')),
  PRIMARY KEY (person, session, question)
) STRICT, WITHOUT ROWID

CREATE TABLE arrival_pain (
  person TEXT NOT NULL REFERENCES person (id),
  session INTEGER NOT NULL REFERENCES session (number),
  pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),
  PRIMARY KEY (person, session)
) STRICT, WITHOUT ROWID

CREATE TABLE measure (
  person TEXT NOT NULL REFERENCES person (id),
  instrument TEXT NOT NULL,
  timepoint TEXT NOT NULL CHECK (timepoint IN ('baseline', 'end', 'follow_up_6', 'follow_up_12')),
  taken_on TEXT CHECK (taken_on IS NULL OR date(taken_on) IS taken_on),
  mode TEXT CHECK (mode IN ('self', 'read_aloud', 'interpreter', 'phone', 'post')),
  missing_reason TEXT
    CHECK (missing_reason IN ('declined', 'unable', 'not_offered', 'lost_contact', 'withdrew', 'other')),
  joint TEXT CHECK (joint IN ('knee', 'hip', 'back')),
  side TEXT CHECK (side IN ('left', 'right', 'both', 'none')),
  entered_twice INTEGER NOT NULL DEFAULT 0 CHECK (entered_twice IN (0, 1)),
  PRIMARY KEY (person, instrument, timepoint),
  CHECK ((missing_reason IS NULL) = (taken_on IS NOT NULL)),
  CHECK ((missing_reason IS NULL) = (mode IS NOT NULL))
) STRICT, WITHOUT ROWID

CREATE TABLE answer (
  person TEXT NOT NULL,
  instrument TEXT NOT NULL,
  timepoint TEXT NOT NULL,
  item INTEGER NOT NULL CHECK (item BETWEEN 1 AND 99),
  value TEXT CHECK (length(value) BETWEEN 1 AND 40),
  PRIMARY KEY (person, instrument, timepoint, item),
  FOREIGN KEY (person, instrument, timepoint) REFERENCES measure (person, instrument, timepoint)
) STRICT, WITHOUT ROWID

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (number),
  category TEXT NOT NULL CHECK (category IN ('fall', 'pain', 'cardiac_symptom', 'dizziness', 'breathing',
    'injury', 'near_miss', 'equipment', 'other')),
  severity TEXT NOT NULL CHECK (severity IN ('none', 'minor', 'moderate', 'severe')),
  action TEXT NOT NULL CHECK (action IN ('rested', 'continued_easier', 'stopped', 'first_aid', 'sent_home',
    'gp', 'urgent_care', 'emergency_department', 'emergency_call')),
  person TEXT REFERENCES person (id),
  note TEXT
) STRICT

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  person TEXT REFERENCES person (id),
  session INTEGER REFERENCES session (number),
  text TEXT NOT NULL CHECK (text <> '')
) STRICT

CREATE TABLE goal (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  session INTEGER REFERENCES session (number),
  kind TEXT NOT NULL CHECK (kind IN ('goal', 'action_plan', 'coping_plan')),
  text TEXT NOT NULL CHECK (text <> ''),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'met', 'partly_met', 'dropped'))
) STRICT

CREATE TABLE feedback (
  question TEXT NOT NULL CHECK (question = 'fft'),
  answer TEXT NOT NULL
    CHECK (answer IN ('very_good', 'good', 'neither', 'poor', 'very_poor', 'dont_know')),
  count INTEGER NOT NULL CHECK (count BETWEEN 0 AND 9999),
  PRIMARY KEY (question, answer)
) STRICT, WITHOUT ROWID

CREATE TABLE signpost (
  person TEXT PRIMARY KEY REFERENCES person (id),
  destination TEXT NOT NULL CHECK (destination IN ('leisure', 'gym', 'class', 'walking_group', 'gp',
    'physiotherapy', 'orthopaedics', 'online', 'other', 'none'))
) STRICT, WITHOUT ROWID

CREATE TABLE signoff (
  revision INTEGER PRIMARY KEY CHECK (revision > 0),
  signed_at TEXT NOT NULL,
  signer TEXT NOT NULL,
  tagmanifest_sha256 TEXT NOT NULL CHECK (length(tagmanifest_sha256) = 64),
  gaps_reason TEXT,
  audit_length INTEGER NOT NULL,
  audit_head TEXT NOT NULL CHECK (length(audit_head) = 64)
) STRICT

CREATE TABLE amendment (
  after_revision INTEGER PRIMARY KEY REFERENCES signoff (revision),
  reason TEXT NOT NULL
) STRICT

CREATE TABLE receipt (
  revision INTEGER PRIMARY KEY REFERENCES signoff (revision),
  tagmanifest_sha256 TEXT NOT NULL CHECK (length(tagmanifest_sha256) = 64),
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'refused')),
  reason TEXT,
  received_at TEXT NOT NULL
) STRICT

CREATE TABLE audit (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL,
  detail TEXT,
  reason TEXT,
  changes TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END

CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the trail is never cut'); END

CREATE TABLE reason (
  audit INTEGER PRIMARY KEY REFERENCES audit (id),
  person TEXT NOT NULL REFERENCES person (id),
  text TEXT NOT NULL
) STRICT

CREATE TABLE undo (
  audit INTEGER PRIMARY KEY REFERENCES audit (id),
  step INTEGER NOT NULL,
  images TEXT NOT NULL
) STRICT

CREATE INDEX undo_step ON undo (step)
"""
"""Codes are those of a return and of the CSV that comes in; a test holds them equal to `sessions.records`."""
