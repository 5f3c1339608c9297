"""Reads `plugin.yaml`: no module of the plugin is imported for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.schema import schema_file, violations
from sdgcities.intake.yaml import Document, load_yaml
from sdgcities.model.plugins import Layer, Level, Manifest
from sdgcities.model.sources import Source
from sdgcities.plugin import API_VERSION

FILE = "plugin.yaml"
API = "manifest.api"
"""The code of the refusal of another API version."""
MIGRATING = "docs/reference/migrating.md"
"""Where authors read what ends, and what to write instead."""
SCHEMAS = Path(__file__).parent / "schemas"
FILES = ("units", "aliases", "indicators", "milestones", "modality", "codelists", "boundaries", "tags")
FOLDERS = ("forms", "profiles", "locales", "templates", "sample")

Checked = dict[str, Any]
"""A mapping that a schema has checked: what its keys hold is known."""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the plugin in `folder`. Raises Refused with every finding, each with its line."""
    return manifest_of(load_yaml(folder / FILE), folder)


def manifest_of(document: Document, folder: Path) -> Manifest:
    """The manifest in a document that was read. The API version goes first: another version may have other keys."""
    _check_api(document)
    findings = list(violations(schema_file(SCHEMAS / "manifest.schema.json"), document.data, document.where)) or _inconsistent(document, folder)
    if findings:
        raise Refused(findings)
    data = cast("Checked", document.data)
    major, minor = data["api"].split(".")
    return Manifest(
        name=data["name"],
        title=data["title"],
        version=data["version"],
        api=(int(major), int(minor)),
        layer=Layer(data["layer"]),
        folder=folder,
        countries=tuple(data.get("countries", ())),
        languages=tuple(data.get("languages", ())),
        currency=data.get("currency", ""),
        maintainers=tuple(data.get("maintainers", ())),
        levels=tuple(Level(**level) for level in data.get("levels", ())),
        paths={kind: data[kind] for kind in (*FILES, *FOLDERS) if kind in data},
        formats=data.get("formats", {}),
        sources={key: Source(**source) for key, source in data.get("sources", {}).items()},
        hooks=data.get("hooks", ""),
        waives=data.get("waives", {}),
    )


def _check_api(document: Document) -> None:
    api = document.data.get("api") if isinstance(document.data, dict) else None
    match = re.fullmatch(r"([0-9]{1,4})\.([0-9]{1,4})", api, re.ASCII) if isinstance(api, str) else None
    if match and (int(match[1]) != API_VERSION[0] or int(match[2]) > API_VERSION[1]):
        ours = "{}.{}".format(*API_VERSION)
        newer = (int(match[1]), int(match[2])) > API_VERSION
        hint = msg("Install a newer version of the plugin; its maintainers find what to change in %(page)s.", page=MIGRATING)
        problem = msg("The plugin is written for plugin API %(theirs)s; this sdgcities has %(ours)s.", theirs=api, ours=ours)
        raise refuse(API, problem, msg("Install a newer sdgcities.") if newer else hint, document.where(("api",)))


def _there(missing: Path) -> Message:
    """What to do about a file that is not there: one of nearly that name may be meant."""
    beside = [file.name for file in missing.parent.iterdir()] if missing.parent.is_dir() else []
    folded = {name.casefold(): name for name in beside}
    from difflib import get_close_matches  # noqa: PLC0415 - only where a file is missing

    if close := get_close_matches(missing.name.casefold(), folded, n=1, cutoff=0.8):
        return msg("Did you mean %(name)s? Capitals count.", name=folded[close[0]])
    return msg("Add it, or take the line out.")


def _inconsistent(document: Document, folder: Path) -> list[Finding]:
    """What no schema can see: files that aren't there, levels named twice, hooks in another package."""
    data = cast("Checked", document.data)
    problems = [
        (kind, msg("%(kind)s: there is no %(path)s in the plugin.", kind=kind, path=data[kind]), _there(folder / data[kind]))
        for kind in (*FILES, *FOLDERS)
        if kind in data and not ((folder / data[kind]).is_file() if kind in FILES else (folder / data[kind]).is_dir())
    ]
    ids = [level["id"] for level in data.get("levels", ())]
    if len({"country", *ids}) <= len(ids):
        problems.append(("levels", msg("A level stands twice, or is called country."), msg("Give each level its own id; country is there already.")))
    if "units" in data and len(data.get("countries", ())) != 1:
        problems.append(("units", msg("A file of units speaks of one country."), msg("Declare exactly one country.")))
    if "aliases" in data and "units" not in data:
        problems.append(("aliases", msg("There are aliases, but no units."), msg("Add units, or take the line out.")))
    if "boundaries" in data and "units" not in data:
        problems.append(("boundaries", msg("There are boundaries, but no units."), msg("Add units, or take the line out.")))
    if "hooks" in data and (data["hooks"].split(".")[0] != folder.name or not (folder.name.startswith("sdgcities_") or data["layer"] == Layer.CORE)):
        problem = msg("hooks: %(module)s is not in the plugin's own package, %(folder)s.", module=data["hooks"], folder=folder.name)
        problems.append(("hooks", problem, msg("Name a module of the plugin's own package; call the package sdgcities_<name>.")))
    return [Finding(f"manifest.{key}", Severity.BLOCK, problem, hint, document.where((key,))) for key, problem, hint in problems]
