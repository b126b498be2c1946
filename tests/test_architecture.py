"""The house keeps its rules: layers, doors, docstrings, public names."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "journal_club"
MODULES = sorted(SOURCE.rglob("*.py"))
DOORS = {"chromadb": "library", "openai": "models", "xllamacpp": "models", "onnxruntime": "models", "onnx": "models"}
BAD_NAMES = {"utils", "util", "helpers", "common", "base", "manager", "misc"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The top names of every import of a file, those inside functions too."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def public_names(path: Path) -> list[str] | None:
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            return list(ast.literal_eval(node.value))
    return None


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_each_room_imports_only_from_the_rooms_below_it() -> None:
    linted = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(("library", "room"), DOORS.items())
def test_an_outside_library_has_one_door(library: str, room: str) -> None:
    users = {name_of(path).split("/")[0] for path in MODULES if library in imported(path)}
    assert users <= {room}


@pytest.mark.parametrize("room", ["statistics", "paper"])
def test_the_lowest_rooms_know_nothing_of_the_house(room: str) -> None:
    for path in (SOURCE / room).rglob("*.py"):
        foreign = [
            name for name in ast.walk(tree_of(path)) if isinstance(name, ast.ImportFrom) and (name.module or "").startswith("journal_club")
        ]
        assert all((name.module or "").startswith(f"journal_club.{room}") for name in foreign), name_of(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))
    assert path.stem not in BAD_NAMES


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "__init__.py"], ids=name_of)
def test_public_names_are_declared_sorted_and_there(path: Path) -> None:
    names = public_names(path)
    assert names is not None
    assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    module = importlib.import_module("journal_club." + name_of(path).removesuffix(".py").replace("/", "."))
    assert all(hasattr(module, name) for name in names)


def test_modules_and_functions_stay_small() -> None:
    long_modules = [name_of(path) for path in MODULES if path.read_text(encoding="utf-8").count("\n") > 400]
    functions = [
        (path, node) for path in MODULES for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    long_functions = [f"{name_of(path)}: {node.name}" for path, node in functions if (node.end_lineno or node.lineno) - node.lineno >= 60]
    assert long_modules + long_functions == []
