"""The words by which the columns of a referral list are known.

Not for: how headings are taken apart (`headings`). The first field that a heading fits is the one it
means, so what is narrow stands before what is wide: `Emergency contact number` before `Contact number`.
"""

from __future__ import annotations

from escape_tui.store.imports.headings import PERSON, Field

_SOMEONE_ELSE = (
    "gp doctor dr referrer referring clinician therapist physio physiotherapist consultant kin nok carer "
    "emergency contact parent partner spouse facilitator instructor practice surgery nurse child"
)
_CARE = "gp doctor dr nurse kin nok carer family"
_AGREES = "consent|consented|agree|agreed|permission|happy"

FIELDS = (
    Field(
        "consent_sharing",
        (f"{_AGREES} share|shared|sharing|data|information|record",),
        never=f"date by form {_CARE}",
    ),
    Field(
        "consent_contact",
        (
            f"{_AGREES}|ok contact|contacted|afterward|later|future|follow",
            f"{_AGREES} phone|email|text|telephone",
        ),
        never=f"date form emergency {_CARE}",
    ),
    Field(
        "consent_programme",
        (
            f"{_AGREES} "
            "programme|program|attend|part|participate|participation|treatment|exercise|class|group",
        ),
        never="date by form",
    ),
    Field(
        "needs_close_support",
        (
            "close|extra|additional|more support|supervision|attention|help",
            "need|needed|require|required support|supervision",
        ),
        never="hearing sight vision visual language interpreter technical transport emotional date "
        "reason detail",
    ),
    Field("interpreter", ("interpreter|interpreting|interpretation",), never="name phone date"),
    Field("hearing_support", ("hearing|hear|deaf",), never="date test name"),
    Field("sight_support", ("sight|eyesight|vision|visual|visually|blind",), never="date test name"),
    Field("language", ("language",), never="sign"),
    Field(
        "emergency_phone",
        ("emergency|kin|nok phone|telephone|tel|mobile|number|no",),
        never="relationship relation email address consent",
    ),
    Field(
        "emergency_contact", ("emergency|kin|nok",), never="relationship relation email address consent date"
    ),
    Field(
        "phone",
        ("phone|telephone|tel|mobile|landline", "contact number|no"),
        never="gp doctor dr referrer clinician practice surgery kin carer emergency type note partner",
    ),
    PERSON,
    Field(
        "given_name",
        ("forename|firstname|givenname", "first|given|christian name", "=first", "=given"),
        never=f"{_SOMEONE_ELSE} preferred known previous former",
        required=True,
    ),
    Field(
        "family_name",
        ("surname|lastname|familyname", "last|family|second name", "=last", "=family"),
        never=f"{_SOMEONE_ELSE} maiden previous former",
        required=True,
    ),
    Field(
        "birth_date",
        ("dob|birthdate|birthday|born", "birth date|day", "=birth"),
        never=f"{_SOMEONE_ELSE} place country where",
        required=True,
    ),
    Field("sex", ("sex|gender", "=m f"), never=f"{_SOMEONE_ELSE} orientation same preferred", required=True),
    Field("side", ("side|laterality", "left right", "=l r"), never="effect date", required=True),
    Field(
        "pain_months",
        (
            "duration",
            "how long",
            "month|mth pain|symptom|problem|complaint|joint",
            "length symptom|pain",
            "=month|mth",
        ),
        never="year yr yrs week day date session treatment appointment programme class birth since per",
        required=True,
    ),
    Field(
        "pain_site",
        (
            "joint|problem|complaint|condition",
            "body part|area|region|site",
            "pain|painful|affected|symptom|injury site|area|location|region|part|where|limb",
            "where hurt",
            "=knee hip",
        ),
        never="duration month year week other medical history health mental note comment score severity "
        "level start onset number count replacement replaced surgery operation injection date since "
        "heart skin",
        required=True,
    ),
    Field(
        "referral_source",
        (
            "source",
            "referral|referred|referring|refer by|from|via|route|type|origin|service|team",
            "=referrer",
            "=referral",
            "=referred",
            "referrer type|role|service",
        ),
        never="date day time name number id ref reason letter note status address phone email organisation "
        "income pain accepted data",
        required=True,
    ),
)
