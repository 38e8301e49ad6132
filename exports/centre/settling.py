"""Saying which return of a fork is the true one: a decision of people, after asking the site.

Not for: filing it. Nothing in a bag settles a fork; two laptops each hold theirs for the true one.
"""

from __future__ import annotations

from pathlib import Path

from exports.centre.ledger import Sender, open_ledger
from sessions.errors import Refused


def settle(folder: Path, tagmanifest_sha256: str) -> Sender:
    """Settle on this return among its rivals, and give what it says of itself.

    May be said anew of another. `Refused` where there is no such return, or it has no rival. Raises as
    `open_ledger`.
    """
    with open_ledger(folder, to_write=True) as ledger:
        bags = [one for one in ledger.bags().values() if one.state != "refused"]
        chosen = next((one for one in bags if one.sender.tagmanifest_sha256 == tagmanifest_sha256), None)
        if chosen is None:
            raise Refused(
                "No return with this hash was received.", "Compare it with the receipt, which names the hash."
            )
        of = (chosen.sender.site_code, chosen.sender.return_id, chosen.sender.revision)
        rivals = [
            one for one in bags if (one.sender.site_code, one.sender.return_id, one.sender.revision) == of
        ]
        if len(rivals) == 1:
            raise Refused("This return has no rival.", "Only a fork needs to be settled.")
        with ledger.database.transaction():
            ledger.settle(chosen, rivals)
        return chosen.sender
