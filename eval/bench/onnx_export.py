"""ONNX export: all-MiniLM-L6-v2 in plain ONNX operators, with the inputs and the output that Chroma's function expects.

Inputs `input_ids`, `attention_mask` and `token_type_ids`, int64 (batch, tokens); output float32 (batch, tokens, 384), the last hidden
state. The weights are copied into the file, as in an export. Nothing is fused by hand: that is left to onnxruntime.
"""

import json
import struct
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

__all__ = ["write_export"]

DIMENSION, HEADS, LAYERS, EPSILON = 384, 12, 6, 1e-12
HEAD = DIMENSION // HEADS
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
MASKED = np.float32(np.finfo(np.float32).min)


def write_export(weights: Path, target: Path) -> None:
    """Write the model of a safetensors file."""
    export = Export(read_tensors(weights))
    hidden = export.encoded()
    shape = ["batch", "tokens"]
    inputs = [
        helper.make_tensor_value_info(name, onnx.TensorProto.INT64, shape) for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info(hidden, onnx.TensorProto.FLOAT, [*shape, DIMENSION])
    graph = helper.make_graph(export.nodes, "all-MiniLM-L6-v2", inputs, [output], initializer=export.initializers)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), str(target))


def read_tensors(weights: Path) -> dict[str, NDArray[np.float32]]:
    """Every float32 tensor of a safetensors file, by name."""
    content = weights.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    data = memoryview(content)[8 + length :]
    return {
        name: np.frombuffer(data[slice(*field["data_offsets"])], np.float32).reshape(field["shape"])
        for name, field in header.items()
        if field.get("dtype") == "F32"
    }


class Export:
    """Nodes and initializers, in the order in which they run."""

    def __init__(self, tensors: dict[str, NDArray[np.float32]]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self._tensors = tensors
        self._split = self.constant(np.array([0, 0, HEADS, HEAD], np.int64))
        self._joined = self.constant(np.array([0, 0, DIMENSION], np.int64))
        self._scale = self.constant(np.sqrt(np.float32(HEAD)))

    def encoded(self) -> str:
        """The last layer's hidden states."""
        hidden, bias = self.embedded(), self.attention_bias()
        for layer in range(LAYERS):
            hidden = self.layer(hidden, bias, f"encoder.layer.{layer}")
        return hidden

    def embedded(self) -> str:
        """The sum of word, segment and place, normalized."""
        zero, one = self.constant(np.array(0, np.int64)), self.constant(np.array(1, np.int64))
        tokens = self.node("Gather", self.node("Shape", "input_ids"), one)
        places = self.node("Range", zero, tokens, one)
        parts = {"word": "input_ids", "token_type": "token_type_ids", "position": places}
        word, segment, place = (
            self.node("Gather", self.weight(f"embeddings.{name}_embeddings.weight"), index) for name, index in parts.items()
        )
        return self.norm(self.node("Add", self.node("Add", word, segment), place), "embeddings.LayerNorm")

    def attention_bias(self) -> str:
        """Nothing where there is a token, the least number where there is none, (batch, 1, 1, tokens)."""
        wide = self.node("Unsqueeze", self.node("Cast", "attention_mask", to=1), self.constant(np.array([1, 2], np.int64)))
        return self.node("Mul", self.node("Sub", self.constant(np.float32(1)), wide), self.constant(MASKED))

    def layer(self, hidden: str, bias: str, name: str) -> str:
        """Attention and the two linear layers, each with its residual and its norm."""
        query, key, value = (self.heads(self.linear(hidden, f"{name}.attention.self.{part}")) for part in ("query", "key", "value"))
        scores = self.node("Div", self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2])), self._scale)
        shares = self.node("Softmax", self.node("Add", scores, bias), axis=-1)
        mixed = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        attended = self.linear(self.node("Reshape", mixed, self._joined), f"{name}.attention.output.dense")
        hidden = self.norm(self.node("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
        wide = self.node("Gelu", self.linear(hidden, f"{name}.intermediate.dense"))
        return self.norm(self.node("Add", self.linear(wide, f"{name}.output.dense"), hidden), f"{name}.output.LayerNorm")

    def heads(self, value: str) -> str:
        """(batch, heads, tokens, 32)."""
        return self.node("Transpose", self.node("Reshape", value, self._split), perm=[0, 2, 1, 3])

    def linear(self, value: str, name: str) -> str:
        transposed = self.constant(np.ascontiguousarray(self._tensors[f"{name}.weight"].T))
        return self.node("Add", self.node("MatMul", value, transposed), self.weight(f"{name}.bias"))

    def norm(self, value: str, name: str) -> str:
        return self.node("LayerNormalization", value, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=EPSILON)

    def node(self, kind: str, *inputs: str, **attributes: int | float | list[int]) -> str:
        output = f"value_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))  # type: ignore[arg-type]
        return output

    def weight(self, name: str) -> str:
        self.initializers.append(numpy_helper.from_array(self._tensors[name], name))
        return name

    def constant(self, value: NDArray[np.generic] | np.generic) -> str:
        name = f"constant_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name
