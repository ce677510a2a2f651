"""After it has loaded, the demo becomes a plain server: its workers carry nothing of the loading."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = "from coi.cli.serving import hand_over_to_serve; print('loaded'); hand_over_to_serve(0)"


def test_handing_over_becomes_coi_serve_in_the_same_process(tmp_path):
    (tmp_path / "coi").mkdir()
    (tmp_path / "coi" / "__init__.py").touch()
    (tmp_path / "coi" / "__main__.py").write_text("import os, sys; print(os.getpid(), *sys.argv[1:])")
    command = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import os; os.environ['PYTHONPATH'] = {str(tmp_path)!r}; {STARTED}"
    with subprocess.Popen(
        [sys.executable, "-P", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said, _ = process.communicate(timeout=60)
        assert said.splitlines() == ["loaded", f"{process.pid} serve --port 0"]
