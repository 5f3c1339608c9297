"""api.md: every name of the facade, with its fields and what they say."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from enum import Enum
from types import FunctionType

from docs.generate.markdown import block, made_of, table

from sdgcities import api

ABOUT = """What a plugin that has Python imports, beside `hookimpl` of `sdgcities.plugin`: `from sdgcities.api import Unit`. A name goes only
after a deprecation of two minor versions of the plugin API. Values are frozen dataclasses: they are made once, and not changed.
"""


def page() -> str:
    """The page."""
    return made_of("core/sdgcities/api.py", "Facade", ABOUT, *(_section(name, getattr(api, name)) for name in api.__all__))


def _section(name: str, value: object) -> str:
    return "\n".join([f"## {name}\n", f"{inspect.getdoc(value)}\n", *_parts(value)])


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, FunctionType):
        yield block(f"def {value.__name__}{_written(value)}: ...", "python")
    elif isinstance(value, type) and issubclass(value, Enum):
        yield table(("name", "value"), ((f"`{member.name}`", f"`{member.value}`") for member in value))
    elif isinstance(value, type):
        if dataclasses.is_dataclass(value):
            yield table(("field", "type", "needed", "what it says"), _fields(value))
        methods = [_method(name, method) for name, method in vars(value).items() if not name.startswith("_")]
        yield "".join(line for line in methods if line)


def _fields(value: type) -> Iterator[tuple[str, str, str, str]]:
    said = _said(value)
    for field in dataclasses.fields(value):
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        yield f"`{field.name}`", f"`{field.type}`", "" if optional else "yes", said.get(field.name, "")


def _said(value: type) -> dict[str, str]:
    """What stands as a text below a field."""
    (definition,) = ast.parse(inspect.getsource(value)).body
    assert isinstance(definition, ast.ClassDef)
    pairs = zip(definition.body, definition.body[1:], strict=False)
    return {
        field.target.id: " ".join(inspect.cleandoc(text.value.value).split())
        for field, text in pairs
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


def _method(name: str, value: object) -> str:
    if isinstance(value, property):
        return f"- `{name}`: {_line(value)}\n"
    called = value.__func__ if isinstance(value, classmethod | staticmethod) else value
    return f"- `{name}{_written(called)}`: {_line(called)}\n" if isinstance(called, FunctionType) else ""


def _line(value: object) -> str:
    return " ".join((inspect.getdoc(value) or "").split())


def _written(function: FunctionType) -> str:
    return str(inspect.signature(function)).replace("'", "").replace("(self, ", "(").replace("(self)", "()").replace("(cls, ", "(")
