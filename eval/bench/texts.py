"""Texts: made-up paragraphs that read like trial reports, the same ones at every run.

Their lengths follow those of the paragraphs of PubMedQA's abstracts, in tokens of MiniLM (median 78, mean 91, deviation 60, one in
twenty above 215): what an embedder costs, and what padding costs it, hangs on lengths.
"""

import math
import random
from collections.abc import Sequence

__all__ = ["paper_of", "paragraphs"]

MEDIAN_WORDS = 45
SPREAD = 0.75
LONGEST_WORDS = 150
SHORT_WORDS = 19

STEMS = ("tela", "voru", "oxi", "dara", "nelo", "brexu")
DRUGS = [f"{stem}{middle}{last}" for stem in STEMS for middle in ("r", "t", "fi") for last in ("mab", "nib", "cept")]
DISEASES = (
    "multiple myeloma",
    "heart failure with reduced ejection fraction",
    "type 2 diabetes",
    "stage III colon cancer",
    "severe asthma",
    "IgA nephropathy",
)
ENDPOINTS = (
    "overall survival",
    "progression-free survival",
    "time to first hospital admission",
    "the change in HbA1c",
    "the rate of exacerbations",
)
EVENTS = (
    "cytokine release syndrome",
    "neutropenia of grade 3 or 4",
    "hyperkalaemia",
    "symptomatic hypotension",
    "injection-site reactions",
    "pneumonia",
)
LONG_SENTENCE = (
    "Treatment was stopped for {event} in {percent}% of the patients who were given {drug}, most of them in the first {weeks} weeks "
    "after randomisation, and {few} of these patients were followed up for {endpoint} until the end of the trial."
)
HAZARD_RATIO = (
    "At a median follow-up of {months} months, {endpoint} was longer with {drug} than with {other} "
    "(HR 0.{hundredths}; 95% CI 0.{low}-0.{high}; p=0.00{digit})."
)
SENTENCES = (
    HAZARD_RATIO,
    LONG_SENTENCE,
    "Of {count} adults with {disease}, {half} were assigned to {drug} and the others to {other}.",
    "{event} occurred in {few} patients ({percent}%) in the {drug} group and in {fewer} patients in the {other} group.",
    "The median of {endpoint} was {months} months with {drug}, against {weeks} weeks under standard care.",
    "Patients with {disease} who had received {digit} prior lines of therapy were eligible unless they had had {event}.",
    "The trial was open-label, and {endpoint} was adjudicated by a committee that did not know the assignment.",
    "{drug} was given once every {weeks} weeks until progression.",
    "No subgroup by age, sex or region differed in {endpoint}.",
    "Mean {endpoint} did not differ at {weeks} weeks.",
)
CLOSED = ("Cohort {number} was closed early for {event}.", "Cohort {number} was closed early for {event}, after {weeks} weeks of {drug}.")


def paragraphs(count: int) -> list[str]:
    """So many paragraphs, no two alike."""
    chance = random.Random(0)  # noqa: S311
    return [paragraph(number, chance) for number in range(count)]


def paragraph(number: int, chance: random.Random) -> str:
    """Sentences until the paragraph is as long as was drawn for it; its number makes it unlike the others."""
    words = min(LONGEST_WORDS, round(chance.lognormvariate(math.log(MEDIAN_WORDS), SPREAD)))
    if words < SHORT_WORDS:
        return filled(chance.choice(CLOSED), chance, number=number)
    first = filled(chance.choice(SENTENCES), chance)
    text = f"In cohort {number}, {first[0].lower()}{first[1:]}"
    while len(text.split()) < words - SHORT_WORDS // 2:
        text = f"{text} {filled(chance.choice(SENTENCES), chance)}"
    return text


def filled(template: str, chance: random.Random, *, number: int = 0) -> str:
    """One statement of a trial report."""
    made = template.format(
        number=number,
        drug=chance.choice(DRUGS),
        other=chance.choice(("placebo", "standard care", *DRUGS)),
        disease=chance.choice(DISEASES),
        endpoint=chance.choice(ENDPOINTS),
        event=chance.choice(EVENTS),
        months=f"{chance.randrange(40, 600) / 10}",
        weeks=chance.randrange(2, 53),
        count=chance.randrange(200, 4000),
        half=chance.randrange(100, 200),
        few=chance.randrange(20, 90),
        fewer=chance.randrange(2, 20),
        percent=chance.randrange(2, 60),
        digit=chance.randrange(1, 10),
        hundredths=chance.randrange(40, 60),
        low=chance.randrange(20, 40),
        high=chance.randrange(60, 95),
    )
    return f"{made[0].upper()}{made[1:]}"


def paper_of(texts: Sequence[str]) -> str:
    """A text of these paragraphs under one heading, as a paper is sent."""
    return "\n\n".join(["## Results", *texts, ""])
