"""One number of a trial's report, with everything that its text binds it to.

Owns the nouns `Statistic`, `Measure`, `Role` and `Operator`. It does not read text (`notation`) and compares nothing (`matching`).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["RATIOS", "Measure", "Operator", "Role", "Statistic"]


class Measure(StrEnum):
    """What the text calls the number; `NONE` where it gives no name."""

    NONE = ""
    HAZARD_RATIO = "hazard ratio"
    ODDS_RATIO = "odds ratio"
    RISK_RATIO = "risk ratio"
    RATE_RATIO = "rate ratio"
    DIFFERENCE = "difference"
    P = "p-value"
    MEDIAN = "median"
    MEAN = "mean"
    SD = "standard deviation"
    SE = "standard error"
    CORRELATION = "correlation"
    COUNT = "count"
    TOTAL = "total"
    IDENTIFIER = "identifier"
    REDUCTION = "reduction"
    NNT = "number needed to treat"


RATIOS = frozenset({Measure.HAZARD_RATIO, Measure.ODDS_RATIO, Measure.RISK_RATIO, Measure.RATE_RATIO})
_SIGNS = {"=": "", "~": "about "}
_PLURAL = frozenset(
    "year month week day hour minute second event cell dose cycle session point".split()  # noqa: SIM905
)


class Role(StrEnum):
    """Which part of its statistic a number is: the estimate, a bound of its interval or range, the interval's level."""

    POINT = "point"
    LOWER = "lower"
    UPPER = "upper"
    LEVEL = "level"


class Operator(StrEnum):
    """How the number is stated."""

    EQUAL = "="
    LESS = "<"
    GREATER = ">"
    AT_MOST = "<="
    AT_LEAST = ">="
    ABOUT = "~"


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistic:
    """One number with its place in the text.

    Attributes:
        value: None for an estimate that the text says was not reached or not evaluable, for "p = NS", and for what was not understood.
        decimals: digits printed behind the decimal sign; the number's precision. Negative where a power of ten hides whole digits.
        unit: canonical unit: `%`, `month`, `mg/kg`, `person`, `event`, `per 100 person-year`; for an identifier the word that it numbers
            (`grade`); else empty.
        start: where it begins in the text, code points; `end` is exclusive and the unit is not part of it.
        group: start of the estimate that an interval or a p-value belongs to; its own start for an estimate; where an interval or a
            p-value stands alone, the start of its first part.
        endpoint: canonical endpoint that the text binds it to, such as `overall survival`; empty where it binds none.
        arm: canonical arm, such as `cilta-cel` or `control`; empty where it binds none.
        contrast: the two arms, in order of name, that a ratio, a difference or a p-value compares, where its clause names just two.
        population: canonical population, such as `intention to treat`; empty where the text names none.
        time: when it was measured, such as `12 month` or `baseline`; empty where the text binds none.
        changes: whether the text says it of a change: "fell by 21%", "21% lower"; a bare share of a group is none.
        certain: false for number words that are often no number ("one", "two groups"): they may support, they claim nothing.
        understood: false for digits that form no number ("0.5.3", "12/"): seen, and not read.
        side: of a count or a share, which part of a whole it counts (`sides`): `+life`, `-life`, `-` for those who did not; else empty.
    """

    value: Decimal | None
    text: str
    start: int
    end: int
    decimals: int = 0
    measure: Measure = Measure.NONE
    role: Role = Role.POINT
    operator: Operator = Operator.EQUAL
    unit: str = ""
    group: int = 0
    endpoint: str = ""
    arm: str = ""
    contrast: tuple[str, ...] = ()
    population: str = ""
    time: str = ""
    changes: bool = False
    certain: bool = True
    understood: bool = True
    side: str = ""

    def bound_to(self, *, endpoint: str, arm: str, contrast: tuple[str, ...], population: str, time: str) -> "Statistic":
        """The same number, bound."""
        return Statistic(
            value=self.value,
            text=self.text,
            start=self.start,
            end=self.end,
            decimals=self.decimals,
            measure=self.measure,
            role=self.role,
            operator=self.operator,
            unit=self.unit,
            group=self.group,
            endpoint=endpoint,
            arm=arm,
            contrast=contrast,
            population=population,
            time=time,
            changes=self.changes,
            certain=self.certain,
            understood=self.understood,
            side=self.side,
        )

    @property
    def label(self) -> str:
        """What it is, in plain words: `hazard ratio for overall survival`, `upper bound`, `percentage`."""
        names = {Role.LOWER: "lower bound", Role.UPPER: "upper bound", Role.LEVEL: "interval level"}
        what = names.get(self.role) or self.measure or {"%": "percentage", "person": "number of people"}.get(self.unit, "number")
        if self.measure is Measure.IDENTIFIER:
            what = self.unit
        bound = (("for", self.endpoint), ("with", self.arm), ("at", self.time), ("in", self.population))
        return what + "".join(f" {word} {name}" for word, name in bound if name)

    @property
    def printed(self) -> str:
        """The number as a reader knows it, with operator and unit: `< 0.001`, `about 15%`, `11.8 months`, `grade 3`."""
        if self.measure is Measure.IDENTIFIER:
            return f"{self.unit} {self.text}"
        if self.unit == "%" and self.text[:1].isalpha():
            return (
                f"{_SIGNS.get(self.operator, f'{self.operator.value} ')}{self.text}{'' if self.operator is Operator.ABOUT else ' percent'}"
            )
        unit = {"%": "%", "person": " people", "": ""}.get(self.unit, f" {self.unit}{'s' if self.unit in _PLURAL else ''}")
        return f"{_SIGNS.get(self.operator, f'{self.operator.value} ')}{self.text}{unit}"
