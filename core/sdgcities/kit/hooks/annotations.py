"""Types as Python source spells them, so that two spellings of one type are equal."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NOTHING = "None"
_OWN = ("sdgcities.api", "sdgcities.plugin", "sdgcities.model", "sdgcities.contract", "sdgcities.findings")
"""Modules from which a type of the core may come: its name tells which it is."""
_STANDARD = ("collections.abc", "typing", "typing_extensions", "builtins")
_SPELT = {"List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple", "AbstractSet": "Set"}
_BUILT_IN = frozenset({"str", "int", "float", "bool", "bytes", "object", "list", "dict", "set", "frozenset", "tuple", "type"})
_MANY = frozenset({"Iterable", "Iterator", "Collection", "Sequence", "MutableSequence", "Set", "list", "set", "frozenset", "tuple", "Generator"})
"""What may be answered where an Iterable is asked for."""
_MAPPINGS = frozenset({"Mapping", "MutableMapping", "dict"})
_DEEPEST = 20

Names = Mapping[str, str | ast.expr]
"""What a name stands for: a dotted name, or the expression it is short for."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type by its name and what it is a type of: `Iterable` of `Unit`."""

    name: str
    parts: tuple[Union, ...] = ()


Union = frozenset[Type]
"""One of these types."""


def names_of(tree: ast.Module) -> Names:
    """The imports of a module, those for type checkers too, its short names for types, and its classes."""
    found: dict[str, str | ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0]: alias.name if alias.asname else alias.name.partition(".")[0] for alias in node.names}
    for statement in tree.body:
        found |= dict(_short_names(statement))
    return found


def _short_names(statement: ast.stmt) -> Iterator[tuple[str, str | ast.expr]]:
    if isinstance(statement, ast.ClassDef):
        yield statement.name, f".{statement.name}"
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        yield statement.targets[0].id, statement.value
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        yield statement.target.id, statement.value


def type_of(node: ast.expr, names: Names, depth: int = 0) -> Union:
    """The type that an annotation spells."""
    if depth > _DEEPEST:
        return frozenset({Type("?")})
    match node:
        case ast.Constant(value=None):
            return frozenset({Type(NOTHING)})
        case ast.Constant(value=str(text)):
            return _quoted(text, names, depth)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return type_of(left, names, depth + 1) | type_of(right, names, depth + 1)
        case ast.Name(id=name) if isinstance(short := names.get(name), ast.expr):
            return type_of(short, names, depth + 1)
        case ast.Name() | ast.Attribute():
            return frozenset({Type(_canonical(_dotted(node, names)))})
        case ast.Subscript(value=value, slice=inner):
            return _of_parts(_canonical(_dotted(value, names)), inner.elts if isinstance(inner, ast.Tuple) else [inner], names, depth)
    return frozenset({Type(ast.unparse(node))})


def answers(given: Union, asked: Union) -> bool:
    """Whether a function that answers `given` answers what is asked: the same, or less of it."""
    return all(any(_answers(one, other) for other in asked) for one in given)


def _answers(given: Type, asked: Type) -> bool:
    if given == asked:
        return True
    if asked.name == "Iterable" and given.name in _MANY and given.parts and asked.parts:
        return given.parts[0] == asked.parts[0] and all(part == frozenset({Type("...")}) for part in given.parts[1:] if given.name == "tuple")
    return asked.name in _MAPPINGS and given.name in _MAPPINGS and given.parts == asked.parts


def _quoted(text: str, names: Names, depth: int) -> Union:
    try:
        return type_of(ast.parse(text.strip(), mode="eval").body, names, depth + 1)
    except (SyntaxError, ValueError):
        return frozenset({Type(text)})


def _of_parts(name: str, parts: list[ast.expr], names: Names, depth: int) -> Union:
    if name == "Optional":
        return type_of(parts[0], names, depth + 1) | {Type(NOTHING)}
    if name == "Union":
        return frozenset(one for part in parts for one in type_of(part, names, depth + 1))
    if name == "Annotated":
        return type_of(parts[0], names, depth + 1)
    read = tuple(frozenset({Type("...")}) if _is_dots(part) else type_of(part, names, depth + 1) for part in parts)
    return frozenset({Type(name, read)})


def _is_dots(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _dotted(node: ast.expr, names: Names) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    if isinstance(node, ast.Name):
        known = names.get(node.id)
        return known if isinstance(known, str) else f"builtins.{node.id}" if node.id in _BUILT_IN else f".{node.id}"
    return ast.unparse(node)


def _canonical(dotted: str) -> str:
    """The short name of a type of the core or of the standard library; any other keeps its module."""
    module, _, name = dotted.rpartition(".")
    if module in _STANDARD:
        return _SPELT.get(name, name)
    own = any(module == one or module.startswith(f"{one}.") for one in _OWN)
    return name if own else dotted
