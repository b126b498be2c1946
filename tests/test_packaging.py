"""The built wheel carries prompts, seeds and the evaluation suite, and the code finds them where it is installed."""

import json
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

WHERE = (
    "import json, journal_club.resources as r, journal_club.settings as s; settings = s.load_settings();"
    "print(json.dumps([r.__file__, *map(str, (r.prompts_dir(settings), r.seeds_dir(settings), r.eval_dir(settings)))]))"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built without network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that holds the wheel, and sees the dependencies of this one behind it."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, capture_output=True)
    python = folder / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True, text=True
    )
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--disable-pip-version-check",
    )
    subprocess.run([*pip, str(next(built.glob("*.whl")))], check=True, capture_output=True)
    # Our own editable install is a .pth file of that folder, and .pth files of a folder that a .pth file names are not read.
    (Path(site.stdout.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_wheel_carries_prompts_personas_and_seeds(built: Path) -> None:
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    for folder in ("prompts", "seeds"):
        sources = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert {f"journal_club/_{folder}/{path.relative_to(ROOT / folder)}" for path in sources} <= set(names)


def test_the_source_archive_builds_the_same_package(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"pyproject.toml", "LICENSE", "seeds/cartitude-4.txt", "src/journal_club/resources.py"} <= names


def test_an_installed_wheel_finds_what_it_carries(installed: Path, tmp_path: Path) -> None:
    printed = subprocess.run([installed, "-c", WHERE], cwd=tmp_path, check=True, capture_output=True, text=True)
    module, prompts, seeds, suite = map(Path, json.loads(printed.stdout))
    assert module.is_relative_to(installed.parent.parent)
    assert (prompts, seeds, suite) == tuple(module.parent / f"_{name}" for name in ("prompts", "seeds", "eval"))
    assert (prompts / "personas" / "fellow.md").is_file()
    assert (suite / "gate.yaml").is_file()
    assert (suite / "cases" / "cartitude-4" / "facts.yaml").is_file()
    assert (suite / "baselines" / "extractive.json").is_file()
    assert not (suite / "runs").exists()


def test_an_installed_wheel_has_the_command(installed: Path, tmp_path: Path) -> None:
    helped = subprocess.run([installed.parent / "journal-club", "--help"], cwd=tmp_path, capture_output=True, text=True)
    assert helped.returncode == 0
    assert "doctor" in helped.stdout


def test_this_checkout_finds_its_own_folders(tmp_path: Path) -> None:
    printed = subprocess.run([sys.executable, "-c", WHERE], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert [Path(folder) for folder in json.loads(printed.stdout)[1:]] == [ROOT / "prompts", ROOT / "seeds", ROOT / "eval"]
