"""The answer on a terminal: sentences as they come, then what each of them rests on.

Owns words and layout for people; programs get the answer's record instead.
"""

import textwrap
from collections.abc import Callable

from rich.text import Text

from journal_club.answering.answer import Abstention, Answer, Citation, Conflict, Statement, StatementEvent, Withheld
from journal_club.cli.terminal import neutral, screen

__all__ = ["AnswerView"]

_BASIS_STYLES = {"background": "dim italic", "commentary": "", "related_trial": "", "trial": "", "computed": ""}
_REFUSALS = {
    "not_reported": "Not reported",
    "out_of_scope": "Out of scope",
    "patient_specific": "About one patient",
    "conflicting_source": "The source contradicts itself",
}


class AnswerView:
    """Prints one answer, in the order in which it is known.

    Args:
        show_withheld: print the withheld sentences, which are not the paper's, and why each was withheld.
        before: called before anything is printed.
    """

    def __init__(self, *, show_withheld: bool, before: Callable[[], None]) -> None:
        self._show_withheld = show_withheld
        self._before = before
        self._shown: list[str] = []
        self._screen = screen()

    def statement(self, event: StatementEvent) -> None:
        """Print a sentence as soon as it is verified."""
        self._statement(event.statement)

    def rest(self, answer: Answer) -> None:
        """Print what is known at the end: refusals, citations, conflicts, what was withheld, the notice."""
        if answer.abstention:
            self._abstention(answer.abstention)
        for statement in answer.statements[len(self._shown) :]:
            self._statement(statement)
        if answer.citations:
            self._line("")
        for citation in answer.citations:
            self._citation(citation, repeated=citation.cited_text in " ".join(self._shown))
        for conflict in answer.conflicts:
            self._conflict(conflict)
        if answer.withheld:
            self._withheld(answer.withheld)
        self._line(f"\n{answer.notice}", style="dim")

    def _statement(self, statement: Statement) -> None:
        self._shown.append(statement.text)
        self._line(statement.text, style=_BASIS_STYLES[statement.basis])

    def _abstention(self, abstention: Abstention) -> None:
        self._line(f"{_REFUSALS[abstention.reason]}: {abstention.message}", style="yellow")

    def _citation(self, citation: Citation, *, repeated: bool) -> None:
        section = citation.section.replace("_", " ")
        place = f"{citation.start_char_index}-{citation.end_char_index}"
        word_for_word = ", word for word" if repeated else ""
        self._line(
            f"[{citation.number}] {section} ({citation.origin.value.replace('_', ' ')}), characters {place}{word_for_word}", style="bold"
        )
        if not repeated:
            self._line(textwrap.indent(citation.cited_text, "    "), style="cyan")

    def _conflict(self, conflict: Conflict) -> None:
        self._line(f"\nThe text contradicts itself: {conflict.explanation}", style="yellow")
        for number, place in enumerate(conflict.places):
            whose = f"{place.section.replace('_', ' ')} ({place.origin.value.replace('_', ' ')})"
            supported = ", supported" if number == conflict.supported_place else ""
            self._line(
                f"    {place.cited_text} · {whose}, characters {place.start_char_index}-{place.end_char_index}{supported}", style="cyan"
            )
        if conflict.arithmetic:
            self._line(f"    {conflict.arithmetic}", style="dim")

    def _withheld(self, withheld: tuple[Withheld, ...]) -> None:
        many = f"{len(withheld)} drafted sentence{'s were' if len(withheld) > 1 else ' was'} withheld"
        if not self._show_withheld:
            self._line(f"\n{many}; --withheld shows what and why.", style="dim")
            return
        self._line(f"\n{many}. The paper does not say:", style="red")
        for sentence in withheld:
            self._line(f"  {sentence.text}", style="strike")
            self._line(f"    {sentence.reason}", style="dim")

    def _line(self, text: str, *, style: str = "") -> None:
        self._before()
        self._screen.print(Text(neutral(text), style=style))
