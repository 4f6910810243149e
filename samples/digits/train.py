#!/usr/bin/python3
"""Trains the digits example: 1,797 real handwritten 8x8 digits -> a small ONNX classifier for 28x28 pictures.

Needs Debian's python3-sklearn and python3-onnx, nothing else, and no network:

    /usr/bin/python3 samples/digits/train.py            # writes model.onnx, accuracy.json and pictures/ beside this file
    /usr/bin/python3 samples/digits/train.py --tune     # judges the settings on a part of the training digits; writes nothing

The held-out fifth is used once, at the end, for the accuracy that is printed; settings are chosen with --tune.
"""
import os

# One BLAS thread: sums are then always added in the same order, and two runs write the same bytes.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import json
import pathlib
import struct
import zlib

import numpy as np
import onnx
import sklearn
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

SEED = 20
SIZE = 28
PICTURE_SIZE = 112
EPOCHS = 80
BATCH = 64
LEARNING_RATE = 3e-3
WEIGHT_DECAY = 1e-4
CHANNELS = (12, 24)
HIDDEN = 40
GRID = SIZE // 4  # after the average and the max pooling

HERE = pathlib.Path(__file__).resolve().parent


# --- pictures ------------------------------------------------------------------------------------------------------


def resample(images, matrices, offsets, size):
    """Bilinear sampling of [N,h,h] into [N,size,size]; both live on the square -1..1, outside is background."""
    height = images.shape[1]
    axis = (np.arange(size) + 0.5) * 2 / size - 1
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), -1).reshape(-1, 2)
    where = np.einsum("pk,njk->npj", grid, matrices) + offsets[:, None, :]
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    # Clipping into the border of zeros keeps far-away points on the background.
    at = np.clip((where + 1) * height / 2 - 0.5 + 2, 0.5, height + 2.5)
    low = np.floor(at).astype(int)
    fraction = at - low
    y, x = low[..., 0], low[..., 1]
    fy, fx = fraction[..., 0], fraction[..., 1]
    n = np.arange(len(images))[:, None]
    top = padded[n, y, x] * (1 - fx) + padded[n, y, x + 1] * fx
    bottom = padded[n, y + 1, x] * (1 - fx) + padded[n, y + 1, x + 1] * fx
    return (top * (1 - fy) + bottom * fy).reshape(-1, size, size)


def upscale(images, size):
    """The picture without augmentation: whole grey values 0..255, as a PNG holds them."""
    identity = np.broadcast_to(np.eye(2), (len(images), 2, 2))
    # Clamped edges: the strokes of these digits run to the border of their 8x8 box.
    edged = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode="edge")
    inner = images.shape[1] / edged.shape[1]
    return np.rint(resample(edged, identity * inner, np.zeros((len(images), 2)), size)).astype(np.uint8)


def augment(images, rng):
    """Shift, size, slant, turn, stroke weight, blur and contrast, so that pictures drawn elsewhere are read too."""
    n = len(images)
    angle, slant = rng.normal(0, 0.13, n), rng.normal(0, 0.12, n)
    # Above 1 the digit shrinks in its frame. Most pictures have a margin; these digits have none.
    zoom = rng.uniform(0.9, 1.65, (n, 1)) * rng.uniform(0.9, 1.12, (n, 2))
    turn = np.stack([np.stack([np.cos(angle), -np.sin(angle)], -1), np.stack([np.sin(angle), np.cos(angle)], -1)], 1)
    shear = np.broadcast_to(np.eye(2), (n, 2, 2)).copy()
    shear[:, 1, 0] = slant
    matrices = np.einsum("nij,njk->nik", turn, shear) * zoom[:, None, :]
    room = np.maximum(zoom - 1, 0) * 0.6 + 0.08
    pictures = resample(images, matrices, rng.uniform(-1, 1, (n, 2)) * room, SIZE) / 255
    # A steep curve turns the soft edges of an upscaled digit into the hard ones of a drawn digit.
    threshold, steepness = rng.uniform(0.25, 0.6, (n, 1, 1)), rng.uniform(4, 20, (n, 1, 1))
    crisp = 1 / (1 + np.exp(-steepness * (pictures - threshold)))
    crisp -= 1 / (1 + np.exp(steepness * threshold))
    pictures = np.where(rng.random((n, 1, 1)) < 0.5, np.clip(crisp, 0, 1), pictures)
    blurred = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    blurred = (blurred[:, :-2] + 2 * blurred[:, 1:-1] + blurred[:, 2:]) / 4
    blurred = (blurred[:, :, :-2] + 2 * blurred[:, :, 1:-1] + blurred[:, :, 2:]) / 4
    pictures = np.where(rng.random((n, 1, 1)) < 0.3, blurred, pictures)
    pictures = pictures * rng.uniform(0.7, 1.15, (n, 1, 1)) + rng.uniform(0, 0.05, (n, 1, 1))
    return np.clip(pictures, 0, 1).astype(np.float32)


def write_png(path, picture):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    height, width = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


# --- the network: average pool, two 3x3 convolutions, two dense layers; pictures are [N,H,W,C] here -------------------


def new_weights(rng):
    def dense(rows, columns):
        return rng.normal(0, np.sqrt(2 / rows), (rows, columns)).astype(np.float32)

    first, second = CHANNELS
    shapes = [(9, first), (9 * first, second), (GRID * GRID * second, HIDDEN), (HIDDEN, 10)]
    return [part for shape in shapes for part in (dense(*shape), np.zeros(shape[1], np.float32))]


def halve(x, how):
    n, height, width, channels = x.shape
    return how(x.reshape(n, height // 2, 2, width // 2, 2, channels), axis=(2, 4))


def columns_of(x):
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(x.shape[0] * x.shape[1] * x.shape[2], -1)


def forward(weights, pictures):
    """Logits of [N,28,28] pictures with values 0..1, and what the way back needs."""
    w1, b1, w2, b2, w3, b3, w4, b4 = weights
    n = len(pictures)
    columns1 = columns_of(halve(pictures[..., None], np.mean))
    layer1 = np.maximum(columns1 @ w1 + b1, 0).reshape(n, SIZE // 2, SIZE // 2, -1)
    pooled = halve(layer1, np.max)
    columns2 = columns_of(pooled)
    layer2 = np.maximum(columns2 @ w2 + b2, 0).reshape(n, -1)
    layer3 = np.maximum(layer2 @ w3 + b3, 0)
    return layer3 @ w4 + b4, (columns1, layer1, pooled, columns2, layer2, layer3)


def gradients(weights, pictures, labels):
    _, _, w2, _, w3, _, w4, _ = weights
    logits, (columns1, layer1, pooled, columns2, layer2, layer3) = forward(weights, pictures)
    n = len(labels)
    d4 = (softmax(logits) - np.eye(10, dtype=np.float32)[labels]) / n
    d3 = (d4 @ w4.T) * (layer3 > 0)
    d2 = ((d3 @ w3.T) * (layer2 > 0)).reshape(-1, w2.shape[1])
    windows = (d2 @ w2.T).reshape(n, GRID, GRID, 3, 3, -1)
    padded = np.zeros((n, GRID + 2, GRID + 2, pooled.shape[3]), np.float32)
    for row in range(3):
        for column in range(3):
            padded[:, row:row + GRID, column:column + GRID] += windows[:, :, :, row, column]
    spread = padded[:, 1:-1, 1:-1].repeat(2, 1).repeat(2, 2)
    d1 = (spread * (layer1 == pooled.repeat(2, 1).repeat(2, 2)) * (layer1 > 0)).reshape(-1, layer1.shape[3])
    pairs = ((columns1, d1), (columns2, d2), (layer2, d3), (layer3, d4))
    return [part for source, d in pairs for part in (source.T @ d, d.sum(0))]


def softmax(logits):
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def train(images, labels, rng):
    weights = new_weights(rng)
    first, second = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    steps = EPOCHS * (len(labels) // BATCH)
    for step in range(1, steps + 1):
        chosen = rng.choice(len(labels), BATCH, replace=False)
        rate = LEARNING_RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        for i, g in enumerate(gradients(weights, augment(images[chosen], rng), labels[chosen])):
            first[i] = 0.9 * first[i] + 0.1 * g
            second[i] = 0.999 * second[i] + 0.001 * g * g
            update = first[i] / (1 - 0.9**step) / (np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8)
            weights[i] = (weights[i] - rate * (update + WEIGHT_DECAY * weights[i])).astype(np.float32)
    return weights


def scores(weights, pictures):
    return softmax(forward(weights, pictures.astype(np.float32) / 255)[0])


# --- files ---------------------------------------------------------------------------------------------------------


def to_onnx(weights):
    w1, b1, w2, b2, w3, b3, w4, b4 = weights
    first, second = CHANNELS
    arrays = {
        "one_255th": np.array(1 / 255, np.float32),
        "w1": w1.reshape(3, 3, 1, first).transpose(3, 2, 0, 1), "b1": b1,
        "w2": w2.reshape(3, 3, first, second).transpose(3, 2, 0, 1), "b2": b2,
        # Flatten reads channels first in ONNX, last here.
        "w3": w3.reshape(GRID, GRID, second, HIDDEN).transpose(2, 0, 1, 3).reshape(-1, HIDDEN), "b3": b3,
        "w4": w4, "b4": b4,
    }
    pads = {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}
    nodes = [
        helper.make_node("Mul", ["image", "one_255th"], ["grey"]),
        helper.make_node("AveragePool", ["grey"], ["half"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Conv", ["half", "w1", "b1"], ["c1"], **pads),
        helper.make_node("Relu", ["c1"], ["r1"]),
        helper.make_node("MaxPool", ["r1"], ["p1"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Conv", ["p1", "w2", "b2"], ["c2"], **pads),
        helper.make_node("Relu", ["c2"], ["r2"]),
        helper.make_node("Flatten", ["r2"], ["flat"]),
        helper.make_node("Gemm", ["flat", "w3", "b3"], ["g3"]),
        helper.make_node("Relu", ["g3"], ["r3"]),
        helper.make_node("Gemm", ["r3", "w4", "b4"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["scores"], axis=1),
    ]
    graph = helper.make_graph(
        nodes, "digits",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 1, SIZE, SIZE])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 10])],
        [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in arrays.items()])
    model = helper.make_model(graph, producer_name="avaconsole-digits", opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def write_pictures(folder, images, labels, indexes, right):
    """Two held-out digits per class, in data order: the first that is read right, then the next one, right or not."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("digit-*.png"):
        old.unlink()
    names = {}
    for digit in range(10):
        first = next(i for i in range(len(labels)) if labels[i] == digit and right[i])
        then = next(i for i in range(first + 1, len(labels)) if labels[i] == digit)
        for i in (first, then):
            name = f"digit-{digit}-{indexes[i]}.png"
            write_png(folder / name, upscale(images[i:i + 1], PICTURE_SIZE)[0])
            names[name] = bool(right[i])
    return names


def digits():
    data = load_digits()
    return data.images * (255 / 16), data.target


def split(labels, indexes, seed):
    parts = train_test_split(indexes, test_size=0.2, random_state=seed, stratify=labels[indexes])
    return [np.sort(part) for part in parts]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tune", action="store_true", help="hold out a fifth of the training digits instead; write nothing")
    tune = parser.parse_args().tune

    images, labels = digits()
    training, held_out = split(labels, np.arange(len(labels)), SEED)
    if tune:
        training, held_out = split(labels, training, SEED + 1)
    weights = train(images[training], labels[training], np.random.default_rng(SEED))
    predicted = scores(weights, upscale(images[held_out], SIZE)).argmax(1)
    right = predicted == labels[held_out]
    print(f"accuracy on {len(held_out)} held-out digits: {right.mean():.4f} ({(~right).sum()} wrong)")
    if tune:
        return

    model = to_onnx(weights)
    (HERE / "model.onnx").write_bytes(model)
    report = {
        "accuracy": round(float(right.mean()), 4),
        "wrong": int((~right).sum()),
        "perClass": {str(d): round(float(right[labels[held_out] == d].mean()), 4) for d in range(10)},
        "trainingDigits": len(training),
        "heldOutDigits": len(held_out),
        "seed": SEED,
        "scikitLearn": sklearn.__version__,
        "onnx": onnx.__version__,
        "numpy": np.__version__,
        "picturesReadRight": write_pictures(HERE / "pictures", images[held_out], labels[held_out], held_out, right),
    }
    (HERE / "accuracy.json").write_text(json.dumps(report, indent=2) + "\n")
    print(f"model.onnx: {len(model)} bytes")


if __name__ == "__main__":
    main()
