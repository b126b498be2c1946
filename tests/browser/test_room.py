"""The reading room as its readers use it, in a real browser: asking, following, trying, checking, by mouse and by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOM = "/papers/cartitude-4"
QUESTION = "What was the hazard ratio for overall survival?"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def ask(page: Page, question: str = QUESTION) -> None:
    page.fill("#question", question)
    page.click("#ask > button[type=submit]")
    expect(page.locator("#answers .answer").first.locator(".notice")).to_be_visible()


def lit(page: Page, name: str) -> str:
    """The words of the paper that are lit up."""
    words: str = page.evaluate("name => Array.from(CSS.highlights.get(name) || []).map(range => range.toString()).join('')", name)
    return words


def test_an_answer_streams_in_and_lights_up_the_words_it_rests_on(page: Page) -> None:
    page.goto(ROOM)
    ask(page)
    answer = page.locator(".answer").first
    expect(answer.locator(".statement")).to_contain_text("HR 0.55; 95% CI 0.39–0.79; p=0.0009")
    answer.locator(".mark").first.hover()
    assert lit(page, "hovered").startswith("Overall survival (OS) was significantly improved")
    assert lit(page, "hovered").endswith("p=0.0009).")


def test_a_citation_is_followed_to_its_place(page: Page) -> None:
    page.goto(ROOM)
    ask(page)
    page.locator(".answer .mark").first.click()
    assert "HR 0.55" in lit(page, "cited")
    expect(page.get_by_text("Overall survival (OS) was significantly improved").first).to_be_in_viewport()
    assert page.evaluate("document.activeElement.className") == "run"


def test_a_conflict_is_marked_in_the_text_and_shown_with_its_arithmetic(page: Page) -> None:
    page.goto(ROOM)
    page.locator(".key_findings .sign-of-conflict").last.click()
    shown = page.locator(".conflicts > div:target")
    expect(shown).to_contain_text("0.0009 in one place and 0.0003 in another")
    expect(shown).to_contain_text("implies p = 0.00053 to 0.0015")
    ask(page, "What was the p-value for overall survival?")
    expect(page.locator(".answer .conflict")).to_contain_text("the interval supports 0.0009")


def test_what_is_not_reported_is_said_with_what_is_near(page: Page) -> None:
    page.goto(ROOM)
    ask(page, "What dose of fludarabine was given?")
    expect(page.locator(".answer .abstention")).to_contain_text("does not report")


def test_a_withheld_sentence_is_behind_a_disclosure_with_its_reason(drafted: Page) -> None:
    drafted.goto(ROOM)
    ask(drafted)
    withheld = drafted.locator(".answer .withheld")
    expect(withheld.locator("li")).to_be_hidden()
    withheld.locator("summary").click()
    expect(withheld.locator("s")).to_contain_text("HR 0.45")
    expect(withheld.locator(".why")).to_contain_text("0.55")


def test_a_draft_full_of_markup_is_shown_as_text(hostile: Page) -> None:
    hostile.goto(ROOM)
    ask(hostile)
    answer = hostile.locator(".answer").first
    assert answer.evaluate("one => one.querySelectorAll('script, img, a[href^=javascript]').length") == 0
    expect(answer.locator(".withheld")).to_contain_text("<script>")
    assert hostile.evaluate("window.owned") is None


def test_a_paper_full_of_markup_is_shown_as_text(page: Page, nasty_paper: str) -> None:
    page.goto(f"/papers/{nasty_paper}")
    assert page.locator("#source").evaluate("one => one.querySelectorAll('script, img, iframe, a[href^=javascript]').length") == 0
    expect(page.locator("#source")).to_contain_text("<script>window.owned = 1</script>")
    expect(page.locator("#source .sign")).to_have_count(2)
    ask(page, "What was the dose?")
    assert page.evaluate("window.owned") is None


def test_a_follow_up_keeps_the_thread_and_the_thread_can_be_taken_away(page: Page) -> None:
    page.goto(ROOM)
    ask(page)
    ask(page, "and for progression-free survival?")
    expect(page.locator(".answer")).to_have_count(2)
    expect(page.locator(".answer").first.locator(".statement").first).to_contain_text("0.29")
    with page.expect_download() as download:
        page.click("[data-do=export]")
    words = download.value.path().read_text(encoding="utf-8")
    assert words.index(QUESTION) < words.index("and for progression-free survival?")
    assert "> Overall survival (OS)" in words
    page.click("[data-do=clear]")
    expect(page.locator(".answer")).to_have_count(0)


def test_an_answer_is_copied_with_its_citations(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(ROOM)
    ask(page)
    page.click("[data-do=copy]")
    expect(page.locator("[data-do=copy]")).to_have_text("Copied")
    assert re.search(r"1\. > Overall survival \(OS\)", page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_kept_under_its_own_address(page: Page) -> None:
    page.goto(ROOM)
    ask(page)
    page.click("text=Keep this answer")
    page.click("text=Kept: its address")
    expect(page).to_have_url(re.compile(r"/answers/[0-9a-f]{32}$"))
    expect(page.locator(".statement")).to_contain_text("HR 0.55")
    page.click("text=Delete this answer")
    expect(page).to_have_url(re.compile(f"{ROOM}$"))


def test_a_learner_tries_an_item_and_gets_its_points(page: Page) -> None:
    page.goto(ROOM)
    item = page.locator("#item-1")
    expect(item.locator(".key-response")).to_be_hidden()
    item.locator("textarea").fill("A single infusion after lymphodepletion. Watch for CRS and ICANS. The hazard ratio for OS was 0.45.")
    item.locator("button").click()
    expect(item.locator(".points li").first).to_be_visible()
    expect(item.locator(".problem")).to_contain_text("it says 0.55")
    expect(item.locator(".key-response")).to_be_visible()


def test_a_pasted_text_is_read_sentence_by_sentence(page: Page) -> None:
    page.goto(ROOM)
    page.fill("#checked-text", "OS was improved (HR 0.45; p=0.0009). The trial was open-label.")
    page.click("form[data-swap=checked] button")
    expect(page.locator("#checked .contradicted")).to_contain_text("it says 0.55")
    expect(page.locator("#checked .supported")).to_contain_text("The trial was open-label.")


def test_another_reader_gets_other_questions_and_takeaways(page: Page) -> None:
    page.goto(ROOM)
    before = page.locator(".suggested button").all_inner_texts()
    page.select_option("#persona", "phd")
    expect(page.locator(".suggested button").first).not_to_have_text(before[0])
    page.click("form[data-swap=takeaways] button")
    expect(page.locator("#takeaways .statement").first).to_be_visible()
    expect(page.locator("#takeaways h3")).to_contain_text("PhD")


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto(ROOM)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator("#question").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    mark = page.locator(".answer .mark").first
    expect(page.locator(".answer .notice")).to_be_visible()
    mark.focus()
    assert "HR 0.55" in lit(page, "hovered")
    page.keyboard.press("Enter")
    assert "HR 0.55" in lit(page, "cited")


def test_without_a_script_the_form_still_answers(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(ROOM)
    page.fill("#question", QUESTION)
    page.click("#ask > button[type=submit]")
    expect(page.locator(".answer .statement")).to_contain_text("HR 0.55")
    assert QUESTION.split()[2] not in page.url
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", ROOM, f"{ROOM}/handout", "/papers/full-text"])
def test_no_page_breaks_a_rule_of_accessibility(chromium: Browser, address: str, path: str, scheme: str) -> None:
    context = chromium.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path)
    if path == ROOM:
        ask(page, "What was the p-value for overall survival?")
        page.fill("#try-1", "It is one infusion.")
        page.click("#item-1 button")
        expect(page.locator("#item-1 .points")).to_be_visible()
        page.fill("#checked-text", "OS was improved (HR 0.45).")
        page.click("form[data-swap=checked] button")
        expect(page.locator("#checked .results")).to_be_visible()
    found = Axe().run(page, options=RULES).response["violations"]
    context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [390, 768, 1280, 1600])
@pytest.mark.parametrize("path", ["/", ROOM, f"{ROOM}/handout"])
def test_no_page_is_wider_than_its_screen(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    if path == ROOM:
        ask(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_is_small_and_soon_there(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(ROOM, wait_until="networkidle")
    assert 0 < sum(sizes) < 150_000
    assert len(sizes) <= 5


def test_the_handout_prints_on_one_page_and_the_room_without_its_forms(page: Page) -> None:
    page.goto(f"{ROOM}/handout")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.goto(ROOM)
    page.emulate_media(media="print")
    expect(page.locator(".desk")).to_be_hidden()
    expect(page.locator(".key_findings")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_drawing_and_its_axis_agree(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(ROOM)
    one = page.locator(".forest .axis text", has_text=re.compile("^1$")).bounding_box()
    line = page.locator(".forest .null").first.bounding_box()
    assert one
    assert line
    assert abs(one["x"] + one["width"] / 2 - line["x"]) < 2
