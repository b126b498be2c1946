"""A passage as a row of its collection, in the form that llama-index's `ChromaVectorStore` reads.

The row holds what llama-index itself would write for `Passage.to_node()`; it is written here by hand, because importing
llama-index takes longer than ingesting a paper.
"""

import json

from journal_club.library.passages import Passage
from journal_club.library.store import VectorRow

__all__ = ["row_of"]


def row_of(passage: Passage) -> VectorRow:
    """The row of a passage, its vector aside."""
    fields = passage.metadata()
    node = {
        "id_": passage.id,
        "embedding": None,
        "metadata": fields,
        "excluded_embed_metadata_keys": list(fields),
        "excluded_llm_metadata_keys": list(fields),
        "relationships": {"1": {"node_id": passage.paper_id, "metadata": {}, "class_name": "RelatedNodeInfo"}},
        "start_char_idx": passage.start,
        "end_char_idx": passage.end,
        "class_name": "TextNode",
    }
    return VectorRow(
        id=passage.id,
        document=passage.text,
        fields={
            **fields,
            "_node_content": json.dumps(node, ensure_ascii=False),
            "_node_type": "TextNode",
            "document_id": passage.paper_id,
            "doc_id": passage.paper_id,
            "ref_doc_id": passage.paper_id,
        },
    )
