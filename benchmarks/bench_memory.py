"""How much memory a web worker takes: `coi serve` on the demo with the published organisations beside it, after four people at once
opened every page that they find, looked for organisations and fetched minutes: what it keeps then, and the most that it ever had,
after all four signed in once more at the same moment. Target: at most 150 MB, the peak included, on both databases.

python -m benchmarks.bench_memory
"""

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.databases import on_both_databases
from benchmarks.pairs import report

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COI_SHARED", ROOT.parent / "shared"))
PEOPLE = ("secretary", "chair", "lay", "gp")
MOST_PAGES = 120
"""How many pages each of them opens at most."""

SOUGHT = ("surgery", "the health centre", "park road", "SW1A", "federation")
MEGABYTE = 1_000_000
_LINK = re.compile(r'href="(/[^"#]*)')
_FIELD = re.compile(r'name="(csrf_token|form_key)"[^>]*value="([^"]+)"')
_SKIPPED = ("/static/", "/sign-", "/assets/")


class Visitor:
    """Somebody who signs in and opens page after page."""

    def __init__(self, start: str) -> None:
        self._start = start
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.opened = 0
        self.kinds: set[str] = set()

    def open(self, path: str, form: Mapping[str, str] | None = None) -> str:
        """Returns the page; one that answers with an error, such as a question asked too early, is a page as well."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        try:
            with self._opener.open(urllib.parse.urljoin(self._start, path), data, timeout=60) as answer:
                kind, body = answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise
            kind, body = "", error.read()
        self.opened += 1
        self.kinds.add(kind)
        return body.decode("utf-8", "replace") if kind in ("text/html", "") else ""

    def send(self, path: str, form: Mapping[str, str]) -> str:
        """Opens the page and sends its form."""
        hidden = dict(_FIELD.findall(self.open(path)))
        return self.open(path, {**hidden, "form_key": str(uuid.uuid4()), **form})

    def sign_in(self, email: str, password: str) -> str:
        """Returns the first page. Raises RuntimeError where the password is refused."""
        page = self.send("/sign-in", {"email": email, "password": password})
        if "Sign out" not in page:
            raise RuntimeError(f"{email} could not sign in")
        return page

    def look_round(self, page: str) -> None:
        """Follows every link from page to page, and looks for organisations on the way."""
        waiting, seen = _links(page), set()
        while waiting and self.opened < MOST_PAGES:
            path = waiting.pop(0)
            shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", path)
            if path in seen or sum(each == shape for each in seen) > 6:
                continue
            seen |= {path, shape}
            waiting += _links(self.open(path))

    def find_organisations(self, body: str) -> None:
        """Types words into the search and into the question of the declaration that asks for an organisation."""
        for words in SOUGHT:
            self.open(f"{body}/organisations?q={urllib.parse.quote(words)}")
            asked = {"organisation-text": words, "organisation-asked": "", "organisation-find": "1"}
            self.send(f"{body}/registers/interests/declare/1/organisation", asked)


def _links(page: str) -> list[str]:
    found = [each.replace("&amp;", "&") for each in _LINK.findall(page)]
    return [each for each in dict.fromkeys(found) if not each.startswith(_SKIPPED)]


def main() -> None:
    """Prints the figures of both databases."""
    on_both_databases(measure)


def measure(name: str, folder: Path, url: str, owner_url: str) -> None:
    """Prints what the workers take at their highest, and how many pages were opened meanwhile."""
    settings = {
        "COI_ENVIRONMENT": "demo",
        "COI_SECURE_COOKIES": "0",
        "COI_DATABASE_URL": url,
        "COI_OWNER_DATABASE_URL": owner_url,
    }
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    _run(folder, environment, "demo", "--no-serve")
    published = sorted((SHARED / "data" / "ods").glob("epraccur_*.csv"))
    if published:
        _run(folder, environment, "organisations", "import", str(published[-1]))
    password = _password(folder / "instance" / "demo-sign-ins.txt")
    with _served(folder, environment) as (server, start):
        started = _most(server, _resident)
        with ThreadPoolExecutor(len(PEOPLE)) as pool:
            opened = list(pool.map(lambda person: _sent_round(start, f"{person}@wexmoor.example", password), PEOPLE))
        report(f"web_worker_{name}_started", started / MEGABYTE, "MB")
        report(f"web_worker_{name}", _most(server, _resident) / MEGABYTE, "MB")
        _sign_in_at_once(start, password)  # the worker is at its fullest: now each password comes on top
        report(f"web_worker_{name}_peak", _most(server, _peak) / MEGABYTE, "MB")
        report(f"web_worker_{name}_pages", sum(each.opened for each in opened), "pages")
    kinds = set().union(*(each.kinds for each in opened))
    if "application/pdf" not in kinds:
        raise RuntimeError(f"Nobody fetched the minutes: {sorted(kinds)}")


def _password(file: Path) -> str:
    return next(
        line.split()[-1] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("Password")
    )


def _run(folder: Path, environment: Mapping[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "coi", *words]
    subprocess.run(command, cwd=folder, env=dict(environment), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _served(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[psutil.Process, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "coi", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL) as process:
        try:
            start = f"http://127.0.0.1:{port}/"
            _wait_for(start)
            yield psutil.Process(process.pid), start
        finally:
            process.terminate()


def _wait_for(start: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            Visitor(start).open("/sign-in")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _most(server: psutil.Process, of: Callable[[psutil.Process], int]) -> int:
    """Returns the bytes of the largest web worker: the server's children that are not the job worker."""
    return max(of(each) for each in server.children() if each.cmdline()[-1:] != ["worker"])


def _resident(process: psutil.Process) -> int:
    return int(process.memory_info().rss)


def _peak(process: psutil.Process) -> int:
    """What the kernel noted as the most that the process ever had; where it notes nothing, what it has now."""
    status = Path(f"/proc/{process.pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 if found else _resident(process)


def _sign_in_at_once(start: str, password: str) -> None:
    visitors = [Visitor(start) for _ in PEOPLE]
    emails = [f"{person}@wexmoor.example" for person in PEOPLE]
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        list(pool.map(lambda visitor, email: visitor.sign_in(email, password), visitors, emails))


def _sent_round(start: str, email: str, password: str) -> Visitor:
    visitor = Visitor(start)
    page = visitor.sign_in(email, password)
    body = next(each for each in _links(page) if each.count("/") == 2 and each.endswith("/"))
    visitor.find_organisations(body.rstrip("/"))
    visitor.look_round(page)
    return visitor


if __name__ == "__main__":
    main()
