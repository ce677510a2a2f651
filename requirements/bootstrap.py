"""Makes the virtualenv: locked packages (uv if it is there, else pip), coi itself and the NHS.UK assets. Standard library only.

    python3 requirements/bootstrap.py runtime   # what `make demo` needs
    python3 requirements/bootstrap.py dev       # what `make test` needs as well

Run again, it returns at once unless a lock file has changed.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NHSUK = ROOT / "coi" / "static" / "nhsuk"
LEVELS = ("runtime", "dev")


def fail(message: str) -> None:
    sys.exit(f"Set-up stopped: {message}")


def run(*command: object) -> None:
    result = subprocess.run([str(part) for part in command], cwd=ROOT)
    if result.returncode:
        fail(f"this command failed: {' '.join(str(part) for part in command)}")


def digest(*files: Path) -> str:
    whole = hashlib.sha256(sys.version.encode())
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()


def make_virtualenv(uv: str | None, folder: Path) -> None:
    if (folder / "bin" / "python").exists():
        return
    if uv:
        run(uv, "venv", "--quiet", "--seed", "--python", sys.executable, folder)
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - asked for only to say what is missing
    except ImportError:
        fail("this Python has no ensurepip. On Debian and Ubuntu: apt-get install python3-venv")
    run(sys.executable, "-m", "venv", folder)


def install(uv: str | None, python: Path, lock: Path) -> None:
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock]
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", python, *options)
    else:
        pip(python, "install", *options)


def pip(python: Path, command: str, *options: object) -> None:
    run(python, "-m", "pip", command, "--quiet", "--disable-pip-version-check", *options)


def put_coi_on_the_path() -> None:
    """An editable install in three lines: a .pth file and the console script, without a build."""
    site = Path(
        subprocess.check_output(
            [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        ).strip()
    )
    (site / "coi.pth").write_text(f"{ROOT}\n")
    script = VENV / "bin" / "coi"
    script.write_text(f"#!{PYTHON}\nimport sys\nfrom coi.__main__ import main\nsys.exit(main())\n")
    script.chmod(0o755)


def copy_assets() -> None:
    """The stylesheet and script out of the NHS's own wheel; font faces on a third-party host and all icons are left behind."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-d", folder]
        pip(PYTHON, "download", *options, "-r", HERE / "assets.lock")
        wheel = zipfile.ZipFile(next(Path(folder).glob("*.whl")))
        names = {Path(name).name: name for name in wheel.namelist()}
        NHSUK.mkdir(parents=True, exist_ok=True)
        for kind in ("css", "js"):
            name = max(name for name in names if re.fullmatch(rf"nhsuk-frontend-[\d.]+\.min\.{kind}", name))
            text = wheel.read(names[name]).decode()
            if kind == "css":
                text = re.sub(r"@font-face\s*\{[^}]*\}", "", text)
            (NHSUK / f"nhsuk.min.{kind}").write_text(re.sub(r"\n?(/\*|//)# sourceMappingURL=.*", "", text))


def stamp_of(level: str) -> Path:
    return VENV / f".coi-{level}"


def wanted(level: str) -> str:
    return digest(HERE / f"{level}.lock", HERE / "assets.lock", Path(__file__))


def is_in_place(level: str) -> bool:
    """Whether everything of a level was installed from the present lock files. What is there for tests serves a demo too."""
    stamp = stamp_of(level)
    return stamp.exists() and stamp.read_text() == wanted(level) and (NHSUK / "nhsuk.min.css").exists()


def main(level: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python the machine has
        fail("Python 3.11 or newer is needed")
    if level not in LEVELS:
        fail(f"say one of {', '.join(LEVELS)}")
    if any(is_in_place(each) for each in LEVELS[LEVELS.index(level) :]):
        return
    print(f"Installing what coi needs ({level}) into .venv …", flush=True)
    uv = shutil.which("uv")
    make_virtualenv(uv, VENV)
    install(uv, PYTHON, HERE / f"{level}.lock")
    copy_assets()
    put_coi_on_the_path()
    stamp_of(level).write_text(wanted(level))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "runtime")
