"""The rule of tags: what is wrong with a `tags.yaml`, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kit.sound import PACKAGE, sound_files, write
from tests.kit.wrong import place_of, verdict

TAGS = """\
tags:
  - id: gender
    name: Gender equality
    definition: Indicators that are about the share of women.
    sdg: ["5", "11.7", "5.5.1"]
    source: register
    status: draft
"""
THEME = Path(__file__).parents[1] / "themes" / "sdgcities_inclusion"


def with_tags(folder: Path, text: str) -> Path:
    files = dict(sound_files())
    manifest = f"{PACKAGE}/plugin.yaml"
    return write(folder, {**files, manifest: files[manifest] + "tags: tags.yaml\n", f"{PACKAGE}/tags.yaml": text})


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("    name: Gender equality\n", "", "2:5", "name is missing"),
        ("id: gender", "id: Gender", "2:5", "Not accepted"),
        ("source: register", "source: nobody", "6:5", "There is no source nobody"),
        ('"11.7"', '"11.77"', "5:16", "no indicator or target 11.77"),
        ('    sdg: ["5", "11.7", "5.5.1"]\n', "", "2:5", "is put on nothing"),
        ("status: draft", "status: reviewed", "7:5", "Must be one of"),
        ("    status: draft\n", "    status: draft\n    colour: red\n", "8:5", "colour is not known here"),
        ('sdg: ["5", "11.7", "5.5.1"]', "indicators: [XA-POP, XA-TAXX]", "5:26", "Did you mean XA-TAX"),
        ("source: register", "source: registry", "6:5", "Did you mean register"),
        ("tags:\n", "tag:\n", "1:1", "tag is not known here"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    assert old in TAGS
    package = with_tags(tmp_path, TAGS.replace(old, new, 1))
    found = verdict(package, "tags-valid").findings
    told = [(place_of(one, package)[1], f"{one.message} {one.hint}") for one in found]
    assert any(where == place and words in text for where, text in told), told


def test_a_tag_that_stands_twice_is_told(tmp_path: Path) -> None:
    package = with_tags(tmp_path, TAGS + TAGS.partition("\n")[2])
    assert ["gender stands twice." in str(one.message) for one in verdict(package, "tags-valid").findings] == [True]


def test_sound_tags_and_those_of_the_theme_pass(tmp_path: Path) -> None:
    assert verdict(with_tags(tmp_path, TAGS), "tags-valid").findings == ()
    assert verdict(THEME, "tags-valid").findings == ()
