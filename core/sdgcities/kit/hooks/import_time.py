"""How much processor time the import of a plugin's hooks takes, once the core is there.

    python -m sdgcities.kit.hooks.import_time FOLDER RESULT

measures it in a process of its own, and writes the seconds to the file RESULT.
"""

from __future__ import annotations

import sys
import tempfile
from os import environ, pathsep
from pathlib import Path
from subprocess import DEVNULL, TimeoutExpired, run
from time import process_time

from sdgcities.findings import msg
from sdgcities.kit.rule import Unchecked
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.loading import import_hooks
from sdgcities.plugin.manifest import read_manifest

TIMES = 3
LIMIT = 60.0
"""Seconds that one import may take before it is given up."""


def import_seconds(manifest: Manifest) -> float:
    """The shortest of three imports, each in a process of its own. Raises Unchecked where the module can't be imported."""
    with tempfile.TemporaryDirectory() as scratch:
        return min(_once(manifest, Path(scratch)) for _ in range(TIMES))


def _once(manifest: Manifest, scratch: Path) -> float:
    result = scratch / "seconds"
    result.unlink(missing_ok=True)
    environment = {**environ, "PYTHONPATH": pathsep.join(path for path in sys.path if path), "PYTHONPYCACHEPREFIX": str(scratch)}
    command = [sys.executable, "-m", "sdgcities.kit.hooks.import_time", str(manifest.folder), str(result)]
    try:
        run(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, env=environment, timeout=LIMIT, check=False)  # noqa: S603 - ourselves
    except TimeoutExpired as error:
        raise Unchecked(msg("The import does not come to an end.")) from error
    if not result.is_file():
        raise Unchecked(msg("%(module)s can't be imported.", module=manifest.hooks))
    return float(result.read_text(encoding="ascii"))


def main(folder: str, result: str) -> None:
    """Import the hooks of the plugin in `folder`; what the core needs for it is there already."""
    manifest = read_manifest(Path(folder))
    start = process_time()
    import_hooks(manifest, None)
    Path(result).write_text(f"{process_time() - start:.6f}", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
