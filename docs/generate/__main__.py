"""`python -m docs.generate`: write the pages anew."""

from __future__ import annotations

from docs.generate import FOLDER, PAGES

from sdgcities.writing import put

for name, page in PAGES.items():
    put(FOLDER / name, page().encode("utf-8"))
