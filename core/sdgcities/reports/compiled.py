"""Templates compiled once: a fifth of a report's time goes into compiling them anew."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from sdgcities.writing import put

FORMAT = "2"
"""Raise it when templates are compiled another way, which their sources do not show."""


class CompiledTemplates(BytecodeCache):
    """Compiled templates in a folder of the user's. Each carries the digest of its source; one that does not fit, or is damaged, is compiled anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FORMAT

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the compiled template, if there is one."""
        try:
            bucket.load_bytecode(BytesIO((self._folder / bucket.key).read_bytes()))
        except (OSError, ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; where that can't be done, it costs time and nothing else."""
        with suppress(OSError):
            put(self._folder / bucket.key, bucket.bytecode_to_string())
