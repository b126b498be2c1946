"""A full disk: the ingest fails, is told why, and what stood before still stands."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

CHILD = """
import resource, signal, sys
from pathlib import Path
from journal_club.library.errors import StoreWriteError
from journal_club.library.opening import open_library
from journal_club.settings import Settings
from tests.library.hashing import HashEmbedder

settings = Settings(data_dir=Path(sys.argv[1]))
text = "# Tea\\n\\n## Methods\\n\\nWe gave tea to 80 patients.\\n"
library = open_library(settings, HashEmbedder())
library.ingest("tea", text)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (settings.data_dir / "store" / "chroma.sqlite3").stat().st_size + 2000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        library.ingest("tea", text + "".join(f"\\n\\nPatient {n} slept badly.\\n" for n in range(2000)), replace=True)
    except StoreWriteError as error:
        assert "free space" in str(error), error
        print("refused")
assert library.paper("tea").source_text == text
assert library.check() == ()
library.close()
"""


def test_a_full_disk_leaves_the_old_paper_and_never_hangs(tmp_path):
    ended = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path)], cwd=ROOT, timeout=60, capture_output=True, text=True)
    assert ended.stdout.split() == ["refused", "refused"], ended.stderr
