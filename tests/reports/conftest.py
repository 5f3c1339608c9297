"""A hub out of Ghana's plugin and the real files it ships, with two cities: one as in the demonstration, one with a plan for its gaps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.model.hub import CityStage, Role
from sdgcities.recognition.claims import Decision, make_claim, review
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import acting, add_actor
from sdgcities.registry.stages import join
from sdgcities.registry.submissions import find_form, submit
from sdgcities.reports.city import CityReport, city_report
from sdgcities.reports.render import render_city
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.run import import_file

DEMONSTRATED, PLANNING = "GH1408", "GH0812"
PRIVATE = "Efua Sutherland"
TIDY = """unit,indicator,period,value,source,status,missing_reason
GH0812,GH-7.1.1,2019,71.25,Regional office; Register,P,
GH0812,GH-7.1.1,2020,73.5,Regional office; Register,,
GH0812,GH-6.1.1,2020,,Regional office; Register,,not_published
"""
GAPS = {
    "gaps": [
        {"indicator": "GH-11.2.1", "reason": "not_collected", "plan": "Map the <b>stops</b> with the transport department.", "due": "2027-06-30"},
        {"indicator": "GH-11.4.1", "reason": "not_applicable", "plan": "Nothing is to be done about this one."},
    ]
}


@pytest.fixture(scope="session")
def hub_folder(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports") / "hub"
    plugins, files = checkout / "plugins", tmp_path_factory.mktemp("given")
    found_hub(folder, Founding(("ghana",), "national", (), None, "typist", demonstration=True), plugins)
    hub = Hub.open(folder, plugins)
    typist = acting(hub.database, "typist")
    add_actor(hub.database, typist, "planner", [Role.AUTHOR], PRIVATE, "efua@example.org")
    add_actor(hub.database, typist, "judge", [Role.REVIEWER], PRIVATE, "")
    planner, judge = acting(hub.database, "planner"), acting(hub.database, "judge")
    catalogue, sample = Catalogue(hub), plugins / "ghana" / "sdgcities_ghana" / "sample"
    (files / "tidy.csv").write_text(TIDY, encoding="utf-8")
    for path in (*sorted(sample.glob("*.csv")), files / "tidy.csv"):
        stored = import_file(catalogue, Request(path, typist, planner))
        assert not stored.blocked, stored.findings
    for unit in (DEMONSTRATED, PLANNING):
        join(catalogue, catalogue.unit(unit), CityStage.ACTIVE, typist)
    demonstrated, planning = (find_city(catalogue, unit) for unit in (DEMONSTRATED, PLANNING))
    submit(catalogue, find_form(catalogue, "indicator-framework"), demonstrated, sample / "indicator-framework.yaml", planner, typist)
    claim = make_claim(catalogue, demonstrated, "data/framework", planner, typist)
    review(catalogue, claim.id, Decision.APPROVED, "Read & <accepted>.", judge)
    (files / "gaps.json").write_text(json.dumps(GAPS), encoding="utf-8")
    submit(catalogue, find_form(catalogue, "baseline-gaps"), planning, files / "gaps.json", planner, typist)
    hub.close()
    return folder


@pytest.fixture(scope="session")
def catalogue(hub_folder: Path, checkout: Path) -> Iterator[Catalogue]:
    hub = Hub.open(hub_folder, checkout / "plugins")
    yield Catalogue(hub)
    hub.close()


@pytest.fixture(scope="session")
def report(catalogue: Catalogue) -> CityReport:
    return city_report(catalogue, find_city(catalogue, DEMONSTRATED))


@pytest.fixture(scope="session")
def render(catalogue: Catalogue) -> Callable[[CityReport, str], str]:
    """The page of a report in a language."""
    manifests = catalogue.hub.plugins.manifests

    def rendered(shown: CityReport, language: str = "en") -> str:
        return render_city(shown, Translator(language, Catalogues(manifests)), Formats(language, manifests))

    return rendered


@pytest.fixture(scope="session")
def page(report: CityReport, render: Callable[[CityReport, str], str]) -> str:
    return render(report, "en")


@pytest.fixture(scope="session")
def planning_page(catalogue: Catalogue, render: Callable[[CityReport, str], str]) -> str:
    return render(city_report(catalogue, find_city(catalogue, PLANNING)), "en")
