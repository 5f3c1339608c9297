"""Shows on a page which of its texts are not translated, and which translations nobody has reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sdgcities.i18n.catalogues import DOMAIN, Catalogues
from sdgcities.i18n.languages import SOURCE, language_chain
from sdgcities.i18n.translator import Translator
from sdgcities.kit.desk.states import State, catalogue_of
from sdgcities.kit.desk.texts import also_shown
from sdgcities.model.plugins import Manifest
from sdgcities.resources import resource_dir

_OPEN = {State.EMPTY: "\ue000", State.DRAFT: "\ue001"}
"""Characters of no script: a text carries them through templates, which don't know of marks, to the finished page."""
_CLOSE = "\ue002"
_CLASSES = {_OPEN[State.EMPTY]: 'class="is-empty" lang="en" dir="ltr"', _OPEN[State.DRAFT]: 'class="is-draft"'}
_PIECES = re.compile(r"(<style.*?</style>|<[^>]*>)", re.DOTALL)
_SIGNS = re.compile("[\ue000-\ue002]")
_PLAIN = re.compile(r"<(title|desc|option|textarea)\b")
"""Elements in which nothing can be marked."""
_WORD = re.compile(r"[^\W\d_]{2,}")


class Marking(Translator):
    """A translator that marks what it gives. `empty` and `draft` hold the texts that were marked so far."""

    def __init__(self, language: str, manifests: Iterable[Manifest]) -> None:
        known = tuple(manifests)
        super().__init__(language, Catalogues(known))
        self.empty: set[str] = set()
        self.draft: set[str] = set()
        self._marks = language_chain(language)[0].split("_")[0] != SOURCE
        self._states = _states(language, known)
        self._by_own_name = frozenset[str]().union(*map(also_shown, known))

    def text(self, msgid: str) -> str:
        """The text, between the signs of its state."""
        return self._with_signs(msgid, super().text(msgid))

    def _plural(self, singular: str, plural: str, n: object) -> str:
        return self._with_signs(singular, super()._plural(singular, plural, n))

    def _with_signs(self, msgid: str, text: str) -> str:
        state = self._states.get(msgid, State.EMPTY)
        own_name = state is State.EMPTY and msgid in self._by_own_name
        if not self._marks or state not in _OPEN or own_name or not _WORD.search(msgid):
            return text
        (self.empty if state is State.EMPTY else self.draft).add(msgid)
        return f"{_OPEN[state]}{text}{_CLOSE}"


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


def marked(page: str) -> str:
    """The page with its signs turned into `<mark>` where there is room for one, and taken out where there is none."""
    done: list[str] = []
    within = ""
    drawing = False
    for piece in _PIECES.split(page):
        if piece.startswith("<"):
            drawing = piece.startswith("<svg") or (drawing and piece != "</svg>")
            if plain := _PLAIN.match(piece):
                within = plain[1]
            elif within and piece == f"</{within}>":
                within = ""
            done.append(_SIGNS.sub("", piece))
        else:
            done.append(_SIGNS.sub("", piece) if within else _text(piece, "tspan" if drawing else "mark"))
    return "".join(done)


def _text(text: str, element: str) -> str:
    """A run of text with marks that nest; a text that was cut short may have lost its closing sign."""
    depth = 0
    done: list[str] = []
    for piece in re.split(f"({_SIGNS.pattern})", text):
        if piece in _CLASSES:
            depth += 1
            done.append(f"<{element} {_CLASSES[piece]}>")
        elif piece != _CLOSE:
            done.append(piece)
        elif depth:
            depth -= 1
            done.append(f"</{element}>")
    return "".join(done) + f"</{element}>" * depth
