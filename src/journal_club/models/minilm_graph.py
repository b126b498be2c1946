"""The ONNX graphs of all-MiniLM-L6-v2, written from its safetensors file.

Owns the architecture: BERT encoder, mean pooling, L2 norm (sentence-transformers' modules.json for this model). The graph holds
no weights: each one is a reference (offset and length) into the safetensors file itself, which onnxruntime maps into memory, so
the graph is 20 kB, is written in a moment, and nothing of 90 MB is copied. It runs nothing (`minilm` does).

A single question is bound by reading the weights. For it there is a second graph, whose linear layers hold them rounded to 8 bits: a
quarter to read.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

__all__ = ["DIMENSION", "GRAPH_VERSION", "write_graph"]

GRAPH_VERSION: Final = 2
"""Goes up with every change of this module that changes the graph."""

DIMENSION: Final = 384
_HEADS: Final = 12
_LAYERS: Final = 6
_NORM_EPSILON: Final = 1e-12
_BLOCK: Final = 64
"""Weights that share a scale when they are rounded."""
_LEVELS: Final = 127
"""Steps from zero to the largest weight of a block."""


def write_graph(weights: Path, *, rounded: bool = False) -> bytes:
    """The serialized graph.

    Inputs are `ids` int64 (batch, tokens), `positions` int64 (tokens,) = 0, 1, ..., and `mask` int32 (batch, tokens), 1 where
    there is a token; the one output is float32 (batch, 384), each row of length 1.

    Args:
        weights: the model's safetensors file; the graph refers to it by its name alone.
        rounded: hold the linear layers' weights, rounded to 8 bits in blocks of 64 that share a scale, in 11 MB of the graph itself; a
            sentence's cosine with its exact vector is about 0.9995.
    """
    import onnx
    from onnx import helper

    graph = _RoundedGraph(weights) if rounded else _Graph(weights)
    output = graph.pooled(graph.encoded())
    inputs = (
        ("ids", onnx.TensorProto.INT64, ["batch", "tokens"]),
        ("positions", onnx.TensorProto.INT64, ["tokens"]),
        ("mask", onnx.TensorProto.INT32, ["batch", "tokens"]),
    )
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info(*described) for described in inputs],
            [helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, ["batch", DIMENSION])],
            initializer=graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
    )
    serialized: bytes = model.SerializeToString()
    return serialized


def _header(weights: Path) -> tuple[Mapping[str, Mapping[str, list[int]]], int]:
    """The tensors that a safetensors file declares, and where their bytes begin."""
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(length)), 8 + length


class _Graph:
    """Nodes and initializers, in the order in which they run."""

    def __init__(self, weights: Path) -> None:
        self.nodes: list[NodeProto] = []
        self.initializers: list[TensorProto] = []
        self._tensors, self._data_start = _header(weights)
        self._file_name = weights.name
        self._flat = self._integers("flat", [-1, DIMENSION])

    def encoded(self) -> str:
        """The last layer's hidden states, float32 (batch, tokens, 384)."""
        words = self._node("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        places = self._node("Gather", self._weight("embeddings.position_embeddings.weight"), "positions")
        first_segment = self._node("Gather", self._weight("embeddings.token_type_embeddings.weight"), self._integers("segment", 0))
        summed = self._node("Add", words, self._node("Add", places, first_segment))
        shape = self._node("Shape", summed)
        # Rows of tokens: a linear layer is then one Gemm, which takes the transposed weights as they lie in the file.
        hidden = self._node("Reshape", self._norm(summed, "embeddings.LayerNorm"), self._flat)
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, shape, f"encoder.layer.{layer}")
        return self._node("Reshape", hidden, shape)

    def pooled(self, hidden: str) -> str:
        """The mean over a text's tokens, at length 1; the division by their number falls out with the length."""
        mask = self._node("Cast", "mask", to=1)
        row = self._node("Unsqueeze", mask, self._integers("second_axis", [1]))
        summed = self._node("Squeeze", self._node("MatMul", row, hidden), "second_axis")
        return self._node("LpNormalization", summed, axis=-1, p=2)

    def _layer(self, hidden: str, shape: str, name: str) -> str:
        projected = [
            self._node("Reshape", self._linear(hidden, f"{name}.attention.self.{part}"), shape) for part in ("query", "key", "value")
        ]
        mixed = self._node("MultiHeadAttention", *projected, "", "mask", domain="com.microsoft", num_heads=_HEADS)
        attended = self._linear(self._node("Reshape", mixed, self._flat), f"{name}.attention.output.dense")
        hidden = self._norm(self._node("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
        wide = self._node("Gelu", self._linear(hidden, f"{name}.intermediate.dense"))
        narrow = self._linear(wide, f"{name}.output.dense")
        return self._norm(self._node("Add", narrow, hidden), f"{name}.output.LayerNorm")

    def _linear(self, value: str, name: str) -> str:
        return self._node("Gemm", value, self._weight(f"{name}.weight"), self._weight(f"{name}.bias"), transB=1)

    def _norm(self, value: str, name: str) -> str:
        return self._node(
            "LayerNormalization", value, self._weight(f"{name}.weight"), self._weight(f"{name}.bias"), axis=-1, epsilon=_NORM_EPSILON
        )

    def _node(self, kind: str, *inputs: str, domain: str = "", **attributes: int | float) -> str:
        from onnx import helper

        output = f"value_{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [output], domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        return output

    def _weight(self, name: str) -> str:
        from onnx import TensorProto

        start, end = self._tensors[name]["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=self._tensors[name]["shape"], data_location=TensorProto.EXTERNAL)
        place = {"location": self._file_name, "offset": str(self._data_start + start), "length": str(end - start)}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=value)
        self.initializers.append(tensor)
        return name

    def _integers(self, name: str, value: int | list[int]) -> str:
        from onnx import TensorProto, helper

        shape = [len(value)] if isinstance(value, list) else []
        self.initializers.append(helper.make_tensor(name, TensorProto.INT64, shape, value if isinstance(value, list) else [value]))
        return name


class _RoundedGraph(_Graph):
    """The same, its linear layers in 8 bits, as onnxruntime's MatMulNBits takes them: q = round(w / scale) + 128, a scale a block."""

    def __init__(self, weights: Path) -> None:
        super().__init__(weights)
        self._path = weights

    def _linear(self, value: str, name: str) -> str:
        outputs, inputs = self._tensors[f"{name}.weight"]["shape"]
        quantized, scales = _rounded(self._values(f"{name}.weight"))
        return self._node(
            "MatMulNBits",
            value,
            self._array(f"{name}.weight.rounded", quantized),
            self._array(f"{name}.weight.scales", scales),
            "",
            "",
            self._weight(f"{name}.bias"),
            domain="com.microsoft",
            K=inputs,
            N=outputs,
            bits=8,
            block_size=_BLOCK,
            accuracy_level=4,
        )

    def _values(self, name: str) -> NDArray[np.float32]:
        start, end = self._tensors[name]["data_offsets"]
        values = np.fromfile(self._path, np.float32, count=(end - start) // 4, offset=self._data_start + start)
        return values.reshape(self._tensors[name]["shape"])

    def _array(self, name: str, values: NDArray[np.uint8] | NDArray[np.float32]) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(values, name))
        return name


def _rounded(weights: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Weights (outputs, inputs) as bytes (outputs, inputs / 64, 64) and their scales (outputs, inputs / 64)."""
    blocks = weights.reshape(len(weights), -1, _BLOCK)
    scales = np.abs(blocks).max(axis=-1) / _LEVELS
    return (np.rint(blocks / scales[..., None]) + _LEVELS + 1).astype(np.uint8), scales.astype(np.float32)
