"""The operations of src/jmh in plain NumPy; prints medians. Run from the project's folder."""

import gzip
import time

import numpy as np

REPETITIONS = 40


def measure(name, operation):
    for _ in range(5):
        operation()
    wall, processor = [], []
    for _ in range(REPETITIONS):
        start = time.perf_counter(), time.process_time()
        operation()
        wall.append(1e3 * (time.perf_counter() - start[0]))
        processor.append(1e3 * (time.process_time() - start[1]))
    print(f"{name:34} {np.median(wall):7.1f} ms, {np.median(processor):7.1f} ms of processor time")


def product(rng, size=1024):
    a = rng.standard_normal((size, size))
    b = rng.standard_normal((size, size))
    return lambda: a @ b


def relu_gram_matrix(per_class=1000):
    folder = "src/main/resources/org/lemmalab/data/"
    with gzip.open(folder + "digits-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
    with gzip.open(folder + "digits-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    x = np.concatenate([images[labels == c][:per_class] for c in (0, 1)]).astype(float)
    x /= np.linalg.norm(x, axis=1, keepdims=True)

    def gram_matrix():
        k = x @ x.T
        return k * (np.pi - np.arccos(np.clip(k, -1, 1))) / (2 * np.pi)

    return gram_matrix


def gradient_step(rng, n=400, d=500, m=4096, eta=0.1):
    x = rng.standard_normal((n, d))
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    y = rng.choice([-1.0, 1.0], n)
    a = rng.choice([-1.0, 1.0], m)
    w = rng.standard_normal((m, d))

    def step():
        nonlocal w
        p = w @ x.T
        u = a @ np.maximum(p, 0) / np.sqrt(m)
        w -= eta / np.sqrt(m) * (a[:, None] * (p >= 0) * (u - y)) @ x

    return step


def single_step(rng, d=1024):
    x = rng.standard_normal((d, d))
    y = rng.choice([-1.0, 1.0], d)
    a = rng.choice([-1.0, 1.0], d)
    log = np.log(d)

    def step():  # from W = I, with the outputs before, after, and after the step of all others
        active = y * (np.abs(x) @ a) / np.sqrt(d) < log
        slopes = log / (d * np.sqrt(d)) * (active * y)[:, None] * a * np.sign(x)
        moved = x + (x @ x.T) @ slopes
        others = moved - slopes * np.sum(x**2, axis=1)[:, None]
        return [np.abs(u) @ a / np.sqrt(d) for u in (moved, others)]

    return step


def slabs(rng, n=2000, d=50):
    x = rng.standard_normal((n, d))
    y = rng.choice([-1.0, 1.0], n)

    def networks():
        for first in range(0, n, d):
            rows = slice(first, first + d)
            extended = np.hstack([x[rows], -np.ones((d, 1))])
            normal = np.linalg.svd(extended)[2][-1]  # the hyperplane through the block
            u, b = normal[:-1], normal[-1]
            distance = np.abs(x @ u - b)
            distance[rows] = np.inf
            tau = distance.min() / 2
            v = np.linalg.lstsq(extended, y[rows], rcond=None)[0]
            for c in (b - tau, b + tau):
                step = np.min(np.abs(x @ u - c)) / np.max(np.abs(x @ v[:-1] - v[-1]))
                yield u + step * v[:-1], u, c + step * v[-1], c

    return lambda: list(networks())


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    print("NumPy", np.__version__)
    measure("product 1024^3", product(rng))
    measure("Gram matrix of 2,000 digits", relu_gram_matrix())
    measure("gradient step n=400 d=500 m=4096", gradient_step(rng))
    measure("single step d=1024", single_step(rng))
    measure("slabs n=2000 d=50", slabs(rng))
