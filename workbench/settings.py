r"""The settings of an installation, read once from the environment into one frozen value.

| variable                 | meaning                                               | default                               |
|--------------------------|-------------------------------------------------------|---------------------------------------|
| `WORKBENCH_DATA`         | folder for the database, the queue and finished files | `var/` in a checkout, else see below  |
| `WORKBENCH_DATABASE_URL` | `postgresql://…`, or another SQLite file              | `workbench.db` in the data folder     |
| `WORKBENCH_QUEUE_URL`    | `redis://…` or `postgresql://…`                       | `queue.db` in the data folder         |
| `WORKBENCH_FILES`        | a folder that machines share, or `s3://bucket/prefix` | the data folder                       |
| `WORKBENCH_SECRET_KEY`   | signs forms; at least 32 characters                   | created once in the data folder      |
| `WORKBENCH_BASE_URL`     | the address people type; `https://…` in production    | `http://127.0.0.1:8000`               |
| `WORKBENCH_HOSTS`        | further host names to answer to, with commas          | none                                  |
| `WORKBENCH_PROXIES`      | number of trusted proxies in front                    | 0                                     |
| `WORKBENCH_DEVELOPMENT`  | 1 adds `/parts`, which shows every part of the pages  | 0                                     |

Outside a checkout the data folder is the platform’s own place for program data:
`~/.local/share/role-workbench`, `~/Library/Application Support/role-workbench`, `%LOCALAPPDATA%\role-workbench`.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

MIN_KEY_LENGTH = 32
LOCAL_URL = "http://127.0.0.1:8000"
_WEAK_STARTS = ("change", "secret", "example", "default", "password", "dev-key")


class BadSettings(ValueError):
    """A setting that we refuse to run with; the text says what to set instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this installation; `argon_*` are lowered in tests only (m in KiB, after the OWASP cheat sheet)."""

    data: Path
    database_url: str
    queue_url: str
    secret_key: str
    files: str = ""
    base_url: str = LOCAL_URL
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    development: bool = False
    argon_memory: int = 19_456
    argon_passes: int = 2

    @property
    def secure(self) -> bool:
        """Return whether people use https, so that cookies can require it."""
        return self.base_url.startswith("https://")

    @property
    def embedded(self) -> bool:
        """Return whether the database is the SQLite file in our own data folder."""
        return self.database_url == _sqlite_url(self.data)

    @property
    def folder(self) -> Path:
        """Return this machine's folder for documents and packets.

        It is the folder that machines share or our own data folder; with a bucket it is a cache, one for each bucket.
        """
        if self.bucket:
            return self.data / "cache" / sha256(self.bucket.encode()).hexdigest()[:8]
        return Path(self.files) if self.files else self.data

    @property
    def bucket(self) -> str:
        """Return `bucket/prefix` where documents and packets are stored in a bucket, else an empty text."""
        return self.files.removeprefix("s3://").strip("/") if self.files.startswith("s3://") else ""

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """Return the host names that a request may name."""
        own_host = urlsplit(self.base_url).hostname or ""
        local = () if self.secure else ("127.0.0.1", "localhost", "[::1]")
        return tuple(dict.fromkeys((own_host, *local, *self.hosts)))


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment; create the data folder, and the secret key on the first run of an embedded database.

    Raise BadSettings where a value cannot be used safely.
    """
    data = _data(environ)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    database_url = environ.get("WORKBENCH_DATABASE_URL") or _sqlite_url(data)
    return Settings(
        data=data,
        database_url=database_url,
        queue_url=environ.get("WORKBENCH_QUEUE_URL") or f"sqlite:///{data / 'queue.db'}",
        secret_key=_secret_key(environ, data, embedded=database_url == _sqlite_url(data)),
        files=_files(environ),
        base_url=_base_url(environ),
        hosts=tuple(name.strip() for name in environ.get("WORKBENCH_HOSTS", "").split(",") if name.strip()),
        proxies=_integer(environ, "WORKBENCH_PROXIES"),
        development=bool(_integer(environ, "WORKBENCH_DEVELOPMENT")),
    )


def has_database(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether a database is named, or exists in the data folder; nothing is created."""
    return bool(environ.get("WORKBENCH_DATABASE_URL")) or _sqlite_file(_data(environ)).is_file()


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the data folder without `WORKBENCH_DATA`: `var/` in a checkout, else the platform's own place."""
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "role-workbench"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "role-workbench"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "role-workbench"


def _data(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("WORKBENCH_DATA") or data_folder(environ)).expanduser().absolute()


def _sqlite_file(data: Path) -> Path:
    return data / "workbench.db"


def _sqlite_url(data: Path) -> str:
    return f"sqlite:///{_sqlite_file(data)}"


def _secret_key(environ: Mapping[str, str], data: Path, *, embedded: bool) -> str:
    value = environ.get("WORKBENCH_SECRET_KEY", "")
    if value:
        if len(value) < MIN_KEY_LENGTH or len(set(value)) < 10 or value.lower().startswith(_WEAK_STARTS):
            raise BadSettings(
                f"WORKBENCH_SECRET_KEY must be at least {MIN_KEY_LENGTH} random characters. "
                'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        return value
    if not embedded:
        raise BadSettings("Set WORKBENCH_SECRET_KEY: with a database of your own, every machine needs the same key.")
    return _read_or_create_key(data / "secret-key")


def _read_or_create_key(file: Path) -> str:
    """Read the key of this data folder, or create it; only its owner may read the file."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = file.read_text("ascii").strip()
        if len(key) < MIN_KEY_LENGTH:
            raise BadSettings(
                f"{file} does not contain a complete key. Delete it, and a new one is created at the next start."
            ) from None
        return key
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)
    return key


def _files(environ: Mapping[str, str]) -> str:
    """Read the place of documents and packets; a folder must exist, because an unmounted one would be a local folder."""
    value = environ.get("WORKBENCH_FILES", "")
    if not value:
        return ""
    url = urlsplit(value)
    if url.scheme == "s3" and url.hostname:
        if not find_spec("s3fs"):
            raise BadSettings("WORKBENCH_FILES names a bucket, which needs s3fs. Run: pip install 'role-workbench[s3]'")
        return value
    folder = Path(unquote(url.path) if url.scheme == "file" else value).expanduser()
    if (url.scheme and url.scheme != "file") or url.netloc or not folder.is_absolute():
        raise BadSettings(
            f"WORKBENCH_FILES must be a whole path such as /mnt/workbench, or s3://bucket/prefix, not “{value}”."
        )
    if not folder.is_dir():
        raise BadSettings(f"WORKBENCH_FILES names the folder {folder}, which does not exist. Mount it, or create it.")
    return str(folder)


def _base_url(environ: Mapping[str, str]) -> str:
    url = (environ.get("WORKBENCH_BASE_URL") or LOCAL_URL).rstrip("/")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise BadSettings(f"WORKBENCH_BASE_URL must look like https://workbench.example.com, not “{url}”.")
    return url


def _integer(environ: Mapping[str, str], name: str) -> int:
    text = environ.get(name) or "0"
    if not text.isdecimal():
        raise BadSettings(f"{name} must be a whole number, not “{text}”.")
    return int(text)
