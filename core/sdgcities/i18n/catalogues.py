"""The catalogues of the core and of the plugins: PO files, read through a cache of compiled ones.

A compiled catalogue lies under the digest of its PO file in the user's cache folder, so that a run as a rule needs the standard
library's gettext and not Babel. Where that folder can't be written, catalogues are compiled in memory.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.i18n.languages import PLURAL_FORMS, exact_forms, language_chain, plural_count, plural_form
from sdgcities.intake.files import read_text
from sdgcities.intake.po import MAX_BYTES, Entry, parse_po
from sdgcities.model.plugins import Manifest
from sdgcities.resources import resource_dir
from sdgcities.writing import put

DOMAIN = "sdgcities"
MAX_CACHED = 500
_FORMAT = b"3"
"""Part of every digest: raise it when the compiled form, or what is accepted, changes."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalogue ready to use, and what is wrong with its file."""

    texts: NullTranslations
    findings: tuple[Finding, ...] = ()
    language: str = ""


class Catalogues:
    """Where the texts of a hub's languages are: hub over country over theme over core."""

    def __init__(self, manifests: Iterable[Manifest] = (), cache: Path | None = None) -> None:
        """The core's own catalogues and those of the plugins; `cache` is the folder for compiled ones."""
        plugins = sorted(manifests, key=lambda manifest: (-manifest.layer.rank, manifest.name))
        folders = [manifest.folder / manifest.paths["locales"] for manifest in plugins if "locales" in manifest.paths]
        self._folders = (*folders, resource_dir("locales"))
        self._cache = cache or cache_folder()

    def languages(self) -> tuple[str, ...]:
        """The languages that have a catalogue anywhere."""
        return tuple(sorted({path.parts[-3] for folder in self._folders for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}))

    def load(self, language: str) -> Iterator[Loaded]:
        """The catalogues a reader of this language is served from, the first that knows a text wins."""
        for code in language_chain(language):
            for folder in self._folders:
                path = folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"
                if path.is_file():
                    yield replace(load_catalogue(path, code, self._cache), language=code)


def cache_folder(kind: str = "catalogues") -> Path:
    """The user's folder for what is compiled; it need not exist."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base or Path("~").expanduser() / ".cache") / "sdgcities" / kind


def load_catalogue(path: Path, language: str, cache: Path) -> Loaded:
    """One catalogue, from the cache where it is there. A file with faults is read anew each time, so that they are told."""
    try:
        text = read_text(path, MAX_BYTES)
        digest = sha256(b"\0".join((_FORMAT, PLURAL_FORMS.read_bytes(), language.encode(), text.encode()))).hexdigest()
        compiled = cache / f"{digest}.mo"
        if cached := _cached(compiled):
            return Loaded(cached)
        form = plural_form(language)
        catalogue = parse_po(text, str(path), plural_count(form), exact_forms(form))
    except Refused as refusal:
        return Loaded(NullTranslations(), refusal.findings)
    data = compile_catalogue(catalogue.entries, form)
    if not catalogue.findings:
        with suppress(OSError):  # a cache that can't be written costs time, nothing else
            _keep(compiled, data)
    return Loaded(GNUTranslations(BytesIO(data)), catalogue.findings)


def _cached(path: Path) -> GNUTranslations | None:
    try:
        with path.open("rb") as stream:
            return GNUTranslations(stream)
    except (OSError, ValueError, LookupError, struct.error):  # not there, or damaged: compiled again
        return None


def _keep(path: Path, data: bytes) -> None:
    put(path, data)
    by_age = sorted(path.parent.glob("*.mo"), key=lambda kept: kept.stat().st_mtime, reverse=True)
    for old in by_age[MAX_CACHED:]:
        old.unlink()


def compile_catalogue(entries: Iterable[Entry], form: str) -> bytes:
    """The translated entries in gettext's binary format."""
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {form}\n"
    texts = {"": header} | {"\0".join(filter(None, (e.msgid, e.plural))): "\0".join(e.texts) for e in entries if e.texts}
    return _binary({key.encode(): value.encode() for key, value in texts.items()})


def _binary(texts: Mapping[bytes, bytes]) -> bytes:
    keys = sorted(texts)
    strings = [*keys, *(texts[key] for key in keys)]
    start = 28 + 8 * len(strings)
    table, offset = [], start
    for string in strings:
        table += [len(string), offset]
        offset += len(string) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return head + struct.pack(f"<{len(table)}I", *table) + b"".join(string + b"\0" for string in strings)
