"""Who acts: the option `--by` of every command that writes into the audit.

Not for: who is on duty; nor is it a proof, for whoever holds the passphrase can name anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

by_option: Callable[[_Command], _Command] = click.option(
    "--by",
    envvar="ESCAPE_BY",
    metavar="FACILITATOR",
    help="Who acts, for the audit. Else ESCAPE_BY, else the only facilitator.",
)
