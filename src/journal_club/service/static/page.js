// Asks with fetch, reads the events of the stream, and shows each verified sentence as it comes. All words are set as text, never as markup.
"use strict";

const form = document.getElementById("ask");
const answer = document.getElementById("answer");
const source = document.getElementById("source");

// Controls, and what hides, joins or turns round the characters beside it, are named and fenced in: source_view.py has the same set.
const UNSEEN = /([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}])/u;

function signed(character) {
  const sign = document.createElement("bdi");
  sign.className = "sign";
  sign.dataset.sign = "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  sign.textContent = character;
  return sign;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  (text || "").split(UNSEEN).forEach((words, place) => made.append(place % 2 ? signed(words) : words));
  return made;
}

function link(href, text, className) {
  const made = element("a", className, text);
  made.href = href;
  return made;
}

function showStatement(statement) {
  const shown = element("p", "statement " + statement.basis);
  statement.text.split(/(\[\d+\])/).forEach((piece) => {
    const number = Number(piece.slice(1, -1));
    const isMark = /^\[\d+\]$/.test(piece) && statement.citations.includes(number);
    shown.append(isMark ? link("#s" + number, piece, "mark") : element("span", "", piece));
  });
  shown.append(" ", element("span", "basis", statement.basis.replaceAll("_", " ")));
  answer.append(shown);
}

function showCitations(citations) {
  const list = element("ol", "citations");
  citations.forEach((citation) => {
    const entry = element("li");
    entry.id = "c" + citation.number;
    entry.value = citation.number;
    const place = element("span", "basis", citation.section.replaceAll("_", " "));
    entry.append(element("blockquote", "", citation.cited_text), link("#s" + citation.number, "in the text"), " ", place);
    list.append(entry);
  });
  answer.append(element("h2", "", "Citations"), list);
}

function showConflict(conflict) {
  const shown = element("div", "conflict");
  const list = element("ul");
  conflict.places.forEach((place, index) => {
    const entry = element("li");
    const where = place.section.replaceAll("_", " ") + (index === conflict.supported_place ? ", supported" : "");
    entry.append(element("span", "", place.cited_text), " ", element("span", "basis", where));
    list.append(entry);
  });
  shown.append(element("p", "", "The text contradicts itself: " + conflict.explanation), list);
  if (conflict.arithmetic) shown.append(element("p", "", conflict.arithmetic));
  answer.append(shown);
}

function showWithheld(withheld) {
  const details = element("details");
  details.append(element("summary", "", "Withheld, because the text does not carry it (" + withheld.length + ")"));
  const list = element("ul");
  withheld.forEach((one) => {
    const entry = element("li");
    entry.append(element("s", "", one.text), " ", element("span", "", one.reason));
    list.append(entry);
  });
  details.append(list);
  answer.append(details);
}

// Offsets count code points, strings count UTF-16 units: texts are cut as lists of code points.
function highlight(citations) {
  source.querySelectorAll("[data-start]").forEach((span) => {
    const points = Array.from(span.textContent);
    const start = Number(span.dataset.start);
    const cuts = new Set([0, points.length]);
    citations.forEach((one) => [one.start_char_index - start, one.end_char_index - start].forEach((cut) => cuts.add(cut)));
    const places = [...cuts].filter((cut) => cut >= 0 && cut <= points.length).sort((a, b) => a - b);
    span.classList.remove("cited");
    span.replaceChildren();
    places.slice(0, -1).forEach((from, index) => {
      const covers = citations.filter((one) => one.start_char_index <= start + from && start + places[index + 1] <= one.end_char_index);
      const piece = element("span", covers.length ? "cited" : "", points.slice(from, places[index + 1]).join(""));
      covers.filter((one) => one.start_char_index === start + from).forEach((one) => {
        const anchor = element("a");
        anchor.id = "s" + one.number;
        span.append(anchor);
      });
      span.append(piece);
    });
  });
}

function mark(citations) {
  source.querySelectorAll("a[id^=s]").forEach((anchor) => /^s\d+$/.test(anchor.id) && anchor.remove());
  highlight(citations);
}

function showAnswer(whole) {
  const refusal = whole.abstention && element("p", "abstention", whole.abstention.message);
  answer.replaceChildren();
  if (refusal && !whole.abstention.partial) answer.append(refusal);
  whole.statements.forEach(showStatement);
  if (refusal && whole.abstention.partial) answer.append(refusal);
  if (whole.citations.length) showCitations(whole.citations);
  whole.conflicts.forEach(showConflict);
  if (whole.withheld.length) showWithheld(whole.withheld);
  answer.append(element("p", "notice", whole.notice));
  mark(whole.citations);
}

function showProblem(detail) {
  const shown = element("p", "problem", detail);
  shown.setAttribute("role", "alert");
  document.getElementById("waiting")?.remove();
  answer.append(shown);
}

// Returns whether the stream is complete with this event.
function take(event, cited) {
  if (event.type === "statement") {
    showStatement(event.statement);
    cited.push(...event.citations);
    mark(cited);
  }
  if (event.type === "answer") showAnswer(event.answer);
  if (event.type === "error") showProblem(event.problem.detail);
  return event.type === "done" || event.type === "error";
}

async function readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const cited = [];
  let rest = "";
  let complete = false;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split("\n\n");
    rest = blocks.pop();
    blocks.forEach((block) => {
      const data = block.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
      if (data.length) complete = take(JSON.parse(data.join("\n")), cited);
    });
  }
  if (!complete) showProblem("The answer broke off: the service ended the connection. Please ask again.");
}

async function ask() {
  const fields = new FormData(form);
  const question = fields.get("question").replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, " ");
  const asked = { question, persona: fields.get("persona"), paper_id: fields.get("paper_id"), stream: true };
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const response = await fetch("/v1/ask", { method: "POST", headers, body: JSON.stringify(asked) });
  if (response.ok) await readEvents(response.body);
  else {
    const problem = await response.json();
    showProblem([problem.detail, ...(problem.errors || []).map((error) => error.detail)].join(" "));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const waiting = element("p", "", "Reading …");
  waiting.id = "waiting";
  answer.replaceChildren(waiting);
  mark([]);
  button.disabled = true;
  ask()
    .catch(() => showProblem("The service did not answer."))
    .finally(() => { button.disabled = false; });
});

document.getElementById("paper_id").addEventListener("change", (event) => {
  location.assign("/?paper_id=" + encodeURIComponent(event.target.value));
});
