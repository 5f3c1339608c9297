"""The degree of urbanisation of a population grid in a file: what there is of each class, and a grid of the classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from sdgcities.cli.output import out
from sdgcities.cli.result_view import need_free, number, pairs, result_data, write_json
from sdgcities.cli.session import Session
from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.grid import read_grid
from sdgcities.methods.calculating import Inputs, NotComputable
from sdgcities.methods.given import read_given, unknown
from sdgcities.methods.urbanisation.classifying import Cells, Classified, classify
from sdgcities.methods.urbanisation.rules import NO_CLASS, classes, unit_classes
from sdgcities.model.grids import Grid
from sdgcities.model.methods import Method, Quantity, Result

_GRIDS = ("land", "built", "units")
_POPULATION = "population"
_ENDINGS = (".asc", ".csv", ".json")


def run_grid(session: Session, method: Method, path: Path, given: Sequence[str], output: Path | None, *, as_json: bool) -> None:
    """Classify the cells of a file. The classes go to `output`, what there is of each is shown; refused where the grid does not serve."""
    texts = pairs(given)
    _check(method, path, texts, output)
    read = read_given(method, {name: text for name, text in texts.items() if name not in _GRIDS})
    if read.findings:
        raise Refused(read.findings)
    others = {name: read_grid(Path(texts[name])) for name in _GRIDS if name in texts}
    inputs: dict[str, Quantity] = {_POPULATION: path.name, **{name: Path(texts[name]).name for name in others}}
    inputs |= {name: value for name, value in read.values.items() if value is not None}
    found = _classified(Cells(read_grid(path), **others), read.values, path)
    notes = (*found.outcome.notes, *(msg(note) for note in method.notes))
    result = Result(method.id, method.version, inputs, found.outcome.outputs, notes)
    if output is not None:
        _put(session, output, found.grid, result)
    if as_json:
        session.json(result_data(session, result))
    else:
        _show(session, method, result)


def _show(session: Session, method: Method, result: Result) -> None:
    """A table of the classes, the densest first."""
    names = {str(code): said for level in (1, 2) for code, said in classes(level).items()}
    parts = [result.outputs.get(name) for name in ("cells", "people", "people_share")]
    cells, people, shares = (part if isinstance(part, Mapping) else {} for part in parts)
    shown = session.formats.number
    rows = [
        (
            code,
            session.text(names[code]),
            shown(_figure(cells, code)),
            shown(round(_figure(people, code))),
            shown(number(round(float(_figure(shares, code)), 2))),
        )
        for code in cells
    ]
    out(f"{session.text(method.title)} ({result.name} {result.version}).")
    session.table(("Class", "What it is", "Cells", "Persons", "Per cent of persons"), rows)
    _show_units(session, result)
    for note in result.notes:
        out(f"· {session.words(note)}")


def _show_units(session: Session, result: Result) -> None:
    units = result.outputs.get("units")
    if isinstance(units, Mapping):
        names = {code: said for level in (1, 2) for code, said in unit_classes(level).items()}
        out()
        session.table(("Unit", "Class", "What it is"), [(unit, str(code), session.text(names[int(str(code))])) for unit, code in units.items()])


def _figure(figures: Mapping[str, Quantity], code: str) -> Decimal:
    return Decimal(str(figures.get(code, 0)))


def _check(method: Method, path: Path, texts: Mapping[str, str], output: Path | None) -> None:
    if strange := unknown(method, texts):
        raise Refused(strange)
    if _POPULATION in texts:
        raise refuse("calculate.twice", msg("%(name)s is given twice: as a file and on the command line.", name=_POPULATION), None, Where(file=str(path)))
    if output is None:
        return
    if output.suffix.casefold() not in _ENDINGS:
        hint = msg("Name a file that ends in .asc for a grid, .csv for x, y and class, or .json for what there is of each class.")
        raise refuse("calculate.output", msg("The result can't be written there."), hint, Where(file=str(output)))
    need_free(output, path, *(Path(texts[name]) for name in _GRIDS if name in texts))


def _classified(cells: Cells, given: Inputs, path: Path) -> Classified:
    try:
        return classify(cells, given)
    except NotComputable as none:
        raise refuse("calculate.grid", none.message, None, Where(file=str(path))) from none


def _put(session: Session, output: Path, grid: Grid, result: Result) -> None:
    from sdgcities.writing import put

    ending = output.suffix.casefold()
    if ending == ".json":
        write_json(output, result_data(session, result))
    else:
        put(output, "".join(_ascii(grid) if ending == ".asc" else _points(grid)).encode())
    session.say(msg("Wrote %(file)s.", file=output))


def _ascii(grid: Grid) -> Iterator[str]:
    """The lines of an ESRI ASCII grid."""
    yield f"ncols {grid.columns}\nnrows {grid.rows}\nxllcorner {grid.left:.15g}\nyllcorner {grid.bottom:.15g}\ncellsize {grid.cell:.15g}\n"
    yield f"nodata_value {NO_CLASS}\n"
    for row in _rows(grid):
        yield " ".join(map(str, row)) + "\n"


def _points(grid: Grid) -> Iterator[str]:
    """The middle of each cell and its class, from the north-west; cells without a class are left out."""
    yield "x,y,class\n"
    across = [f"{grid.left + (column + 0.5) * grid.cell:.15g}" for column in range(grid.columns)]
    for at, row in enumerate(_rows(grid)):
        up = f"{grid.bottom + (grid.rows - at - 0.5) * grid.cell:.15g}"
        yield from (f"{x},{up},{code}\n" for x, code in zip(across, row, strict=True) if code != NO_CLASS)


def _rows(grid: Grid) -> Iterator[list[int]]:
    for start in range(0, len(grid.values), grid.columns):
        yield list(map(int, grid.values[start : start + grid.columns]))
