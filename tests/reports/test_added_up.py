"""A figure that was added up from the parts of a place says so, and where each of them came from."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.reports.reading import read

from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.model.hub import CityStage
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import acting
from sdgcities.registry.stages import join
from sdgcities.reports.city import city_report
from sdgcities.reports.render import render_city
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.run import import_file

SESIMBRA = "PT1511"


def test_the_parishes_of_a_municipio_make_its_figure(tmp_path: Path) -> None:
    found_hub(tmp_path / "hub", Founding(("PT",), "national", (), None, "ama"), None)
    hub = Hub.open(tmp_path / "hub")
    catalogue, ama = Catalogue(hub), acting(hub.database, "ama")
    join(catalogue, catalogue.unit(SESIMBRA), CityStage.ACTIVE, ama)
    parishes = catalogue.places["PT"].parts[SESIMBRA]["freguesia"]
    path = tmp_path / "parishes.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["unit", "indicator", "period", "value", "source"])
        rows.writerows([one.id, "PT-POP", "2021", 10_000 + number, "Parish registers"] for number, one in enumerate(parishes))
    done = import_file(catalogue, Request(path, ama, ama))
    assert not done.blocked, done.findings
    report = city_report(catalogue, find_city(catalogue, SESIMBRA))
    (note,) = [note for note in report.notes if note.parts]
    assert (note.parts, note.origins) == (len(parishes), (1,))
    page = render_city(report, Translator("en", Catalogues(hub.plugins.manifests)), Formats("en", hub.plugins.manifests))
    text = " ".join(read(page).text.split())
    assert "30,003" in text
    assert "No office published these figures: each is the sum of the figures of all 3 parts of the place. Where those come from: notes 1." in text
    hub.close()
