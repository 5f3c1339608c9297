"""Charts: readable by everyone, in the reader's numbers, and drawn without a net."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from tests.reports.conftest import DEMONSTRATED
from tests.reports.reading import read

from sdgcities.i18n.formats import Formats
from sdgcities.reports import charts
from sdgcities.reports.bars import Bar, bar_chart
from sdgcities.reports.charts import Dot, Line, line_chart, svg
from sdgcities.reports.drawing import number_locale

ENGLISH = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}
WITHOUT = """
import sys
sys.modules["vl_convert"] = None
from pathlib import Path
from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.reports.city import city_report
from sdgcities.reports.render import render_city
hub, plugins, city = sys.argv[1:]
catalogue = Catalogue(Hub.open(Path(hub), Path(plugins)))
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write(render_city(city_report(catalogue, find_city(catalogue, city)), Translator("en", Catalogues()), Formats("en")))
"""


def line(label: str, *values: str, own: bool = False) -> Line:
    return Line(label, "", own, tuple(Dot(2000 + year, float(value), value) for year, value in enumerate(values)))


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [charts.OWN, charts.INK, *charts.AROUND])
def test_every_colour_that_carries_a_label_contrasts_with_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_the_citys_colour_is_its_own() -> None:
    spec = json.loads(json.dumps(line_chart([line("Volta", "1", "2"), line("Ghana", "3", "4")])))
    assert charts.OWN not in json.dumps(spec)
    assert charts.OWN in json.dumps(line_chart([line("Ho", "1", "2", own=True)]))


@pytest.mark.parametrize("values", [("40", "41"), ("-3", "5"), ("0", "0")])
def test_scales_hold_zero_and_every_value(values: Sequence[str]) -> None:
    spec = json.loads(json.dumps(line_chart([line("Ho", *values)])))
    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low <= min(0, *map(float, values)) <= max(0, *map(float, values)) < high


def test_labels_of_close_lines_do_not_touch() -> None:
    spec = json.loads(json.dumps(line_chart([line(name, "0", value) for name, value in (("a", "50"), ("b", "50.1"), ("c", "50.2"), ("d", "0"))])))
    low, high = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    heights = sorted(layer["data"]["values"][0]["value"] * charts.LINE_HEIGHT / (high - low) for layer in spec["layer"][2:])
    assert len(heights) == 4
    assert all(above - below >= charts.LABEL_LINE for below, above in pairwise(heights))


def test_a_chart_carries_labels_and_values_as_texts() -> None:
    drawn = bar_chart([Bar("Urban <b>&", 7.8, "7.8%"), Bar("Rural", 39.5, "39.5%")], own=True)
    texts = {element.text for element in read(drawn).all("text")}
    assert texts == {"Urban <b>&", "Rural", "7.8%", "39.5%"}
    assert "http" not in drawn
    assert " id=" not in drawn


@pytest.mark.parametrize("values", [(40, 10), (-10, 30), (-5, -1), (0, 0)])
def test_bars_begin_at_zero_and_are_as_long_as_their_values(values: tuple[float, float]) -> None:
    bars = read(bar_chart([Bar(f"b{value}", value, str(value)) for value in values], own=False)).all("rect")
    spans = [(float(bar.attributes["x"]), float(bar.attributes["width"])) for bar in bars]
    zeros = [x if value >= 0 else x + width for value, (x, width) in zip(values, spans, strict=True)]
    assert zeros[0] == pytest.approx(zeros[1], abs=0.2)
    assert spans[0][1] * abs(values[1]) == pytest.approx(spans[1][1] * abs(values[0]), abs=0.1 * max(1, *map(abs, values)))
    (frame,) = read(bar_chart([Bar("x" * 99, value, str(value)) for value in values], own=False)).all("svg")
    assert float(frame.attributes["width"]) < 700


def test_an_axis_is_written_in_the_readers_numbers() -> None:
    drawn = svg(line_chart([line("Ho", "12000.5", "15000")]), number_locale(Formats("tr")))
    assert drawn is not None
    assert "10.000" in {element.text for element in read(drawn).all("text")}


@pytest.mark.parametrize(("language", "signs"), [("en", ",."), ("tr", ".,"), ("pt_PT", "\u00a0,")])
def test_separators_are_the_languages(language: str, signs: str) -> None:
    locale = number_locale(Formats(language))
    assert (locale["thousands"], locale["decimal"]) == tuple(signs)
    assert Formats(language).number(Decimal("1234567.5")) == f"1{signs[0]}234{signs[0]}567{signs[1]}5"


def test_without_the_extra_the_tables_stand_and_the_way_to_charts_is_told(hub_folder: Path, checkout: Path, page: str) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (checkout / "core", checkout / "plugins" / "ghana")))}
    command = [sys.executable, "-c", WITHOUT, str(hub_folder), str(checkout / "plugins"), DEMONSTRATED]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    plain, drawn = read(done.stdout), read(page)
    assert 1 < len(plain.all("svg")) < len(drawn.all("svg"))  # the map and the bars need no extra
    assert 'pip install "sdgcities[reports]"' in plain.with_id("figures").text
    assert len(plain.all("span", "value")) == len(drawn.all("span", "value"))
    assert len(plain.all("figcaption")) == len(drawn.all("svg")) > 0
