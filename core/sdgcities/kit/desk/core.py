"""The core's own texts that cities and citizens meet in reports and forms: where each is shown, in the order in which they matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sdgcities.contract.load import CONTRACT_FILE
from sdgcities.i18n.catalogues import DOMAIN
from sdgcities.i18n.extract import texts_of_document
from sdgcities.i18n.languages import language_chain
from sdgcities.i18n.wanted import Text
from sdgcities.intake.po import Entry
from sdgcities.intake.yaml import NodePath, load_yaml
from sdgcities.kit.desk.states import String, catalogue_of, known_by, state_of_entry, strings_by
from sdgcities.kit.desk.texts import core_sources, texts_of
from sdgcities.model.hub import CityStage
from sdgcities.model.plugins import Manifest
from sdgcities.resources import resource_dir

REPORT = (
    (r"templates/reports/head", "city report: head and summary"),
    (r"templates/reports/city", "city report: frame and foot"),
    (r"templates/reports/map|sdgcities/reports/(locat|charts/surroundings)", "city report: map"),
    (r"templates/reports/milestones", "city report: milestones"),
    (r"templates/reports/claims", "city report: claims and decisions"),
    (r"templates/reports/figures", "city report: figures"),
    (r"templates/reports/marks", "city report: marks beside figures"),
    (r"sdgcities/reports/(drawing|tables|charts/)", "city report: charts and tables"),
    (r"templates/reports/gaps", "city report: gaps"),
    (r"templates/reports/provenance", "city report: where the figures come from"),
    (r"sdgcities/reports/wording", "city report: states, reasons, what is required"),
    (r"sdgcities/contract/(assess|comparing)|sdgcities/tracks/.*(measures|disaggregated|published|second_cycle)", "city report: milestones, what is missing"),
    (r"templates/reports/|sdgcities/reports/(?!section).*\.py", "city report"),
    (r"sdgcities/frameworks/sdg_goals", "city report: names of the goals"),
    (r"sdgcities/frameworks/umf", "city report: domains and objectives of the UMF"),
    (r"sdgcities/reports/units_of_measure", "city report: units of measure"),
    (r"sdgcities/tracks/.*codelists", "city report: names and labels of dimensions"),
)
"""Files whose texts a city report shows, and where; the first that fits counts."""
FORMS = (
    (r"templates/preview/form|kit/preview/form_fields", "form page"),
    (r"sdgcities/tracks/.*/forms/", "form of the core"),
)
"""The same of forms."""
_PARTS = {"tracks": "track", "milestones": "milestone"}
_OF_MILESTONE = {"criteria": "criterion", "evidence": "document", "parameters": "choice"}


@cache
def public_texts() -> tuple[Text, ...]:
    """Each text once, with the place where it matters most. Without a file: in a plugin's catalogue they stay as if written in by hand."""
    found: dict[str, Text] = {}
    for text in (*_of_files(REPORT), *_stages(), *_of_files(FORMS), *_of_contract()):
        found.setdefault(text.key, text)
    return tuple(found.values())


def _of_files(rooms: Iterable[tuple[str, str]]) -> Iterator[Text]:
    sources = core_sources()
    for pattern, shown in rooms:
        yield from (Text(text.msgid, "", shown=shown) for text in sources if re.search(pattern, text.file))


def _stages() -> Iterator[Text]:
    yield from (Text(stage.replace("_", " "), "", shown="city report: stage in the programme") for stage in CityStage)


def _of_contract() -> Iterator[Text]:
    """Tracks, milestones, criteria, files asked for and choices. Reasons of bounds, and what is asked for without a file, are read by adapters alone."""
    document = load_yaml(CONTRACT_FILE)
    for path, text in texts_of_document(document):
        if path[0] in _PARTS and path[-1] != "reason" and not _without_file(document.data, path):
            yield Text(text, "", shown=_place(document.data, path))


def _without_file(contract: Any, path: NodePath) -> bool:  # noqa: ANN401 - as its schema has it
    return path[2] == "evidence" and not contract[path[0]][path[1]]["evidence"][path[3]]["file"]


def _place(contract: Any, path: NodePath) -> str:  # noqa: ANN401 - as above
    """`milestone data/agreement: criterion`."""
    part, number = str(path[0]), int(path[1])
    kind = next((_OF_MILESTONE[str(step)] for step in path if step in _OF_MILESTONE), str(path[-1]))
    return f"city report: {_PARTS[part]} {contract[part][number]['id']}, {kind}"


def texts_beside(manifest: Manifest) -> list[Text]:
    """The public texts that are none of the plugin's own. Raises Refused for a file of the plugin that can't be read."""
    own = {text.key for text in texts_of(manifest)}
    return [text for text in public_texts() if text.key not in own]


@cache
def core_entries(language: str) -> Mapping[str, Entry]:
    """What the core itself says in a language, or in what stands in for it, by its text."""
    known: dict[str, Entry] = {}
    for code in language_chain(language)[:-1]:
        file = resource_dir("locales") / code / "LC_MESSAGES" / f"{DOMAIN}.po"
        for entry in catalogue_of(file).entries if file.is_file() else ():
            if entry.texts:
                known.setdefault(entry.msgid, entry)
    return known


def core_strings(manifest: Manifest, language: str) -> tuple[String, ...]:
    """The public texts in one of the plugin's languages, by its catalogue; empty where the core itself has them all."""
    said, texts = core_entries(language), texts_beside(manifest)
    if all(text.key in said for text in texts):
        return ()
    return tuple(_or_said(one, said) for one in strings_by(texts, known_by(manifest, language)))


def _or_said(one: String, said: Mapping[str, Entry]) -> String:
    entry = said.get(one.msgid)
    if one.texts or entry is None:
        return one
    return String(one.msgid, one.plural, "", entry.texts, state_of_entry(entry), entry.reviewer, entry.reviewed_on)
