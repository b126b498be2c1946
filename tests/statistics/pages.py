"""Small digest pages, made of findings and of what an account tells of them again."""

from collections.abc import Sequence

from journal_club.answering.answer import Conflict
from journal_club.answering.conflicts import conflicts_of
from journal_club.paper.reading import read_paper

HEAD = "Annals of Trials\n\nMAY 12, 2026\n\nA randomized trial\n\nA. Author, et al.\n\nBottom Line\n\nIt was tried.\n\nKey Findings\n\n"
KEY = "\n\nScholarly Review\n\nFellow\nFellow\n\nWhat follows?\n\nKey Response\n\n{}\n"


def page(*findings: str, limitations: Sequence[str] = (), significance: str = "", key: str = "", card: str = "") -> str:
    """A page with these findings, this study-design card, and this account of them."""
    text = HEAD + "\n".join(f"{number}. {finding}" for number, finding in enumerate(findings, start=1))
    text += f"\n\nStudy Design\n\nDesign RCT\n{card}"
    text += "\n\nStudy Limitations\n\n" + "\n".join(limitations) if limitations else ""
    text += f"\n\nClinical Significance\n\n{significance}" if significance else ""
    return text + (KEY.format(key) if key else "")


def conflicts(*findings: str, limitations: Sequence[str] = (), significance: str = "", key: str = "", card: str = "") -> list[Conflict]:
    """The conflicts of such a page."""
    text = page(*findings, limitations=limitations, significance=significance, key=key, card=card)
    return list(conflicts_of(read_paper(text)))


def explanations(*findings: str, limitations: Sequence[str] = (), significance: str = "", key: str = "", card: str = "") -> list[str]:
    """What the conflicts of such a page say."""
    found = conflicts(*findings, limitations=limitations, significance=significance, key=key, card=card)
    return [one.explanation for one in found]
