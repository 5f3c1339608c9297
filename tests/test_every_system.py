"""The core asks nothing of the system that Windows does not have, unless it first asks which system it is on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [*sorted((ROOT / "core").rglob("*.py")), *sorted((ROOT / "plugins").glob("*/sdgcities_*/**/*.py")), ROOT / "bundle.py", ROOT / "hatch_build.py"]

MODULES = frozenset({"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"})
NAMES = frozenset(
    {
        *("chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg", "getpgid", "getpgrp", "getuid"),
        *("initgroups", "killpg", "lchown", "mkfifo", "mknod", "nice", "openpty", "pipe2", "posix_fallocate", "posix_spawn", "sched_getaffinity", "setegid"),
        *("seteuid", "setgid", "setpgid", "setsid", "setuid", "statvfs", "sync", "sysconf", "tzset", "uname", "wait3", "wait4"),
        *("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGUSR1", "SIGUSR2", "SIGXFSZ"),
    }
)
ARGUMENTS = frozenset({"preexec_fn", "start_new_session", "process_group", "pass_fds"})
PLACES = ("/tmp", "/dev/", "/etc/", "/usr/", "/var/", "/bin/")  # noqa: S108 - what is looked for
TEXT_FILES = frozenset({"read_text", "write_text"})


def unguarded(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those of functions and branches that ask for the system."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.If) and asks_for_the_system(child):
            continue
        yield child
        yield from unguarded(child)


def asks_for_the_system(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr == "platform" and getattr(one.value, "id", "") == "sys" for one in ast.walk(node))


def found(text: str) -> Iterator[str]:
    """What a module asks for that not every system has; and text files whose encoding it leaves to the system."""
    for node in unguarded(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name in MODULES)
            case ast.ImportFrom(module=module, names=names):
                yield from (one for one in [module or "", *(name.name for name in names)] if one in MODULES or (one in NAMES and module in {"os", "signal"}))
            case ast.Attribute(attr=attr, value=ast.Name(id="os" | "signal" | "time")) if attr in NAMES:
                yield attr
            case ast.keyword(arg=str(arg)) if arg in ARGUMENTS:
                yield arg
            case ast.Constant(value=str(value)) if value.startswith(PLACES) or "%-d" in value:
                yield value
            case ast.Call(func=ast.Attribute(attr=attr, value=held), keywords=keywords) if attr in TEXT_FILES and getattr(held, "id", "") != "formatter":
                yield from () if "encoding" in {one.arg for one in keywords} else (attr,)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_asked_of_the_system_that_another_lacks(path: Path) -> None:
    assert list(found(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("import os\nos.killpg(1, 2)", ["killpg"]),
        ("from signal import SIGKILL", ["SIGKILL"]),
        ("import fcntl", ["fcntl"]),
        ("def f():\n    import resource", ["resource"]),
        ("subprocess.run(x, start_new_session=True)", ["start_new_session"]),
        ("open('/tmp/x')", ["/tmp/x"]),  # noqa: S108 - what is looked for
        ("f'{day:%-d}'", ["%-d"]),
        ("path.read_text()", ["read_text"]),
        ("path.read_text(encoding='utf-8')", []),
        ("import sys\nif sys.platform != 'win32':\n    os.killpg(1, 2)", []),
        ("import sys\ndef f():\n    if sys.platform == 'win32':\n        return\n    os.killpg(1, 2)", []),
        ("import sys\nprint(sys.platform)\nos.killpg(1, 2)", ["killpg"]),
        ("lock.sync()", []),
    ],
)
def test_the_search_finds_what_it_looks_for(text: str, seen: list[str]) -> None:
    assert list(found(text)) == seen
