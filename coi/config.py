"""Every setting, and the only reader of the environment. Each setting is described in docs/operations.md."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

INSTANCE = Path("instance")
MIB = 1024 * 1024


class SettingMissing(RuntimeError):
    """A setting that production needs is not there."""


@dataclass(frozen=True)
class Config:
    """The settings of one installation. `environment` is production, demo or test; only production refuses generated secrets."""

    environment: str = "production"
    database_url: str = ""
    owner_database_url: str = ""
    secret_key: str = ""
    ledger_name: str = "coi.localhost/ledger"
    ledger_key_file: Path = INSTANCE / "ledger.key"
    base_url: str = "http://127.0.0.1:5000"
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    proxy_hops: int = 0
    secure_cookies: bool = True
    max_upload_bytes: int = 30 * MIB
    session_idle_minutes: int = 60
    session_absolute_hours: int = 12
    smtp_url: str = ""
    mail_from: str = "coi@localhost"
    ocds_prefix: str = ""
    argon2_memory_kib: int = 7_168
    extra: dict[str, object] = field(default_factory=dict)

    @classmethod
    def from_environment(cls) -> "Config":
        """Reads COI_* variables. Raises SettingMissing where production lacks a secret or a host name."""
        env = os.environ.get
        environment = env("COI_ENVIRONMENT", "demo")
        database_url = env("COI_DATABASE_URL") or f"sqlite:///{(INSTANCE / 'coi.sqlite').resolve()}"
        secret_key = env("COI_SECRET_KEY", "")
        hosts = tuple(host.strip() for host in env("COI_TRUSTED_HOSTS", "").split(",") if host.strip())
        if environment == "production" and not (secret_key and hosts):
            raise SettingMissing("Set COI_SECRET_KEY and COI_TRUSTED_HOSTS before running in production")
        return cls(
            environment=environment,
            database_url=database_url,
            owner_database_url=env("COI_OWNER_DATABASE_URL") or database_url,
            secret_key=secret_key or _kept_secret(),
            ledger_name=env("COI_LEDGER_NAME", cls.ledger_name),
            ledger_key_file=Path(env("COI_LEDGER_KEY_FILE", str(cls.ledger_key_file))),
            base_url=env("COI_BASE_URL") or f"http://127.0.0.1:{port_of_environment()}",
            trusted_hosts=hosts or cls.trusted_hosts,
            proxy_hops=int(env("COI_PROXY_HOPS", "0")),
            secure_cookies=env("COI_SECURE_COOKIES", "1") != "0",
            max_upload_bytes=int(env("COI_MAX_UPLOAD_MIB", "30")) * MIB,
            session_idle_minutes=int(env("COI_SESSION_IDLE_MINUTES", "60")),
            session_absolute_hours=int(env("COI_SESSION_ABSOLUTE_HOURS", "12")),
            smtp_url=env("COI_SMTP_URL", ""),
            mail_from=env("COI_MAIL_FROM", cls.mail_from),
            ocds_prefix=env("COI_OCDS_PREFIX", ""),
        )


def port_of_environment() -> int:
    """Returns the port to serve on: PORT, or 5000."""
    return int(os.environ.get("PORT", "5000"))


def serve_on(port: int) -> None:
    """Lets this process and those that it starts know the port, so that links in mail and files lead to where the product is."""
    os.environ["PORT"] = str(port)


def index_folder() -> Path | None:
    """Returns where what is made of reference data may be kept: COI_INDEX_FOLDER, else beside the instance's data, else in the user's
    own cache. None where the setting is empty."""
    said = os.environ.get("COI_INDEX_FOLDER")
    if said is not None:
        return Path(said) if said else None
    if INSTANCE.is_dir():
        return INSTANCE / "index"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coi"


def _kept_secret() -> str:
    """A secret made once for a demo and kept beside its database, so that a restart signs nobody out."""
    kept = INSTANCE / "secret.key"
    if not kept.exists():
        INSTANCE.mkdir(exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()
