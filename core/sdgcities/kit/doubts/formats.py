"""The formats of a manifest: patterns of days that say something else than they should, and languages nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.i18n.languages import SOURCE, language_chain
from sdgcities.intake.yaml import Document
from sdgcities.model.plugins import Manifest

_QUOTED = re.compile(r"'[^']*'")
_MEANT = {"D": "d", "Y": "y", "m": "M"}
"""Letters that other programs write, and what CLDR takes for them."""
_OF_DAYS = "GyuMLdEecQq"
"""Letters of CLDR's patterns that a day can fill."""


def doubtful_formats(manifest: Manifest, document: Document) -> Iterator[Finding]:
    """Everything of the formats that a reader would see wrong or never."""
    from babel import Locale  # noqa: PLC0415 - 30 MB that other commands do without

    known, names = {code for declared in manifest.languages for code in language_chain(declared)}, Locale(SOURCE).languages
    for number, language in enumerate(manifest.languages):
        if language.split("_")[0] not in names:
            problem, hint = msg("%(code)s is no language that CLDR knows.", code=language), msg("Write its code of ISO 639, such as sw or pt_PT.")
            yield Finding("manifest.language", Severity.NOTE, problem, hint, document.where(("languages", number)))
    for language, formats in manifest.formats.items():
        if language not in {*known, SOURCE}:
            problem = msg("The formats of %(language)s are used nowhere: languages does not have it.", language=language)
            hint = msg("Declared are: %(names)s.", names=", ".join(manifest.languages) or "-")
            yield Finding("manifest.formats", Severity.BLOCK, problem, hint, document.where(("formats", language)))
        if wrong := _wrong_pattern(formats.get("date", "")):
            yield Finding("manifest.formats", Severity.BLOCK, *wrong, document.where(("formats", language, "date")))


def _wrong_pattern(pattern: str) -> tuple[Message, Message] | None:
    letters = set(re.sub("[^A-Za-z]", "", _QUOTED.sub("", pattern)))
    if not pattern or letters <= set(_OF_DAYS):
        return None
    problem = msg("%(pattern)s does not write a day: it has %(letters)s.", pattern=pattern, letters=", ".join(sorted(letters - set(_OF_DAYS))))
    meant = "".join(_MEANT.get(sign, sign) for sign in pattern)
    if letters <= {*_OF_DAYS, *_MEANT}:
        return problem, msg("Did you mean %(meant)s? dd is the day, MM the month, yyyy the year.", meant=meant)
    return problem, msg("dd is the day, MM the month, yyyy the year; put words in single quotation marks.")
