"""The national set: what it maps, and that a Turkish reader meets no English in it."""

from __future__ import annotations

from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.plugin.discovery import discover
from sdgcities.registry.catalogue import Catalogue

CELLS = {f"{domain}.{objective}" for domain in range(1, 6) for objective in range(1, 5)}


def test_the_set_reaches_every_cell_but_two(catalogue: Catalogue) -> None:
    core = [indicator for indicator in catalogue.indicators["TR"].values() if indicator.core]
    assert len(core) == 45
    assert CELLS - {cell for indicator in core for cell in indicator.umf_cells} == {"4.2", "4.4"}
    assert all(indicator.sdg or indicator.no_sdg_reason for indicator in catalogue.indicators["TR"].values())


def test_the_set_is_turkish_for_a_turkish_reader(catalogue: Catalogue) -> None:
    turkish = Translator("tr", Catalogues([manifest for manifest in discover(None).manifests if manifest.name == "turkiye"]))
    texts = [text for one in catalogue.indicators["TR"].values() for text in (one.name, one.definition, one.no_sdg_reason) if text]
    assert len(texts) > 150
    assert [text for text in texts if turkish.text(text) == text] == []
