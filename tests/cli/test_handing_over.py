"""After it has loaded, the demo becomes a plain server: its workers carry nothing of the loading, and no docstrings."""

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = "from coi.cli.serving import hand_over_to_serve; print('loaded'); hand_over_to_serve(0)"


def test_handing_over_becomes_coi_serve_in_the_same_process(tmp_path):
    (tmp_path / "coi").mkdir()
    (tmp_path / "coi" / "__init__.py").touch()
    (tmp_path / "coi" / "__main__.py").write_text(
        "import os, sys; print(os.getpid(), sys.flags.optimize, *sys.argv[1:])"
    )
    command = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import os; os.environ['PYTHONPATH'] = {str(tmp_path)!r}; {STARTED}"
    with subprocess.Popen(
        [sys.executable, "-P", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said, _ = process.communicate(timeout=60)
        assert said.splitlines() == ["loaded", f"{process.pid} 2 serve --port 0 --host 127.0.0.1"]


def _asserted(file: Path) -> list[ast.expr]:
    return [each.test for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Assert)]


def _only_tells_a_type(test: ast.expr) -> bool:
    """Whether an assertion is `… is not None` or `isinstance(…)`, of names and attributes alone."""
    if isinstance(test, ast.Compare):
        asked = [test.left, *test.comparators]
        is_plain = isinstance(test.ops[0], ast.IsNot)
    else:
        is_plain = isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance"
        asked = list(test.args) if isinstance(test, ast.Call) else []
    return is_plain and not any(isinstance(part, ast.Call) for each in asked for part in ast.walk(each))


def test_the_server_runs_without_assertions_so_none_decides_anything_and_none_reads_a_docstring():
    files = sorted((ROOT / "coi").rglob("*.py"))
    assert [str(file) for file in files for each in _asserted(file) if not _only_tells_a_type(each)] == []
    assert [str(file) for file in files if "__doc__" in file.read_text("utf-8")] == []
