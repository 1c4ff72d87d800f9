"""The sentence encoder's network in numpy and in ONNX Runtime: `python -m benchmarks.encoder`.

Needs `pip install onnx onnxruntime`, which nothing else does. The graph is built here from the same
tensors; no PyTorch. Each row is measured in a process of its own, on one thread, over questions of
the development set, one at a time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from numpy.typing import NDArray

from bot.content.load import load
from bot.encoder.tensors import read
from bot.encoder.weights import find, weights_file
from bot.encoder.weights import load as load_encoder
from bot.errors import InputError
from bot.evaluate.questions import known_labels, part_files, read_questions
from bot.learn import needed
from bot.understand.encoder import Encoder
from bot.understand.encoder_network import Shape

from benchmarks.data import PROJECT  # isort: skip

Floats = NDArray[np.float32]
Runs = Callable[[NDArray[np.int64]], Floats]
"""Piece numbers (1, n) → one vector (1, d), not yet of length 1."""
KINDS = ("numpy", "onnx", "onnx-int8")
_QUESTIONS = 400
_INPUTS = "inputs.npz"
_OPSET = 20


def main() -> None:
    """Print the table, or one row of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--row", choices=KINDS, help="measure one row, with the graphs in --graphs")
    parser.add_argument("--graphs", type=Path)
    options = parser.parse_args()
    weights = find(os.environ.get("FAQBOT_ENCODER"))
    if weights is None:
        raise InputError("FAQBOT_ENCODER is off: there is no encoder to measure.")
    if options.row:
        _row(options.row, weights, options.graphs)
        return
    with tempfile.TemporaryDirectory() as folder:
        _write_inputs(weights, Path(folder))
        _write_graphs(weights, Path(folder))
        print("| | median ms | p99 ms | messages/s | loaded in s | peak MB | least cosine |")
        print("|---|---|---|---|---|---|---|", flush=True)
        for kind in KINDS:
            command = [sys.executable, "-m", "benchmarks.encoder", "--row", kind, "--graphs", folder]
            subprocess.run(command, check=True, cwd=PROJECT)


def _write_inputs(weights: Path, folder: Path) -> None:
    """Write the pieces of all questions, one after another, where each ends, and its vector."""
    library = load(PROJECT / "answers")
    files = part_files(PROJECT / "answers", "dev")
    texts = [question.text for question in read_questions(files, known_labels(library))][:_QUESTIONS]
    encoder, _ = load_encoder(weights)
    pieces = [encoder.pieces(text) for text in texts]
    ends = np.cumsum([len(one) for one in pieces])
    np.savez(folder / _INPUTS, pieces=np.concatenate(pieces), ends=ends, vectors=encoder.encode(texts))


def _row(kind: str, weights: Path, graphs: Path) -> None:
    inputs = np.load(graphs / _INPUTS)
    numbers = [one[None] for one in np.split(inputs["pieces"], inputs["ends"][:-1])]
    start = time.perf_counter()
    run = _numpy(weights) if kind == "numpy" else _onnx(graphs / f"{kind}.onnx")
    run(numbers[0])
    loaded = time.perf_counter() - start
    taken, cosines = [], []
    for pieces, wanted in zip(numbers, inputs["vectors"], strict=True):
        start = time.perf_counter()
        vector = run(pieces)[0]
        taken.append((time.perf_counter() - start) * 1000)
        cosines.append(float(vector @ wanted / np.linalg.norm(vector)))
    rate = 1000 / float(np.mean(taken))
    print(
        f"| {kind} | {np.median(taken):.1f} | {np.quantile(taken, 0.99):.1f} | {rate:.0f} | {loaded:.2f} "
        f"| {_peak():.0f} | {min(cosines):.5f} |",
        flush=True,
    )


def _peak() -> float:
    """Return the most memory that this process has had, MB (Linux; what its parent had does not count)."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _numpy(weights: Path) -> Runs:
    encoder, _ = load_encoder(weights)
    return encoder._network.encode  # noqa: SLF001  (the network alone is compared)


def _onnx(graph: Path) -> Runs:
    runtime = needed("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = runtime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def run(pieces: NDArray[np.int64]) -> Floats:
        places = np.arange(pieces.shape[1], dtype=np.int64)
        vector: Floats = session.run(None, {"pieces": pieces, "places": places})[0]
        return vector

    return run


def _write_graphs(weights: Path, folder: Path) -> None:
    onnx = needed("onnx")
    encoder, _ = load_encoder(weights)
    graph = _Graph(
        onnx, {n: np.asarray(t, np.float32) for n, t in read(weights_file(weights)).tensors.items()}
    )
    onnx.save(graph.model(encoder), folder / "onnx.onnx")
    quantise = needed("onnxruntime.quantization")
    quantise.quantize_dynamic(
        folder / "onnx.onnx", folder / "onnx-int8.onnx", weight_type=quantise.QuantType.QInt8
    )


class _Graph:
    """Builds the network of `bot.understand.encoder_network` out of ONNX operators."""

    def __init__(self, onnx: Any, tensors: dict[str, Floats]) -> None:
        self._onnx, self._tensors = onnx, tensors
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def model(self, encoder: Encoder) -> Any:
        helper, kinds = self._onnx.helper, self._onnx.TensorProto
        shape = Shape(encoder.heads)
        mean = self._layers(shape)
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info("pieces", kinds.INT64, ["b", "n"]),
                helper.make_tensor_value_info("places", kinds.INT64, ["n"]),
            ],
            [helper.make_tensor_value_info(mean, kinds.FLOAT, ["b", encoder.dimensions])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)

    def _layers(self, shape: Shape) -> str:
        kind = self._constant(self._tensors["embeddings.token_type_embeddings.weight"][0])
        words = self._node("Gather", self._named("embeddings.word_embeddings.weight"), "pieces")
        places = self._node("Gather", self._named("embeddings.position_embeddings.weight"), "places")
        x = self._norm("embeddings.LayerNorm", self._add(self._add(words, places), kind), shape)
        for layer in range(sum(name.endswith("intermediate.dense.weight") for name in self._tensors)):
            name = f"encoder.layer.{layer}."
            attended = self._add(self._attention(name, x, shape), x)
            x = self._norm(f"{name}attention.output.LayerNorm", attended, shape)
            wide = self._node("Gelu", self._dense(f"{name}intermediate.dense", x), approximate="tanh")
            x = self._norm(
                f"{name}output.LayerNorm", self._add(self._dense(f"{name}output.dense", wide), x), shape
            )
        return self._node("ReduceMean", x, self._constant(np.array([1])), keepdims=0)

    def _attention(self, name: str, x: str, shape: Shape) -> str:
        width = self._tensors["embeddings.word_embeddings.weight"].shape[1]
        split = self._constant(np.array([0, 0, shape.heads, width // shape.heads]))
        query, key, value = (
            self._node("Reshape", self._dense(f"{name}attention.self.{part}", x), split)
            for part in ("query", "key", "value")
        )
        share = self._node("MatMul", self._turned(query, 0, 2, 1, 3), self._turned(key, 0, 2, 3, 1))
        scale = self._constant(np.float32((shape.heads / width) ** 0.5))
        share = self._node("Softmax", self._node("Mul", share, scale), axis=-1)
        mixed = self._turned(self._node("MatMul", share, self._turned(value, 0, 2, 1, 3)), 0, 2, 1, 3)
        joined = self._node("Reshape", mixed, self._constant(np.array([0, 0, width])))
        return self._dense(f"{name}attention.output.dense", joined)

    def _dense(self, name: str, x: str) -> str:
        weights = self._constant(np.ascontiguousarray(self._tensors[f"{name}.weight"].T))
        return self._add(self._node("MatMul", x, weights), self._named(f"{name}.bias"))

    def _norm(self, name: str, x: str, shape: Shape) -> str:
        scale, shift = self._named(f"{name}.weight"), self._named(f"{name}.bias")
        return self._node("LayerNormalization", x, scale, shift, axis=-1, epsilon=shape.epsilon)

    def _turned(self, x: str, *order: int) -> str:
        return self._node("Transpose", x, perm=order)

    def _add(self, one: str, other: str) -> str:
        return self._node("Add", one, other)

    def _named(self, name: str) -> str:
        return self._constant(self._tensors[name])

    def _constant(self, value: Any) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(self._onnx.numpy_helper.from_array(np.asarray(value), name))
        return name

    def _node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"n{len(self._nodes)}"
        self._nodes.append(self._onnx.helper.make_node(operator, inputs, [name], **attributes))
        return name


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        sys.exit(str(error))
