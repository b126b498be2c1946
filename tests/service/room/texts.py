"""The texts that the reading room is tried on, and pages that are mutated from them."""

from hypothesis import strategies as st

from journal_club.paper.errors import PaperError
from journal_club.paper.model import Paper
from journal_club.paper.reading import read_paper
from tests.conftest import ROOT

FILES = (
    ROOT / "seeds" / "cartitude-4.txt",
    *(ROOT / "tests" / "data" / name for name in ("second-page.txt", "markdown-page.md", "full-text.md", "contradictions.txt")),
)
TEXTS = {path.stem: path.read_bytes().decode("utf-8") for path in FILES}


def paper(name: str) -> Paper:
    return read_paper(TEXTS[name])


def readable(text: str) -> Paper | None:
    try:
        return read_paper(text)
    except PaperError:
        return None


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A text of ours with lines dropped, doubled, moved or cut in two."""
    lines = draw(st.sampled_from(sorted(TEXTS.values()))).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        place, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["drop", "double", "move", "cut"]))
        if kind == "drop" and len(lines) > 1:
            del lines[place]
        elif kind == "double":
            lines.insert(other, lines[place])
        elif kind == "move":
            lines.insert(other, lines.pop(place))
        elif kind == "cut":
            half = len(lines[place]) // 2
            lines[place : place + 1] = [lines[place][:half], lines[place][half:]]
    return "\n".join(lines)
