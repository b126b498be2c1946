"""The citation service: LlamaIndex's CitationQueryEngine behind FastAPI, as its documentation has it.

One route that awaits `aquery`, and one that streams the engine's tokens. The embedder is ours through our adapter, the store is
ChromaVectorStore over a PersistentClient, the model is OpenAILike.

Run: `python eval/bench/citation_service.py FOLDER MODEL_URL MODEL TOP_K PORT`, on a folder that `ingest.py` filled.
"""

import sys
from pathlib import Path
from typing import Any

import chromadb
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from llama_index.core import VectorStoreIndex
from llama_index.core.base.response.schema import AsyncStreamingResponse
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.llms.openai_like import OpenAILike
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import BaseModel

from journal_club.models.embedding import open_embedder
from journal_club.models.llama_embedding import EmbedderAdapter
from journal_club.settings import EmbeddingSettings

__all__ = ["COLLECTION", "open_index"]

COLLECTION = "passages"


class Asked(BaseModel):
    question: str


def open_index(folder: Path) -> VectorStoreIndex:
    """The index over what the folder's Chroma store holds."""
    collection = chromadb.PersistentClient(str(folder / "chroma")).get_or_create_collection(COLLECTION, embedding_function=None)
    embedder = EmbedderAdapter(open_embedder(EmbeddingSettings(), folder / "models"))
    return VectorStoreIndex.from_vector_store(ChromaVectorStore(chroma_collection=collection), embed_model=embedder)


def create_app(index: VectorStoreIndex, llm: OpenAILike, *, top_k: int) -> FastAPI:
    """The application."""
    app = FastAPI()
    engine = CitationQueryEngine.from_args(index, llm=llm, similarity_top_k=top_k)
    streaming = CitationQueryEngine.from_args(index, llm=llm, similarity_top_k=top_k, streaming=True)

    @app.get("/ready")
    async def ready() -> dict[str, bool]:
        return {"ready": True}

    @app.post("/ask")
    async def ask(asked: Asked) -> dict[str, Any]:
        response = await engine.aquery(asked.question)
        sources = [{"text": node.node.get_content(), "score": node.score} for node in response.source_nodes]
        return {"text": str(response), "sources": sources}

    @app.post("/stream")
    async def stream(asked: Asked) -> StreamingResponse:
        response = await streaming.aquery(asked.question)
        if not isinstance(response, AsyncStreamingResponse):
            raise TypeError("the engine does not stream")

        return StreamingResponse(response.async_response_gen(), media_type="text/plain")

    return app


def main() -> int:
    folder, model_url, model, top_k, port = sys.argv[1:]
    llm = OpenAILike(model=model, api_base=model_url, api_key="none", is_chat_model=True, context_window=8192, max_tokens=400)
    app = create_app(open_index(Path(folder)), llm, top_k=int(top_k))
    uvicorn.run(app, port=int(port), log_level="critical", access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
