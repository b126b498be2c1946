"""The checks: what is wrong with a store is said in one line that names what mends it."""

import pytest

from journal_club.library.errors import StoreDamagedError, StoreVersionError
from journal_club.library.opening import open_library
from tests.library.hashing import HashEmbedder


def test_a_whole_store_has_no_problems(library, paper_text):
    assert library.check() == ()
    library.ingest("tea", paper_text)
    assert library.check() == ()


def test_missing_passages_are_counted_and_a_rebuild_mends_them(library, paper_text):
    library.ingest("tea", paper_text)
    rows = library._store._collection(library.collection_name("tea"))
    rows.delete(ids=[library.passages("tea")[0].id])
    assert any("4 of 5 passages" in line and "journal-club rebuild" in line for line in library.check())
    library.rebuild()
    assert library.check() == ()


def test_a_key_response_among_the_passages_is_found(library, paper_text):
    library.ingest("tea", paper_text)
    rows = library._store._collection(library.collection_name("tea"))
    rows.update(ids=[library.passages("tea")[1].id], metadatas=[{"origin": "key_response"}])
    assert any("key responses" in line for line in library.check())


def test_vectors_that_are_gone_are_found(library, paper_text):
    library.ingest("tea", paper_text)
    library._store.drop_vectors(library.collection_name("tea"))
    assert any("journal-club rebuild" in line for line in library.check())
    assert library.rebuild()[0].passages == 5
    assert library.check() == ()


def test_a_store_of_a_newer_chroma_is_refused(library, settings, paper_text, monkeypatch):
    library.ingest("tea", paper_text)
    library._store._collection(library.collection_name("tea")).modify(metadata={"chromadb_version": "99.0.0"})
    library.close()
    with pytest.raises(StoreVersionError, match="upgrade chromadb"):
        open_library(settings, HashEmbedder())


@pytest.mark.parametrize("damage", [b"not a database" * 400, b""])
def test_a_damaged_file_is_named_with_what_to_do(library, settings, paper_text, damage):
    library.ingest("tea", paper_text)
    library.close()
    path = settings.data_dir / "store" / "chroma.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + damage + whole[4096 + len(damage) :] if damage else whole[: len(whole) // 3])
    with pytest.raises(StoreDamagedError, match="backup"):
        open_library(settings, HashEmbedder()).records()
    path.write_bytes(whole)
    mended = open_library(settings, HashEmbedder())
    assert mended.check() == ()
    mended.close()
