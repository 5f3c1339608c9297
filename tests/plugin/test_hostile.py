"""Whatever a plugin's files hold, the answer is a refusal in words or a result: never a traceback."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plugin.broken import SOUND
from tests.plugin.test_declared import FILES, KEYS, READ

from sdgcities.errors import Refused
from sdgcities.findings import Where, msg
from sdgcities.intake.json import load_json
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.declared.hooks import Declared
from sdgcities.plugin.failures import Failure, Stage, read_failures, write_failures
from sdgcities.plugin.manifest import SCHEMAS, read_manifest

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20))
TREES = st.recursive(SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)), max_leaves=12)
SMALL = settings(max_examples=150, deadline=None)


def schema_keys(name: str) -> list[str]:
    schema = load_json(SCHEMAS / f"{name}.schema.json")
    assert isinstance(schema, dict)
    return sorted(schema["properties"])


def reads(text: bytes) -> Manifest | Refused:
    with TemporaryDirectory() as folder:
        Path(folder, "plugin.yaml").write_bytes(text)
        try:
            return read_manifest(Path(folder))
        except Refused as error:
            return error


@SMALL
@given(st.binary(max_size=300))
def test_bytes_as_a_manifest(data: bytes) -> None:
    assert isinstance(reads(data), Refused)


@SMALL
@given(st.text(alphabet="abc:[]{}-,&*!|>'\"%@`#?\n\t \u00e9\ufeff0", max_size=200))
def test_yaml_like_text_as_a_manifest(text: str) -> None:
    assert isinstance(reads(text.encode()), Refused)


@SMALL
@given(st.dictionaries(st.sampled_from(schema_keys("manifest")), TREES, max_size=6))
def test_a_sound_manifest_with_values_exchanged(values: dict[str, object]) -> None:
    sound = yaml.safe_load(SOUND["plugin.yaml"].replace("units: units.csv\nindicators: indicators.yaml\n", ""))
    result = reads(yaml.safe_dump({**sound, **values}, allow_unicode=True).encode())
    if isinstance(result, Refused):
        assert all(str(finding.message) for finding in result.findings)
        assert all(finding.where.file for finding in result.findings)


@SMALL
@given(st.sampled_from(sorted(READ)), st.data())
def test_a_sound_file_with_pieces_exchanged(file: str, data: st.DataObject) -> None:
    sound = {**SOUND, **FILES}[file]
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(len(sound), start + 40)))
    piece = data.draw(st.one_of(st.text(max_size=20), st.sampled_from(["{}", "[]", "- ", ": ", ",", "\n", '"', "null", "1e999", "-1", "\x00", "$ref: '#'"])))
    with TemporaryDirectory() as folder:
        package = Path(folder, "sdgcities_atlantis")
        for name, text in {**SOUND, **FILES, "plugin.yaml": SOUND["plugin.yaml"] + KEYS}.items():
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_text(text, encoding="utf-8")
        (package / file).write_bytes((sound[:start] + piece + sound[end:]).encode("utf-8", "surrogatepass"))
        try:
            READ[file](Declared(read_manifest(package)))
        except Refused as error:
            findings = error.findings
        else:
            return
    assert all(str(finding.message) for finding in findings)


@SMALL
@given(TREES)
def test_any_tree_as_the_schema_of_a_form(tree: object) -> None:
    document = {**yaml.safe_load(FILES["forms/agreement.yaml"]), "schema": {"type": "object", "properties": {"a": tree}, "$defs": {"b": tree}}}
    with TemporaryDirectory() as folder:
        package = Path(folder, "sdgcities_atlantis")
        (package / "forms").mkdir(parents=True)
        (package / "plugin.yaml").write_text(
            SOUND["plugin.yaml"].replace("units: units.csv\nindicators: indicators.yaml\n", "forms: forms\n"), encoding="utf-8"
        )
        (package / "forms" / "agreement.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        try:
            forms = Declared(read_manifest(package)).sdgcities_forms("XA")
        except Refused as error:
            forms = []
            refused = error.findings
    assert forms or refused


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@SMALL
@given(WORDS, st.sampled_from(list(Stage)), WORDS)
def test_a_recorded_failure_is_read_back(plugin: str, stage: Stage, text: str) -> None:
    failure = Failure(
        plugin, stage, msg("%(problem)s (and %(n)s more)", problem=msg("It says %(text)s.", text=text), n=3), msg("Correct it."), "h", Where("f", line=3)
    )
    with TemporaryDirectory() as folder:
        write_failures(Path(folder, "record.json"), [failure])
        (back,) = read_failures(Path(folder, "record.json"))
    assert back == failure
    assert str(back.reason) == str(failure.reason)


def test_a_nul_in_a_failure_is_written_as_its_sign(tmp_path: Path) -> None:
    """A plugin may say anything when it fails; no record holds a NUL."""
    write_failures(tmp_path / "record.json", [Failure("", Stage.DISCOVER, msg("It says %(text)s.", text="a\0b"), msg("Correct it."))])
    (back,) = read_failures(tmp_path / "record.json")
    assert str(back.reason) == "It says a\N{SYMBOL FOR NULL}b."
