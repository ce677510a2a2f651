"""The house keeps its shape: lint, types, import contracts, and what no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi.audit.vocabulary import Event
from coi.cli import COMMANDS, loaded
from coi.config import Config
from coi.database import Base

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
MODULES = sorted(path for path in (ROOT / "coi").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base"}


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]],
    ids=["ruff", "format", "mypy", "imports"],
)
def test_the_checks_of_make_lint_pass(command: list[str]) -> None:
    result = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, (result.stdout + result.stderr)[-4000:]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_opens_with_what_belongs_in_it(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), f"{path.name} has no opening line"
    assert path.stem not in FORBIDDEN_NAMES


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_only_config_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT)) for path in MODULES
        if re.search(r"os\.environ|os\.getenv", path.read_text()) and path.name != "config.py"
    ]  # fmt: skip
    assert readers == []


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    asking = [
        str(path.relative_to(ROOT)) for path in MODULES
        if re.search(r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(", path.read_text()) and path.name != "clock.py"
    ]  # fmt: skip
    assert asking == []


def test_commands_never_commit_and_never_see_the_request() -> None:
    wrong = []
    for path in MODULES:
        if not path.name.endswith("commands.py"):
            continue
        text = path.read_text()
        if "session.commit(" in text or re.search(r"from flask import .*\b(request|session|g|current_app)\b", text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_a_select_stands_only_where_reading_is_done() -> None:
    """In views, forms and templates there is none; commands read through queries of their room, or count a number."""
    wrong = [
        str(path.relative_to(ROOT)) for path in MODULES
        if path.name.endswith(("views.py", "forms.py", "rules.py", "vocabulary.py")) and re.search(r"\bselect\(", path.read_text())
    ]  # fmt: skip
    assert wrong == []


def test_every_table_says_whether_it_is_ledgered_or_why_not() -> None:
    silent = [
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if not mapper.class_.__ledgered__ and not mapper.class_.__exempt__
    ]
    assert silent == []


def test_every_public_command_records_an_event() -> None:
    """The words of an event stand in a command, or in the code that it shares with others of its file."""
    used = set()
    for path in MODULES:
        used |= set(re.findall(r"Event\.([A-Z_]+)", path.read_text()))
    unused = {event.name for event in Event} - used
    assert unused == set(), "events that nothing records"


def test_every_setting_is_described_in_operations() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    names = set(re.findall(r"\"(COI_[A-Z_]+)\"", (ROOT / "coi" / "config.py").read_text()))
    assert {name for name in names if name not in text} == set()
    assert Config.__dataclass_fields__


def test_every_command_of_the_console_explains_itself() -> None:
    for command in map(loaded, COMMANDS):
        assert command.help or command.short_help or command.callback.__doc__, command.name


def test_templates_have_no_inline_code() -> None:
    wrong = []
    for path in (ROOT / "coi" / "templates").rglob("*.html"):
        text = path.read_text()
        if re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*src=)", text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
