"""Puts the validator of the Open Contracting standard in place, in an environment of its own. Standard library only.

    python3 requirements/ocds_validator.py      # what `make test` needs besides .venv

Who cannot obtain it goes on without: its one test then says so, and is skipped. Run again, it returns at once unless a lock file
has changed.
"""

import json
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bootstrap import HERE, ROOT, digest, fail, install, make_virtualenv, pip

VENV = ROOT / ".venv-ocds"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".in-place"  # tests/support/ocds_validator.py looks for it
STANDARD = VENV / "ocds-standard-1.1.5.zip"
WHEELS, SOURCES = HERE / "ocds.lock", HERE / "ocds-source.lock"
FILES = {
    "release-schema.json": "ocdsextensionregistry",
    "versioned-release-validation-schema.json": "ocdsextensionregistry",
    "release-package-schema.json": "ocdskit",
}
"""The standard's own files, and whose tests carry them."""
BUILT = ("odfpy", "zc.zlibstorage")
RELEASE = b"https://standard.open-contracting.org/schema/1__1__5/"


def archive(folder: Path, package: str) -> Path:
    found = list(folder.glob(f"{package}-*.tar.gz"))
    if len(found) != 1:
        fail(f"{len(found)} source archives of {package}")
    return found[0]


def read_standard_file(source: Path, name: str) -> bytes:
    """Returns a file that a package carries among its tests; stops where it is not of the release of the standard that is wanted."""
    with tarfile.open(source) as found:
        content = found.extractfile(f"{source.name.removesuffix('.tar.gz')}/tests/fixtures/{name}")
        text = content.read() if content else b""
    if b'"id": "' + RELEASE + name.encode() not in text:
        fail(f"{name} in {source.name} is of another release of the standard")
    return text


def closed_lists(part: object) -> Iterator[tuple[str, list[str]]]:
    """Yields each closed list that a schema writes out itself: the name of its file, and its codes."""
    if isinstance(part, dict):
        if "codelist" in part and not part["openCodelist"]:
            codes = part.get("enum") or part["items"]["enum"]
            yield part["codelist"], [code for code in codes if code is not None]
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from closed_lists(each)


def write_standard(folder: Path) -> None:
    """The standard's files, laid out as in its own repository: a folder, in it `schema`, in it `codelists`. No package brings the
    files of the lists; the closed ones stand in the schema, the open ones are left out."""
    texts = {name: read_standard_file(archive(folder, package), name) for name, package in FILES.items()}
    for name, codes in closed_lists(json.loads(texts["release-schema.json"])):
        texts[f"codelists/{name}"] = "\n".join(["Code", *codes, ""]).encode()
    with zipfile.ZipFile(STANDARD, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.mkdir("standard")
        for name, text in texts.items():
            zipped.writestr(f"standard/schema/{name}", text)


def put_in_place() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    make_virtualenv(uv, VENV)
    install(uv, PYTHON, WHEELS)
    with tempfile.TemporaryDirectory() as folder:
        # What builds a source archive is the setuptools of the lock file, not one fetched for the occasion.
        built = ["--no-deps", "--no-build-isolation", "--use-pep517"]
        pip(PYTHON, "download", *built, "--require-hashes", "--no-binary", ":all:", "-d", folder, "-r", SOURCES)
        archives = (archive(Path(folder), package) for package in BUILT)
        pip(PYTHON, "install", *built, "--no-index", *archives)
        write_standard(Path(folder))


def main() -> None:
    wanted = digest(WHEELS, SOURCES, Path(__file__))
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Installing the validator of the Open Contracting standard into .venv-ocds …", flush=True)
    try:
        put_in_place()
    except (SystemExit, KeyError) as reason:
        print(f"Without that validator, whose one test will be skipped: {reason}", flush=True)
        return
    STAMP.write_text(wanted)


if __name__ == "__main__":
    main()
