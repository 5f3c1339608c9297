"""hub.yaml, and finding it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import HubUnusable, Refused
from sdgcities.hub.config import HubConfig, find_hub, load_config, write_config
from sdgcities.model.disclosure import THRESHOLD

CONFIG = HubConfig("Norway: NO", "national", ("NO", "GH"), ("norway",), ("no", "en", "pt_PT"))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    assert load_config(tmp_path) == CONFIG
    with pytest.raises(Refused):
        write_config(tmp_path, CONFIG)


@pytest.mark.parametrize("name", ["0E0", "1e5", "0o7", "08", "no", "~", "2026-11-22"])
def test_a_name_that_looks_like_something_else_stays_a_name(tmp_path: Path, name: str) -> None:
    write_config(tmp_path, replace(CONFIG, name=name))
    assert load_config(tmp_path).name == name


def test_a_hub_may_state_a_higher_threshold_and_no_lower_one(tmp_path: Path) -> None:
    assert CONFIG.threshold == THRESHOLD
    write_config(tmp_path, replace(CONFIG, threshold=10))
    assert load_config(tmp_path).threshold == 10
    file = tmp_path / "hub.yaml"
    text = file.read_text(encoding="utf-8")
    for wrong, told in (("4", "at least 5"), ("true", "type"), ('"10"', "type"), ("10.5", "type"), ("1001", "at most 1000"), ("", "type")):
        file.write_text(text.replace("threshold: 10", f"threshold: {wrong}"), encoding="utf-8")
        with pytest.raises(HubUnusable) as unusable:
            load_config(tmp_path)
        (finding,) = unusable.value.findings
        assert told in str(finding.message), str(finding.message)
        assert finding.where.line == 1 + text.splitlines().index("threshold: 10")


@given(name=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_a_hub_may_have_any_name(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("hub")
    config = HubConfig(name, "national", ("GH",), ("ghana",), ("en",), demonstration=True)
    write_config(folder, config)
    assert load_config(folder) == config


def test_it_is_found_from_any_folder_below(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_hub(deep) == tmp_path
    with pytest.raises(HubUnusable):
        find_hub(tmp_path.parent)


@pytest.mark.parametrize(
    "text",
    ["", "name: [", "name: Hub\n", "name: Hub\nname: Hub\n", "name: Hub\nscope: galactic\ncountries: [GH]\nplugins: [ghana]\nlanguages: [en]\n", "- 1\n"],
)
def test_a_spoilt_one_makes_the_hub_unusable_with_a_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "hub.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(HubUnusable) as unusable:
        load_config(tmp_path)
    assert unusable.value.exit_code == 3
    assert all(finding.where.file == str(tmp_path / "hub.yaml") for finding in unusable.value.findings)
