"""llama-index's own vector store reads a paper's collection."""

from journal_club.library.node import row_of


def test_a_row_is_what_llama_index_would_write(library, paper_text):
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores.utils import metadata_dict_to_node

    library.ingest("tea", paper_text)
    for passage in library.passages("tea"):
        row = row_of(passage)
        node = metadata_dict_to_node(dict(row.fields), text=row.document)
        assert isinstance(node, TextNode)
        assert node == passage.to_node()


def test_llama_index_finds_our_passages_with_ids_offsets_and_origin(library, embedder, seed_text):
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores.types import VectorStoreQuery
    from llama_index.vector_stores.chroma import ChromaVectorStore

    library.ingest("a", seed_text)
    collection = library._store._collection(library.collection_name("a"))
    passage = library.passages("a")[2]
    query = VectorStoreQuery(query_embedding=embedder.embed_query(passage.embedded_text).tolist(), similarity_top_k=2)
    found = ChromaVectorStore(chroma_collection=collection).query(query)
    assert found.ids is not None
    assert found.nodes is not None
    assert found.ids[0] == passage.id
    node = found.nodes[0]
    assert isinstance(node, TextNode)
    assert (node.text, node.start_char_idx, node.end_char_idx) == (passage.text, passage.start, passage.end)
    assert node.metadata["origin"] == passage.origin
