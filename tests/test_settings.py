"""Settings come from the environment, and what is unsafe is refused with a sentence that says what to do."""

import stat
from pathlib import Path

import pytest

from workbench.settings import BadSettings, data_folder, read_settings

KEY = "8f1e2d3c4b5a69788796a5b4c3d2e1f0-and-more"


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"WORKBENCH_DATA": str(tmp_path / "data")} | more


def test_without_any_setting_everything_lies_in_the_data_folder(tmp_path):
    settings = read_settings(environ(tmp_path))
    data = tmp_path / "data"
    assert settings.database_url == f"sqlite:///{data}/workbench.db"
    assert settings.queue_url == f"sqlite:///{data}/queue.db"
    assert (settings.embedded, settings.secure) == (True, False)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert {"127.0.0.1", "localhost"} <= set(settings.trusted_hosts)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first, second = read_settings(environ(tmp_path)), read_settings(environ(tmp_path))
    file = tmp_path / "data" / "secret-key"
    assert first.secret_key == second.secret_key == file.read_text()
    assert len(first.secret_key) >= 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_file_that_was_cut_short_is_refused(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret-key").write_text("short")
    with pytest.raises(BadSettings, match="does not contain a complete key"):
        read_settings(environ(tmp_path))


def test_a_database_of_its_own_needs_a_key_that_all_machines_share(tmp_path):
    given = environ(tmp_path, WORKBENCH_DATABASE_URL="postgresql://db/workbench")
    with pytest.raises(BadSettings, match="Set WORKBENCH_SECRET_KEY"):
        read_settings(given)
    settings = read_settings(given | {"WORKBENCH_SECRET_KEY": KEY})
    assert (settings.secret_key, settings.embedded) == (KEY, False)


@pytest.mark.parametrize("key", ["short", "a" * 40, "change-me-please-change-me-please-now", "ab" * 30])
def test_a_weak_key_is_refused_everywhere(tmp_path, key):
    with pytest.raises(BadSettings, match="at least 32 random characters"):
        read_settings(environ(tmp_path, WORKBENCH_SECRET_KEY=key))


@pytest.mark.parametrize("url", ["workbench.example.com", "ftp://example.com", "https://"])
def test_an_address_that_is_none_is_refused(tmp_path, url):
    with pytest.raises(BadSettings, match="must look like https://"):
        read_settings(environ(tmp_path, WORKBENCH_BASE_URL=url))


def test_behind_https_only_the_named_hosts_are_answered(tmp_path):
    given = environ(tmp_path, WORKBENCH_BASE_URL="https://roles.example.com/", WORKBENCH_HOSTS="roles.internal, ")
    settings = read_settings(given)
    assert settings.secure
    assert settings.base_url == "https://roles.example.com"
    assert settings.trusted_hosts == ("roles.example.com", "roles.internal")


@pytest.mark.parametrize("written", ["{}", "file://{}"])
def test_documents_and_packets_lie_in_the_folder_that_machines_share(tmp_path, written):
    shared = tmp_path / "two words"
    shared.mkdir()
    given = written.format(shared).replace(" ", "%20") if written.startswith("file") else str(shared)
    assert read_settings(environ(tmp_path, WORKBENCH_FILES=given)).folder == shared
    assert read_settings(environ(tmp_path)).folder == tmp_path / "data"


def test_a_shared_folder_that_is_not_mounted_is_not_made(tmp_path):
    with pytest.raises(BadSettings, match="which does not exist"):
        read_settings(environ(tmp_path, WORKBENCH_FILES=str(tmp_path / "away")))
    assert not (tmp_path / "away").exists()


@pytest.mark.parametrize("place", ["shared", "ftp://host/folder", "file://host/folder", "s3://", "s3:company"])
def test_a_place_for_files_that_is_none_is_refused(tmp_path, place):
    with pytest.raises(BadSettings, match="WORKBENCH_FILES must be"):
        read_settings(environ(tmp_path, WORKBENCH_FILES=place))


def test_a_bucket_has_a_cache_in_the_data_folder(tmp_path):
    settings = read_settings(environ(tmp_path, WORKBENCH_FILES="s3://company/printed/"))
    assert settings.bucket == "company/printed"
    assert settings.folder.parent == tmp_path / "data" / "cache"


def test_a_bucket_without_the_library_for_it_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.settings.find_spec", {"s3fs": None}.get)
    with pytest.raises(BadSettings, match="pip install"):
        read_settings(environ(tmp_path, WORKBENCH_FILES="s3://company"))


def test_the_number_of_proxies_is_a_number(tmp_path):
    assert read_settings(environ(tmp_path, WORKBENCH_PROXIES="1")).proxies == 1
    with pytest.raises(BadSettings, match="WORKBENCH_PROXIES must be a whole number"):
        read_settings(environ(tmp_path, WORKBENCH_PROXIES="one"))


def test_a_checkout_keeps_its_data_in_var():
    assert data_folder({}) == Path(__file__).resolve().parent.parent / "var"


def test_elsewhere_the_data_lie_where_the_platform_keeps_them(monkeypatch, tmp_path):
    monkeypatch.setattr("workbench.settings.__file__", str(tmp_path / "lib" / "workbench" / "settings.py"))
    for platform, given, expected in (
        ("linux", {"XDG_DATA_HOME": "/x"}, Path("/x/role-workbench")),
        ("linux", {}, Path.home() / ".local/share/role-workbench"),
        ("darwin", {}, Path.home() / "Library/Application Support/role-workbench"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/role-workbench")),
    ):
        monkeypatch.setattr("workbench.settings.sys.platform", platform)
        assert data_folder(given) == expected
