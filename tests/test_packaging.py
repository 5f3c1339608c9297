"""What is built works far from the checkout; what is installed editable follows it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow

COUNTRIES = ("ghana", "portugal", "turkiye")
PROJECTS = (".", *(f"plugins/{country}" for country in COUNTRIES))
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", ".*", "*.mo", "dist", "demo")


def run(*command: str | Path, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env |= {"XDG_CACHE_HOME": str(cwd / "cache"), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def environment(folder: Path) -> Path:
    """An empty environment; the folder of its commands."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def shipped(folder: Path, *, below: Path) -> set[str]:
    """Every file of a folder that a wheel has to carry, as the wheel spells it."""
    found = set[str]()
    for path, folders, files in os.walk(folder):
        folders[:] = set(folders) - NOT_SHIPPED(path, folders)
        found |= {Path(path, name).relative_to(below).as_posix() for name in set(files) - NOT_SHIPPED(path, files)}
    return found


@pytest.fixture(scope="session")
def source(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, so that nothing here touches it."""
    folder = tmp_path_factory.mktemp("source") / "checkout"
    folder.mkdir()
    for name in ("core", "plugins", "templates", "locales"):
        shutil.copytree(checkout / name, folder / name, ignore=NOT_SHIPPED)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(checkout / name, folder)
    return folder


@pytest.fixture(scope="session")
def wheels(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The four wheels, each built out of its source distribution, by the name of their package."""
    target = tmp_path_factory.mktemp("wheels")
    for project in PROJECTS:
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, project, cwd=source)
    return {path.name.split("-")[0]: path for path in target.glob("*.whl")}


@pytest.fixture(scope="session")
def installed(wheels: dict[str, Path], checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `sdgcities` of an environment that holds nothing but the wheels and what they ask for."""
    commands = environment(tmp_path_factory.mktemp("installed") / "env")
    run(commands / "python", "-m", "pip", "install", "--quiet", "--constraint", checkout / "constraints.txt", *wheels.values(), cwd=commands)
    return commands / "sdgcities"


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_four_wheels_are_built(wheels: dict[str, Path]) -> None:
    assert set(wheels) == {"sdgcities", *(f"sdgcities_{country}" for country in COUNTRIES)}


def test_the_core_wheel_carries_code_templates_and_catalogues(wheels: dict[str, Path], source: Path) -> None:
    expected = shipped(source / "core" / "sdgcities", below=source / "core")
    expected |= {f"sdgcities/{name}" for folder in ("templates", "locales") for name in shipped(source / folder, below=source)}
    carried = names(wheels["sdgcities"])
    assert expected - carried == set()
    assert "sdgcities/locales/tr/LC_MESSAGES/sdgcities.po" in carried
    assert any(name.startswith("sdgcities/templates/reports/") for name in carried)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_plugin_wheel_carries_every_data_file(wheels: dict[str, Path], source: Path, country: str) -> None:
    package = source / "plugins" / country / f"sdgcities_{country}"
    carried = {name for name in names(wheels[package.name]) if ".dist-info/" not in name}
    assert carried == shipped(package, below=package.parent)


def test_the_installed_command_tells_its_version(installed: Path, source: Path, tmp_path: Path) -> None:
    version = run(sys.executable, "-c", "import sdgcities; print(sdgcities.__version__)", cwd=source / "core").strip()
    assert version in run(installed, "--version", cwd=tmp_path)


def test_the_installed_command_finds_the_three_plugins(installed: Path, tmp_path: Path) -> None:
    rows = json.loads(run(installed, "plugin", "list", "--json", cwd=tmp_path))
    assert set(COUNTRIES) <= {row["name"] for row in rows}


def test_the_installed_demo_finds_templates_catalogues_and_samples(installed: Path, tmp_path: Path) -> None:
    run(installed, "demo", "demo", cwd=tmp_path)
    reports = list((tmp_path / "demo").rglob("*.html"))
    assert len(reports) == 2 * len(COUNTRIES)
    for name in ("Ghana", "Portugal", "Türkiye"):
        assert sum(f"SDG Cities: {name}" in report.read_text(encoding="utf-8") for report in reports) == 2


def test_an_editable_install_reads_the_checkout_live(source: Path, checkout: Path, tmp_path: Path) -> None:
    live = tmp_path / "checkout"
    shutil.copytree(source, live)
    python = environment(tmp_path / "env") / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--constraint", checkout / "constraints.txt")
    run(*pip, "hatchling", cwd=tmp_path)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", live, "-e", live / "plugins" / "ghana", cwd=tmp_path)
    (live / "templates" / "new.html").write_text("new", encoding="utf-8")
    (live / "plugins" / "ghana" / "sdgcities_ghana" / "new.txt").write_text("new", encoding="utf-8")
    seen = run(
        python,
        "-c",
        "import sdgcities_ghana; from pathlib import Path; from sdgcities.resources import resource_dir as d;"
        "print((d('templates') / 'new.html').read_text(), Path(sdgcities_ghana.__file__).with_name('new.txt').read_text(), d('locales'))",
        cwd=tmp_path,
    )
    assert seen.split(maxsplit=2) == ["new", "new", str(live / "locales") + "\n"]
