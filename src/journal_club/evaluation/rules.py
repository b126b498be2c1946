"""Rules: what a run must come to, column by column, from one file.

Owns the form of `gate.yaml`, and the exit codes that its rules name.
"""

from enum import IntEnum
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

__all__ = ["GateCode", "Rule", "Rules", "RulesError", "read_rules"]


class GateCode(IntEnum):
    """Exit codes of the gate; the gravest that applies is given: what is not scored is no regression, and a broken judge scores nothing."""

    PASSED = 0
    REGRESSION = 10
    UNSCORED = 11
    JUDGE_BROKEN = 12
    LEAK = 13


class RulesError(Exception):
    """The file of rules is malformed; the message names it."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Form):
    """A limit of one column, as a share: exactly one of the two is given."""

    column: str
    part: str = "all"
    at_least: float | None = None
    at_most: float | None = None
    code: str = "regression"

    @model_validator(mode="after")
    def _one_limit(self) -> "Rule":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(f"rule on {self.column!r}: give `at_least` or `at_most`")
        if self.code.upper() not in GateCode.__members__:
            raise ValueError(f"rule on {self.column!r}: there is no code {self.code!r}")
        return self

    def broken_by(self, share: float) -> bool:
        """Whether a share breaks it."""
        return share < self.at_least if self.at_least is not None else share > (self.at_most or 0.0)


class Rules(_Form):
    """The rules of a gate, by answerer; `any` holds for all of them."""

    rules: dict[str, tuple[Rule, ...]]

    def of(self, answerer: str) -> tuple[Rule, ...]:
        """The rules for runs of one answerer, whatever it answers from."""
        return (*self.rules.get("any", ()), *self.rules.get(answerer.partition(",")[0], ()))


def read_rules(path: Path) -> Rules:
    """The rules of a file.

    Raises:
        RulesError: the file is malformed.
    """
    try:
        return Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, OSError) as error:
        raise RulesError(f"{path}: {error}") from error
