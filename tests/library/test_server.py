"""A Chroma server: several libraries on it see each other's changes, and what they write at once stays whole."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from journal_club.library.errors import RemoteStoreError, StoreUnreachableError, UnknownPaperError
from journal_club.library.opening import open_library
from journal_club.settings import Settings, StoreSettings
from tests.library.hashing import HashEmbedder


def test_one_sees_what_the_other_ingested_replaced_and_deleted(two_clients, paper_text):
    one, other = two_clients
    one.ingest("tea", paper_text)
    seen = other.version("tea")
    assert other.passages("tea") == one.passages("tea")
    one.ingest("tea", paper_text + "\nMore.\n", replace=True)
    assert other.version("tea") > seen
    assert other.passages("tea")[-1].text == "More."
    vector = HashEmbedder().embed_query(other.passages("tea")[-1].embedded_text)
    assert other.search(vector, paper_id="tea", limit=1)[0][0] == other.passages("tea")[-1].id
    other.delete("tea")
    with pytest.raises(UnknownPaperError):
        one.passages("tea")


def test_two_that_replace_one_paper_at_once_leave_one_whole(two_clients, paper_text):
    two_clients[0].ingest("tea", paper_text)
    with ThreadPoolExecutor(2) as pool:
        ingests = [
            pool.submit(library.ingest, "tea", f"{paper_text}\nMore {number}.\n", replace=True)
            for number, library in enumerate(two_clients)
        ]
        assert [ingest.result().status for ingest in ingests] == ["replaced", "replaced"]
    assert two_clients[0].check() == two_clients[1].check() == ()
    assert two_clients[0].paper("tea") == two_clients[1].paper("tea")


def test_two_that_create_one_paper_at_once_do_not_overwrite_each_other(two_clients, paper_text):
    with ThreadPoolExecutor(2) as pool:
        ingests = [pool.submit(library.seed_once, "seeded", f"{paper_text}\nMore {n}.\n") for n, library in enumerate(two_clients)]
        done = [ingest.result() for ingest in ingests]
    assert sum(one is not None for one in done) == 1
    assert two_clients[0].version("seeded") == 1
    assert two_clients[1].check() == ()


def test_a_search_survives_that_the_other_replaces_the_paper_under_it(two_clients, paper_text):
    one, other = two_clients
    one.ingest("tea", paper_text)
    vector = HashEmbedder().embed_query("tea")
    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(other.search, vector, paper_id="tea", limit=3) for _ in range(40)]
        one.ingest("tea", paper_text + "\nMore.\n", replace=True)
        assert all(len(search.result()) == 3 for search in searches)


def test_nothing_but_the_current_versions_is_left_on_the_server(two_clients, paper_text):
    one, _ = two_clients
    one.ingest("tea", paper_text)
    one.ingest("tea", paper_text + "\nMore.\n", replace=True)
    assert list(one._store.collections()) == [one.collection_name("tea")]
    assert len(one._store.blob_names()) == 3


def test_a_server_that_is_not_there_is_named_with_what_to_do(tmp_path):
    settings = Settings(data_dir=tmp_path, store=StoreSettings(chroma_url="http://127.0.0.1:9"))
    with pytest.raises(StoreUnreachableError, match="chroma run"):
        open_library(settings, HashEmbedder())


def test_a_server_elsewhere_needs_a_decision(tmp_path):
    settings = Settings(data_dir=tmp_path, store=StoreSettings(chroma_url="http://chroma.example:8000"))
    with pytest.raises(RemoteStoreError, match="ALLOW_REMOTE"):
        open_library(settings, HashEmbedder())
