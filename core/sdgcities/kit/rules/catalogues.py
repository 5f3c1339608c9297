"""Catalogues: translations that say what their text says, how many there are, and who has reviewed them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.i18n.catalogues import DOMAIN
from sdgcities.i18n.languages import language_chain, plural_form
from sdgcities.intake.files import read_text
from sdgcities.intake.po import MAX_BYTES, Catalogue, Entry, unquoted_lines
from sdgcities.kit.desk.comparing import ends_otherwise, faults
from sdgcities.kit.desk.core import core_entries, core_strings
from sdgcities.kit.desk.plurals import agrees
from sdgcities.kit.desk.states import State, String, catalogue_file, catalogue_of, strings_of
from sdgcities.kit.desk.texts import also_shown, core_texts, texts_of
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Subject
from sdgcities.model.plugins import Manifest

NEEDED = 95
"""Texts out of a hundred that must be translated."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_SHOWN = 60


def catalogues_valid(subject: Subject) -> Iterator[Finding]:
    """Every catalogue of the plugin, whether its language is declared or not."""
    folder = subject.manifest.path("locales")
    if folder is None:
        return
    known, own = _known(subject.manifest), _own(subject.manifest)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield from _of_file(file, folder, subject.manifest, known)
            yield from _over_core(file, folder, own)


def translated(subject: Subject) -> Iterator[Finding]:
    """A language into which too few texts are translated. Drafts count, and are told apart. What the core lacks in it is a note."""
    for language, strings in _strings(subject).items():
        done = sum(one.state is not State.EMPTY for one in strings)
        if done * 100 < NEEDED * len(strings):
            yield _few(subject.manifest, language, strings)
        yield from _of_core(subject.manifest, language)


def _of_core(manifest: Manifest, language: str) -> Iterator[Finding]:
    """How many of the core's texts people meet in English."""
    strings = core_strings(manifest, language)
    if english := sum(one.state is State.EMPTY for one in strings):
        problem = nmsg(
            "%(language)s: %(n)s of the %(all)s texts of the core in reports and forms is shown in English.",
            "%(language)s: %(n)s of the %(all)s texts of the core in reports and forms are shown in English.",
            english,
            language=language,
            all=len(strings),
        )
        hint = msg(
            "Bring them in with sdgcities locale update %(plugin)s --language %(language)s --core, and translate them; once in a hub is enough.",
            plugin=manifest.name,
            language=language,
        )
        yield Finding("po.core", Severity.NOTE, problem, hint, Where(file=str(catalogue_file(manifest, language))))


def fully_translated(subject: Subject) -> Iterator[Finding]:
    """A language into which a text is not translated."""
    for language, strings in _strings(subject).items():
        if any(one.state is State.EMPTY for one in strings):
            yield _few(subject.manifest, language, strings)


def reviewed(subject: Subject) -> Iterator[Finding]:
    """A language in which translations await review."""
    for language, strings in _strings(subject).items():
        states = Counter(one.state for one in strings)
        if awaiting := states[State.DRAFT] + states[State.UNREVIEWED]:
            first = next(one for one in strings if one.state in (State.DRAFT, State.UNREVIEWED))
            problem = msg(
                "%(language)s: %(n)s translations await review, %(drafts)s of them drafts.", language=language, n=awaiting, drafts=states[State.DRAFT]
            )
            hint = msg("Send them to somebody who speaks the language: sdgcities locale export; each review is kept as # reviewed: NAME, YYYY-MM-DD.")
            yield Finding("po.unreviewed", Severity.BLOCK, problem, hint, Where(file=str(first.catalogue), line=first.line))


def _few(manifest: Manifest, language: str, strings: Sequence[String]) -> Finding:
    states, first = Counter(one.state for one in strings), next(one for one in strings if one.state is State.EMPTY)
    file = catalogue_file(manifest, language)
    if not file.is_file() and states[State.EMPTY] == len(strings):
        hint = msg("Run sdgcities locale update, or take the language out of plugin.yaml.")
        return Finding("po.missing", Severity.BLOCK, msg("There is no catalogue for %(language)s.", language=language), hint, Where(file=str(file)))
    problem = msg(
        "%(language)s: %(done)s of %(all)s texts are translated, %(drafts)s of them as drafts; the first that is not: %(text)s (%(file)s).",
        language=language,
        done=len(strings) - states[State.EMPTY],
        all=len(strings),
        drafts=states[State.DRAFT],
        text=_short(first.msgid),
        file=first.file,
    )
    hint = msg("Translate what is empty; sdgcities locale update brings in texts that are new.")
    return Finding("po.coverage", Severity.BLOCK, problem, hint, Where(file=str(file), line=first.line))


def _of_file(file: Path, folder: Path, manifest: Manifest, known: frozenset[str] | None) -> Iterator[Finding]:
    language, where = file.relative_to(folder).parts[0], Where(file=str(file))
    if file.relative_to(folder).parts[1:] != ("LC_MESSAGES", f"{DOMAIN}.po"):
        if file.suffix != ".mo":
            hint = msg("A catalogue lies at LANGUAGE/LC_MESSAGES/%(name)s.po.", name=DOMAIN)
            yield Finding("po.place", Severity.NOTE, msg("This file is not read."), hint, where)
        return
    if not _LANGUAGE.fullmatch(language):
        hint = msg("Rename the folder: %(code)s.", code=_meant(language)) if _meant(language) else msg("Name it by its ISO 639 code, such as sw or pt_PT.")
        yield Finding("po.language", Severity.BLOCK, msg("%(name)s is no code of a language.", name=language), hint, where)
        return
    if language not in {code for declared in manifest.languages for code in language_chain(declared)}:
        hint = msg("Add it to languages in plugin.yaml, or take the catalogue out.")
        yield Finding("po.undeclared", Severity.NOTE, msg("plugin.yaml does not declare the language %(language)s.", language=language), hint, where)
    try:
        catalogue = catalogue_of(file)
    except Refused as error:
        yield from error.findings
        return
    for line in unquoted_lines(read_text(file, MAX_BYTES)):
        hint = msg('Write the text between one pair of quotation marks, and \\" for one inside it.')
        yield Finding("po.quotes", Severity.BLOCK, msg("The quotation marks do not close where the line ends."), hint, Where(file=str(file), line=line))
    yield from _header(catalogue, language, where)
    yield from catalogue.findings
    for msgid, again, first in catalogue.repeated:
        problem = msg("%(text)s stands in the lines %(first)s and %(again)s.", text=_short(msgid), first=first, again=again)
        yield Finding("po.twice", Severity.BLOCK, problem, msg("Keep one of the two."), Where(file=str(file), line=again))
    for entry in catalogue.entries:
        yield from _of_entry(entry, Where(file=str(file), line=entry.line), known)


def _over_core(file: Path, folder: Path, own: frozenset[str]) -> Iterator[Finding]:
    """Texts of the plugin that the core has too, translated otherwise: a word for a person's name then heads the core's lists of cities."""
    language = file.relative_to(folder).parts[0]
    if file != folder / language / "LC_MESSAGES" / f"{DOMAIN}.po" or not _LANGUAGE.fullmatch(language):
        return
    with suppress(Refused):  # told as a fault of the catalogue
        said = core_entries(language)
        for entry in catalogue_of(file).entries:
            theirs = said.get(entry.msgid)
            if entry.texts and entry.msgid in own & core_texts() and (theirs is None or theirs.texts != entry.texts):
                yield _told("po.core", Severity.NOTE, _short(entry.msgid), _replaces(theirs), _ANOTHER, Where(file=str(file), line=entry.line))


_ANOTHER = msg("If it means something else in your file, word it otherwise there, such as Name of the person for Name.")


def _replaces(theirs: Entry | None) -> Message:
    if theirs is None:
        return msg("The core says this too: your translation is used everywhere in the hub.")
    return msg("The core says this too: your translation replaces its own, “%(text)s”, everywhere.", text=theirs.texts[0])


def _header(catalogue: Catalogue, language: str, where: Where) -> Iterator[Finding]:
    stated, ours = catalogue.header.get("Plural-Forms", ""), plural_form(language)
    if not stated:
        hint = msg("Write into the head: %(form)s", form=f'"Plural-Forms: {ours}\\n"')
        yield Finding("po.plural-forms", Severity.NOTE, msg("The head does not state the plural forms."), hint, where)
    elif not agrees(stated, language):
        problem = msg("The head states other plural forms than the language has: %(stated)s", stated=stated)
        yield Finding("po.plural-forms", Severity.BLOCK, problem, msg("Write Plural-Forms: %(form)s", form=ours), where)
    charset = re.search(r"charset=([\w-]+)", catalogue.header.get("Content-Type", ""))
    if charset and charset[1].lower().replace("-", "") != "utf8":
        problem = msg("The head states the encoding %(name)s; catalogues are UTF-8.", name=charset[1])
        yield Finding("po.charset", Severity.BLOCK, problem, msg("Save the file as UTF-8, and write charset=UTF-8."), where)


def _of_entry(entry: Entry, where: Where, known: frozenset[str] | None) -> Iterator[Finding]:
    text = _short(entry.msgid)
    for problem, hint in faults(entry):
        yield _told("po.differs", Severity.BLOCK, text, problem, hint, where)
    if entry.draft and entry.reviewer:
        problem = msg("It is marked as a draft, and as reviewed by %(name)s.", name=entry.reviewer)
        yield _told("po.review", Severity.BLOCK, text, problem, msg("Take one of the two comments out."), where)
    if entry.reviewed_on and entry.reviewed_on > datetime.now(UTC).date() + timedelta(days=1):
        problem = msg("It was reviewed on a day that is still to come, %(day)s.", day=entry.reviewed_on.isoformat())
        yield _told("po.review", Severity.BLOCK, text, problem, msg("Write the day of the review."), where)
    if entry.reviewer and not entry.texts:
        yield _told("po.review", Severity.NOTE, text, msg("It names a reviewer, and is not translated."), msg("Take the comment out, or translate it."), where)
    if entry.unused == "fuzzy":
        yield _told("po.unused", Severity.NOTE, text, msg("It is marked fuzzy, so it is not used."), msg("Correct it, then take the mark fuzzy out."), where)
    if entry.unused == "context":
        yield _told("po.unused", Severity.NOTE, text, msg("It has a msgctxt, so it is not used."), msg("Take the line msgctxt out."), where)
    if known is not None and entry.msgid not in known:
        hint = msg("sdgcities locale update sets it aside; or correct it to the text as it stands now.")
        yield _told("po.gone", Severity.NOTE, text, msg("The plugin has no such text."), hint, where)
    if ends_otherwise(entry):
        problem = msg("It ends with another sign than the text.")
        yield _told("po.ending", Severity.NOTE, text, problem, msg("End it as the text does, with the sign of the language."), where)


def _told(code: str, severity: Severity, text: str, problem: Message, hint: Message, where: Where) -> Finding:
    return Finding(code, severity, msg("%(text)s: %(problem)s", text=text, problem=problem), hint, where)


def _known(manifest: Manifest) -> frozenset[str] | None:
    """Every text that is shown by the plugin or the core; None where a file can't be read: another rule tells why."""
    try:
        return frozenset(text.key for text in texts_of(manifest)) | also_shown(manifest) | core_texts()
    except Refused:
        return None


def _own(manifest: Manifest) -> frozenset[str]:
    """The texts of the plugin; none where a file can't be read."""
    try:
        return frozenset(text.key for text in texts_of(manifest))
    except Refused:
        return frozenset()


def _strings(subject: Subject) -> Mapping[str, tuple[String, ...]]:
    try:
        return strings_of(subject.manifest)
    except Refused as error:
        name = Path(error.findings[0].where.file or "").name
        raise Unchecked(msg("%(file)s must be corrected first.", file=name)) from error


def _meant(name: str) -> str:
    """The code that a folder's name probably means; empty where it is none."""
    code = language_chain(name)[0]
    return code if _LANGUAGE.fullmatch(code) and code.lower() == name.lower().replace("-", "_") else ""


def _short(text: str) -> str:
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


CHECKS: Mapping[str, Check] = {
    "catalogues-valid": catalogues_valid,
    "translated": translated,
    "fully-translated": fully_translated,
    "reviewed": reviewed,
}
