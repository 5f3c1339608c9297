"""How far each text of a plugin is translated into each of its languages, and who has reviewed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sdgcities.i18n.catalogues import DOMAIN
from sdgcities.i18n.languages import SOURCE, exact_forms, language_chain, plural_count, plural_form
from sdgcities.i18n.wanted import Text
from sdgcities.intake.files import read_text
from sdgcities.intake.po import MAX_BYTES, Catalogue, Entry, parse_po
from sdgcities.kit.desk.texts import texts_of
from sdgcities.model.plugins import Manifest


class State(StrEnum):
    """How far a text is, in one language."""

    EMPTY = "empty"
    DRAFT = "draft"
    """Translated, and marked as not yet reviewed."""
    UNREVIEWED = "unreviewed"
    """Translated; nobody has put a name to it."""
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class String:
    """A text in one language. `file` is the plugin's file the text stands in; `catalogue` and `line` tell where its translation does."""

    msgid: str
    plural: str | None
    file: str
    texts: tuple[str, ...] = ()
    state: State = State.EMPTY
    reviewer: str = ""
    reviewed_on: date | None = None
    line: int | None = None
    catalogue: Path | None = None


def strings_of(manifest: Manifest) -> Mapping[str, tuple[String, ...]]:
    """Every text of the plugin in each language that needs a catalogue. Raises Refused for a file that can't be read at all."""
    texts = texts_of(manifest)
    return {language: tuple(strings_by(texts, known_by(manifest, language))) for language in languages_of(manifest)}


def languages_of(manifest: Manifest) -> tuple[str, ...]:
    """The declared languages that need a catalogue: texts are written in English, which needs none."""
    return tuple(language for language in manifest.languages if language.split("_")[0] != SOURCE)


def catalogue_file(manifest: Manifest, language: str) -> Path:
    """Where the plugin has, or should have, its catalogue of a language."""
    return manifest.folder / manifest.paths.get("locales", "locales") / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue_of(file: Path) -> Catalogue:
    """A catalogue of a plugin, by the language of its folder. Raises Refused where it is none."""
    form = plural_form(file.parts[-3])
    return parse_po(read_text(file, MAX_BYTES), str(file), plural_count(form), exact_forms(form))


def known_by(manifest: Manifest, language: str) -> Mapping[str, tuple[Path, Entry]]:
    """What is translated, with its place: in the catalogue of the language, or of the one that stands in for it."""
    known: dict[str, tuple[Path, Entry]] = {}
    for code in language_chain(language)[:-1]:
        file = catalogue_file(manifest, code)
        for entry in catalogue_of(file).entries if file.is_file() else ():
            if entry.texts or entry.msgid not in known:
                known.setdefault(entry.msgid, (file, entry))
    return known


def strings_by(texts: Iterable[Text], known: Mapping[str, tuple[Path, Entry]]) -> Iterator[String]:
    """Each text with what is known of it."""
    for text in texts:
        msgid, plural = (text.msgid, None) if isinstance(text.msgid, str) else text.msgid
        place = known.get(msgid)
        if place is None:
            yield String(msgid, plural, text.file)
        else:
            file, entry = place
            yield String(msgid, plural, text.file, entry.texts, state_of_entry(entry), entry.reviewer, entry.reviewed_on, entry.line, file)


def state_of_entry(entry: Entry) -> State:
    """How far a catalogue's entry is."""
    if not entry.texts:
        return State.EMPTY
    if entry.draft:
        return State.DRAFT
    return State.REVIEWED if entry.reviewer else State.UNREVIEWED
