"""Makes a folder with which sdgcities is installed without network and without make: wheels, the documentation, a page that says how.

    python bundle.py [FOLDER]

It stands beside the build hook, not in the core: it serves a checkout, and needs the package registry that pip is set up with.

pip decides by the Python it runs on what a package needs. So that a bundle for Windows can be made on Linux, what each
wheel asks for is read here, by the markers of the computer it is meant for, and pip only fetches what it is told to.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import yaml
from markdown_it import MarkdownIt
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / "bundle"
PAGE = ROOT / "docs" / "how-to" / "install-without-internet.md"
SITE = ROOT / "docs" / "_build" / "html"
CONSTRAINTS = ROOT / "constraints.txt"
HTML = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Install sdgcities</title>
<body style="max-width: 45em; margin: 2em auto; font-family: sans-serif">
"""


@dataclass(frozen=True)
class Target:
    """A computer that sdgcities is to be installed on."""

    name: str
    python: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """What Python says of itself there."""
        about = {"python_version": self.python, "python_full_version": f"{self.python}.0", "implementation_name": "cpython"}
        return {**self.markers, **about, "platform_python_implementation": "CPython", "implementation_version": f"{self.python}.0", "extra": ""}

    @property
    def pip(self) -> list[str]:
        """The options by which pip chooses wheels for it."""
        tag = "cp" + self.python.replace(".", "")
        abis = [f"--abi={abi}" for abi in (tag, "abi3", "none")]
        return [*(f"--platform={platform}" for platform in self.platforms), f"--python-version={self.python}", "--implementation=cp", *abis]


def settings() -> dict[str, Any]:
    """What `bundle.yaml` says."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "bundle.yaml").read_text(encoding="utf-8"))
    return found


def targets() -> list[Target]:
    """Every computer that a bundle is for."""
    told = settings()
    return [Target(name, python, tuple(one["platforms"]), one["markers"]) for name, one in told["targets"].items() for python in told["pythons"]]


def requirements(wheel: Path) -> list[Requirement]:
    """What a wheel asks for, on whatever computer."""
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        header = BytesHeaderParser().parsebytes(archive.read(name))
    return [Requirement(line) for line in header.get_all("Requires-Dist", [])]


def needed(wheel: Path, extras: Iterable[str], environment: Mapping[str, str]) -> Iterator[Requirement]:
    """What it asks for on one computer, with these extras."""
    for requirement in requirements(wheel):
        worlds = [{**environment, "extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(requirement.marker.evaluate(world) for world in worlds):
            yield requirement


def pins(environment: Mapping[str, str]) -> dict[NormalizedName, str]:
    """The exact versions of `constraints.txt` that hold on a computer."""
    lines = (line.strip() for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines())
    listed = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(one.name): str(one.specifier) for one in listed if one.marker is None or one.marker.evaluate(dict(environment))}


def build(wheels: Path) -> None:
    """The wheels of the core and of every plugin."""
    for project in (ROOT, *sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))):
        _run("-m", "build", "--no-isolation", "--wheel", "--outdir", str(wheels), str(project))


def gather(target: Target, wheels: Path, extras: Iterable[str]) -> set[Path]:
    """Fetch all that the wheels of this checkout ask for on one computer; everything that is installed there."""
    exact, found = pins(target.environment), {canonicalize_name(path.name.split("-")[0]): path for path in _own(wheels)}
    todo = [(name, tuple(extras) if name == "sdgcities" else ()) for name in found]
    done: set[tuple[NormalizedName, tuple[str, ...]]] = set()
    while todo:
        done.update(todo)
        asked = [one for name, wanted in todo for one in needed(found[name], wanted, target.environment)]
        missing = sorted({canonicalize_name(one.name) for one in asked} - found.keys())
        if missing:
            found.update(_fetched(missing, exact, target, wheels))
        todo = sorted({(canonicalize_name(one.name), tuple(sorted(one.extras))) for one in asked} - done)
    return set(found.values())


def _fetched(names: Iterable[NormalizedName], exact: Mapping[NormalizedName, str], target: Target, wheels: Path) -> dict[NormalizedName, Path]:
    if unknown := [name for name in names if name not in exact]:
        sys.exit(f"constraints.txt has no version of: {', '.join(unknown)} (needed on {target.name})")
    scratch = wheels / f".{target.name}-{target.python}"
    only = ("--no-deps", "--only-binary=:all:", "--quiet", "--disable-pip-version-check", f"--dest={scratch}")
    _run("-m", "pip", "download", *only, *target.pip, *(f"{name}{exact[name]}" for name in names))
    moved = {}
    for path in sorted(scratch.glob("*.whl")):
        moved[parse_wheel_filename(path.name)[0]] = path.replace(wheels / path.name)
    scratch.rmdir()
    return moved


def _own(wheels: Path) -> list[Path]:
    return sorted(wheels.glob("sdgcities*.whl"))


def write_pages(folder: Path) -> None:
    """How to install, as text and as a page that every computer can show; the documentation where it was built; digests of all files."""
    page = PAGE.read_text(encoding="utf-8")
    (folder / "INSTALL.md").write_text(page, encoding="utf-8")
    (folder / "INSTALL.html").write_text(HTML + MarkdownIt("commonmark").enable("table").render(page), encoding="utf-8")
    if SITE.is_dir():
        shutil.copytree(SITE, folder / "docs")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def _run(*words: str) -> None:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stdout[-2000:]}")


def main(folder: Path = FOLDER) -> None:
    """Make the whole bundle anew."""
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    build(wheels)
    for target in targets():
        size = sum(path.stat().st_size for path in gather(target, wheels, settings()["extras"]))
        print(f"{target.name}, Python {target.python}: {size / 1e6:.1f} MB")
    write_pages(folder)
    print(f"{folder}: {sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
