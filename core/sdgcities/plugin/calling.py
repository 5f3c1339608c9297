"""Runs a plugin's code so that nothing it does reaches the rest: not an exception, not sys.exit, not a call that never ends."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from sdgcities.errors import Refused, SdgCitiesError, refuse
from sdgcities.findings import Message, Where, msg

TIME_LIMIT = 5.0
"""Seconds that a plugin has for an import or a call."""

T = TypeVar("T")


class _Worker:
    """A thread that runs one action after the other: a thread for each would cost more than most of them."""

    def __init__(self) -> None:
        self.tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            self.tasks.get()()


_idle: list[_Worker] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # threads stay behind in the parent


def within(limit: float | None, action: Callable[[], T], folder: Path) -> T:
    """What the action returns. Raises Refused where it raises anything, exits, or takes longer than `limit` seconds.

    A thread that never ends is left behind as a daemon: it can't hold up the end of the program. Without a
    limit (the core, plugins without Python) the action runs in the caller's thread.
    """
    if limit is None:
        try:
            return action()
        except (Exception, SystemExit) as error:
            raise as_refusal(error, folder) from error
    outcome: SimpleQueue[tuple[list[T], BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put(([action()], None))
        except BaseException as error:  # noqa: BLE001 - the thread is the plugin's; Ctrl-C goes to the main thread
            outcome.put(([], error))

    worker = _idle.pop() if _idle else _Worker()
    worker.tasks.put(run)
    try:
        answers, raised = outcome.get(timeout=limit)
    except Empty:
        hint = msg("Look for an endless loop, or something that waits for a network or for input.")
        raise refuse("plugin.hangs", msg("It did not come back within %(seconds)s seconds.", seconds=f"{limit:g}"), hint) from None
    _idle.append(worker)
    if raised:
        raise as_refusal(raised, folder) from raised
    return answers[0]


def as_refusal(error: BaseException, folder: Path) -> Refused:
    """One line on an exception of a plugin, with the last line of the plugin's own code that took part."""
    if isinstance(error, SdgCitiesError):
        return Refused(error.findings)
    where = _last_own_line(error, folder)
    if isinstance(error, SystemExit):
        return refuse("plugin.exits", msg("It calls sys.exit."), msg("A plugin must not end the program: raise an exception instead."), where)
    problem = msg("%(error)s: %(text)s.", error=type(error).__name__, text=_first_line(error).rstrip("."))
    return refuse("plugin.raises", problem, _cure(error), where)


def _first_line(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - the exception's class is the plugin's own code
        return "?"
    return text.strip().partition("\n")[0][:200]


def _cure(error: BaseException) -> Message:
    if isinstance(error, ModuleNotFoundError) and error.name:
        return msg("Install what provides %(module)s, or correct the name.", module=error.name)
    return msg("Correct the plugin, or install a version that works.")


def _last_own_line(error: BaseException, folder: Path) -> Where:
    if isinstance(error, SyntaxError):
        return Where(file=error.filename, line=error.lineno)
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(folder)]
    return Where(file=own[-1].filename, line=own[-1].lineno) if own else Where(file=str(folder))
