"""`python -m escape_tui`: the same program as `escape`."""

from escape_tui.cli.main import run

if __name__ == "__main__":
    run()
