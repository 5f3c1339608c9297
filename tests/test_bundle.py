"""What `make bundle` makes is installed without network, and lacks nothing on any computer it is for."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from email.parser import BytesHeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from tests.needs import without

pytestmark = pytest.mark.slow

COUNTRIES = ("ghana", "portugal", "turkiye")
PYTHONS = ((3, 11), (3, 12), (3, 13))
MOST_BYTES = 60_000_000
"""Wheels of an installation without extras."""
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"}
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
OLD_LINUX = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")


@pytest.fixture(scope="session")
def bundle(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of this checkout; needs the package registry that pip is set up with."""
    probe = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--constraint", str(checkout / "constraints.txt")]
    done = subprocess.run([*probe, f"--dest={tmp_path_factory.mktemp('probe')}", "pluggy"], capture_output=True, check=False)
    if done.returncode:
        without("BUNDLE", "no package registry can be reached, and a bundle is made of what one gives")
    folder = tmp_path_factory.mktemp("far") / "bundle"
    made = subprocess.run([sys.executable, str(checkout / "bundle.py"), str(folder)], capture_output=True, encoding="utf-8", check=False)
    assert made.returncode == 0, made.stderr
    assert re.search(r"^windows, Python 3\.13: \d+\.\d MB$", made.stdout, re.MULTILINE)
    return folder


def tags(python: tuple[int, int], platforms: Iterable[str]) -> set[Tag]:
    """What wheels a Python of that kind takes."""
    named = list(platforms)
    return {*cpython_tags(python, platforms=named), *compatible_tags(python, f"cp{python[0]}{python[1]}", named)}


def world(python: tuple[int, int], markers: Mapping[str, str], extra: str = "") -> dict[str, str]:
    version = f"{python[0]}.{python[1]}"
    here = {name: str(value) for name, value in default_environment().items()}
    return {**here, **markers, "python_version": version, "python_full_version": f"{version}.0", "extra": extra}


def asks(wheel: Path) -> Iterator[Requirement]:
    with ZipFile(wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA")))
    yield from map(Requirement, BytesHeaderParser().parsebytes(metadata).get_all("Requires-Dist", []))


def installed(bundle: Path, python: tuple[int, int], markers: Mapping[str, str], platforms: Iterable[str], wanted: Iterable[str]) -> set[Path]:
    """The wheels that an installation takes; fails with what is not there."""
    fitting = tags(python, platforms)
    wheels = [(path, *parse_wheel_filename(path.name)) for path in sorted((bundle / "wheels").glob("*.whl"))]
    todo, taken, seen = list(map(Requirement, wanted)), set[Path](), set[str]()
    while todo:
        one = todo.pop()
        if str(one) in seen:
            continue
        seen.add(str(one))
        found = [path for path, name, version, _, kinds in wheels if name == canonicalize_name(one.name) and version in one.specifier and kinds & fitting]
        assert found, f"{one} has no wheel for Python {python} on {markers['platform_system']}"
        taken.add(found[0])
        extras = ("", *one.extras)
        todo += [other for other in asks(found[0]) if other.marker is None or any(other.marker.evaluate(world(python, markers, extra)) for extra in extras)]
    return taken


@pytest.mark.parametrize("python", PYTHONS, ids=str)
@pytest.mark.parametrize(("markers", "platforms"), [(LINUX, OLD_LINUX), (WINDOWS, ("win_amd64",))], ids=["linux", "windows"])
def test_nothing_is_missing_anywhere(bundle: Path, python: tuple[int, int], markers: Mapping[str, str], platforms: tuple[str, ...]) -> None:
    everything = ["sdgcities[postgres]", *(f"sdgcities-{country}" for country in COUNTRIES)]
    taken = installed(bundle, python, markers, platforms, everything)
    names = {path.name.split("-")[0] for path in taken}
    assert {"sdgcities", "sqlalchemy", "psycopg_binary", "sdgcities_ghana"} <= names
    assert ("tzdata" in names) is (markers is WINDOWS), "what only one kind of computer needs is there too"


def test_an_installation_is_small_enough_to_carry(bundle: Path) -> None:
    size = sum(path.stat().st_size for path in installed(bundle, (3, 12), WINDOWS, ("win_amd64",), ["sdgcities"]))
    assert size < MOST_BYTES


def test_every_file_has_its_digest_and_the_page_can_be_read_anywhere(bundle: Path, checkout: Path) -> None:
    lines = [line.split("  ", 1) for line in (bundle / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    listed = {name: digest for digest, name in lines}
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert {"INSTALL.md", "INSTALL.html"} <= set(files)
    html = (bundle / "INSTALL.html").read_text(encoding="utf-8")
    assert "<h2>Install on Windows</h2>" in html
    assert r"sdgcities-tools\Scripts\sdgcities plugin list" in html
    assert "://" not in html
    assert re.findall(r"https?://\S+", (checkout / "bundle.py").read_text(encoding="utf-8")) == []


@pytest.mark.skipif(sys.platform != "linux" or sys.version_info[:2] not in PYTHONS, reason="the lines for Linux are run")
def test_what_the_page_says_installs_it_without_network(bundle: Path, tmp_path: Path) -> None:
    page = (bundle / "INSTALL.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- runs: linux -->\n```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert block
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    alone |= {"PIP_CONFIG_FILE": os.devnull, "XDG_CACHE_HOME": str(tmp_path / "cache"), "LANG": "C.UTF-8"}
    (tmp_path / "wheels").symlink_to(bundle / "wheels")
    told = ""
    for line in [*block[1].splitlines(), "sdgcities-tools/bin/sdgcities --version"]:
        words = shlex.split(line.replace("python3 ", f"{shlex.quote(sys.executable)} ", 1))
        done = subprocess.run(words, cwd=tmp_path, env=alone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout
        told += done.stdout
    assert "Looking in links: wheels\n" in told
    assert re.search(r"^ghana +0\.1\.0 +country +GH +en ak +installed +ok$", told, re.MULTILINE)
    assert "sdgcities, version" in told
    assert len(list((tmp_path / "demo" / "ghana" / "reports").glob("*.html"))) == 2
