"""Plugins broken in every way that has been thought of, and a sound one beside them. Written to disk, loaded for real.

Another folder of tests takes them with `from tests.plugin.broken import BROKEN, write_broken, write_sound`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

COUNTRY = "XA"

SOUND: Mapping[str, str] = {
    "plugin.yaml": """\
api: "1.1"
name: atlantis
title: Atlantis
version: 0.1.0
layer: country
countries: [XA]
languages: [en]
levels:
  - {id: island, name: Island, city: true}
sources:
  office: {office: Statistics Atlantis, table: Register of islands}
units: units.csv
indicators: indicators.yaml
""",
    "units.csv": """\
id,level,parent,name,other_names,valid_to,successors,change,source,status,attr:coast
XA01,island,,Upper Island,en:Upland|Hochinsel,,,,office,draft,true
XA02,island,,Lower Island,,,,,office,draft,12.5
XA09,island,,Old Island,,2020-12-31,XA01|XA02,split,office,draft,
""",
    "indicators.yaml": """\
indicators:
  - code: XA-1
    name: Dry feet
    definition: Share of people with dry feet.
    unit: percent
    direction: higher
    frequency: A
    disaggregation: []
    track: data
    sdg: none
    no_sdg_reason: The goals know no dry feet.
    source: office
    status: draft
""",
}

MANIFEST = """\
api: "1.0"
name: {name}
title: Broken
version: 0.1.0
layer: theme
hooks: {package}.hooks
"""

UNIT = """
from sdgcities.api import Source, Status, Unit, UnitName
from sdgcities.plugin import hookimpl

def unit(id, country="XA", name="An island"):
    return Unit(id, country, "country", (UnitName(name),), Source("Nobody"), Status.DRAFT)
"""


def hook(signature: str, *body: str) -> str:
    """A module with one hook."""
    return "\n".join((UNIT, "@hookimpl", f"def {signature}:", *(f"    {line}" for line in body), ""))


def boundary(unit: str, ring: str) -> str:
    """A module that gives the boundary of a unit."""
    given = f'return [UnitBoundary("{unit}", ((({ring}),),), Source("Nobody"), Status.DRAFT)] if kind == "boundaries" else None'
    return hook("sdgcities_resources(kind)", "from sdgcities.api import UnitBoundary", given)


def module(body: str, **files: str) -> dict[str, str]:
    """A plugin with a module of hooks."""
    return {"hooks.py": body, **files}


@dataclass(frozen=True)
class Broken:
    """One way to be broken: the files, the stage it fails at, and words of the reason a person gets."""

    stage: str
    reason: str
    files: Mapping[str, str]
    manifest: str = MANIFEST
    alone: bool = True
    """Whether it fails without the sound plugin beside it."""


FOREVER = "threading.Event().wait()"
BROKEN: Mapping[str, Broken] = {
    "manifest-malformed": Broken("manifest", "not valid YAML", {}, 'api: "1.0"\nname: {name}\nlayer: [theme\n'),
    "manifest-key-unknown": Broken("manifest", "colour is not known here", {}, MANIFEST + "colour: blue\n"),
    "manifest-key-missing": Broken("manifest", "title is missing", {}, MANIFEST.replace("title: Broken\n", "")),
    "manifest-no-mapping": Broken("manifest", "Must be of type keys with values", {}, "- {name}\n"),
    "file-missing": Broken("manifest", "there is no codes.yaml", {}, MANIFEST + "codelists: codes.yaml\n"),
    "api-other-major": Broken("manifest", "written for plugin API 2.0; this sdgcities has 1.1", {}, MANIFEST.replace("1.0", "2.0", 1)),
    "api-newer-minor": Broken("manifest", "written for plugin API 1.7", {}, MANIFEST.replace("1.0", "1.7", 1)),
    "layer-of-the-core": Broken("manifest", "the core's own", {}, MANIFEST.replace("theme", "core").replace("hooks: {package}.hooks\n", "")),
    "hooks-elsewhere": Broken("manifest", "not in the plugin's own package", {}, MANIFEST.replace("{package}.hooks", "os.path")),
    "country-claimed-twice": Broken(
        "manifest",
        "XA is claimed by several plugins",
        {},
        MANIFEST.replace("theme", "country\ncountries: [XA]").replace("hooks: {package}.hooks\n", ""),
        alone=False,
    ),
    "module-missing": Broken("import", "No module named", {}),
    "library-missing": Broken("import", "No module named 'surely_not_installed'", module("import surely_not_installed\n")),
    "syntax-error": Broken("import", "SyntaxError", module("def broken(:\n")),
    "raises-at-import": Broken("import", "ValueError: no luck today", module('raise ValueError("no luck today")\n')),
    "raises-in-package": Broken("import", "KeyError: 'luck'", module(hook("sdgcities_measures()", "return {}"), **{"__init__.py": "{}['luck']\n"})),
    "exits-at-import": Broken("import", "sys.exit", module("import sys\nsys.exit(0)\n")),
    "interrupts-at-import": Broken("import", "KeyboardInterrupt", module("raise KeyboardInterrupt\n")),
    "hangs-at-import": Broken("import", "did not come back", module(f"import threading\n{FOREVER}\n")),
    "unknown-hook": Broken("register", "There is no hook sdgcities_unit.", module(hook("sdgcities_unit(country)", "return []"))),
    "wrong-argument": Broken("register", "sdgcities_units can't take the argument land", module(hook("sdgcities_units(land)", "return []"))),
    "default-argument": Broken("register", "can't take the argument country='XA'", module(hook('sdgcities_units(country="XA")', "return []"))),
    "any-argument": Broken("register", "can't take the argument **others", module(hook("sdgcities_units(**others)", "return []"))),
    "unmarked-hook": Broken("register", "not marked as a hook", module("def sdgcities_units(country):\n    return []\n")),
    "no-hook": Broken("register", "has no hook", module("ANSWER = 42\n")),
    "raises-when-called": Broken("call", "ZeroDivisionError: division by zero", module(hook("sdgcities_units(country)", "return 1 / 0"))),
    "raises-while-iterated": Broken("call", "IndexError", module(hook("sdgcities_units(country)", 'yield unit("B1")', "[][1]"))),
    "exits-when-called": Broken("call", "sys.exit", module(hook("sdgcities_units(country)", "raise SystemExit(0)"))),
    "hangs-when-called": Broken("call", "did not come back", module(hook("sdgcities_units(country)", "import threading", FOREVER))),
    "hangs-while-iterated": Broken("call", "did not come back", module(hook("sdgcities_units(country)", 'yield unit("B1")', "import threading", FOREVER))),
    "never-stops-giving": Broken("call", "more than 100000", module(hook("sdgcities_units(country)", 'one = unit("B1")', "while True:", "    yield one"))),
    "returns-no-list": Broken("call", "gave a int", module(hook("sdgcities_units(country)", "return 7"))),
    "returns-text": Broken("call", "gave a str", module(hook("sdgcities_units(country)", 'return "XA01"'))),
    "returns-other-items": Broken("call", "Unit is of the wrong type", module(hook("sdgcities_units(country)", 'return ["XA01"]'))),
    "returns-wrong-field": Broken("call", "Unit.id is of the wrong type", module(hook("sdgcities_units(country)", "return [unit(7)]"))),
    "returns-wrong-nested": Broken("call", "Unit.names is of the wrong type", module(hook("sdgcities_units(country)", 'return [unit("B1", name=None)]'))),
    "returns-coroutine-types": Broken("call", "gave a type", module(hook("sdgcities_units(country)", "return int"))),
    "modality-wrong-type": Broken("call", "SupportModality is of the wrong type", module(hook("sdgcities_support_modality(country)", "return 1"))),
    "fold-wrong-type": Broken(
        "call", "str is of the wrong type", module(hook("sdgcities_fold_name(text, language)", "return 1")), MANIFEST + "languages: [tr]\n"
    ),
    "measures-wrong-type": Broken("call", "Measure is of the wrong type", module(hook("sdgcities_measures()", "return [1]"))),
    "code-twice": Broken("call", "B1 is given twice", module(hook("sdgcities_units(country)", 'return [unit("B1"), unit("B1")]'))),
    "code-of-another": Broken(
        "call", "XA01 is given by several plugins: atlantis, ", module(hook("sdgcities_units(country)", 'return [unit("XA01")]')), alone=False
    ),
    "code-of-the-core": Broken(
        "call",
        "sex is given by several plugins",
        {"codes.yaml": "dimensions:\n  - {id: sex, name: Sex, codes: {F: Woman}, source: {office: Nobody}, status: draft}\n"},
        MANIFEST.replace("hooks: {package}.hooks", "codelists: codes.yaml"),
        alone=False,
    ),
    "another-country": Broken(
        "call",
        "it answers for XB",
        module(hook("sdgcities_units(country)", 'return [unit("XB01", "XB")]')),
        MANIFEST.replace("theme", "hub\ncountries: [XA]"),
    ),
    "undeclared-country": Broken(
        "call",
        "it answers for XA",
        module(hook("sdgcities_units(country)", 'return [unit("XA77", "XA")]')),
        MANIFEST.replace("theme", "hub\ncountries: [XB]"),
        alone=False,
    ),
    "level-unknown": Broken(
        "call", "of the level reef", module(hook("sdgcities_units(country)", "import dataclasses", 'return [dataclasses.replace(unit("B1"), level="reef")]'))
    ),
    "boundaries-without-units": Broken(
        "manifest",
        "There are boundaries, but no units",
        {"map.geojson": "{}"},
        MANIFEST.replace("hooks: {package}.hooks", "boundaries: map.geojson"),
    ),
    "boundary-open": Broken("call", "A ring needs at least four positions", module(boundary("XA01", "(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)"))),
    "boundary-beyond-the-pole": Broken("call", "outside the Earth", module(boundary("XA01", "(0.0, 0.0), (1.0, 0.0), (1.0, 95.0), (0.0, 0.0)"))),
    "boundary-wrong-nested": Broken("call", "UnitBoundary.polygons is of the wrong type", module(boundary("XA01", "'0 0', '1 0', '1 1', '0 0'"))),
    "boundary-of-no-unit": Broken(
        "call",
        "A boundary is given for XA77, which is no unit",
        module(boundary("XA77", "(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)")),
        alone=False,
    ),
    "file-malformed": Broken(
        "call", "Must be of type list", {"list.yaml": "indicators: 7\n"}, MANIFEST.replace("hooks: {package}.hooks", "indicators: list.yaml")
    ),
}

CRASHING: Mapping[str, str] = {
    "leaves": "import os\nos._exit(0)\n",
    "leaves-with-status": "import os\nos._exit(9)\n",
    "crashes": "import ctypes\nctypes.string_at(0)\n",
    "keeps-the-interpreter": "import re\nre.fullmatch('(a+)+b', 'a' * 64)\n",
}
"""Modules that take the whole process down, or never let go of it: only for a process of their own."""


def write_sound(folder: Path) -> Path:
    """The plugin `atlantis`, in `folder` as it lies in a checkout."""
    return _write(folder, "atlantis", SOUND)


def write_broken(folder: Path, way: str, name: str | None = None) -> Path:
    """A plugin broken in the given way, called `name`, else like the way."""
    broken, name = BROKEN[way], name or way
    manifest = broken.manifest.replace("{name}", name).replace("{package}", _package(name))
    return _write(folder, name, {"plugin.yaml": manifest, **broken.files})


def write_crashing(folder: Path, way: str) -> Path:
    """A plugin that is no match for this process."""
    manifest = MANIFEST.replace("{name}", way).replace("{package}", _package(way))
    return _write(folder, way, {"plugin.yaml": manifest, "hooks.py": CRASHING[way]})


def _package(name: str) -> str:
    return "sdgcities_" + name.replace("-", "_")


def _write(folder: Path, name: str, files: Mapping[str, str]) -> Path:
    package = folder / name / _package(name)
    package.mkdir(parents=True)
    for file, text in {"__init__.py": "", **files}.items():
        path = package / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package
