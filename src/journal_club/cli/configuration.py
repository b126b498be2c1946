"""Every setting with its value, its source and what it does; secrets are never shown.

Owns the view of the settings, not the settings.
"""

import re
from collections.abc import Iterator, Mapping
from os import environ

from pydantic import BaseModel, ConfigDict, SecretStr
from pydantic.fields import FieldInfo

from journal_club.settings import PREFIX, Settings

__all__ = ["SettingRow", "setting_rows"]

_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")


class SettingRow(BaseModel):
    """One setting as `journal-club config` shows it; `source` is `environment` or `default`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    variable: str
    value: str | None
    source: str
    description: str


def setting_rows(settings: Settings, variables: Mapping[str, str] = environ) -> Iterator[SettingRow]:
    """Every setting, in the order of the fields, redacted."""
    given = {name.upper() for name in variables}
    for variable, value, field in _fields(settings, PREFIX):
        source = "environment" if variable in given else "default"
        yield SettingRow(variable=variable, value=_shown(value), source=source, description=field.description or "")


def _fields(group: BaseModel, prefix: str) -> Iterator[tuple[str, object, FieldInfo]]:
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, BaseModel):
            yield from _fields(value, f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper(), value, field


def _shown(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, SecretStr):
        return "set, not shown"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _PASSWORD.sub("***@", str(value))
