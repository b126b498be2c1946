"""`config` shows every setting, and no secret."""

import pytest
from pydantic import SecretStr

from journal_club.cli.configuration import setting_rows
from journal_club.settings import ChatSettings, Settings, StoreSettings, variables


def test_every_setting_has_a_row_with_its_description() -> None:
    rows = list(setting_rows(Settings(), {}))
    assert [row.variable for row in rows] == list(variables())
    assert all(row.description for row in rows)


def test_a_key_is_never_shown() -> None:
    rows = setting_rows(Settings(chat=ChatSettings(api_key=SecretStr("sk-very-secret"))), {})
    assert not any("very-secret" in row.model_dump_json() for row in rows)


def test_a_password_in_an_address_is_never_shown() -> None:
    rows = setting_rows(Settings(store=StoreSettings(chroma_url="http://user:very-secret@127.0.0.1:8001")), {})
    shown = {row.variable: row.value for row in rows}
    assert shown["JOURNAL_CLUB_STORE__CHROMA_URL"] == "http://***@127.0.0.1:8001"


def test_a_row_says_whether_the_environment_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_CLUB_CHAT__THREADS", "3")
    rows = {row.variable: row for row in setting_rows(Settings())}
    assert (rows["JOURNAL_CLUB_CHAT__THREADS"].value, rows["JOURNAL_CLUB_CHAT__THREADS"].source) == ("3", "environment")
    assert rows["JOURNAL_CLUB_CHAT__MODEL"].source == "default"
