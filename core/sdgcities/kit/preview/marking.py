"""Shows on a page which of its texts are not translated, and which translations nobody has reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sdgcities.i18n.catalogues import DOMAIN, Catalogues
from sdgcities.i18n.languages import language_chain
from sdgcities.i18n.translator import Standing, Translator
from sdgcities.kit.desk.states import State, catalogue_of
from sdgcities.kit.desk.texts import also_shown
from sdgcities.model.plugins import Manifest
from sdgcities.reports.signs import DRAFT, FOREIGN, MARKS, Marks
from sdgcities.resources import resource_dir

_EMPTY, _DRAFT = 'class="is-empty" lang="en"', 'class="is-draft"'
_TEXT = {FOREIGN: (f'<mark {_EMPTY} dir="ltr">', "</mark>"), DRAFT: (f"<mark {_DRAFT}>", "</mark>")}
_DRAWN = {FOREIGN: (f"<tspan {_EMPTY}>", "</tspan>"), DRAFT: (f"<tspan {_DRAFT}>", "</tspan>")}


class Marking(Translator):
    """A translator that marks what it gives. `empty` and `draft` hold the texts that were marked so far."""

    def __init__(self, language: str, manifests: Iterable[Manifest]) -> None:
        known = tuple(manifests)
        super().__init__(language, Catalogues(known))
        self.empty: set[str] = set()
        self.draft: set[str] = set()
        self._states = _states(language, known)
        self._by_own_name = frozenset[str]().union(*map(also_shown, known))

    def standing(self, msgid: str, plural: str | None = None) -> Standing:
        """What is known of the text's translation, which is kept."""
        found = super().standing(msgid, plural)
        if found is Standing.OWN and self._states.get(msgid) is State.DRAFT:
            self.draft.add(msgid)
            return Standing.DRAFT
        if found is Standing.ENGLISH and msgid in self._by_own_name:
            return Standing.NAME
        if found is Standing.ENGLISH:
            self.empty.add(msgid)
        return found


def _states(language: str, manifests: Iterable[Manifest]) -> Mapping[str, State]:
    """The state of each text that is translated: of the catalogue that is used for it."""
    states: dict[str, State] = {}
    for file in _catalogues(language, manifests):
        for entry in catalogue_of(file).entries:
            if entry.texts:
                states.setdefault(entry.msgid, State.DRAFT if entry.draft else State.REVIEWED if entry.reviewer else State.UNREVIEWED)
    return states


def _catalogues(language: str, manifests: Iterable[Manifest]) -> Iterator[Path]:
    """In the order in which a translator asks them."""
    plugins = sorted(manifests, key=lambda manifest: (-manifest.layer.rank, manifest.name))
    folders = [*filter(None, (manifest.path("locales") for manifest in plugins)), resource_dir("locales")]
    paths = (folder / code / "LC_MESSAGES" / f"{DOMAIN}.po" for code in language_chain(language)[:-1] for folder in folders)
    return (path for path in paths if path.is_file())


def marks_of(translator: Translator) -> Marks:
    """How a page of the translator's shows what is not in its language: a report's way, with the marks of a preview where the translator keeps them."""
    plain = MARKS[translator.direction]
    if not isinstance(translator, Marking):
        return plain
    isolates = {sign: plain.drawing.get(sign, ("", "")) for sign in _DRAWN}
    drawn = {sign: (f"{start}{isolates[sign][0]}", f"{isolates[sign][1]}{end}") for sign, (start, end) in _DRAWN.items()}
    return Marks({**plain.text, **_TEXT}, {**plain.drawing, **drawn}, plain.plain)
