"""What goes on record of an indicator, and when that is a new version of it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from decimal import Decimal

from sqlalchemy import insert, select
from tests.hub_fixtures import Desk

from sdgcities.model.sources import Status
from sdgcities.model.statistics import Aim, GlobalSeries
from sdgcities.store import audit
from sdgcities.store.tables import indicator_version
from sdgcities.tracks.data.importing.provenance import definition


def versions(desk: Desk) -> list[dict[str, object]]:
    with desk.hub.database.reading() as connection:
        return [json.loads(one) for one in connection.execute(select(indicator_version.c.definition)).scalars()]


def test_a_hub_from_before_an_indicator_said_what_it_is_elsewhere_gets_no_new_version(desk: Desk) -> None:
    indicator = desk.catalogue.indicator("GH-POP")
    assert (indicator.sdmx, indicator.aim) == (None, None)
    manifest = desk.hub.plugins.giver("sdgcities_indicators", indicator.code, indicator.country)
    before = {name: value for name, value in asdict(indicator).items() if name not in ("sdmx", "aim")}
    row = {"indicator": indicator.code, "plugin": manifest.name, "plugin_version": manifest.version, "digest": audit.digest_of(before)}
    with desk.hub.database.writing() as connection:
        connection.execute(insert(indicator_version).values(**row, definition=audit.canonical(before)))
    assert desk.bring(desk.tidy({"value": "180420"})).stored == 1
    assert len(versions(desk)) == 1


def test_what_it_says_of_itself_now_is_on_record(desk: Desk) -> None:
    bare = replace(desk.catalogue.indicator("GH-POP"), sdmx=None, aim=None)
    series = replace(bare, sdmx=GlobalSeries(bare.source, Status.OFFICIAL, "SP_POP_TOTL"))
    target = replace(bare, aim=Aim(bare.source, Status.DRAFT, Decimal(100), 2030))
    assert definition(series).keys() - definition(bare).keys() == {"sdmx"}
    assert definition(target).keys() - definition(bare).keys() == {"aim"}
    assert len({audit.digest_of(definition(one)) for one in (bare, series, target)}) == 3
