"""A home whose cohort can be signed over its gaps: two people who share, one who does not, a signer.

Not for: checking anything. The report is a few bytes here: making it is another's, and slow.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from escape_tui.cohorts import make_cohort, open_by_code
from escape_tui.facilitators import add_facilitator, facilitator_of
from escape_tui.settings import SETTINGS_NAME, settings_text, site_of
from escape_tui.signers import allowed_signers, new_signer
from escape_tui.signing import SignedOut, SigningOrder, sign_return
from escape_tui.store.acts.people import ConsentEntry, record_consent
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.keys import Home
from exports.held import Held
from exports.rows import Tables
from exports.signers import Trusted
from exports.signoff import SignedReturn
from exports.taking_in import open_bag
from exports.verify import Judgement, judge
from tests.returns.sealing import PDF
from tests.store.homes import CODE, a_home
from tests.store.making import Clock, new_cohort, someone
from tests.unit.home_fixtures import PASSPHRASE

NOW = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
WHY = "The forms of two people were lost by the hall."


@dataclass
class SigningHome:
    """The home, its cohort's people, and the clock by which all of it goes."""

    home: Home
    clock: Clock
    shared: tuple[str, str]
    unshared: str

    def cohort(self) -> Cohort:
        """The cohort, open."""
        return open_by_code(self.home, CODE, Actor("jk", self.clock), lambda: None)

    def order(self, out: Path, *, why: str | None = WHY) -> SigningOrder:
        """The order to sign over the gaps."""
        return SigningOrder("jk", out, lambda: PASSPHRASE, why)

    def sign(self, out: Path, *, why: str | None = WHY) -> SignedOut:
        """Sign the return into the folder `out`."""
        with self.cohort() as cohort:
            return sign_return(cohort, self.home, self.order(out, why=why), report)

    def trusted(self) -> Trusted:
        """What the clinic was told of the signers."""
        return Trusted(allowed_signers(self.home.folder, "S042", practice=self.home.practice))

    def judged(self, path: Path) -> Judgement:
        """What the clinic makes of a return."""
        return judge(open_bag(path), self.trusted())


def report(held: Held, tables: Tables, signed: SignedReturn) -> bytes:
    """Stands for the report."""
    return PDF


def signing_home(folder: Path, *, practice: bool = False, encrypted: bool = False) -> SigningHome:
    """Make the home in `folder`."""
    home = a_home(folder, encrypted=encrypted, practice=practice)
    settings = settings_text(site_of("S042", "Môn Hall", ""))
    (folder / SETTINGS_NAME).write_text(settings, encoding="utf-8")
    add_facilitator(folder, facilitator_of("jk", "Jo Kent", "physiotherapist", "all"))
    clock = Clock(NOW)
    new_signer(folder, "jk", lambda: PASSPHRASE, clock.now, rounds=1)
    with make_cohort(home, new_cohort(practice=practice), Actor("jk", clock)) as cohort:
        people = [someone(cohort, reference) for reference in ("MT-1001", "MT-1002", "MT-1003")]
        for person in people[:2]:
            record_consent(cohort, person, ConsentEntry("sharing", True, date(2026, 10, 5), "written"))
    return SigningHome(home, clock, (people[0], people[1]), people[2])


def change_settings(home: SigningHome, edit: Callable[[str], str]) -> None:
    """Edit the settings of the home."""
    path = home.home.folder / SETTINGS_NAME
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")


def sign_off_in(path: Path) -> dict[str, object]:
    """What `signoff.json` of a return says."""
    found: dict[str, object] = json.loads(open_bag(path).files["data/signoff.json"])
    return found
