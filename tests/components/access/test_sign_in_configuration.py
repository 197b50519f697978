"""What the settings say; and that a broken file keeps everybody out instead of letting everybody in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.runtime.secrets import Secrets

from components.access import configuration
from components.access.configuration import Configuration

AUTH = """
[auth]
redirect_uri = "https://kaohe.gov.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "hengxiao"
client_secret = "s"
server_metadata_url = "https://sso.gov.example/.well-known/openid-configuration"
"""


@pytest.fixture(autouse=True)
def as_just_started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither does a test know the files of another, nor another those of this."""
    monkeypatch.setattr(configuration, "_found", set())
    configuration._usual_files.cache_clear()
    yield
    configuration._usual_files.cache_clear()


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes | None], Configuration]:
    """``reading(text)``: what is understood of this secrets.toml; None is no file."""

    others = config.get_option
    monkeypatch.setenv("auth", "")  # Streamlit puts what stands at the top of the file into the environment

    def read(text: str | bytes | None) -> Configuration:
        path = tmp_path / "secrets.toml"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setattr(config, "get_option", lambda name: [str(path)] if name == "secrets.files" else others(name))
        monkeypatch.setattr(configuration, "secrets_singleton", Secrets())
        return configuration.read()

    return read


def test_without_a_file_or_without_auth_nobody_has_to_sign_in(reading: Callable[..., Configuration]) -> None:
    assert reading(None) == Configuration(False)
    assert reading('[hengxiao]\nhosts = ["a.example"]') == Configuration(False, hosts=("a.example",))


def test_a_whole_file_is_understood(reading: Callable[..., Configuration]) -> None:
    own = '[hengxiao]\nadmins = ["zhang", " li "]\naccount_claim = "gonghao"\nidle_minutes = 15\nlimit_hours = 8\nproxies = ["10.0.0.0/8"]'
    found = reading(AUTH + own)
    assert (found.configured, found.fault, found.account_claim) == (True, "", "gonghao")
    assert found.admins == {"zhang", "li"}
    assert (found.idle, found.limit, found.proxies) == (timedelta(minutes=15), timedelta(hours=8), ("10.0.0.0/8",))
    assert found.secure
    assert found.provider is None


def test_the_environment_stands_above_the_file(
    reading: Callable[..., Configuration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HENGXIAO_ADMINS", "wang，zhao, ")
    monkeypatch.setenv("HENGXIAO_IDLE_MINUTES", "0")
    found = reading(AUTH + '[hengxiao]\nadmins = ["zhang"]\nidle_minutes = 15')
    assert (found.admins, found.idle) == ({"wang", "zhao"}, None)


def test_a_named_provider_is_the_one_that_people_sign_in_with(reading: Callable[..., Configuration]) -> None:
    head, rest = AUTH.split("client_id")
    found = reading(f"{head}\n[auth.sso]\nclient_id{rest}")
    assert (found.fault, found.provider) == ("", "sso")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[auth", "无法读取"), (b"[auth]\nx = '\xff\xfe'", "无法读取"), ("[auth]", "redirect_uri"), ("auth = 1", "缺少"),
        (AUTH.replace('client_id = "hengxiao"', ""), "client_id"), (AUTH.replace("0123456789abcdef", "", 1), "cookie_secret"),
        (AUTH + "[hengxiao]\nidle_minutes = 'soon'", "idle_minutes"), (AUTH + "[hengxiao]\nlimit_hours = 0", "limit_hours"),
        (AUTH + "[hengxiao]\nidle_minutes = -1", "idle_minutes"), (AUTH + "[hengxiao]\nlimit_hours = nan", "limit_hours"),
    ],
)  # fmt: skip
def test_a_fault_is_told_and_counts_as_configured(
    reading: Callable[..., Configuration], text: str | bytes, word: str
) -> None:
    found = reading(text)
    assert found.configured
    assert word in found.fault


def test_a_file_that_vanishes_while_the_program_runs_lets_nobody_in_as_if_no_sign_in_were_configured(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor that saves moves the old file away and writes a new one: every open page asks in between."""
    secrets = Secrets()
    monkeypatch.setattr(configuration, "secrets_singleton", secrets)
    assert configuration.read().fault == ""
    kept.unlink()
    assert configuration.read().configured
    secrets._reset()  # as the watcher of a file that changed does
    found = configuration.read()
    assert (found.configured, "无法读取" in found.fault) == (True, True)
    kept.write_text(AUTH, encoding="utf-8")
    assert (configuration.read().configured, configuration.read().fault) == (True, "")


def test_a_file_that_is_written_while_the_program_runs_is_heeded(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "secrets_singleton", Secrets())
    kept.unlink()
    assert configuration.read() == Configuration(False)
    kept.write_text(AUTH, encoding="utf-8")
    assert configuration.read().configured


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A secrets.toml in a folder that everybody may enter, which pytest's own are not."""
    with TemporaryDirectory(dir="/tmp" if os.name == "posix" else None) as folder:
        path = Path(folder, "secrets.toml")
        path.write_text(AUTH, encoding="utf-8")
        Path(folder).chmod(0o755)
        others = config.get_option
        monkeypatch.setattr(config, "get_option", lambda name: [str(path)] if name == "secrets.files" else others(name))
        yield path


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
@pytest.mark.parametrize(
    ("file", "folder", "told"), [(0o644, 0o755, True), (0o640, 0o755, False), (0o600, 0o755, False), (0o644, 0o750, False)]
)
def test_a_file_is_told_of_where_every_account_can_read_it_and_only_there(
    kept: Path, file: int, folder: int, told: bool
) -> None:
    kept.chmod(file)
    kept.parent.chmod(folder)
    assert configuration.open_to_all() == ([kept] if told else [])


def test_no_file_is_told_of_where_there_is_none_or_the_machine_has_other_permissions(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.chmod(0o644)
    monkeypatch.setattr(configuration, "os", SimpleNamespace(name="nt"))
    assert configuration.open_to_all() == []
    monkeypatch.undo()
    kept.unlink()
    assert kept not in configuration.open_to_all()
