"""The library: papers put in, read, searched, replaced, moved and removed."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from journal_club.library.errors import (
    BadExportError,
    BadPaperIdError,
    BadPaperTextError,
    EmbeddingMismatchError,
    PaperExistsError,
    UnknownPaperError,
)
from journal_club.library.opening import open_library
from journal_club.library.record import Exported
from journal_club.paper.model import Origin
from journal_club.settings import Settings
from tests.library.hashing import HashEmbedder


def test_a_paper_comes_back_exactly_as_it_was_sent(library, paper_text):
    text = "\ufeff" + paper_text.replace("\n", "\r\n") + "\u202e \t\r"
    library.ingest("tea", text)
    assert library.paper("tea").source_text == text


def test_a_new_paper_is_created_with_all_its_passages_changed(library, paper_text):
    done = library.ingest("tea", paper_text)
    assert done.status == "created"
    assert done.changed == tuple(passage.id for passage in library.passages("tea"))
    assert done.record == library.record("tea") == library.records()[0]


def test_the_record_tells_what_the_page_tells(library, seed_text):
    record = library.ingest("cartitude-4", seed_text).record
    assert record.document_hash == sha256(seed_text.encode()).hexdigest()
    assert (record.journal, record.published, record.embedding_model) == ("The Lancet Oncology", "2026-02-01", "hash")
    assert record.passages == len(library.passages("cartitude-4"))


def test_the_same_text_again_embeds_and_writes_nothing(library, embedder, paper_text):
    first = library.ingest("tea", paper_text)
    again = library.ingest("tea", paper_text)
    assert (again.status, again.changed, again.record) == ("unchanged", (), first.record)
    assert len(embedder.calls) == 1


def test_another_text_under_the_id_needs_replace(library, paper_text):
    library.ingest("tea", paper_text)
    with pytest.raises(PaperExistsError):
        library.ingest("tea", paper_text + "\nMore.\n")
    assert library.paper("tea").source_text == paper_text


def test_a_replaced_paper_embeds_only_what_changed_and_drops_the_old(library, embedder, paper_text):
    library.ingest("tea", paper_text)
    before = {passage.id for passage in library.passages("tea")}
    done = library.ingest("tea", paper_text.replace("80", "90"), replace=True)
    after = {passage.id for passage in library.passages("tea")}
    assert (done.status, set(done.changed), len(before - after)) == ("replaced", after - before, 1)
    assert embedder.calls[1] == tuple(p.embedded_text for p in library.passages("tea") if p.id in done.changed)
    assert library.record("tea").version > 1


def test_offsets_that_moved_are_rewritten_without_embedding(library, embedder, paper_text):
    library.ingest("tea", paper_text)
    done = library.ingest("tea", "\n\n" + paper_text, replace=True)
    assert (done.changed, len(embedder.calls)) == ((), 1)
    text = library.paper("tea").source_text
    assert all(text[passage.start : passage.end] == passage.text for passage in library.passages("tea"))


def test_a_passage_whose_context_changed_is_embedded_anew(library, embedder, paper_text):
    library.ingest("tea", paper_text)
    library.ingest("tea", paper_text.replace("## Discussion", "## Remarks"), replace=True)
    assert embedder.calls[1] == ("Remarks: Tea keeps people awake.",)


def test_an_earlier_text_stays_readable_by_its_hash_until_the_paper_is_deleted(library, paper_text):
    old = library.ingest("tea", paper_text).record.document_hash
    library.ingest("tea", paper_text + "\nMore.\n", replace=True)
    assert library.paper("tea", document_hash=old).source_text == paper_text
    library.delete("tea")
    library.ingest("tea", paper_text + "\nMore.\n")
    with pytest.raises(UnknownPaperError):
        library.paper("tea", document_hash=old)


def test_a_text_that_returns_is_current_and_the_one_between_stays(library, paper_text):
    library.ingest("tea", paper_text)
    between = library.ingest("tea", paper_text + "\nMore.\n", replace=True).record.document_hash
    library.ingest("tea", paper_text, replace=True)
    assert library.paper("tea").source_text == paper_text
    assert library.paper("tea", document_hash=between).source_text.endswith("More.\n")


def test_the_nearest_passage_of_a_passages_own_text_is_that_passage(library, embedder, seed_text):
    library.ingest("a", seed_text)
    for passage in library.passages("a"):
        found = library.search(embedder.embed_query(passage.embedded_text), paper_id="a", limit=3)
        assert (found[0][0], len(found)) == (passage.id, 3)
        assert found[0][1] == pytest.approx(1, abs=1e-5)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_a_filter_gives_as_many_as_there_are(library, embedder, seed_text):
    library.ingest("a", seed_text)
    vector = embedder.embed_query("anything")
    by_id = {passage.id: passage for passage in library.passages("a")}
    trial = library.search(vector, paper_id="a", limit=50, origins=[Origin.TRIAL])
    assert len(trial) == sum(passage.origin is Origin.TRIAL for passage in by_id.values())
    both = library.search(vector, paper_id="a", limit=2, origins=[Origin.COMMENTARY], sections=["limitations", "key_findings"])
    assert [by_id[name].section for name, _ in both] == ["limitations"] * 2
    assert library.search(vector, paper_id="a", limit=2, sections=[]) == ()


def test_a_search_never_leaves_its_paper(library, embedder, paper_text):
    library.ingest("a", paper_text)
    library.ingest("b", paper_text)
    vector = embedder.embed_query(library.passages("a")[0].embedded_text)
    assert all(name.startswith("b:") for name, _ in library.search(vector, paper_id="b", limit=50))


def test_a_deleted_paper_is_gone_and_nothing_of_it_is_left(library, paper_text):
    library.ingest("tea", paper_text)
    library.delete("tea")
    assert library.records() == ()
    for read in (library.record, library.paper, library.passages, library.version, library.delete, library.export):
        with pytest.raises(UnknownPaperError):
            read("tea")
    assert (library._store.blob_names(), library._store.collections()) == ((), {})


def test_a_version_is_not_used_twice_even_after_a_deletion(library, reopened, paper_text):
    first = library.ingest("tea", paper_text).record.version
    library.delete("tea")
    assert reopened().ingest("tea", paper_text).record.version > first


@pytest.mark.parametrize("paper_id", ["", "A", "a b", "../etc", "a" * 65, "é", "a\n"])
def test_what_is_no_id_is_refused(library, paper_text, paper_id):
    with pytest.raises(BadPaperIdError):
        library.ingest(paper_id, paper_text)


@pytest.mark.parametrize("paper_id", ["-", "a", "-a-", "0" * 64])
def test_every_id_that_is_allowed_works(library, paper_text, paper_id):
    assert library.ingest(paper_id, paper_text).record.id == paper_id


def test_half_a_surrogate_pair_is_refused(library):
    with pytest.raises(BadPaperTextError, match="character 2 "):
        library.ingest("tea", "ab\ud800")


def test_a_seed_is_ingested_once_and_never_brought_back(library, reopened, paper_text):
    assert library.seed_once("tea", paper_text) is not None
    assert library.seed_once("tea", paper_text + "\nMore.\n") is None
    library.delete("tea")
    assert reopened().seed_once("tea", paper_text) is None


def test_a_seed_that_a_user_replaced_stays_replaced(library, paper_text):
    library.seed_once("tea", paper_text)
    library.ingest("tea", paper_text + "\nMore.\n", replace=True)
    library.seed_once("tea", paper_text)
    assert library.paper("tea").source_text.endswith("More.\n")


def test_a_paper_moves_with_its_earlier_texts(library, paper_text, tmp_path, embedder):
    old = library.ingest("tea", paper_text).record.document_hash
    library.ingest("tea", paper_text + "\nMore.\n", replace=True)
    moved = Exported.model_validate_json(library.export("tea").model_dump_json())
    other = open_library(Settings(data_dir=tmp_path / "other"), embedder)
    try:
        assert other.import_(moved).status == "created"
        assert other.paper("tea").source_text == library.paper("tea").source_text
        assert other.paper("tea", document_hash=old).source_text == paper_text
    finally:
        other.close()


def test_an_export_that_was_changed_is_refused(library, paper_text):
    library.ingest("tea", paper_text)
    with pytest.raises(BadExportError):
        library.import_(library.export("tea").model_copy(update={"texts": ("another",)}))


def test_everything_is_there_after_opening_again(library, reopened, paper_text, embedder):
    library.ingest("tea", paper_text)
    record, passages = library.record("tea"), library.passages("tea")
    again = reopened()
    assert (again.record("tea"), again.passages("tea")) == (record, passages)
    assert again.search(embedder.embed_query(passages[0].embedded_text), paper_id="tea", limit=1)[0][0] == passages[0].id
    assert len(embedder.calls) == 1


def test_another_model_is_refused_with_the_command_that_mends_it(library, settings, paper_text):
    library.ingest("tea", paper_text)
    library.close()
    with pytest.raises(EmbeddingMismatchError, match="journal-club rebuild"):
        open_library(settings, HashEmbedder(name="other"))
    with pytest.raises(EmbeddingMismatchError, match="32 dimensions"):
        open_library(settings, HashEmbedder(dimension=32))


def test_a_rebuild_embeds_every_paper_with_the_new_model(library, settings, paper_text):
    library.ingest("tea", paper_text)
    library.ingest("milk", paper_text)
    ids = [passage.id for passage in library.passages("tea")]
    library.close()
    model = HashEmbedder(name="other", dimension=32)
    rebuilt = open_library(settings, model, rebuilding=True)
    assert {record.embedding_model for record in rebuilt.rebuild()} == {"other"}
    assert [passage.id for passage in rebuilt.passages("tea")] == ids
    assert rebuilt.check() == ()
    rebuilt.close()
    open_library(settings, model).close()


def test_eight_threads_search_while_one_ingests(library, embedder, paper_text):
    library.ingest("tea", paper_text)
    vector = embedder.embed_query("tea")
    with ThreadPoolExecutor(9) as pool:
        searches = [pool.submit(library.search, vector, paper_id="tea", limit=3) for _ in range(200)]
        ingests = [pool.submit(library.ingest, "tea", f"{paper_text}\nMore {n}.\n", replace=True) for n in range(5)]
        assert all(len(search.result()) == 3 for search in searches)
        assert {ingest.result().status for ingest in ingests} == {"replaced"}
    assert library.check() == ()


def test_two_ingests_at_once_of_one_paper_follow_each_other(library, paper_text):
    texts = [f"{paper_text}\nMore {number}.\n" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = [ingest.result() for ingest in [pool.submit(library.ingest, "tea", text, replace=True) for text in texts]]
    assert sorted(one.record.version for one in done) == [1, 2, 3, 4]
    assert library.check() == ()


class FailingEmbedder(HashEmbedder):
    """Fails when it is told to."""

    failing = False

    def embed_query(self, text):
        if self.failing:
            raise ConnectionError("down")
        return super().embed_query(text)


def test_an_embedder_that_fails_leaves_the_old_paper(settings, paper_text):
    embedder = FailingEmbedder()
    library = open_library(settings, embedder)
    library.ingest("tea", paper_text)
    embedder.failing = True
    with pytest.raises(ConnectionError):
        library.ingest("tea", paper_text + "\nMore.\n", replace=True)
    assert library.paper("tea").source_text == paper_text
    assert (len(library._store.collections()), len(library._store.blob_names())) == (1, 2)
    library.close()
