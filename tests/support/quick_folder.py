"""Where the tests' databases stand. Nothing in them outlives the tests, so they need no disk: a commit that waits for one takes
milliseconds, some ten thousand times."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3


def quick_folder() -> str:
    """Returns the folder for temporary files that is kept in memory, where there is one with room; else the usual one."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
        return str(MEMORY)
    return "/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir()
