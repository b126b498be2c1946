"""The notice: what was read, and that it is no medical advice."""

from journal_club.paper.model import Paper, SourceKind

__all__ = ["KIND_NAMES", "notice_of", "source_of"]

KIND_NAMES = {
    SourceKind.DIGEST: "digest page",
    SourceKind.ABSTRACT: "abstract",
    SourceKind.FULL_TEXT: "full text",
    SourceKind.OTHER: "text",
}


def source_of(paper: Paper) -> str:
    """The source in words: 'a digest page of "Title" (The Journal, 2026-02-01)'."""
    kind = KIND_NAMES[paper.source_kind]
    of = "of" if paper.source_kind is SourceKind.DIGEST else "titled"
    title = f' {of} "{" ".join(paper.title.text.split())}"' if paper.title else ""
    where = ", ".join(part for part in (paper.journal, paper.published) if part)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}{title}" + (f" ({where})" if where else "")


def notice_of(paper: Paper) -> str:
    """What was read and what this is not, with the link when the text gives one."""
    account = ", somebody's account of the paper and not the paper itself" if paper.source_kind is SourceKind.DIGEST else ""
    link = f" {paper.link}" if paper.link else ""
    return f"Read: {source_of(paper)}{account}.{link} This is no medical advice."
