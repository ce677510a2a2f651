"""Run by the validator's own Python, which knows nothing of coi: packages of releases come in, what it says of each goes out, in JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig


def refuse_the_network(event: str, _details: object) -> None:
    """No test asks the network: the validator may read the files that it was given and no others."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError("the validator of the standard asked the network")


def judged(package: dict[str, Any], standard: bytes) -> dict[str, Any]:
    config = LibCoveOCDSConfig({"standard_zip": standard, "context": "api"})
    return ocds_json_output(json_data=package, lib_cove_ocds_config=config)


if __name__ == "__main__":
    sys.addaudithook(refuse_the_network)
    files = Path(sys.argv[1]).read_bytes()
    json.dump([judged(each, files) for each in json.load(sys.stdin)], sys.stdout)
