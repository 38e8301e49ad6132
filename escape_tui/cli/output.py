"""How a command answers: lines for people, or with `--json` one document on stdout and nothing else.

Not for: what is answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

json_option: Callable[[_Command], _Command] = click.option(
    "--json", "as_json", is_flag=True, help="Answer with one JSON document."
)


def answer_json(document: object) -> None:
    """Write `document` to stdout as the one JSON document of this command."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def aside(words: str) -> None:
    """Say `words` to the person beside the answer: on stderr, so that a script reads only the answer."""
    click.echo(words, err=True)
