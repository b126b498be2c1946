"""The pages, as browsers without JavaScript see them."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from journal_club.club import JournalClub
from journal_club.paper.model import Origin
from journal_club.service import pages
from tests.service.conftest import QUESTION

FORM = {"content-type": "application/x-www-form-urlencoded"}
STATIC = Path(pages.__file__).parent / "static"
NASTY = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"


class Reader(HTMLParser):
    """Collects the ids, the links and the source text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.slices: list[tuple[int, str]] = []
        self._start: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.tags.append(tag)
        self.ids += [str(fields["id"])] if "id" in fields else []
        self.links += [str(fields[name]) for name in ("href", "src", "action") if name in fields]
        self._start = int(str(fields["data-start"])) if "data-start" in fields else self._start

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._start = None

    def handle_data(self, data: str) -> None:
        if self._start is not None:
            self.slices.append((self._start, data))


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def submit(client: TestClient, question: str = QUESTION, **more: str) -> Any:
    fields = {"question": question, "persona": "resident", **more}
    return client.post(f"/papers/{fields.pop('paper_id', 'cartitude-4')}", content=urlencode(fields), headers=FORM)


def test_the_page_says_where_questions_go_and_what_it_is_not(client: TestClient, club: JournalClub) -> None:
    page = html.unescape(client.get("/").text)
    assert "no medical advice" in page
    assert club.endpoint.where[1:] in page
    assert club.endpoint.why in page


def test_nothing_on_the_page_comes_from_elsewhere_or_stands_inline(client: TestClient) -> None:
    reader = read(submit(client).text)
    assert all(link.startswith(("/", "#")) for link in reader.links)
    assert "style" not in reader.tags
    assert reader.tags.count("script") == 1
    assert not re.search(r"\son\w+=|style=", submit(client).text)


def test_an_answer_links_each_mark_to_its_citation_and_that_to_its_source(client: TestClient) -> None:
    response = submit(client)
    reader = read(response.text)
    assert response.status_code == 200
    assert "0.55" in response.text
    marks = [link for link in reader.links if link.startswith("#")]
    assert marks
    assert {link.removeprefix("#") for link in marks} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))


def test_every_slice_on_the_page_stands_at_its_place_in_the_source(client: TestClient, club: JournalClub) -> None:
    source = club.library.paper("cartitude-4").source_text
    slices = read(submit(client).text).slices
    assert slices
    assert all(source[start : start + len(text)] == text for start, text in slices)


def test_carriage_returns_survive_the_parser(client: TestClient) -> None:
    client.post("/v1/papers", json={"id": "crlf", "text": "A trial\r\n\r\nResults\r\n\r\nNobody died\r\nof it.\r\n"})
    page = client.get("/papers/crlf").text
    client.delete("/v1/papers/crlf")
    assert "&#13;\n" in page
    assert "\r" not in page


def test_where_the_text_contradicts_itself_stands_below_the_answer(client: TestClient) -> None:
    page = submit(client, "What was the p-value for overall survival?").text
    assert "The p-value for overall survival is 0.0009 in one place and 0.0003 in another" in page
    answer = page[page.index('class="answer"') :]
    assert 0 < answer.index('class="conflict"') < answer.index('class="citations"')
    assert "0.0003" not in answer[: answer.index('class="conflict"')]


FEW = 5
"""Words in a row, by which a key response is known again."""


def _grams(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + FEW]) for at in range(len(words) - FEW + 1)}


def test_key_responses_stand_covered_by_a_closed_summary_alone(client: TestClient, club: JournalClub) -> None:
    parts = club.library.paper("cartitude-4").parts
    keys = {gram for part in parts if part.origin is Origin.KEY_RESPONSE for gram in _grams(part.text)}
    keys -= {gram for part in parts if part.origin is not Origin.KEY_RESPONSE for gram in _grams(part.text)}
    answer_id = re.findall(r'data-answer="(\w+)"', submit(client).text)[0]
    pages = (
        submit(client, "What was the p-value for overall survival?"),
        client.post("/papers/cartitude-4/takeaways", content="persona=fellow", headers=FORM),
        client.post("/papers/cartitude-4/check", content="text=OS+was+improved.", headers=FORM),
        client.get("/papers/cartitude-4/handout"),
        client.get(f"/answers/{answer_id}"),
    )
    for response in pages:
        page = html.unescape(re.sub(r"<(?!/?details)[^>]+>", "", response.text))
        uncovered = "".join(re.split(r'<details class="key">.*?</details>', page, flags=re.DOTALL))
        assert not keys & _grams(uncovered)
    assert len(keys & _grams(html.unescape(re.sub(r"<[^>]+>", "", pages[0].text)))) > len(keys) / 2


@pytest.mark.parametrize("question", [NASTY, "a\x00b\x0bc why?", "why \u202e?", "é" * 100 + " why?"])
def test_everything_is_rendered_as_text(client: TestClient, question: str) -> None:
    page = submit(client, question).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_paper_is_rendered_as_text_too(client: TestClient) -> None:
    client.post("/v1/papers", json={"id": "nasty", "text": f"{NASTY}\n\nResults\n\nThe dose was 5 mg. {NASTY}\n"})
    page = submit(client, "What was the dose?", paper_id="nasty").text
    client.delete("/v1/papers/nasty")
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_characters_that_hide_or_turn_round_their_neighbours_are_named_and_fenced_in(client: TestClient) -> None:
    client.post("/v1/papers", json={"id": "turned", "text": "A \u202etrial\n\nResults\n\nThe dose was 5\u200b mg \u202ein all.\n"})
    page = submit(client, "What was the dose?", paper_id="turned").text
    client.delete("/v1/papers/turned")
    outside = re.sub(r'<bdi class="sign" data-sign="U\+20[02][BE]">.</bdi>', "", page)
    assert len(re.findall(r"The dose was (?:<[^>]+>)*5(?:<[^>]+>)* mg(?:<[^>]+>)* in all\.", outside)) >= 3
    assert not re.search("[\u200b\u202e]", outside)


def test_page_and_script_name_the_same_characters() -> None:
    found = [re.search(r"UNSEEN = .*\(\[(.+)\]\)", (STATIC.parent / name).read_text()) for name in ("shown.py", "static/page.js")]
    python, script = (one[1] for one in found if one)
    assert re.sub(r"\\U000(\w{5})", r"\\u{\1}", python) == script


def test_a_refusal_stands_before_what_is_near_and_after_what_was_answered(client: TestClient) -> None:
    refused = submit(client, "Should my mother, who is 82, have cilta-cel?").text
    refused = refused[refused.index('class="answer"') :]
    assert 0 < refused.index('class="abstention"') < refused.index('class="statement')
    partly = submit(client, "What was the hazard ratio for overall survival, and what dose of fludarabine was given?").text
    partly = partly[partly.index('class="answer"') :]
    assert 0 < partly.index('class="statement') < partly.index('class="abstention"')


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"question": " "}, 422), ({"question": "x" * 2001}, 422), ({"persona": "nobody"}, 422), ({"paper_id": "nothing"}, 404)],
)
def test_what_cannot_be_asked_is_said_on_the_page(client: TestClient, fields: dict[str, str], status: int) -> None:
    response = submit(client, **fields)
    assert (response.status_code, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert 'role="alert"' in response.text


@pytest.mark.parametrize(
    ("kind", "content"), [("application/json", "{}"), ("multipart/form-data; boundary=x", "--x--"), ("text/plain", "a=b")]
)
def test_the_form_is_taken_urlencoded_only(client: TestClient, kind: str, content: str) -> None:
    assert client.post("/papers/cartitude-4", content=content, headers={"content-type": kind}).status_code == 415


def test_too_many_fields_are_refused(client: TestClient) -> None:
    assert client.post("/papers/cartitude-4", content="&".join(f"f{n}=1" for n in range(100)), headers=FORM).status_code == 422


def test_an_unknown_paper_is_404_on_the_page(client: TestClient) -> None:
    assert client.get("/papers/nothing").status_code == 404


def test_the_script_sets_words_as_text_and_reaches_nothing_else() -> None:
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|https?:", script)
    assert not re.search(r"https?:|url\(|@import", (STATIC / "page.css").read_text(encoding="utf-8"))


def test_the_papers_are_listed_with_their_addresses(client: TestClient) -> None:
    reader = read(client.get("/").text)
    assert {"/papers/cartitude-4", "/papers/second-page"} <= set(reader.links)


def test_a_paper_shows_its_brief_its_ratios_and_its_timeline(client: TestClient) -> None:
    page = html.unescape(client.get("/papers/cartitude-4").text)
    for words in ("Multicenter, global", "the text gives no rank", "0.55 (0.39–0.79); p=0.0009", "favours cilta-cel", "CASTOR Trial"):
        assert words in page
    assert page.count('class="interval"') == 3
    assert "implies p = 0.00053 to 0.0015" in page


def test_a_text_of_another_kind_has_a_room_too(client: TestClient, club: JournalClub) -> None:
    page = client.get("/papers/full-text").text
    source = club.library.paper("full-text").source_text
    slices = read(page).slices
    assert slices
    assert all(source[start : start + len(text)] == text for start, text in slices)


def test_the_reader_decides_which_questions_stand_there(client: TestClient) -> None:
    student, phd = (
        set(re.findall(r'name="suggested" value="([^"]+)"', client.get(f"/papers/cartitude-4?persona={who}").text))
        for who in ("medical_student", "phd")
    )
    assert len(student) >= 4
    assert len(phd) >= 4
    assert student != phd


def test_one_of_the_questions_goes_before_what_was_typed(client: TestClient) -> None:
    page = submit(client, "Who funded it?", suggested="Was the trial blinded?").text
    assert "Open-Label" in page[page.index('class="answer"') :]


def test_takeaways_come_when_they_are_asked_for(client: TestClient) -> None:
    assert 'class="statement' not in client.get("/papers/cartitude-4").text
    page = client.post("/papers/cartitude-4/takeaways", content="persona=guideline_committee", headers=FORM).text
    assert 3 <= page.count('class="statement') <= 5


def test_a_thread_goes_on_without_a_script(client: TestClient) -> None:
    first = submit(client).text
    history = html.unescape(re.findall(r'name="history" value="([^"]*)"', first)[0])
    second = submit(client, "and for progression-free survival?", history=history).text
    assert "0.29" in second[second.index('class="answer"') :]
    assert submit(client, history="{nonsense").status_code == 200
    assert submit(client, history="[" * 20_000).status_code == 200


def test_a_described_reader_is_answered_and_one_that_carries_orders_is_not(client: TestClient) -> None:
    assert submit(client, stage="second-year resident", specialty="haematology").status_code == 200
    assert submit(client, stage="resident", specialty="<script>").status_code == 422
    assert submit(client, stage="resident").status_code == 422


def test_an_answer_is_kept_on_a_page_of_its_own_and_deleted(client: TestClient) -> None:
    answer_id = re.findall(r'data-answer="(\w+)"', submit(client).text)[0]
    assert "Not kept" in client.get(f"/answers/{answer_id}").text
    kept = client.post(f"/answers/{answer_id}", content="do=keep", headers=FORM)
    assert "Kept: whoever" in kept.text
    assert "0.55" in kept.text
    assert client.post(f"/answers/{answer_id}", content="do=delete", headers=FORM).status_code == 200
    assert "Not kept" in client.get(f"/answers/{answer_id}").text
    assert client.get(f"/answers/{'0' * 32}").status_code == 404


def test_a_learners_answer_is_read_point_by_point_and_then_the_key_response_opens(client: TestClient) -> None:
    path = "/papers/cartitude-4/discussion/1"
    page = client.post(path, content=urlencode({"text": "It is one infusion; watch for CRS and ICANS."}), headers=FORM).text
    assert 'class="counts"' in page
    assert page.count('<details class="key" open>') == 1
    assert client.post("/papers/cartitude-4/discussion/99", content="text=a", headers=FORM).status_code == 404


def test_a_text_is_checked_sentence_by_sentence(client: TestClient) -> None:
    text = "OS was improved (HR 0.45; p=0.0009). The trial was open-label. Cilta-cel contains two BCMA-binding domains."
    page = client.post("/papers/cartitude-4/check", content=urlencode({"text": text}), headers=FORM).text
    assert re.findall(r'<li class="(contradicted|supported|not_found)">', page) == ["contradicted", "supported", "not_found"]
    assert "not in the text" in page


def test_a_handout_holds_quotes_alone(client: TestClient, club: JournalClub) -> None:
    page = html.unescape(client.get("/papers/cartitude-4/handout").text)
    source = club.library.paper("cartitude-4").source_text
    shown = re.findall(r"<li>(.*?)</li>", page[: page.index('class="contradictions"')])
    assert len(shown) >= 6
    assert all(words in source for words in shown)


def test_no_word_of_a_paper_is_missing_from_its_room(client: TestClient, club: JournalClub) -> None:
    for paper_id in ("cartitude-4", "second-page", "full-text"):
        shown = _letters(html.unescape(re.sub(r"<[^>]+>", "", client.get(f"/papers/{paper_id}").text)))
        for part in club.library.paper(paper_id).parts:
            if part.role == "content" and part.text.strip():
                assert all(_letters(word) in shown for word in part.text.split()), part.text[:80]


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def test_a_mark_leads_to_the_run_that_it_rests_on(client: TestClient) -> None:
    page = submit(client, "How many patients took part?").text
    answer = page[page.index('class="answer"') :]
    marks = re.findall(r'class="mark" href="#r(\d+)" data-from="(\d+)" data-to="(\d+)"', answer)
    assert marks
    assert all(int(start) <= int(run) < int(end) or int(run) <= int(start) for run, start, end in marks)
    assert "419" in page[page.index(f'id="r{marks[0][0]}"') :][:200]


def test_an_answer_to_an_earlier_text_says_so_under_its_own_title(client: TestClient) -> None:
    client.post("/v1/papers", json={"id": "again", "text": "A trial of rest\n\nResults\n\nThe hazard ratio for death was 0.50.\n"})
    answer_id = re.findall(r'data-answer="(\w+)"', submit(client, "What was the hazard ratio for death?", paper_id="again").text)[0]
    text = "Another trial altogether\n\nResults\n\nThe hazard ratio for death was 0.90.\n"
    client.post("/v1/papers", json={"id": "again", "text": text, "replace": True})
    page = client.get(f"/answers/{answer_id}").text
    client.delete("/v1/papers/again")
    assert "A trial of rest" in page
    assert "Another trial" not in page
    assert "an earlier text of this paper" in page


def test_what_was_sent_is_not_lost_when_it_fails(client: TestClient) -> None:
    long = "Сл" * 10_001
    refused = client.post("/papers/cartitude-4/check", content=urlencode({"text": long}), headers=FORM)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "text/html; charset=utf-8")
    allowed = client.post("/papers/cartitude-4/check", content=urlencode({"text": "Слова " * 2_900}), headers=FORM)
    assert allowed.status_code == 200
    assert client.post("/papers/nothing/check", content="text=a", headers=FORM).headers["content-type"].startswith("text/html")


def test_a_handout_says_where_the_text_contradicts_itself(client: TestClient) -> None:
    page = client.get("/papers/cartitude-4/handout").text
    assert "0.0009 in one place and 0.0003 in another" in page


def test_an_interval_beyond_the_axis_says_so(client: TestClient) -> None:
    text = "A trial of rest\n\nResults\n\nDeath was rare (hazard ratio 0.50; 95% CI 0.001–300).\n"
    client.post("/v1/papers", json={"id": "wide", "text": text})
    page = client.get("/papers/wide").text
    client.delete("/v1/papers/wide")
    assert page.count('class="beyond"') == 2
    assert "reaches beyond the axis" in page
