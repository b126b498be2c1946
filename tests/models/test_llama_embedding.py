import asyncio

import numpy as np

from journal_club.models.minilm import MiniLM


def test_llama_index_gets_the_same_vectors(minilm: MiniLM):
    from journal_club.models.llama_embedding import EmbedderAdapter

    adapter, texts = EmbedderAdapter(minilm), ["overall survival", "grade 3 neutropenia was frequent"]
    expected = minilm.embed_passages(texts)
    assert np.allclose(adapter.get_text_embedding_batch(texts), expected, atol=1e-5)
    assert np.allclose(asyncio.run(adapter.aget_query_embedding(texts[0])), minilm.embed_query(texts[0]), atol=1e-6)
