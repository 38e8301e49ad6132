"""How long the program takes to start: `python -m bench.start`.

Not for: the screens' first paint.
"""

from __future__ import annotations

from bench.compare import Compared, compare, python


def measured() -> list[Compared]:
    """`escape --help` against importing click: at most three times."""
    return [
        compare(
            python("escape --help", "-m", "escape_tui", "--help"),
            python('python -c "import click"', "-c", "import click"),
            at_most=3,
        )
    ]


if __name__ == "__main__":
    for compared in measured():
        print(compared.row())
