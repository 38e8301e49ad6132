"""Lines that somebody types while a clock runs: waiting for one never keeps the clock waiting.

Not for: what the lines mean (`commands`).
"""

from __future__ import annotations

import codecs
import queue
import sys
import threading
import time
from typing import Final, Protocol, TextIO

_AT_ONCE: Final = 4096


class Lines(Protocol):
    """Whatever gives lines one after another."""

    def next(self, seconds: float) -> str | None:
        """The next line without its end, waiting at most so long; None where there was none.

        `EOFError` where there will be no more.
        """


class StdinLines:
    """The lines of stdin, a terminal's or a pipe's, read by a thread: on Windows no console can be polled."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stdin if stream is None else stream
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._over = False
        threading.Thread(target=self._read, name="stdin", daemon=True).start()

    def next(self, seconds: float) -> str | None:
        """As `Lines.next`."""
        if self._over:
            raise EOFError
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        if line is None:
            self._over = True
            raise EOFError
        return line

    def _read(self) -> None:
        # Below the buffer: a thread that waits inside it holds its lock, and Python cannot end then.
        buffer = self._stream.buffer
        raw = getattr(buffer, "raw", buffer)
        decoder = codecs.getincrementaldecoder(self._stream.encoding or "utf-8")("replace")
        begun = ""
        while True:
            try:
                data = raw.read(_AT_ONCE)
            except (OSError, ValueError):  # the terminal is gone
                data = b""
            if data is None:
                time.sleep(0.05)
                continue
            *whole, begun = (begun + decoder.decode(data, final=not data)).split("\n")
            for line in whole:
                self._lines.put(line.rstrip("\r"))
            if not data:
                if begun:
                    self._lines.put(begun.rstrip("\r"))
                self._lines.put(None)
                return


def say_line(line: str) -> None:
    """Write one line to stdout, at once; what the terminal cannot write becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()
