"""Where the texts that travel with the code are: prompts, seeds and the evaluation suite's cases.

Owns the way from a setting to a folder, in a checkout, an editable install and an installed wheel. Reads no file.
"""

from pathlib import Path

from journal_club.settings import Settings

__all__ = ["ResourceError", "eval_dir", "prompts_dir", "seeds_dir"]

_PACKAGE = Path(__file__).resolve().parent


class ResourceError(Exception):
    """A folder that the code needs is in none of its places; the message names the setting that mends it."""


def prompts_dir(settings: Settings) -> Path:
    """Folder of the prompts and, in `personas/`, of the personas.

    Raises:
        ResourceError: the setting names no folder, or the installation lacks it.
    """
    return _folder("prompts", settings.prompts_dir)


def seeds_dir(settings: Settings) -> Path:
    """Folder of the papers that are ingested on first start.

    Raises:
        ResourceError: the setting names no folder, or the installation lacks it.
    """
    return _folder("seeds", settings.seeds_dir)


def eval_dir(settings: Settings) -> Path:
    """Folder of the evaluation suite: `cases/`, `baselines/` and `gate.yaml`.

    Raises:
        ResourceError: the setting names no folder, or the installation lacks it.
    """
    return _folder("eval", settings.eval_dir)


def _folder(name: str, chosen: Path | None) -> Path:
    places = (chosen.expanduser(),) if chosen is not None else _places(name)
    for place in places:
        if place.is_dir():
            return place
    variable = f"JOURNAL_CLUB_{name.upper()}_DIR"
    raise ResourceError(f"no folder of {name} at {', '.join(map(str, places))}; set {variable} to one, or reinstall journal-club")


def _places(name: str) -> tuple[Path, ...]:
    # A wheel carries the folder inside the package; an editable install has it only at the top of the checkout.
    return _PACKAGE / f"_{name}", _PACKAGE.parents[1] / name
