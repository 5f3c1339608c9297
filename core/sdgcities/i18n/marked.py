"""The texts in a Python module that people read, found in its syntax tree.

What counts as one:
- the literal given to `msg`, `mark` or `text` (unless it is SQLAlchemy's), and both given to `nmsg`;
- the headers given to `table` and the names of the pairs given to `fields`;
- `help=` of an option, and the docstring of a command up to its example;
- each value of a StrEnum: a blank stands for its underscores.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

Texts = str | tuple[str, str]

ONE = frozenset({"msg", "mark", "text"})
EXAMPLE = "Example: "


def texts_of_module(path: Path) -> Iterator[tuple[int, Texts]]:
    """Every text of a module with its line, in the order of the lines."""
    tree = ast.parse(path.read_bytes())
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.expr) and not _is_statement(node, tree))
    found = [(node.lineno, node.col_offset, text) for node in nodes for text in _of(node)]
    yield from ((line, text) for line, _, text in sorted(found, key=lambda one: one[:2]))


def _is_statement(node: ast.AST, tree: ast.Module) -> bool:
    """Whether `text(...)` is a statement for the database: then the module has the function from SQLAlchemy."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"):
        return False
    imports = (line for line in tree.body if isinstance(line, ast.ImportFrom) and line.module == "sqlalchemy")
    return any(alias.name == "text" for line in imports for alias in line.names)


def _of(node: ast.stmt | ast.expr) -> Iterator[Texts]:
    if isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.FunctionDef) and any(_name(decorator) in {"command", "group"} for decorator in node.decorator_list):
        does = inspect.cleandoc(ast.get_docstring(node) or "").partition(EXAMPLE)[0]
        yield " ".join(does.split())
    elif isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases):
        yield from (text.replace("_", " ") for line in node.body if isinstance(line, ast.Assign) for text in _literals([line.value]))


def _of_call(call: ast.Call) -> Iterator[Texts]:
    name = _name(call)
    literals = list(_literals(call.args[:2]))
    if name in ONE:
        yield from _literals(call.args[:1])
    elif name == "nmsg" and len(literals) == 2:  # noqa: PLR2004 - singular and plural
        yield (literals[0], literals[1])
    elif name == "table" and call.args and isinstance(call.args[0], ast.Tuple):
        yield from _literals(call.args[0].elts)
    elif name == "fields":
        pairs = (node for argument in call.args for node in ast.walk(argument) if isinstance(node, ast.Tuple))
        yield from (text for pair in pairs for text in _literals(pair.elts[:1]))
    yield from (text for keyword in call.keywords if keyword.arg == "help" for text in _literals([keyword.value]))


def _name(node: ast.expr) -> str:
    """What a call or a decorator calls, without the object it belongs to."""
    called = node.func if isinstance(node, ast.Call) else node
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value)
