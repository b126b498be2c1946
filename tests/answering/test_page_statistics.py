"""Sentences that readers write of the page, each with its verdict and with what settles it."""

import pytest

from journal_club.club import JournalClub

SAID = [
    ("Cilta-cel reduced the risk of death by 45%.", "derived", "1 - 0.55 = 0.45, 45% by the hazard ratio"),
    ("Cilta-cel reduced the risk of progression or death by 71%.", "derived", "71% by the hazard ratio"),
    ("The risk of symptom worsening was 62% lower with cilta-cel.", "derived", "62% by the hazard ratio"),
    ("The risk of death was 29% lower with cilta-cel.", "contradicted", "1 - 0.55 = 45%"),
    ("Cilta-cel reduced the risk of death by 55%.", "contradicted", "1 - 0.55 = 45%"),
    (
        "Median PFS was 11.8 months with cilta-cel.",
        "contradicted",
        "with control, not as a median for progression-free survival with cilta-cel",
    ),
    ("OS HR 0.29.", "contradicted", "a hazard ratio for progression-free survival, not as a hazard ratio for overall survival"),
    ("About one in seven randomized to cilta-cel never got the infusion.", "derived", "15% is 1 in 6.7"),
    (
        "Cilta-cel, when administered as early as after the first relapse, provides superior survival compared to triplet regimens.",
        "supported",
        "",
    ),
    (
        "OS was improved (HR 0.45; p=0.0009).",
        "contradicted",
        "0.45 stands nowhere in the cited text as a hazard ratio for overall survival; it says 0.55",
    ),
]


@pytest.mark.parametrize(("sentence", "verdict", "words"), SAID)
def test_a_sentence_of_a_reader_is_settled_by_the_page(club: JournalClub, sentence: str, verdict: str, words: str) -> None:
    (found,) = club.verify(sentence, paper_id="cartitude-4")
    assert found.verdict == verdict
    assert words in found.reason + " ".join(check.rule for check in found.checks)


def test_what_follows_for_this_trial_rests_on_this_trial_alone(club: JournalClub) -> None:
    (found,) = club.verify("Cilta-cel reduced the risk of death by 45%.", paper_id="cartitude-4")
    assert [support.passage.section for support in found.support] == ["key_findings"]
