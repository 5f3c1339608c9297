"""Whose words a reader gets: the own language first, and within a language hub over country over theme over core."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from sdgcities.findings import nmsg
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.model.plugins import Layer, Manifest

LAYERS = (Layer.HUB, Layer.COUNTRY, Layer.THEME, Layer.CORE)
"""Highest first."""
SHIPS = 'msgid "%(n)s ship"\nmsgid_plural "%(n)s ships"\n'


@pytest.fixture(autouse=True)
def _core_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The core's catalogues are those that a test writes for the layer core."""
    monkeypatch.setattr("sdgcities.i18n.catalogues.resource_dir", lambda name: tmp_path / "core" / name)


def write(folder: Path, layer: Layer, language: str, body: str) -> Path:
    path = folder / layer / "locales" / language / "LC_MESSAGES" / "sdgcities.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")
    return path


def one(text: str, translation: str) -> str:
    return f'msgid "{text}"\nmsgstr "{translation}"\n\n'


def reader(folder: Path, language: str) -> Translator:
    """Reads with a plugin of each layer, named so that the order of names is not that of the layers."""
    plugins = [
        Manifest(name, name, "1", (1, 1), layer, folder / layer, paths={"locales": "locales"})
        for name, layer in (("m", Layer.COUNTRY), ("z", Layer.HUB), ("a", Layer.THEME))
    ]
    return Translator(language, Catalogues(plugins, folder / "cache"))


@pytest.mark.parametrize(("higher", "lower"), list(combinations(LAYERS, 2)))
def test_of_every_two_layers_the_higher_wins_and_the_lower_fills_in(tmp_path: Path, higher: Layer, lower: Layer) -> None:
    write(tmp_path, higher, "sw", one("Both", f"{higher} says"))
    write(tmp_path, lower, "sw", one("Both", f"{lower} says") + one("Rest", f"{lower} fills in"))
    swahili = reader(tmp_path, "sw")
    assert (swahili.text("Both"), swahili.text("Rest"), swahili.text("None")) == (f"{higher} says", f"{lower} fills in", "None")


def test_a_text_that_all_four_have_is_the_hubs(tmp_path: Path) -> None:
    for layer in LAYERS:
        write(tmp_path, layer, "sw", one("All", f"{layer} says"))
    assert reader(tmp_path, "sw").text("All") == "hub says"


@pytest.mark.parametrize("left", range(1, 4))
def test_where_the_highest_have_not_translated_it_the_next_is_asked(tmp_path: Path, left: int) -> None:
    for layer in LAYERS[:left]:
        write(tmp_path, layer, "sw", one("All", "") + f"#, fuzzy\n{one('Fuzzy', 'not used')}")
    for layer in LAYERS[left:]:
        write(tmp_path, layer, "sw", one("All", f"{layer} says") + one("Fuzzy", f"{layer} says"))
    swahili = reader(tmp_path, "sw")
    assert (swahili.text("All"), swahili.text("Fuzzy")) == (f"{LAYERS[left]} says",) * 2


def test_the_readers_own_language_goes_before_the_layer(tmp_path: Path) -> None:
    """Who reads European Portuguese gets the core's European Portuguese, not the hub's Brazilian, and not the hub's English."""
    write(tmp_path, Layer.CORE, "pt_PT", one("Own", "core, pt_PT"))
    write(tmp_path, Layer.HUB, "pt", one("Own", "hub, pt") + one("General", "hub, pt"))
    write(tmp_path, Layer.CORE, "pt", one("General", "core, pt") + one("Core", "core, pt"))
    write(tmp_path, Layer.HUB, "en", "".join(one(text, "hub, en") for text in ("Own", "General", "Core", "English")))
    portuguese = reader(tmp_path, "pt-PT")
    assert [portuguese.text(text) for text in ("Own", "General", "Core", "English", "None")] == ["core, pt_PT", "hub, pt", "core, pt", "hub, en", "None"]
    assert [reader(tmp_path, "pt").text(text) for text in ("Own", "General")] == ["hub, pt", "hub, pt"]


@pytest.mark.parametrize(("higher", "lower"), list(combinations(LAYERS, 2)))
def test_plural_forms_keep_to_the_same_order(tmp_path: Path, higher: Layer, lower: Layer) -> None:
    forms = "".join(f'msgstr[{form}] "{{}} {form} %(n)s"\n' for form in range(6))
    write(tmp_path, higher, "ar", SHIPS + forms.replace("{}", "above"))
    write(tmp_path, lower, "ar", SHIPS + forms.replace("{}", "below"))
    arabic = reader(tmp_path, "ar")
    said = [arabic.message(nmsg("%(n)s ship", "%(n)s ships", n)) for n in (0, 1, 2, 3, 11, 100)]
    assert said == [f"above {form} {n}" for form, n in enumerate((0, 1, 2, 3, 11, 100))]


def test_a_plural_text_with_too_few_forms_above_leaves_it_to_the_layer_below(tmp_path: Path) -> None:
    write(tmp_path, Layer.HUB, "tr", SHIPS + 'msgstr[0] "yarım %(n)s"\n')
    write(tmp_path, Layer.CORE, "tr", SHIPS + 'msgstr[0] "%(n)s gemi"\nmsgstr[1] "%(n)s gemiler"\n')
    turkish = reader(tmp_path, "tr")
    assert turkish.message(nmsg("%(n)s ship", "%(n)s ships", 2)) == "2 gemiler"
    assert [finding.code for finding in turkish.findings] == ["po.translation"]


@pytest.mark.parametrize("broken", LAYERS)
@pytest.mark.parametrize("content", ['msgid "All"\nnonsense\n', None])
def test_a_broken_or_missing_catalogue_takes_nothing_from_the_others(tmp_path: Path, broken: Layer, content: str | None) -> None:
    for layer in LAYERS:
        if layer is not broken:
            write(tmp_path, layer, "sw", one("All", f"{layer} says") + one(layer, f"{layer} says"))
        elif content:
            write(tmp_path, layer, "sw", content)
    swahili = reader(tmp_path, "sw")
    assert swahili.text("All") == next(f"{layer} says" for layer in LAYERS if layer is not broken)
    assert [swahili.text(layer) for layer in LAYERS] == [layer if layer is broken else f"{layer} says" for layer in LAYERS]
    assert [finding.code for finding in swahili.findings] == (["po.syntax"] if content else [])


def test_within_a_layer_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    for name in ("kenya", "uganda"):
        path = tmp_path / name / "locales" / "sw" / "LC_MESSAGES" / "sdgcities.po"
        path.parent.mkdir(parents=True)
        path.write_text(one("All", f"{name} says"), encoding="utf-8")
    plugins = [Manifest(name, name, "1", (1, 1), Layer.COUNTRY, tmp_path / name, paths={"locales": "locales"}) for name in ("uganda", "kenya")]
    for order in (plugins, plugins[::-1]):
        assert Translator("sw", Catalogues(order, tmp_path / "cache")).text("All") == "kenya says"
