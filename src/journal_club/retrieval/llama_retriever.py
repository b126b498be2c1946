"""Our retrieval as llama-index knows it: a `BaseRetriever` for its users' own pipelines.

Owns the adapter alone. Importing this module imports llama-index; nothing else in this room does.
"""

import asyncio
from collections.abc import Collection
from functools import partial

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from journal_club.paper.model import Origin
from journal_club.retrieval.retriever import Retriever

__all__ = ["PassageRetriever"]


class PassageRetriever(BaseRetriever):
    """Passages of one paper as nodes with their fused scores; ids, offsets, section and origin travel with them."""

    def __init__(
        self,
        retriever: Retriever,
        *,
        paper_id: str,
        top_k: int | None = None,
        sections: Collection[str] | None = None,
        origins: Collection[Origin] | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Search one paper with one scope; `top_k` is the setting's when None."""
        super().__init__(callback_manager=callback_manager or CallbackManager())
        self._search = partial(retriever.retrieve, paper_id=paper_id, top_k=top_k, sections=sections, origins=origins)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._search(query_bundle.query_str)
        return [NodeWithScore(node=ranked.passage.to_node(), score=ranked.score) for ranked in found.ranked]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        # Chroma and the embedder block; llama-index's own default would hold the event loop.
        return await asyncio.to_thread(self._retrieve, query_bundle)
