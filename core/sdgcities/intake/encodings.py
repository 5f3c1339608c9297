"""In which encoding a text is written: by its bytes alone, and never by a guess that could turn letters into others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, codec_of, first_wrong, opened, sixteen

MAX_BYTES = 1024 * MEGABYTE
CODE_PAGES = ("cp1252", "cp1254", "iso-8859-9")
"""The older encodings of one byte a letter."""

_WORD = 40
_LATER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A letter of UTF-8 beyond ASCII."""
_LATIN = range(0xC0, 0x180)


@dataclass(frozen=True)
class Detected:
    """The encoding of a text and how it was told.

    `encoding` is empty where the `candidates` read the bytes as different letters: then a person has to say which is right.
    `candidates` are the encodings that fit, each reading of the text once.
    """

    encoding: str
    evidence: Message
    candidates: tuple[str, ...]


def detect(path: Path) -> Detected:
    """The encoding of a text, read in pieces. Raises Refused where no encoding fits, or one fits here and another there."""
    check_file(path, MAX_BYTES)
    with opened(path) as stream:
        start = stream.read(4)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _refused(path, msg("The text is UTF-32."), msg("Save the file again as UTF-8."))
    if start.startswith(codecs.BOM_UTF8):
        return _certain(path, "utf-8-sig", msg("the mark of UTF-8 stands at the beginning"))
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _certain(path, "utf-16", msg("the mark of UTF-16 stands at the beginning"))
    if sixteen(path):
        return _certain(path, "utf-16", msg("every other byte is empty, as UTF-16 writes Latin letters"))
    return _without_mark(path)


def _certain(path: Path, encoding: str, evidence: Message) -> Detected:
    if wrong := first_wrong(path, codec_of(path, encoding)):
        name = encoding.removesuffix("-sig").upper()
        problem = msg("The file begins as %(encoding)s, but byte %(offset)s does not belong to it.", encoding=name, offset=wrong.offset)
        raise _refused(path, problem, msg("Is the file complete, or are two files joined in it? Ask its sender for it again."), wrong.line)
    return Detected(encoding, evidence, (encoding,))


def _without_mark(path: Path) -> Detected:
    """UTF-8 where every byte is, else one of the code pages; refused where both are in one file."""
    used, places = _bytes_used(path)
    if (place := next((places[byte] for byte in sorted(used) if byte < 9 or 13 < byte < 27 or 27 < byte < 32), None)) is not None:  # noqa: PLR2004 - control characters
        problem = msg("This is no text: byte %(offset)s is a control character.", offset=place)
        raise _refused(path, problem, msg("Is this the right file? Save it again as CSV UTF-8."))
    high = bytes(sorted(byte for byte in used if byte > 0x7F))  # noqa: PLR2004 - ASCII ends there
    if not high:
        return Detected("utf-8", msg("only letters without accents, which all encodings write alike"), ("utf-8",))
    wrong = first_wrong(path, "utf-8")
    if wrong is None:
        return Detected("utf-8", msg("every letter with an accent is written as UTF-8 writes it"), ("utf-8",))
    if (other := _mixed(path)) is not None:
        places_of = {"offset": wrong.offset, "other": other}
        problem = msg("Some letters of the text are UTF-8 (as at byte %(other)s) and others are not: byte %(offset)s is the first that is not.", **places_of)
        raise _refused(path, problem, msg("Two files may have been joined, or one was cut off. Ask its sender for it again."), wrong.line)
    return _code_page(path, high, places)


def _bytes_used(path: Path) -> tuple[set[int], dict[int, int]]:
    """Which bytes occur, and where each does first."""
    places, before = dict[int, int](), 0
    with opened(path) as stream:
        while piece := stream.read(MEGABYTE):
            for byte in set(piece).difference(places):
                places[byte] = before + piece.index(byte)
            before += len(piece)
    return set(places), places


def _mixed(path: Path) -> int | None:
    """Where a letter is written as UTF-8 in a text that is not UTF-8: a Latin one, or more of others than of bytes that are none."""
    first: int | None = None
    before = other = left = 0
    for piece in _lines(path):
        for letter in _LATER.finditer(piece):
            text = letter[0].decode("utf-8", "replace")
            if first is None and ((len(letter[0]) > 2 and "\ufffd" not in text) or ord(text[0]) in _LATIN):  # noqa: PLR2004 - three bytes are no chance
                first = before + letter.start()
            other += 1
        left += len(_LATER.sub(b"", piece).translate(None, bytes(range(0x80))))
        before += len(piece)
    return first if first is not None or other <= max(left, 3) else 0  # “É»” at the end of a quotation is one by chance


def _lines(path: Path) -> Iterator[bytes]:
    """The file in pieces that end where ASCII does, so that no letter is cut in two."""
    rest = b""
    with opened(path) as stream:
        while piece := stream.read(MEGABYTE):
            piece = rest + piece
            cut = next((at for at in range(len(piece), max(len(piece) - 8, 0), -1) if piece[at - 1] < 0x80), len(piece))  # noqa: PLR2004 - ASCII
            rest = piece[cut:]
            yield piece[:cut]
    yield rest


def _code_page(path: Path, high: bytes, places: dict[int, int]) -> Detected:
    readings = dict[str, str]()
    for page in CODE_PAGES:
        reading = _reading(high, page)
        if reading and reading not in readings:
            readings[reading] = page
    candidates = tuple(readings.values())
    if not candidates:
        place = next(places[byte] for byte in high if not any(_reading(bytes([byte]), page) for page in CODE_PAGES[:2])) if _odd(high) else places[high[0]]
        problem = msg("The text is in none of the encodings known here: byte %(offset)s is no letter in them.", offset=place)
        raise _refused(path, problem, msg("Save the file again as UTF-8."))
    same = [page for page in CODE_PAGES if page not in candidates and _reading(high, page) in readings]
    if len(candidates) == 1:
        return Detected(candidates[0], _alone(candidates[0], same), candidates)
    shown = [_shown(path, high, page, candidates) for page in candidates]
    evidence = msg("%(first)s reads “%(one)s”, %(second)s reads “%(other)s”", first=candidates[0], one=shown[0], second=candidates[1], other=shown[1])
    return Detected("", evidence, candidates)


def _odd(high: bytes) -> bool:
    return any(not _reading(bytes([byte]), "cp1252") and not _reading(bytes([byte]), "cp1254") for byte in high)


def _alone(page: str, same: list[str]) -> Message:
    if same:
        return msg("not UTF-8; %(encoding)s and %(others)s read every letter of it alike", encoding=page, others=", ".join(same))
    return msg("not UTF-8; only %(encoding)s has a letter for each of its bytes", encoding=page)


def _reading(data: bytes, page: str) -> str:
    """What a code page makes of the bytes; empty where it has no letter for one of them. Control characters are none."""
    try:
        text = data.decode(page)
    except UnicodeError:
        return ""
    return "" if any("\x80" <= letter <= "\x9f" for letter in text) else text


def _shown(path: Path, high: bytes, page: str, candidates: tuple[str, ...]) -> str:
    """A word of the file in which the first two candidates differ, as a code page reads it."""
    first, second = (_reading(high, one) for one in candidates[:2])
    differing = bytes(byte for byte, one, other in zip(high, first, second, strict=True) if one != other)
    letter = b"[" + re.escape(differing) + b"]"
    word = re.compile(rb"[A-Za-z\x80-\xff]{0,20}" + letter + rb"[A-Za-z\x80-\xff]{0,20}")
    with opened(path) as stream:
        while piece := stream.read(MEGABYTE):
            if found := word.search(piece):
                return found[0][:_WORD].decode(page)
    return ""


def _refused(path: Path, problem: Message, hint: Message, line: int | None = None) -> Refused:
    return refuse("file.encoding", problem, hint, Where(file=str(path), line=line))


def garbled(text: str) -> str:
    """The text as it was meant, where it is UTF-8 that was read as a code page, even twice over ("Ã§" for "ç"); empty where it is not.

    Every letter beyond ASCII has to fit, and what comes out has to be letters and marks that names are written with.
    """
    if text.isascii():
        return ""
    for page in CODE_PAGES[:2]:
        meant = _meant(text, page)
        if meant:
            return garbled(meant) or meant
    return ""


def _meant(text: str, page: str) -> str:
    try:
        data = b"".join(_byte(letter, page) for letter in text)
        meant = data.decode("utf-8")
    except UnicodeError:
        return ""
    new = [letter for letter in meant if not letter.isascii()]
    latin = all(ord(letter) in _LATIN or letter in _MARKS or letter in _AGAIN for letter in new)
    foreign = len(new) > 1 and all(letter.isalpha() or (not letter.isalnum() and letter.isprintable()) for letter in new)
    return meant if latin or foreign else ""


def _byte(letter: str, page: str) -> bytes:
    """The byte that was read as this letter; bytes that a code page has no letter for are kept as control characters by many programs."""
    if "\x80" <= letter <= "\x9f":
        return letter.encode("latin-1")
    return letter.encode(page)


_MARKS = frozenset("\xa0\xb0\xaa\xba\xab\xbb\xb7\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2026\u2022\u20ac")
"""Hard blanks, degrees, ordinals, dashes, quotation marks, dots and the euro."""
_AGAIN = {bytes([byte]).decode(page, "replace") for page in CODE_PAGES[:2] for byte in range(0x80, 0x100)} | {chr(byte) for byte in range(0x80, 0xA0)}
"""What the letters of UTF-8 are read as: a text garbled twice holds them after the first repair."""
