"""Documents made to harm: each is refused in one finding with its code and the file's name, quickly, and never with another error."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.intake.made import ROW, SQUARE, archive, chunk, geojson, png, svg, topology

from sdgcities.errors import Refused
from sdgcities.intake.geojson import features_of
from sdgcities.intake.images import check_image
from sdgcities.intake.json import load_json
from sdgcities.intake.po import parse_po
from sdgcities.intake.toml import load_toml
from sdgcities.intake.topojson import boundaries_of
from sdgcities.intake.xml import load_xml
from sdgcities.intake.yaml import load_yaml
from sdgcities.intake.zip import unpacked

SECONDS = 30
Content = str | bytes
Case = tuple[Content, str]


def load_zip(path: Path) -> list[Path]:
    into = path.parent / "unpacked"
    try:
        return unpacked(path, into)
    finally:
        assert not [file for file in into.rglob("*") if file.is_file()]


def load_po(path: Path) -> object:
    return parse_po(path.read_bytes().decode("utf-8"), str(path), 2)


def load_image(path: Path) -> None:
    check_image(path)


JSON: list[Case] = [
    ('{"a": 1, "a": 2}', "json.content"),
    ('{"a": {"b": 1, "\\u0062": 2}}', "json.content"),
    ("[NaN]", "json.content"),
    ("[Infinity]", "json.content"),
    ("[-Infinity]", "json.content"),
    ("[1e400]", "json.content"),
    ("[1e999999999]", "json.content"),
    ("[1e99999999999999999999999]", "json.content"),
    ("[-1e-400]", "json.content"),
    ("[" + "9" * 101 + "]", "json.content"),
    ("[" + "9" * 5_000 + "]", "json.content"),
    ("[0." + "1" * 5_000 + "]", "json.content"),
    ("[" * 100_000, "json.depth"),
    ("[" * 101 + "]" * 101, "json.depth"),
    ('{"a":' * 100_000, "json.depth"),
    ('["\\ud800"]', "json.content"),
    ('{"\\udfff": 1}', "json.content"),
    ('["\\u0000"]', "json.content"),
    ('["\0"]', "json.syntax"),
    ('{"a": 1} {"b": 2}', "json.syntax"),
    ('{"a": 1},', "json.syntax"),
    ("{'a': 1}", "json.syntax"),
    ("[1, // comment\n2]", "json.syntax"),
    ("\ufeff\ufeff[]", "json.syntax"),
    ("[]".encode("utf-16"), "file.encoding"),
    ("[12345]".encode("utf-16-le"), "file.encoding"),
    ("[12345]".encode("utf-16-be"), "file.encoding"),
    ("[]".encode("utf-32"), "file.encoding"),
    ('["é"]'.encode("cp1252"), "file.encoding"),
    (b'["\xed\xa0\x80"]', "file.encoding"),
    ("[" + "[]," * 5_000_001 + "1]", "json.content"),
    (b"[" + b" " * (16 * 1024 * 1024), "file.too-large"),
    ("", "file.empty"),
]
YAML: list[Case] = [
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "yaml.alias"),
    ("a: *a", "yaml.alias"),
    ("<<: {a: 1}", "yaml.merge"),
    ("a:\n  <<: [{b: 1}]", "yaml.merge"),
    ("[" * 100_000, "yaml.depth"),
    ("{a: " * 50_000, "yaml.depth"),
    ("- " * 100_000, "yaml.depth"),
    ("? [a]\n: 1", "yaml.key"),
    ("9" * 41, "yaml.number"),
    ("a: 1e400", "yaml.number"),
    ("a: 1e999999999", "yaml.number"),
    ("a: 1e-99999999999999999999", "yaml.number"),
    ("!!python/object/apply:os.system [ls]", "yaml.tag"),
    ("a: !!binary eA==", "yaml.tag"),
    ("a: 1\n---\nb: 2", "yaml.several"),
    ("a: 1\na: 2", "yaml.duplicate"),
    ("\ta: 1", "yaml.syntax"),
    ("%YAML 3.0\n---\na: 1", "yaml.syntax"),
    ('a: "\\0"', "yaml.character"),
    ('"\\0": a', "yaml.character"),
    ('a: "\\ud800"', "yaml.syntax"),
    ("a: \x07", "yaml.syntax"),
    ("a: 1".encode("utf-16"), "file.encoding"),
    ("a: 1".encode("utf-32-le"), "file.encoding"),
    (b"a: \xff", "file.encoding"),
]
TOML: list[Case] = [
    ("a=" + "[" * 100_000, "toml.syntax"),
    ("a=" + "[" * 60 + "]" * 60, "toml.syntax"),
    (".".join("a" * 100_000) + "=1", "toml.syntax"),
    ("[" + ".".join(["'a'"] * 100_000) + "]", "toml.syntax"),
    ("a=nan", "toml.syntax"),
    ("a=-inf", "toml.syntax"),
    ("a=1e400", "toml.syntax"),
    ("a=" + "9" * 5_000, "toml.syntax"),
    ("a=0x" + "f" * 100_000, "toml.syntax"),
    ("a=1\na=2", "toml.syntax"),
    ('a="\\u0000"', "toml.syntax"),
    ("a=1".encode("utf-16"), "file.encoding"),
]
DECLARED = '<?xml version="1.0" encoding="%s"?><a>%s</a>'
XML: list[Case] = [
    ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "xml.doctype"),
    ('<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>', "xml.doctype"),
    ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "xml.doctype"),
    ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.org/p"> %p;]><a/>', "xml.doctype"),
    ("<!DOCTYPE a><a/>", "xml.doctype"),
    ("<a>&x;</a>", "xml.syntax"),
    ("<a>" * 100_000, "xml.limits"),
    ("<a>" * 101 + "</a>" * 101, "xml.limits"),
    ("<a " + " ".join(f'x{number}="1"' for number in range(101)) + "/>", "xml.limits"),
    ("<a>" + "x" * 2_000_000 + "</a>", "xml.limits"),
    ("<a>" + "<b/>" * 2_000_001 + "</a>", "xml.limits"),
    ('<a xmlns:p="u"><p:b/><b/></a>', "xml.namespace"),
    ('<a xmlns:p="u" p:x="1" x="2"/>', "xml.namespace"),
    ('<a x="1" x="2"/>', "xml.syntax"),
    ("<a></b>", "xml.syntax"),
    ("<a/><b/>", "xml.syntax"),
    ("<a>", "xml.syntax"),
    ("<a>\x01</a>", "xml.syntax"),
    ("<a>&#0;</a>", "xml.syntax"),
    (DECLARED % ("ISO-8859-1", "ç"), "file.encoding"),
    ((DECLARED % ("ISO-8859-1", "“a”")).encode("cp1252"), "file.encoding"),
    ((DECLARED % ("UTF-8", "ç")).encode("cp1252"), "file.encoding"),
    ((DECLARED % ("UTF-8", "ç")).encode("utf-16"), "file.encoding"),
    (DECLARED % ("UTF-16", "c"), "file.encoding"),
    (DECLARED % ("us-ascii", "ç"), "file.encoding"),
    (DECLARED % ("utf-7", "+AOc-"), "file.encoding"),
    (DECLARED % ("zlib", "c"), "file.encoding"),
    (DECLARED % ("none-of-all", "c"), "file.encoding"),
    ("<a/>".encode("utf-32"), "file.encoding"),
]
GEOJSON: list[Case] = [
    ("{}", "geojson.type"),
    (geojson([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), "geojson.crossing"),
    (geojson([[0, 0], [1, 1], [2, 2], [2, 0], [1, 1], [0, 2], [0, 0]]), "geojson.crossing"),
    (geojson([[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]]), "geojson.antimeridian"),
    (geojson(SQUARE[:-1]), "geojson.ring"),
    (geojson([[0, 0], [1, 1], [0, 0], [1, 1], [0, 0]]), "geojson.area"),
    (geojson([[0, 0]] * 9), "geojson.area"),
    (geojson(SQUARE, [[5, 5], [5.1, 5], [5.1, 5.1], [5, 5]]), "geojson.hole"),
    (geojson(SQUARE, SQUARE), "geojson.hole"),
    (geojson(SQUARE, [[0.5, 6.5], [1.5, 6.5], [1.5, 6.6], [0.5, 6.5]]), "geojson.crossing"),
    (geojson([[6, 120], [7, 120], [7, 121], [6, 120]]), "geojson.swapped"),
    (geojson([[815000, 700000], [816000, 700000], [816000, 710000], [815000, 700000]]), "geojson.range"),
    (geojson(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}), "geojson.crs"),
    (geojson(crs="EPSG:2136"), "geojson.crs"),
    (json.dumps({"type": "FeatureCollection", "features": []}), "geojson.no-feature"),
    (json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}), "geojson.geometry"),
    (json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": []}}), "geojson.geometry"),
    (json.dumps({"type": "GeometryCollection", "geometries": []}), "geojson.type"),
    (geojson([[number / 250_001, number % 2] for number in range(500_001)] + [[0, 0]]), "geojson.positions"),
]
TOPOJSON: list[Case] = [
    (json.dumps(topology(objects={})), "geojson.no-feature"),
    (json.dumps(topology(objects={"a": {"type": "GeometryCollection", "geometries": []}, "b": {}})), "geojson.object"),
    (json.dumps(topology(objects={"a": {"type": "Polygon", "arcs": [[0, 1]]}}, arcs=[])), "geojson.arcs"),
    (json.dumps(topology(arcs="none")), "geojson.arcs"),
    (json.dumps(topology(arcs=[[["a", 1]]] * 3)), "geojson.position"),
    (json.dumps(topology(transform={"scale": [1]})), "geojson.transform"),
    (json.dumps(topology(objects={"a": {"type": "Polygon", "arcs": [[True]]}})), "geojson.arcs"),
    (json.dumps(topology(objects={"a": {"type": "Polygon", "arcs": [[0, 1] * 100_000]}})), "geojson.arcs"),
    (json.dumps(topology(objects={"a": {"type": "LineString", "arcs": [0]}})), "geojson.geometry"),
    (json.dumps(topology(objects={"a": {"type": "Polygon", "arcs": [[0, 1]]}}, transform={"scale": [1e6, 1e6], "translate": [0, 0]})), "geojson.range"),
]
ZIP: list[Case] = [
    *((archive({name: ROW}), "zip.name") for name in ("../a.csv", "a/../../b.csv", "/etc/a.csv", "C:/a.csv", "C:a.csv", "a\\b.csv", "a:b.csv")),
    *((archive({name: ROW}), "zip.name") for name in ("CON", "d/nul.csv", "COM1.csv", "a. ", "a.", "a\x1b[2J.csv", "a\u202evsc", "n" * 300, "d/" * 20 + "a")),
    *((archive({name: ROW}), "zip.nested") for name in ("inner.zip", "inner.tar.gz", "a.7z")),
    (archive({"a.csv": archive({"b.csv": ROW})}), "zip.nested"),
    (archive({"A.csv": ROW, "a.csv": ROW}), "zip.twice"),
    (archive({"\u00e9": ROW, "e\u0301": ROW}), "zip.twice"),
    (archive({"a": ROW, "a/b": ROW}), "zip.twice"),
    (archive({"a.csv": b"0" * 100_000_000}), "zip.limits"),
    (archive({f"{number}.csv": b"" for number in range(1001)}), "zip.limits"),
    (archive({}), "zip.empty"),
    (archive({"__MACOSX/._a": ROW, ".DS_Store": ROW, "~$a.xlsx": ROW}), "zip.empty"),
    (archive({"a.csv": ROW}, zipfile.ZIP_LZMA), "zip.method"),
    (archive({"a.csv": ROW})[:-5], "zip.damaged"),
    (archive({"a.csv": ROW * 50}, zipfile.ZIP_STORED).replace(b"1,2", b"1,3"), "zip.damaged"),
    (archive({"ab.csv": ROW}).replace(b"ab.csv", b"\x9e\x98.csv"), "zip.name"),
    (b"PK\x03\x04 and nothing more", "zip.damaged"),
]
IMAGES: list[Case] = [
    (png(after=b"<script>"), "image.damaged"),
    (png((30_000, 30_000), pixels=b""), "image.size"),
    (png(pixels=b"\0" * 50_000_000), "image.damaged"),
    (png(pixels=b"\0"), "image.damaged"),
    (png()[:-6], "image.damaged"),
    (png().replace(b"IEND", b"IENX"), "image.damaged"),
    (png(beside=chunk(b"EVIL", b"")), "image.damaged"),
    (svg("<script>alert(1)</script>"), "image.harmful"),
    (svg(attributes='onload="alert(1)"'), "image.harmful"),
    (svg('<a xlink:href="javascript:alert(1)"/>'), "image.harmful"),
    (svg('<image href="http://example.org/x.png"/>'), "image.harmful"),
    (svg('<image href="data:image/svg+xml;base64,AAAA"/>'), "image.harmful"),
    (svg("<foreignObject/>"), "image.harmful"),
    (svg("<style>@import 'x.css'</style>"), "image.harmful"),
    (svg(attributes='style="fill: url(http://example.org/x)"'), "image.harmful"),
    (svg('<set attributeName="href" to="javascript:alert(1)"/>'), "image.harmful"),
    ("<?xml-stylesheet href='x'?>" + svg(), "image.harmful"),
    ('<!DOCTYPE svg [<!ENTITY x "y">]>' + svg(), "xml.doctype"),
    (svg(attributes='onload="alert(1)"').encode("utf-16"), "image.harmful"),
]
PO: list[Case] = [
    ('msgid "a', "po.syntax"),
    ("msgid", "po.syntax"),
    ('"x"', "po.syntax"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[99999999999] "x"', "po.syntax"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[x] "x"', "po.syntax"),
    ("\0", "po.syntax"),
    ("".join(f'msgid "{number}"\nmsgstr "x"\n' for number in range(50_001)), "po.entries"),
]
READERS: dict[str, tuple[Callable[[Path], object], list[Case]]] = {
    "json": (load_json, JSON),
    "yaml": (load_yaml, YAML),
    "toml": (load_toml, TOML),
    "xml": (load_xml, XML),
    "geojson": (features_of, GEOJSON),
    "topojson": (boundaries_of, TOPOJSON),
    "zip": (load_zip, ZIP),
    "image": (load_image, IMAGES),
    "po": (load_po, PO),
}
CASES = [pytest.param(kind, content, code, id=f"{kind}-{number}") for kind, (_, cases) in READERS.items() for number, (content, code) in enumerate(cases)]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) > 150


@pytest.mark.parametrize(("kind", "content", "code"), CASES)
def test_a_hostile_document_is_refused_in_one_finding(tmp_path: Path, kind: str, content: Content, code: str) -> None:
    path = tmp_path / f"document.{kind}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        READERS[kind][0](path)
    assert time.monotonic() - begun < SECONDS
    (finding,) = refused.value.findings
    assert finding.code == code
    assert finding.where.file == str(path)
    assert "\n" not in str(finding.message)
    assert len(str(finding.message)) < 300
