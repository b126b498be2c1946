"""The club's answers for llama-index: a `BaseQueryEngine` over one paper and one reader.

Owns the translation alone: a `Response` whose text is the verified answer, whose source nodes are the passages that it cites, and whose
metadata is the whole record.
"""

import asyncio
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle

from journal_club.answering.answer import Answer, AnswerEvent
from journal_club.answering.asking import Asking
from journal_club.answering.case import Ask
from journal_club.answering.personas import CustomPersona
from journal_club.library.library import Library

__all__ = ["AnswerQueryEngine"]


class AnswerQueryEngine(BaseQueryEngine):
    """Answers queries as the club does: drafted, verified sentence by sentence, cited."""

    def __init__(
        self,
        asking: Asking,
        library: Library,
        *,
        paper_id: str,
        persona: str | CustomPersona,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Answer from this paper, for this reader.

        Args:
            asking: the way of a question.
            library: that the paper is in.
            paper_id: the paper.
            persona: a persona's id, or a reader described by stage and specialty.
            callback_manager: llama-index's own; one without handlers when None.
        """
        super().__init__(callback_manager=callback_manager or CallbackManager([]))
        self._asking = asking
        self._library = library
        self._paper_id = paper_id
        self._persona = persona

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        """Answer outside of an event loop; where a model drafts, `aquery` is the way, since its client stays with one loop."""
        return asyncio.run(self._aquery(query_bundle))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        ask = Ask(question=query_bundle.query_str, persona=self._persona, paper_id=self._paper_id)
        answers = [event.answer async for event in self._asking.ask(ask) if isinstance(event, AnswerEvent)]
        return self._response(answers[0])

    def _response(self, answer: Answer) -> Response:
        scores = {one.passage_id: one.score for one in answer.retrieved}
        cited = {citation.passage_id for citation in answer.citations}
        passages = [passage for passage in self._library.passages(self._paper_id) if passage.id in cited]
        nodes = [NodeWithScore(node=passage.to_node(), score=scores.get(passage.id)) for passage in passages]
        return Response(response=answer.text, source_nodes=nodes, metadata={"answer": answer.model_dump(mode="json")})

    def _get_prompt_modules(self) -> PromptMixinType:
        """None: the club's prompts are files, and what they say is verified."""
        modules: dict[str, Any] = {}
        return modules
