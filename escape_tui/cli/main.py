"""The entry: `escape [--home DIR] COMMAND`, its errors and its exit codes.

Not for: single commands; each group has a module of its own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from escape_tui import __version__
from escape_tui.cli.context import Settled
from escape_tui.cli.failures import exit_code_of
from escape_tui.cli.lazy import LazyCommand, LazyGroup
from escape_tui.cli.named import NamedPath
from escape_tui.home import HOME_VARIABLE

COMMANDS = (
    LazyCommand("init", "escape_tui.cli.init:init", "Set up a home: settings, keys, recovery key."),
    LazyCommand(
        "unlock-check", "escape_tui.cli.unlock:unlock_check", "Whether the passphrase opens the home."
    ),
    LazyCommand(
        "passphrase", "escape_tui.cli.passphrase:passphrases", "A new passphrase, or one by the recovery key."
    ),
    LazyCommand("facilitator", "escape_tui.cli.facilitator:facilitators", "Who may be on duty."),
    LazyCommand(
        "cohort", "escape_tui.cli.cohort:cohorts", "The cohorts: plan, list, show, close, take a list in."
    ),
    LazyCommand(
        "person", "escape_tui.cli.person:persons", "The people of a cohort: list, add, edit, withdraw."
    ),
    LazyCommand("backup", "escape_tui.cli.backup:backups", "Backups: make one now, list them, prove them."),
    LazyCommand(
        "restore", "escape_tui.cli.restore:restore", "A cohort from a backup, or all from the second copy."
    ),
    LazyCommand("handover", "escape_tui.cli.handover:handovers", "A whole cohort to another laptop."),
    LazyCommand("pack", "escape_tui.cli.pack:packs", "The programmes: list them, show a session, check one."),
    LazyCommand(
        "instrument", "escape_tui.cli.instrument:instruments", "The measures: list, show, score answers."
    ),
    LazyCommand("doctor", "escape_tui.cli.doctor:doctor", "Whether all is well with home and laptop."),
    LazyCommand(
        "session", "escape_tui.cli.session:sessions", "The sessions: list, show, move, cancel, add one."
    ),
    LazyCommand("attendance", "escape_tui.cli.attendance:registers", "The register: mark, list, import."),
    LazyCommand("exercise", "escape_tui.cli.exercise:exercises", "The exercise log: import one from paper."),
    LazyCommand(
        "measure", "escape_tui.cli.measure:measured", "What people answered: record, correct, list, due."
    ),
    LazyCommand("incident", "escape_tui.cli.incident:incident_book", "Incidents at a session."),
    LazyCommand("feedback", "escape_tui.cli.feedback:feedback_cards", "Anonymous feedback, as counts."),
    LazyCommand("signpost", "escape_tui.cli.signpost:signpost", "Where a person goes on to."),
    LazyCommand("signer", "escape_tui.cli.signer:signers", "Signing keys: make, list, renew, retire one."),
    LazyCommand("verify", "escape_tui.cli.verify:verify", "Whether a return is genuine; needs no home."),
    LazyCommand("return", "escape_tui.cli.returns:returns", "Returns: what is missing, signing, reopening."),
    LazyCommand(
        "sync", "escape_tui.cli.sync:sync_returns", "Send returns, bring the centre's receipts home."
    ),
    LazyCommand("central", "escape_tui.cli.central:central", "The clinic's side: keys, receiving, report."),
    LazyCommand("report", "escape_tui.cli.report:report", "The site's own report, with people; stays home."),
    LazyCommand("practice", "escape_tui.cli.practice:practice", "Try everything with invented people."),
    LazyCommand("audit", "escape_tui.cli.audit:trail", "The trail of a cohort, and whether it holds."),
)


@click.group(
    cls=LazyGroup,
    commands_later=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="escape", message="%(prog)s %(version)s")
@click.option(
    "--home",
    type=NamedPath(),
    help="The folder of settings, cohorts, keys and backups. Default: ESCAPE_HOME, else your data folder.",
)
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
@click.pass_context
def escape(context: click.Context, home: Path | None, debug: bool) -> None:
    """Run ESCAPE-pain groups: sessions, attendance, measures, signed returns."""
    context.obj = Settled(home=home, debug=debug)
    if context.invoked_subcommand is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            click.echo(context.get_help())
            return
        # Here alone: `escape --help` and every command but this one start without it.
        from escape_tui.cli.open_app import open_app

        open_app(context.obj.folder)


def run() -> None:
    """Run the program on the arguments of this process and leave with the exit code of the contract."""
    sys.exit(outcome(sys.argv[1:]))


def outcome(arguments: list[str]) -> int:
    """Run the program on `arguments`; the exit code, after any error has been told on stderr."""
    debug = "--debug" in arguments
    try:
        result = escape.main(arguments, prog_name="escape", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the one place where every error becomes a sentence
        return exit_code_of(error, debug=debug, typed=_words(arguments))
    return result if isinstance(result, int) else 0


def _words(arguments: list[str]) -> list[str]:
    """What was typed on the command line that may be a file's name: `FILE` of `--out=FILE` too."""
    return [*arguments, *(word.partition("=")[2] for word in arguments), os.environ.get(HOME_VARIABLE, "")]
