"""hooks.md: every hook, with its exact arguments, its kind and what its spec says."""

from __future__ import annotations

import inspect

from docs.generate.markdown import block, made_of, table

from sdgcities.plugin import specs
from sdgcities.plugin.signatures import HOOKS

ABOUT = """A plugin answers these from the files that `plugin.yaml` names; with a module under `hooks` it answers them itself, beside its
files. A hook is marked with `@hookimpl` of `sdgcities.plugin`. It may take fewer of its arguments, never others, and none with a
default. The types are those of the [facade](api.md), `Contract` apart. `None` always means "no opinion".

- *Collect*: every answer counts, and a code given by two plugins is an error that names both.
- *First result*: the answer of the latest layer counts (core, theme, country, hub); two different answers within a layer are an error.
"""


def page() -> str:
    """The page."""
    overview = table(("hook", "arguments", "kind"), ((f"[{hook}](#{hook})", ", ".join(HOOKS[hook]), kind(hook)) for hook in HOOKS))
    return made_of("core/sdgcities/plugin/specs.py", "Hooks", ABOUT, overview, *(_section(hook) for hook in HOOKS))


def kind(hook: str) -> str:
    """Whether every answer counts, or one."""
    return "first result" if getattr(specs, hook).sdgcities_spec["firstresult"] else "collect"


def signature(hook: str) -> str:
    """As it is written in the spec."""
    return f"def {hook}{inspect.signature(getattr(specs, hook))}".replace("'", "")


def _section(hook: str) -> str:
    told, _, since = (inspect.getdoc(getattr(specs, hook)) or "").rpartition("Since API ")
    code = block(f"@hookimpl\n{signature(hook)}: ...", "python")
    return f"## {hook}\n\n{code}\n*{kind(hook).capitalize()}, since plugin API {since.strip('. ')}.* {told.strip()}\n"
