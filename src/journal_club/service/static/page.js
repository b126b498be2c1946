// The reading room's script: streams answers, lights up the words that a sentence rests on, and keeps the thread.
// Every form works without it: the server answers with a whole page, of which this takes the part that was asked for.
"use strict";

const ask = document.getElementById("ask");
const answers = document.getElementById("answers");
const source = document.getElementById("source");
const tools = document.getElementById("thread-tools");
const thread = [];

// Controls, and what hides, joins or turns round the characters beside it, are named and fenced in: shown.py has the same set.
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

// --- The words that a sentence rests on. Offsets count code points, strings count UTF-16 units.

function unitsOf(text, points) {
  let units = 0;
  for (const character of text) {
    if (!points--) break;
    units += character.length;
  }
  return units;
}

// The place in the document of a code point of the source, within the run that holds it.
function placeIn(run, points) {
  const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  let last = node;
  while (node) {
    const length = Array.from(node.data).length;
    if (points <= length) return [node, unitsOf(node.data, points)];
    points -= length;
    last = node;
    node = walker.nextNode();
  }
  return last ? [last, last.data.length] : [run, 0];
}

function rangesOf(from, to) {
  const ranges = [];
  for (const run of source ? source.querySelectorAll(".run") : []) {
    const start = Number(run.dataset.start);
    const end = start + Array.from(run.textContent).length;
    if (start >= to || end <= from) continue;
    const range = document.createRange();
    range.setStart(...placeIn(run, Math.max(from, start) - start));
    range.setEnd(...placeIn(run, Math.min(to, end) - start));
    ranges.push(range);
  }
  return ranges;
}

// Lit through the highlight registry, so that the text itself is never changed; where there is none the runs are outlined.
function light(name, ranges) {
  if (window.Highlight && CSS.highlights) CSS.highlights.set(name, new Highlight(...ranges));
  else {
    document.querySelectorAll(".lit").forEach((run) => run.classList.remove("lit"));
    ranges.forEach((range) => range.startContainer.parentElement.closest(".run")?.classList.add("lit"));
  }
}

// An answer to a text that was replaced since this page was opened rests on other words than those that stand here.
function isOfThisText(mark) {
  const answer = mark.closest(".answer[data-hash]");
  return !answer || answer.dataset.hash === source?.dataset.hash;
}

function rangesBehind(mark) {
  return mark?.dataset.from && isOfThisText(mark) ? rangesOf(Number(mark.dataset.from), Number(mark.dataset.to)) : [];
}

function placed(event) {
  return event.target.closest ? event.target.closest("[data-from]") : null;
}

["mouseover", "focusin"].forEach((kind) => document.addEventListener(kind, (event) => {
  if (placed(event)) light("hovered", rangesBehind(placed(event)));
}));
["mouseout", "focusout"].forEach((kind) => document.addEventListener(kind, (event) => {
  if (placed(event)) light("hovered", []);
}));

document.addEventListener("click", (event) => {
  const mark = placed(event);
  if (!mark || !source || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const ranges = rangesBehind(mark);
  if (!ranges.length) return;
  const run = ranges[0].startContainer.parentElement.closest(".run");
  run.closest("details")?.setAttribute("open", "");
  light("cited", ranges);
  run.tabIndex = -1;
  run.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  run.focus({ preventScroll: true });
});

// --- Parts of pages: a form that names one gets that part of the page that answers it.

async function partOf(url, options, id) {
  const response = await fetch(url, options);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = response.ok ? page.getElementById(id) : page.querySelector(".problem");
  if (!part) throw new Error("no such part");
  return part;
}

function formData(form, submitter) {
  const data = new URLSearchParams(new FormData(form));
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return data;
}

document.querySelectorAll("form[data-swap]").forEach((form) => form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  const target = document.getElementById(form.dataset.swap);
  const data = formData(form, event.submitter);
  target.replaceChildren(element("p", "waiting", "Reading …"));
  form.setAttribute("aria-busy", "true");
  try {
    const part = await partOf(form.action, { method: "POST", body: data }, form.dataset.swap);
    target.replaceChildren(...(part.id === form.dataset.swap ? part.childNodes : [part]));
    // The key response is shown once the learner has tried.
    if (target.querySelector(".points")) target.parentElement.querySelector(".key")?.setAttribute("open", "");
  } catch {
    target.replaceChildren(problem("The service did not answer."));
  }
  form.removeAttribute("aria-busy");
}));

function problem(detail) {
  const shown = element("p", "problem", detail);
  shown.setAttribute("role", "alert");
  return shown;
}

// --- Asking: each sentence as it is verified, then the whole answer as the server draws it.

function statementOf(statement, citations) {
  const shown = element("p", "statement " + statement.basis);
  statement.text.split(/(\[\d+\])/).forEach((piece) => {
    const cited = citations.find((one) => "[" + one.number + "]" === piece && statement.citations.includes(one.number));
    const mark = element(cited ? "a" : "span", cited ? "mark" : "", piece);
    if (cited) Object.assign(mark.dataset, { from: cited.start_char_index, to: cited.end_char_index });
    if (cited) mark.href = "#source";
    shown.append(mark);
  });
  shown.append(" ", element("span", "basis " + statement.basis, statement.basis.replaceAll("_", " ")));
  return shown;
}

// Returns the id of the answer when the stream is complete with this event, and a problem ends it too.
function take(event, article, cited) {
  if (event.type === "statement") {
    cited.push(...event.citations);
    article.querySelector(".waiting")?.remove();
    article.append(statementOf(event.statement, cited));
    light("cited", cited.flatMap((one) => rangesOf(one.start_char_index, one.end_char_index)));
  }
  if (event.type === "answer") {
    thread.push({ question: event.answer.question, text: event.answer.text });
    if (event.answer.trace.document_hash !== source.dataset.hash) {
      light("cited", []);
      article.after(problem("The text was replaced since this page was opened: load the page again to see what the answer rests on."));
    }
  }
  if (event.type === "error") article.append(problem(event.problem.detail));
  return event.type === "done" ? event.answer_id : event.type === "error" ? "failed" : null;
}

async function readEvents(body, article) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const cited = [];
  let rest = "";
  let ended = null;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split("\n\n");
    rest = blocks.pop();
    blocks.forEach((block) => {
      const data = block.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
      if (data.length) ended = take(JSON.parse(data.join("\n")), article, cited) || ended;
    });
  }
  if (!ended) article.append(problem("The answer broke off: the service ended the connection. Please ask again."));
  return ended === "failed" ? null : ended;
}

function asked(question) {
  const fields = new FormData(ask);
  const stage = fields.get("stage").trim();
  const specialty = fields.get("specialty").trim();
  const persona = stage || specialty ? { training_stage: stage, specialty } : fields.get("persona");
  const plain = question.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, " ");
  return { question: plain, persona, paper_id: source.dataset.paper, stream: true, history: thread.slice(-20) };
}

async function askNow(question, article) {
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const response = await fetch("/v1/ask", { method: "POST", headers, body: JSON.stringify(asked(question)) });
  if (!response.ok) {
    const told = await response.json();
    article.append(problem([told.detail, ...(told.errors || []).map((error) => error.detail)].join(" ")));
    return;
  }
  const id = await readEvents(response.body, article);
  // The answer's own page has it whole: withheld sentences, conflicts, and what can be done with it.
  const whole = id && (await partOf("/answers/" + id, {}, "answer-" + id));
  if (whole?.id === "answer-" + id) article.replaceWith(whole);
}

ask?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (ask.getAttribute("aria-busy")) return;
  const question = event.submitter?.name === "suggested" ? event.submitter.value : ask.question.value;
  if (!question.trim()) {
    ask.question.focus();
    return;
  }
  const article = element("article", "answer");
  article.append(element("h3", "asked", question), element("p", "waiting", "Reading …"));
  answers.prepend(article);
  article.scrollIntoView({ block: "start" });
  ask.setAttribute("aria-busy", "true");
  light("cited", []);
  askNow(question, article)
    .catch(() => article.append(problem("The service did not answer.")))
    .finally(() => {
      article.querySelector(".waiting")?.remove();
      ask.removeAttribute("aria-busy");
      tools.hidden = !thread.length;
      if (ask.question.value === question) ask.question.value = "";
    });
});

document.getElementById("persona")?.addEventListener("change", async (event) => {
  const persona = event.target.value;
  document.querySelector("form[data-swap=takeaways] input[name=persona]").value = persona;
  document.getElementById("takeaways").replaceChildren();
  const part = await partOf("/papers/" + source.dataset.paper + "?persona=" + encodeURIComponent(persona), {}, "suggested").catch(() => null);
  if (part && event.target.value === persona) document.getElementById("suggested").replaceChildren(...part.childNodes);
});

// --- What can be done with an answer and with the thread.

// Characters that hide or turn round others are named, and nothing of a paper's becomes markup.
function markedOut(text) {
  const named = (character) => "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return text.split(UNSEEN).map((words, place) => (place % 2 ? named(words) : words)).join("").replaceAll("<", "&lt;").replaceAll("](", "]\\(");
}

function markdownOf(article) {
  const lines = ["## " + article.querySelector(".asked").textContent.trim(), ""];
  article.querySelectorAll(".statement, .abstention").forEach((one) => {
    const basis = one.querySelector(".basis")?.textContent.trim();
    lines.push((one.textContent.replace(/\s+/g, " ").trim().replace(new RegExp("\\s" + basis + "$"), "")) + (basis ? " _(" + basis + ")_" : ""), "");
  });
  article.querySelectorAll(".citations li").forEach((one) => lines.push(one.value + ". > " + one.querySelector("blockquote").textContent.trim().replace(/\s+/g, " ")));
  article.querySelectorAll(".conflict p").forEach((one) => lines.push("", one.textContent.trim().replace(/\s+/g, " ")));
  lines.push("", article.querySelector(".notice")?.textContent.trim() || "");
  return markedOut(lines.join("\n"));
}

const DOES = {
  copy: async (button) => {
    await navigator.clipboard.writeText(markdownOf(button.closest(".answer")));
    button.textContent = "Copied";
  },
  export: () => {
    const words = Array.from(answers.querySelectorAll(".answer[data-answer]")).reverse().map(markdownOf).join("\n\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "text/markdown" }));
    link.download = source.dataset.paper + ".md";
    link.click();
    URL.revokeObjectURL(link.href);
  },
  clear: () => {
    thread.length = 0;
    answers.replaceChildren();
    light("cited", []);
    tools.hidden = true;
    ask.question.focus();
  },
};

// An answer is kept without leaving the thread.
document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button?.name !== "do" || button.value !== "keep" || !source) return;
  event.preventDefault();
  const kept = await fetch(event.target.action, { method: "POST", body: new URLSearchParams({ do: "keep" }) }).catch(() => null);
  if (!kept?.ok) {
    button.textContent = "It could not be kept";
    return;
  }
  const link = element("a", "kept-at", "Kept: its address");
  link.href = event.target.action;
  button.replaceWith(link);
  link.focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  if (button) Promise.resolve(DOES[button.dataset.do](button)).catch(() => { button.textContent = "That did not work"; });
});

// On narrow screens the way to the questions is offered where they are out of sight.
const toDesk = document.querySelector(".to-desk");
const desk = document.querySelector(".desk");
if (toDesk && desk) new IntersectionObserver(([seen]) => { toDesk.hidden = seen.isIntersecting; }).observe(desk);

document.documentElement.classList.add("scripted");
