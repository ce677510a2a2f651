"""Pictures of the demo's pages for the README: loads the demo into a folder of its own, serves it, and looks at it with Chromium.

make screenshots        (CHROMIUM names the browser where it is not /usr/bin/chromium)
"""

import io
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LARGEST = 200 * 1024  # bytes of a picture
PATIENCE = 60  # seconds until the demo answers
COLOURS = (256, 128, 64, 32)
DESK, PHONE = 1280, 375


class PageMissing(RuntimeError):
    """A page that does not come."""


@dataclass(frozen=True)
class Picture:
    """A page as one of the demo's people sees it. `height` cuts a long page, `begin` is a heading that the
    picture begins at."""

    name: str
    who: str
    path: str
    width: int = DESK
    height: int = 1000
    begin: str = ""


def pictures(database: Path) -> tuple[Picture, ...]:
    """Returns what is pictured, with the addresses that this load of the demo gave."""
    coming = _one(database, "SELECT id FROM meeting WHERE state = 'planned'")
    last = _one(database, "SELECT id FROM meeting WHERE state = 'closed'")
    surgery = _one(database, "SELECT id FROM agenda_item WHERE meeting_id = ? AND title LIKE 'Minor%'", last.hex)
    return (
        Picture("home", "secretary", "/wexmoor/"),
        Picture("agenda", "secretary", f"/wexmoor/meetings/{coming}/agenda", height=1300, begin="Merrowby Group"),
        Picture("declare", "gp", "/wexmoor/registers/interests/declare", PHONE, 812),
        Picture("minutes", "chair", f"/wexmoor/meetings/{last}/minutes/", height=1000, begin="Minor surgery"),
        Picture("story", "lay", f"/wexmoor/items/{surgery}/story", height=1400),
        Picture("register", "governance", "/wexmoor/registers/interests/", height=1100),
    )


def main() -> None:
    """Makes every picture that can be made, and says how large each became. Exit status 1 where one is missing."""
    missing = 0
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_in(Path(folder)) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--lang=en-GB"],
            env={**os.environ, "LANGUAGE": "en_GB"},
        )  # fmt: skip
        password = _password(Path(folder))
        for picture in pictures(Path(folder) / "instance" / "coi.sqlite"):
            try:
                data = small_enough(take(browser, base, picture, password))
            except PageMissing as error:
                missing += 1
                print(error)
                continue
            (IMAGES / f"{picture.name}.png").write_bytes(data)
            print(f"docs/images/{picture.name}.png  {len(data) // 1024} KiB")
        browser.close()
    sys.exit(1 if missing else 0)


@contextmanager
def demo_in(folder: Path) -> Iterator[str]:
    """Serves the demo from a folder on a free port, and stops it in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COI_")}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "coi", "demo", "--port", str(port)]
    served = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(f"{base}/sign-in", served)
        yield base
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(timeout=PATIENCE)


def take(browser: Browser, base: str, picture: Picture, password: str) -> bytes:
    """Returns a picture of a page, signed in anew."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, locale="en-GB", timezone_id="Europe/London"
    )
    page = context.new_page()
    _sign_in(page, base, f"{picture.who}@wexmoor.example", password)
    answer = page.goto(f"{base}{picture.path}")
    if answer is None or not answer.ok:
        context.close()
        raise PageMissing(f"{picture.path} answers {answer.status if answer else 'nothing'}: no picture of it")
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": picture.width, "height": min(tall, picture.height)})
    if picture.begin:
        page.get_by_role("heading", name=picture.begin).first.evaluate("heading => heading.scrollIntoView()")
    data = page.screenshot()
    context.close()
    return data


def small_enough(data: bytes) -> bytes:
    """Returns a picture with as many colours as fit into the size that a repository bears."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    for colours in COLOURS:
        written = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


def _sign_in(page: Page, base: str, email: str, password: str) -> None:
    page.goto(f"{base}/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _password(folder: Path) -> str:
    text = (folder / "instance" / "demo-sign-ins.txt").read_text(encoding="utf-8")
    return text.partition("Password for all of them: ")[2].split()[0]


def _one(database: Path, query: str, *parameters: str) -> uuid.UUID:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return uuid.UUID(connection.execute(query, parameters).fetchone()[0])


def _wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 4):
        if served.poll() is not None:
            raise SystemExit("The demo did not start")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
        else:
            return
    raise SystemExit("The demo does not answer")


if __name__ == "__main__":
    main()
