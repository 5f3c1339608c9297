"""Tries a plugin completely in a process of its own, so that even a crash or an endless loop only costs that process.

    python -m sdgcities.plugin.trial FOLDER RESULT SECONDS [COUNTRY...]

loads the plugin in FOLDER, calls all its hooks, each for at most SECONDS, and writes the failures it found to the file RESULT.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sdgcities.contract.load import load_contract
from sdgcities.findings import Message, msg
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.calling import TIME_LIMIT
from sdgcities.plugin.failures import Failure, Stage, read_failures, write_failures
from sdgcities.plugin.log import FailureLog
from sdgcities.plugin.manifest import read_manifest
from sdgcities.plugin.plugins import Plugins
from sdgcities.plugin.selection import Choice

PROCESS_LIMIT = 60.0
"""Seconds that a whole trial may take."""
ANY_COUNTRY = "XX"
"""What a plugin that serves every country is asked about without a hub; no country has this code."""
SAMPLE_NAME = "İsmailağa Çeşmesi"


def try_plugin(manifest: Manifest, countries: Sequence[str] = (), *, process_limit: float = PROCESS_LIMIT, time_limit: float = TIME_LIMIT) -> Failure | None:
    """How the plugin fails first when it is loaded and all its hooks are called; None where it does not.

    It is asked about the countries it declares; about `countries`, those of the hub, where it declares none.
    """
    with tempfile.TemporaryDirectory() as scratch:
        result = Path(scratch) / "result.json"
        command = [sys.executable, "-m", "sdgcities.plugin.trial", str(manifest.folder), str(result), str(time_limit), *countries]
        status = _run(command, process_limit)
        if status is None:
            hint = msg("Look for an endless loop, or something that waits for a network or for input.")
            return Failure(manifest.name, Stage.CALL, msg("The trial took longer than %(seconds)s seconds.", seconds=f"{process_limit:g}"), hint)
        if not result.exists():
            return Failure(manifest.name, Stage.CALL, _ending(status), msg("It ends the whole program: look for os._exit, or a library that crashes."))
        return next(iter(read_failures(result)), None)


def _run(command: list[str], limit: float) -> int | None:
    """The exit status; None where it had to be killed, with everything it had started."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    streams = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=streams, stdout=streams, stderr=streams, env=environment, start_new_session=sys.platform != "win32") as process:  # noqa: S603 - ourselves
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the trial and whatever it left behind in its session."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _ending(status: int) -> Message:
    if status < 0:
        return msg("The process was ended by the signal %(signal)s.", signal=signal.Signals(-status).name)
    return msg("The process ended itself with the status %(status)s.", status=status)


def failures_of(manifest: Manifest, countries: Sequence[str], time_limit: float) -> tuple[Failure, ...]:
    """What goes wrong where a hub has this plugin alone and asks it everything."""
    plugins = Plugins([Choice(manifest, required=False)], FailureLog(None, ()), time_limit)
    core = load_contract()
    for country in manifest.countries or countries or (ANY_COUNTRY,):
        for ask in (plugins.units, plugins.indicators, plugins.forms, plugins.profiles, plugins.modality):
            ask(country)
        plugins.contract(country, core)
        plugins.boundaries(country)
    plugins.dimensions()
    plugins.tags()
    plugins.measures()
    for language in manifest.languages:
        plugins.fold_name(SAMPLE_NAME, language)
    return plugins.failures


def main(folder: str, result: str, time_limit: str, *countries: str) -> None:
    """Run the trial in this process, and leave at once: a thread that hangs must not hold it up."""
    write_failures(Path(result), failures_of(read_manifest(Path(folder)), countries, float(time_limit)))
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
