"""How a command answers: lines for people, or with `--json` one document on stdout and nothing else.

Not for: what is answered.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable
from shutil import get_terminal_size
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
    """Say `words` to the person beside the answer: on stderr, so that a script reads only the answer.

    On a terminal a line that is too long breaks between words; one that is set in stays as it is.
    """
    if sys.stderr.isatty():
        width = get_terminal_size().columns
        words = "\n".join(_wrapped(line, width) for line in words.split("\n"))
    click.echo(words, err=True)


def _wrapped(line: str, width: int) -> str:
    if line.startswith(" "):
        return line
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
