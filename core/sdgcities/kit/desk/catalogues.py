"""The catalogues of a plugin on the desk: brought up to date, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.i18n.update import Merged, Updated, is_review, merge, read_catalogue, strings, template_bytes, update_catalogue
from sdgcities.intake.po import DRAFT
from sdgcities.kit.desk.core import texts_beside
from sdgcities.kit.desk.states import State, catalogue_file, languages_of
from sdgcities.kit.desk.texts import places_of
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.plugin.manifest import FILE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Block


def project_of(manifest: Manifest) -> str:
    """The name in the heads of a plugin's catalogues."""
    return f"sdgcities-{manifest.name}"


def template_of(manifest: Manifest) -> bytes:
    """The PO template of a plugin."""
    return template_bytes(places_of(manifest), project_of(manifest))


def languages_wanted(manifest: Manifest, named: Sequence[str]) -> tuple[str, ...]:
    """The languages named, or else all that need a catalogue. Raises Refused for one that the plugin does not declare."""
    where, needed = Where(file=str(manifest.folder / FILE)), languages_of(manifest)
    if manifest.layer is Layer.CORE:
        raise refuse("locale.core", msg("The core's own catalogues are not kept here."), msg("Name a plugin."), where)
    for language in named:
        if language not in needed:
            problem = msg("The plugin has no texts in %(language)s to keep.", language=language)
            hint = msg("Add it to languages; texts are written in English, which needs no catalogue. Languages: %(names)s.", names=", ".join(needed) or "-")
            raise refuse("locale.language", problem, hint, where)
    if not needed:
        raise refuse("locale.none", msg("The plugin declares no language but English."), msg("Add the codes of its languages to languages."), where)
    if not manifest.path("locales"):
        raise refuse(
            "locale.folder", msg("The plugin names no folder for catalogues."), msg("Make the folder locales, and add the line locales: locales."), where
        )
    return tuple(named) or needed


def update(manifest: Manifest, languages: Sequence[str], *, with_core: bool = False) -> list[Updated]:
    """Bring the plugin's texts into its catalogues; with those of the core that cities and citizens see, if asked for."""
    texts = [*places_of(manifest), *(texts_beside(manifest) if with_core else ())]
    return [update_catalogue(catalogue_file(manifest, language), texts, project=project_of(manifest), keep=True) for language in languages]


def on_desk(manifest: Manifest, language: str) -> tuple[Path, Catalog, Merged]:
    """Where a catalogue is, the catalogue as it stands there, and as an update would write it."""
    path = catalogue_file(manifest, language)
    old = read_catalogue(path, obsolete=True)
    return path, old, merge(old, places_of(manifest), keep=True)


def state_of(block: Block) -> State:
    """How far a text is."""
    if block.fuzzy or not any(strings(block)):
        return State.EMPTY
    if DRAFT in block.auto_comments:
        return State.DRAFT
    return State.REVIEWED if any(map(is_review, block.user_comments)) else State.UNREVIEWED
