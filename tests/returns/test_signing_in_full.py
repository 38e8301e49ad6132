"""A return with the real report in it: the same bytes each time, nobody's name in any text or stream."""

from __future__ import annotations

import base64
import re
import subprocess
import zlib
from pathlib import Path

import pytest

from escape_tui.signers import open_key, signer_of
from escape_tui.signing import ready_to_sign, sealed_files
from exports.report.returned import report_pdf
from exports.taking_in import OpenedBag
from exports.verify import judge
from tests.outside import tool
from tests.returns.signing_home import SigningHome, signing_home
from tests.unit.home_fixtures import PASSPHRASE

PLANTED = (b"Zwanhild", b"Quastenfloss", b"1957", b"07700900123", b"07700 900123", b"MT-100")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SigningHome:
    return signing_home(tmp_path_factory.mktemp("full") / "home")


@pytest.fixture(scope="module")
def made(home: SigningHome) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of one return, made twice."""
    with home.cohort() as cohort:
        ready = ready_to_sign(cohort, home.home, home.order(home.home.folder))
        key = open_key(signer_of(home.home.folder, "jk", home.clock.now), PASSPHRASE)
        return sealed_files(ready, key, report_pdf), sealed_files(ready, key, report_pdf)


def test_a_return_with_its_report_is_the_same_bytes_each_time_and_genuine(
    home: SigningHome, made: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    assert made[0] == made[1]
    assert judge(OpenedBag("S042_K26-1_r1", made[0]), home.trusted()).verdict == "genuine"


def test_nobody_is_named_in_any_text_or_stream_of_the_return(
    home: SigningHome, made: tuple[dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    files = made[0]
    pdf = tmp_path / "return.pdf"
    pdf.write_bytes(files["data/return.pdf"])
    text = subprocess.run([tool("pdftotext"), pdf, "-"], check=True, capture_output=True).stdout
    assert b"S042" in text
    searched = {**files, "text": text, **dict(enumerate_streams(files["data/return.pdf"]))}
    assert len(searched) > 20
    for name, content in searched.items():
        assert [words for words in (*PLANTED, home.unshared.encode()) if words in content] == [], name


def enumerate_streams(pdf: bytes) -> list[tuple[str, bytes]]:
    """Every stream of a PDF that unpacks, by its place."""
    found = []
    for stream in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        content = stream[1]
        if content.startswith(b"Gb") or content.rstrip().endswith(b"~>"):
            content = base64.a85decode(content.strip().removesuffix(b"~>"))
        try:
            content = zlib.decompress(content)
        except zlib.error:
            continue
        found.append((f"stream at {stream.start()}", content))
    return found
