"""What a plugin's section of a report may be written in: a small part of Jinja, in which nothing can escape, run on or grow without end.

Names and figures come in, text and a few HTML elements go out. What the page would load, or what could break it, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from jinja2 import Environment, TemplateSyntaxError, nodes

from sdgcities.findings import Finding, Message, Severity, Where, msg

CONTEXT = frozenset({"city", "country", "hub", "language", "figures", "_", "ngettext"})
"""The names a section can use."""
CALLED = {"_": 1, "ngettext": 2}
"""What a section can call, and how many texts in quotation marks it is given: ngettext takes a number after them."""
FIELDS = {
    "city": frozenset({"name", "official_name", "code", "codes", "level", "population", "above"}),
    "country": frozenset({"name", "code"}),
    "hub": frozenset({"name", "demonstration"}),
    "loop": frozenset({"index", "index0", "first", "last", "length"}),
}
CHOOSING = frozenset({"first", "last", "list", "map", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"})
"""Filters that pick from a list; what they give is no longer than what they got."""
FILTERS = CHOOSING | {
    "abs",
    "capitalize",
    "default",
    "escape",
    "float",
    "int",
    "join",
    "length",
    "lower",
    "max",
    "min",
    "round",
    "string",
    "sum",
    "title",
    "trim",
    "upper",
}
TESTS = frozenset({"defined", "eq", "equalto", "even", "false", "ge", "gt", "in", "le", "lt", "ne", "none", "number", "odd", "string", "true", "undefined"})
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
"""Tests that are written as signs where a filter names them."""
NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Include),
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Call, nodes.Keyword),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.Concat),
    *(nodes.List, nodes.Tuple),
)
GROWING = (nodes.Concat, nodes.Add, nodes.Mul, nodes.Mod, nodes.Call, nodes.List, nodes.Tuple)
"""What can give more than went in: fine where it is shown, not in what is kept or gone through, where it could double again and again."""
LONGEST_SOURCE = 32_000
DEEPEST = 2
"""Loops inside one another."""

_NAMED = {
    nodes.Include: "include",
    nodes.Extends: "extends",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.Block: "block",
    nodes.With: "with",
    nodes.AssignBlock: "set",
    nodes.Scope: "autoescape",
}


def examine(environment: Environment, folder: Path, name: str, source: str) -> list[Finding]:
    """Why a template can't be used; nothing where it can."""
    try:
        return list(_Examination(environment, folder, name).faults(source))
    except RecursionError:
        return [Finding("section.template", Severity.BLOCK, msg("The template nests too deeply."), msg("Take it apart."), Where(str(folder / name)))]


class _Examination:
    """One template and what it includes."""

    def __init__(self, environment: Environment, folder: Path, name: str, around: Sequence[str] = (), depth: int = 0, known: frozenset[str] = CONTEXT) -> None:
        self._environment, self._folder, self._name = environment, folder, name
        self._around, self._depth, self._known = (*around, name), depth, known

    def faults(self, source: str) -> Iterator[Finding]:
        if len(source) > LONGEST_SOURCE:
            yield self._fault(None, msg("The template is longer than %(most)s characters.", most=LONGEST_SOURCE), msg("Divide it into several sections."))
            return
        try:
            tree = self._environment.parse(source)
        except TemplateSyntaxError as error:
            text = (error.message or "").rstrip(".")
            yield self._fault(error.lineno, msg("The template can't be read: %(problem)s.", problem=text), msg("Correct the line."))
            return
        yield from self._body(tree.body, self._known, self._depth)

    def _body(self, body: Sequence[nodes.Node], known: frozenset[str], depth: int) -> Iterator[Finding]:
        """The statements in their order: a name is known after it was set."""
        for node in body:
            yield from self._statement(node, known, depth)
            if isinstance(node, nodes.Assign):
                known |= _targets(node.target)

    def _statement(self, node: nodes.Node, known: frozenset[str], depth: int) -> Iterator[Finding]:
        match node:
            case nodes.For():
                yield from self._loop(node, known, depth)
            case nodes.If():
                yield from self._expression(node.test, known)
                for body in (node.body, node.elif_, node.else_):
                    yield from self._body(body, known, depth)
            case nodes.Assign():
                yield from self._kept(node.node, known, msg("What is set can only be chosen from what there is, not put together."))
                yield from self._reserved(node.target)
            case nodes.Include():
                yield from self._include(node, known, depth)
            case nodes.Output():
                for part in node.nodes:
                    yield from self._expression(part, known)
            case _:
                yield from self._expression(node, known)

    def _loop(self, node: nodes.For, known: frozenset[str], depth: int) -> Iterator[Finding]:
        if node.recursive:
            yield self._fault(node.lineno, msg("A loop that calls itself is not for a section."), msg("Take recursive out."))
        if depth >= DEEPEST:
            yield self._fault(node.lineno, msg("More than %(most)s loops stand inside one another.", most=DEEPEST), msg("Write it with fewer."))
            return
        yield from self._kept(node.iter, known, msg("A loop can only go through what there is, not through what it puts together."))
        yield from self._reserved(node.target)
        inside = known | _targets(node.target) | {"loop"}
        if node.test:
            yield from self._expression(node.test, inside)
        yield from self._body(node.body, inside, depth + 1)
        yield from self._body(node.else_, known, depth)

    def _reserved(self, target: nodes.Node) -> Iterator[Finding]:
        for name in sorted(_targets(target) & (CONTEXT | {"loop"})):
            yield self._fault(target.lineno, msg("%(name)s is taken: it is what the core gives.", name=name), msg("Choose another name."))

    def _include(self, node: nodes.Include, known: frozenset[str], depth: int) -> Iterator[Finding]:
        wanted = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(wanted, str):
            yield self._fault(node.lineno, msg("What is included must be named in quotation marks."), msg('Write include "_part.html".'))
            return
        parts = PurePosixPath(wanted).parts
        if (
            "\\" in wanted
            or ":" in wanted
            or wanted.startswith("/")
            or ".." in parts
            or not (self._folder / wanted).resolve().is_relative_to(self._folder.resolve())
        ):
            yield self._fault(
                node.lineno, msg("%(file)s lies outside the plugin's templates.", file=wanted), msg("Include files of the folder templates/city only.")
            )
        elif not (self._folder / wanted).is_file():
            yield self._fault(node.lineno, msg("There is no %(file)s in the plugin's templates.", file=wanted), msg("Add it, or take the line out."))
        elif wanted in self._around:
            yield self._fault(node.lineno, msg("%(file)s includes itself.", file=wanted), msg("Take the include out."))
        else:
            part = _Examination(self._environment, self._folder, wanted, self._around, depth, known)
            yield from part.faults((self._folder / wanted).read_text(encoding="utf-8", errors="replace"))

    def _kept(self, node: nodes.Node, known: frozenset[str], problem: Message) -> Iterator[Finding]:
        yield from self._expression(node, known)
        if _grows(node):
            yield self._fault(node.lineno, problem, msg("Put it together where it is shown."))

    def _expression(self, node: nodes.Node, known: frozenset[str]) -> Iterator[Finding]:
        """What is wrong in an expression, or a part of one; the first thing only, so that one slip is told once."""
        fault = next(filter(None, (self._part(one, known) for one in (node, *node.find_all(nodes.Node)))), None)
        if fault:
            yield fault

    def _part(self, node: nodes.Node, known: frozenset[str]) -> Finding | None:
        if not isinstance(node, NODES):
            return self._unknown_statement(node)
        match node:
            case nodes.Name() if node.name not in known:
                return self._unknown_name(node, known)
            case nodes.Call(node=nodes.Name() as called) if called.name not in known:
                return self._unknown_name(called, known)
            case nodes.Getattr():
                return self._attribute(node, node.attr)
            case nodes.Getitem() if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return self._attribute(node, node.arg.value)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter() | nodes.Test():
                return self._picked(node)
        return None

    def _unknown_name(self, node: nodes.Name, known: frozenset[str]) -> Finding:
        hint = msg("A section can use: %(names)s.", names=", ".join(sorted(known)))
        return self._fault(node.lineno, msg("There is no %(name)s in a section.", name=node.name), hint)

    def _unknown_statement(self, node: nodes.Node) -> Finding:
        name = next((name for kind, name in _NAMED.items() if isinstance(node, kind)), type(node).__name__.lower())
        hint = msg("Use if, for, set and include; docs/reference/templates.md shows all there is.")
        return self._fault(node.lineno, msg("%(name)s is not for a section.", name=name), hint)

    def _attribute(self, node: nodes.Getattr | nodes.Getitem, name: str) -> Finding | None:
        fields = FIELDS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if name.startswith("_") or (fields and name not in fields):
            hint = msg("There are: %(names)s.", names=", ".join(sorted(fields))) if fields else msg("Use what docs/reference/templates.md lists.")
            return self._fault(node.lineno, msg("There is no %(name)s here.", name=name), hint)
        return None

    def _call(self, node: nodes.Call) -> Finding | None:
        literals = CALLED.get(node.node.name, 0) if isinstance(node.node, nodes.Name) else 0
        if not literals:
            problem = msg("A section can call nothing but _() and ngettext(), which translate.")
            return self._fault(node.lineno, problem, msg("Take the round brackets out, or use a filter."))
        texts = [arg for arg in node.args[:literals] if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
        numbers = node.args[literals:]
        if len(texts) < literals or len(numbers) != literals - 1 or node.dyn_args or node.dyn_kwargs:
            problem, hint = (
                msg("A text to be translated must stand in quotation marks."),
                msg('Write _("Population"), and give what changes as a place of the text.'),
            )
            return self._fault(node.lineno, problem, hint)
        return None

    def _picked(self, node: nodes.Filter | nodes.Test) -> Finding | None:
        if node.name == "safe":
            return self._fault(node.lineno, msg("safe shows what somebody typed as HTML."), msg("Take safe out: texts are escaped."))
        allowed = FILTERS if isinstance(node, nodes.Filter) else TESTS
        if node.name not in allowed:
            problem = msg("The filter or test %(name)s is not for a section.", name=node.name)
            return self._fault(node.lineno, problem, msg("There are: %(names)s.", names=", ".join(sorted(allowed))))
        if node.name == "join" and node.node is not None and _grows(node.node):
            return self._fault(node.lineno, msg("join can only join what there is, not what was put together."), msg("Join a list of the context."))
        named = [arg for arg in [*node.args, *(pair.value for pair in node.kwargs)] if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
        if any("__" in arg.value for arg in named):
            return self._fault(node.lineno, msg("There is no %(name)s here.", name=named[0].value), msg("Use what docs/reference/templates.md lists."))
        if node.name in {"map", "select", "reject", "selectattr", "rejectattr"}:
            return self._applied(node)
        return None

    def _applied(self, node: nodes.Filter | nodes.Test) -> Finding | None:
        """Filters that are given another filter or test by its name."""
        place = slice(0, 1) if node.name in {"map", "select", "reject"} else slice(1, 2)
        applied = [arg.value if isinstance(arg, nodes.Const) else None for arg in node.args[place]]
        allowed = FILTERS - {"join"} if node.name == "map" else TESTS | COMPARISONS
        if any(name not in allowed for name in applied):
            problem = msg("%(name)s is given a filter or test that is not for a section.", name=node.name)
            return self._fault(node.lineno, problem, msg("There are: %(names)s.", names=", ".join(sorted(allowed))))
        return None

    def _fault(self, line: int | None, problem: Message, hint: Message) -> Finding:
        return Finding("section.template", Severity.BLOCK, problem, hint, Where(str(self._folder / self._name), line=line))


def _targets(node: nodes.Node) -> frozenset[str]:
    return frozenset(name.name for name in (node, *node.find_all(nodes.Name)) if isinstance(name, nodes.Name))


def _grows(node: nodes.Node) -> bool:
    return any(isinstance(one, GROWING) or (isinstance(one, nodes.Filter) and one.name == "join") for one in (node, *node.find_all(nodes.Node)))
