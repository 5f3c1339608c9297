"""Where the templates and catalogues of the core are: inside an installed wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def resource_dir(name: str) -> Path:
    """The folder `templates` or `locales` of the core.

    In a wheel it lies inside the package. An editable install reads the checkout: only where this very
    package lies under the checkout's `core/`. Raises FileNotFoundError where neither holds.
    """
    packaged = PACKAGE / name
    if packaged.is_dir():
        return packaged
    if PACKAGE.parent.name == "core" and (live := PACKAGE.parent.parent / name).is_dir():
        return live
    message = f"{name!r} of sdgcities is missing: reinstall the package"
    raise FileNotFoundError(message)
