"""Kill an ingest at different moments and see that the store is whole: `python tests/library/kill_ingest.py 20`.

Each time a child process opens a store with one paper, begins to replace it, and is killed by SIGKILL before one of its calls to
the store, or so many milliseconds after the ingest began.
"""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.settings import Settings
from tests.library.hashing import HashEmbedder

ROOT = Path(__file__).parent.parent.parent
OLD = (ROOT / "seeds" / "cartitude-4.txt").read_bytes().decode("utf-8")
NEW = OLD.replace("419", "420").replace("33.6", "34.6").replace("2016\n\nCASTOR", "2017\n\nCASTOR")
TEXTS = {"old": OLD, "new": NEW}

CHILD = """
import os, signal, sys, threading
from pathlib import Path
from journal_club.library import store as door
from journal_club.library.opening import open_library
from journal_club.settings import Settings
from tests.library.hashing import HashEmbedder
from tests.library.kill_ingest import NEW

def die():
    os.kill(os.getpid(), signal.SIGKILL)

library = open_library(Settings(data_dir=Path(sys.argv[1])), HashEmbedder())
kind, moment = sys.argv[2], float(sys.argv[3])
if kind == "call":
    calls = 0
    def counted(method):
        def call(*args, **kwargs):
            global calls
            if calls == moment:
                die()
            calls += 1
            return method(*args, **kwargs)
        return call
    for name in ("put_blob", "create_vectors", "write_vectors", "add_head", "drop_heads", "drop_blobs", "drop_vectors"):
        setattr(door.Store, name, counted(getattr(door.Store, name)))
else:
    threading.Timer(moment / 1000, die).start()
while True:
    library.ingest("tea", NEW, replace=True)
    if kind == "call":
        die()
"""


def killed(folder: Path, kind: str, moment: float) -> str:
    """Put the old paper in, kill a process that replaces it, look at what is left.

    Args:
        folder: for the store; it must be new.
        kind: `call` or `ms`.
        moment: before which call to the store, or how many milliseconds after the beginning.

    Returns:
        `old` or `new`: the paper that stands, whole.
    """
    settings = Settings(data_dir=folder)
    library = open_library(settings, HashEmbedder())
    library.ingest("tea", OLD)
    library.close()
    ended = subprocess.run([sys.executable, "-c", CHILD, str(folder), kind, str(moment)], cwd=ROOT, timeout=100)
    assert ended.returncode == -signal.SIGKILL, ended
    library = open_library(settings, HashEmbedder())
    try:
        return which(library)
    finally:
        library.close()


def which(library: Library) -> str:
    """Which of the two papers stands; fails unless everything of it is there, and nothing else."""
    text = library.paper("tea").source_text
    name = next(name for name, known in TEXTS.items() if known == text)
    passages = library.passages("tea")
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    for passage in passages:
        vector = HashEmbedder().embed_query(passage.embedded_text)
        assert library.search(vector, paper_id="tea", limit=1)[0][0] == passage.id
    assert library.check() == ()
    head = library._catalog.heads()[0]
    assert {*library._store.collections(), *library._store.blob_names()} == head.blobs | {head.collection}
    assert library.ingest("tea", NEW, replace=True).record.version == 2
    assert library.check() == ()
    return name


def main(times: int) -> None:
    """Kill before each of the first calls, and after rising numbers of milliseconds."""
    left = []
    for number in range(times):
        kind, moment = ("call", number // 2) if number % 2 == 0 else ("ms", 10.0 * number)
        with tempfile.TemporaryDirectory() as folder:
            left.append(killed(Path(folder) / "data", kind, moment))
        sys.stdout.write(f"{kind} {moment}: {left[-1]}, whole\n")
        sys.stdout.flush()
    sys.stdout.write(f"{times} kills, each store whole: {left.count('old')} old, {left.count('new')} new\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
