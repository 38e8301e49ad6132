"""Whatever is changed in a bag, one byte or all with intent: it is no return, and the reason is told."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from exports.bag import INFO, MANIFEST, SIGNATURE, SIGNOFF, TAGMANIFEST, manifest_of
from exports.signature import PRACTICE_NAMESPACE, RECEIPT_NAMESPACE, RETURN_NAMESPACE, sign
from exports.signers import AllowedSigner, Trusted
from exports.taking_in import NotReadable, OpenedBag, bag_in_zip
from exports.verify import Judgement, judge
from tests.returns.sealing import (
    KEY,
    OTHER_KEY,
    SIGNED_AT,
    TRUSTED,
    Sealed,
    a_practice_return,
    a_return,
    allowed,
    claims,
    replace_claims,
    resealed,
    sealed,
)

Files = dict[str, bytes]


def judged(bag: Sealed, trusted: Trusted | None = TRUSTED) -> Judgement:
    return judge(OpenedBag(bag.folder, bag.files), trusted)


def spoilt(spoil: Callable[[Files], object]) -> Judgement:
    files = dict(a_return().files)
    spoil(files)
    return judged(Sealed(a_return().folder, files))


def codes(found: Judgement) -> set[str]:
    return {one.code for one in found.reasons}


def test_a_return_as_it_was_sealed_is_genuine() -> None:
    found = judged(a_return())
    assert (found.verdict, found.reasons, found.revision) == ("genuine", (), 1)
    assert [(one.principal, one.known, one.valid) for one in found.signers] == [("jk@S042", True, True)]


def test_without_a_file_of_signers_the_content_alone_is_vouched_for() -> None:
    found = judged(a_return(), None)
    assert found.verdict == "signer_not_checked"
    assert found.intact
    assert not found.signers[0].known


def test_no_single_changed_byte_of_any_file_verifies() -> None:
    bag = a_return()
    chance = random.Random(11)  # noqa: S311
    names = sorted(bag.files)
    places = [(name, place) for name in names for place in range(len(bag.files[name]))]
    # Every file, however short, and then at random.
    chosen = [(name, chance.randrange(len(bag.files[name]))) for name in names for _ in range(20)]
    chosen += chance.sample(places, 2000 - len(chosen) + 100)
    assert len(set(chosen)) >= 2000
    for name, place in chosen:
        changed = bytearray(bag.files[name])
        changed[place] ^= chance.randrange(1, 256)
        found = judged(Sealed(bag.folder, {**bag.files, name: bytes(changed)}))
        assert (found.verdict, found.intact) == ("not_a_return", False), (name, place)


def test_no_changed_byte_of_the_zip_crashes_and_what_verifies_is_as_it_was() -> None:
    bag = a_return()
    content = bag.zip
    chance = random.Random(12)  # noqa: S311
    verified = 0
    directory = content.index(b"PK\x01\x02")
    for count in range(500):
        changed = bytearray(content)
        # Half of them where the zip speaks of itself.
        changed[chance.randrange(directory if count % 2 else 0, len(content))] ^= chance.randrange(1, 256)
        try:
            opened = bag_in_zip(bytes(changed))
        except NotReadable:
            continue
        if judge(opened, TRUSTED).verdict == "genuine":
            verified += 1
            assert (opened.folder, dict(opened.files)) == (bag.folder, bag.files)
    # Dates and rights in the zip are not sealed, so some changes are none to the bag.
    assert 0 < verified < 400


def test_no_cut_of_the_zip_crashes() -> None:
    content = a_return().zip
    for length in range(0, len(content), 97):
        with pytest.raises(NotReadable):
            bag_in_zip(content[:length])


@pytest.mark.parametrize("name", sorted(a_return().files))
def test_a_missing_file_is_named(name: str) -> None:
    found = spoilt(lambda files: files.pop(name))
    assert found.verdict == "not_a_return"
    assert name in {one.path for one in found.reasons}
    assert codes(found) & {"missing_file", "signature_missing"}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda files: files.pop(SIGNATURE), "signature_missing"),
        (lambda files: files.update({SIGNATURE: b""}), "signature_malformed"),
        (lambda files: files.update({"notes.txt": b"x"}), "extra_file"),
        (lambda files: files.update({"data/more.csv": b"x"}), "extra_file"),
        (lambda files: files.update({"fetch.txt": b""}), "extra_file"),
        (lambda files: files.update({"manifest-md5.txt": b""}), "extra_file"),
        (
            lambda files: files.update({"data/measures.csv": files["data/measures.csv"] + b"\r\n"}),
            "changed_file",
        ),
        (lambda files: files.update({MANIFEST: files[MANIFEST] + b"0" * 64 + b"  data/x\n"}), "changed_file"),
        (lambda files: files.update({MANIFEST: files[MANIFEST].replace(b"\n", b"\r\n")}), "changed_file"),
        (lambda files: files.update({TAGMANIFEST: files[TAGMANIFEST] + b"\n"}), "manifest_wrong"),
        (lambda files: files.update({"bagit.txt": b"BagIt-Version: 0.97\n"}), "declaration_wrong"),
        (lambda files: files.update({INFO: b"Payload-Oxum: 1.1\n"}), "oxum_wrong"),
    ],
)
def test_each_kind_of_tampering_is_told_by_its_name(spoil: Callable[[Files], object], code: str) -> None:
    found = spoilt(spoil)
    assert (found.verdict, found.intact) == ("not_a_return", False)
    assert code in codes(found)


@pytest.mark.parametrize(
    "name", ["bagit.txt", INFO, MANIFEST, TAGMANIFEST, SIGNATURE, SIGNOFF, "data/cohort.csv"]
)
def test_a_file_of_millions_of_lines_is_refused_at_once(name: str) -> None:
    begun = time.monotonic()
    found = spoilt(lambda files: files.update({name: b"\n" * 20_000_000}))
    assert found.verdict == "not_a_return"
    assert time.monotonic() - begun < 2


def test_a_changed_figure_with_fitting_manifests_fails_by_its_signature() -> None:
    def spoil(files: Files) -> None:
        files["data/summary.csv"] = files["data/summary.csv"].replace(b"koos", b"hoos")
        payload = {name: content for name, content in files.items() if name.startswith("data/")}
        files.update(
            {
                name: content
                for name, content in resealed("x", payload, OTHER_KEY).files.items()
                if name != SIGNATURE
            }
        )

    assert "signature_wrong" in codes(spoilt(spoil))


def test_a_line_added_to_both_manifests_is_found_although_the_signer_signed_it() -> None:
    files = dict(a_return().files)
    files[MANIFEST] += b"0" * 64 + b"  data/x\n"
    resign(files)
    assert codes(judged(Sealed(a_return().folder, files))) == {"manifest_wrong"}


def test_a_bag_without_payload_oxum_is_none_although_the_signer_signed_it() -> None:
    files = dict(a_return().files)
    files[INFO] = b"Bagging-Date: 2026-11-22\n"
    resign(files)
    assert codes(judged(Sealed(a_return().folder, files))) == {"oxum_wrong"}


def test_figures_that_do_not_add_up_are_refused_although_the_signer_signed_them() -> None:
    payload = {name: content for name, content in a_return().files.items() if name.startswith("data/")}
    payload["data/cohort.csv"] = payload["data/cohort.csv"].replace(
        b",2,2,2,2,2,2,0,0,", b",2,2,2,2,2,1,0,0,"
    )
    assert payload["data/cohort.csv"] != a_return().files["data/cohort.csv"]
    found = judged(resealed(a_return().folder, payload))
    assert codes(found) == {"count_differs"}
    assert not found.intact


@pytest.mark.parametrize(
    ("line", "code", "known"),
    [
        (allowed(key=OTHER_KEY.public), "unknown_signer", False),
        (allowed(principal="pb@S042"), "unknown_signer", False),
        (allowed(principal="jk@S043"), "unknown_signer", False),
        (allowed(valid_before=SIGNED_AT - timedelta(seconds=1)), "signer_expired", True),
        (allowed(valid_after=SIGNED_AT + timedelta(seconds=1)), "signer_not_yet_valid", True),
        (allowed(namespaces=(PRACTICE_NAMESPACE,)), "wrong_namespace", True),
    ],
)
def test_a_signer_whom_the_clinic_does_not_allow_is_told_with_the_reason(
    line: AllowedSigner, code: str, known: bool
) -> None:
    found = judged(a_return(), Trusted((line,)))
    assert found.verdict == "not_a_return"
    assert found.intact
    assert codes(found) == {code}
    assert (found.signers[0].known, found.signers[0].valid) == (known, False)


def test_a_signer_is_good_at_both_ends_of_their_time() -> None:
    for line in (allowed(valid_before=SIGNED_AT), allowed(valid_after=SIGNED_AT)):
        assert judged(a_return(), Trusted((line,))).verdict == "genuine"


def test_an_old_return_stays_genuine_after_its_signer_was_renewed() -> None:
    old = allowed(valid_before=SIGNED_AT + timedelta(days=1))
    renewed = allowed(key=OTHER_KEY.public, valid_after=SIGNED_AT + timedelta(days=1))
    assert judged(a_return(), Trusted((old, renewed))).verdict == "genuine"


def test_a_revoked_key_is_good_for_nothing_whenever_it_signed() -> None:
    found = judged(a_return(), Trusted((allowed(),), frozenset({KEY.public})))
    assert (found.verdict, codes(found)) == ("not_a_return", {"signer_revoked"})


def test_the_instant_of_receipt_bounds_what_the_signer_claims() -> None:
    bag = a_return()
    found = judge(OpenedBag(bag.folder, bag.files), TRUSTED, at=SIGNED_AT + timedelta(days=11))
    assert codes(found) == {"signer_expired"}


def test_a_colleague_cannot_sign_in_anothers_name() -> None:
    bag = sealed(claims(), OTHER_KEY)
    both = Trusted((allowed(), allowed(principal="pb@S042", key=OTHER_KEY.public)))
    found = judged(bag, both)
    assert found.verdict == "not_a_return"
    assert {"signer_disagrees", "unknown_signer"} <= codes(found)


def test_a_sign_off_cannot_lend_itself_another_principal() -> None:
    bag = sealed(replace_claims(principal="pb@S042"))
    found = judged(bag, Trusted((allowed(principal="pb@S042"),)))
    assert (found.verdict, codes(found)) == ("not_a_return", {"signer_disagrees"})


def test_a_signature_for_something_else_is_none() -> None:
    found = judged(sealed(claims(), namespace=RECEIPT_NAMESPACE))
    assert (found.verdict, found.intact) == ("not_a_return", False)
    assert "wrong_namespace" in codes(found)


def test_practice_is_practice_with_or_without_signers() -> None:
    line = allowed(namespaces=(PRACTICE_NAMESPACE,))
    for trusted in (None, TRUSTED, Trusted((line,))):
        found = judged(a_practice_return(), trusted)
        assert (found.verdict, found.intact, found.practice) == ("practice", True, True)
    assert found.signed_by_known
    assert not judged(a_practice_return()).signed_by_known


@pytest.mark.parametrize(
    "trusted", [None, TRUSTED, Trusted((allowed(namespaces=(RETURN_NAMESPACE, PRACTICE_NAMESPACE)),))]
)
def test_practice_never_passes_for_a_return(trusted: Trusted | None) -> None:
    practice, real = a_practice_return(), a_return()
    dressed = (
        Sealed(real.folder, practice.files),
        sealed(replace_claims(practice=True)),
        sealed(claims(), namespace=PRACTICE_NAMESPACE),
        Sealed(practice.folder, real.files),
        Sealed(
            real.folder,
            {**practice.files, SIGNATURE: sign(practice.files[TAGMANIFEST], RETURN_NAMESPACE, KEY)},
        ),
    )
    for bag in dressed:
        found = judged(bag, trusted)
        assert (found.verdict, found.intact) == ("not_a_return", False)


@pytest.mark.parametrize(
    "folder",
    [
        "S042_K26-1_r2",
        "S042_K26-2_r1",
        "S043_K26-1_r1",
        "PRACTICE_S042_K26-1_r1",
        "S042_K26-1_r01",
        "x",
        "S042_K26-1_r1 ",
    ],
)
def test_a_folder_of_another_name_is_not_that_return(folder: str) -> None:
    found = judged(Sealed(folder, a_return().files))
    assert (found.verdict, codes(found)) == ("not_a_return", {"name_disagrees"})


@pytest.mark.parametrize(
    "changed",
    [
        {"revision": 2},
        {"return_id": "fedcba9876543210"},
        {"previous_sha256": "ab" * 32},
        {"site_code": "S043"},
        {"cohort_code": "K26-2"},
        {"signed_at": SIGNED_AT + timedelta(seconds=1)},
        {"practice": True},
    ],
)
def test_a_sign_off_that_says_another_thing_than_the_tables_is_refused(changed: dict[str, object]) -> None:
    other = sealed(replace_claims(**changed)).files[SIGNOFF]
    payload = {name: content for name, content in a_return().files.items() if name.startswith("data/")}
    found = judged(resealed(a_return().folder, {**payload, SIGNOFF: other}))
    assert not found.intact
    assert "record_disagrees" in codes(found)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"revision": ' + b"9" * 5000 + b"}"]
)
def test_a_sign_off_that_is_none_is_refused_without_a_crash(content: bytes) -> None:
    payload = {name: content for name, content in a_return().files.items() if name.startswith("data/")}
    found = judged(resealed(a_return().folder, {**payload, SIGNOFF: content}))
    assert "not_understood" in codes(found)
    assert found.signers == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b'"',
        b"a\r\n",
        b"a,a\r\n1,2\r\n",
        b"a\r\n" + b"x" * 1_000_000 + b"\r\n",
        b"\0\r\n\0\r\n",
    ],
)
@pytest.mark.parametrize("name", ["data/cohort.csv", "data/measures.csv", "data/participants.csv"])
def test_tables_that_are_none_are_refused_without_a_crash(name: str, content: bytes) -> None:
    payload = {one: content for one, content in a_return().files.items() if one.startswith("data/")}
    found = judged(resealed(a_return().folder, {**payload, name: content}))
    assert (found.verdict, found.intact) == ("not_a_return", False)


def resign(files: Files) -> None:
    """Bring tagmanifest and signature to what the tag files are now."""
    files[TAGMANIFEST] = manifest_of({name: files[name] for name in ("bagit.txt", INFO, MANIFEST)})
    files[SIGNATURE] = sign(files[TAGMANIFEST], RETURN_NAMESPACE, KEY)
