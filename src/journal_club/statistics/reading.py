"""Reading: one number of a text on its way to a statistic.

Owns the noun `Reading`: what the grammar has found so far. It is filled step by step while a text is read (`notation`) and then becomes a
`Statistic`, which never changes.
"""

from dataclasses import dataclass
from decimal import Decimal

from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["Reading"]


@dataclass(kw_only=True, slots=True)
class Reading:
    """The fields of a statistic that the grammar fills. `header` is an interval's level that stands over a list: "HR (95% CI)"."""

    value: Decimal | None
    start: int
    end: int
    decimals: int = 0
    measure: Measure = Measure.NONE
    role: Role = Role.POINT
    operator: Operator = Operator.EQUAL
    unit: str = ""
    group: int = -1
    changes: bool = False
    certain: bool = True
    understood: bool = True
    side: str = ""
    header: bool = False

    def statistic(self, text: str) -> Statistic:
        """The finished statistic of a text."""
        return Statistic(
            value=self.value,
            text=text[self.start : self.end],
            start=self.start,
            end=self.end,
            decimals=self.decimals,
            measure=self.measure,
            role=self.role,
            operator=self.operator,
            unit=self.unit,
            group=self.start if self.group < 0 else self.group,
            changes=self.changes,
            certain=self.certain,
            understood=self.understood,
            side=self.side,
        )
