import subprocess
import sys

HEAVY = "{'openai', 'httpx', 'llama_index', 'onnxruntime', 'onnx', 'tokenizers', 'xllamacpp', 'rich'}"


def test_importing_the_room_loads_no_heavy_library():
    rooms = "chat, client, draft, embedded_chat, embedding, endpoint, errors, failures, minilm, remote_embedding, tokens, usage, weights"
    code = f"import sys; from journal_club.models import {rooms}; assert not {HEAVY} & set(sys.modules), {HEAVY} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
