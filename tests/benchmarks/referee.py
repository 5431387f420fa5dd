"""What a numerical verdict costs and what it sees, beside torch.autograd.gradcheck, in one run.

    python -m tests.benchmarks.referee [--runs N] [--cap SECONDS]

prints, in this order:

- how many of some thousand measured slopes lie within three error bars of the truth;
- a network of 203,530 parameters (784-256-10, ReLU, softmax cross-entropy, batch 32, float64) whose
  gradients are right: a glance and a verdict on every parameter, beside gradcheck's fast mode, its
  slow mode and a plain loop over all elements;
- the same network with one wrong element, and with one wrong array;
- the matrix of its first layer as a layer of its own, every element by itself;
- small layers as checks use them.

The loop and the slow mode would take minutes: 256 elements are timed, and the output says that the
rest is multiplied. Where gradcheck's fast mode finds something wrong, it goes on in its slow mode;
it is given `--cap` seconds for that. Everything runs in one thread. The tutor's side runs in this
process: in a check of a learner's file, every evaluation also travels to a worker and back.

Torch is optional: `pip install torch`. Without it, the figures beside ours are left out.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported
os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.benchmarks import gradcheck
from tests.benchmarks.networks import TAMPERING, Arrays, Network, layers
from tests.checking.smooth import FUNCTIONS, SCALES, coverage
from tutor.checking.derivatives import Objective
from tutor.checking.readings import Claim
from tutor.checking.referee import Lanes, Opinion, agree, judge

SAMPLE = 256  # as many as b1 has, which is what the slow mode is timed on


# -- what is measured ---------------------------------------------------------------------------


def objective_of(
    output: Callable[[Arrays], np.ndarray], at: Arrays, upstream: np.ndarray | float
) -> Objective:
    return Objective(lambda points: [output(point) for point in points], upstream, at, output(at))


def verdict(
    objective: Objective, gradients: Arrays, lanes: Mapping[str, Lanes] | None = None
) -> dict[str, Opinion]:
    """On every entry of every gradient."""
    rng = np.random.default_rng(1)
    return {
        name: judge(Claim(name, gradient), objective, rng, (lanes or {}).get(name))
        for name, gradient in gradients.items()
    }


def element_loop(value: Callable[[], object], array: np.ndarray) -> None:
    """Central differences by the first elements of an array, each moved in place."""
    flat = array.reshape(-1)
    for i in range(SAMPLE):
        was = flat[i]
        for moved in (was + 1e-6, was - 1e-6):
            flat[i] = moved
            value()
        flat[i] = was


def medians(runs: int, *works: Callable[[], object]) -> list[float]:
    """Seconds. Each in turn, so that all meet the same noise; the first round does not count."""
    rounds = [[seconds(work) for work in works] for _ in range(runs + 1)]
    return [statistics.median(column) for column in zip(*rounds[1:], strict=True)]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# -- what is printed ----------------------------------------------------------------------------


def show(label: str, taken: float, *notes: str) -> None:
    print(f"  {label:40} {length(taken):>9}   {'; '.join(filter(None, notes))}".rstrip())


def length(taken: float) -> str:
    return f"{taken:.1f} s" if taken >= 1 else f"{taken * 1e3:.2f} ms"


def times(longer: float, shorter: float) -> str:
    ratio = longer / shorter
    return f"{ratio:,.0f} times" if ratio >= 10 else f"{ratio:.1f} times"


def told(opinions: dict[str, Opinion]) -> str:
    """`W1 parts at (457, 34): 2, not 1; b1 agrees`."""
    parts = []
    for name, opinion in opinions.items():
        element, where = opinion.element, ""
        if element is not None:
            where = f" at {element.index}: {element.claimed:.4g}, not {element.measured:.4g}"
        parts.append(f"{name} {opinion.agreement.value}{where}")
    return ", ".join(parts)


# -- the parts of the report --------------------------------------------------------------------


def bars(seeds: int) -> None:
    with np.errstate(all="ignore"):
        seen = [
            coverage(name, scale, 100 + seed)
            for name in FUNCTIONS
            for scale in SCALES
            for seed in range(seeds)
        ]
    off = np.concatenate([each.off for each in seen])
    bar = np.concatenate([each.bar for each in seen])
    scale = np.concatenate([each.scale for each in seen])
    print(f"{off.size:,} slopes of {len(FUNCTIONS)} smooth functions at scales from 1e-3 to 1e4:")
    for count in (1, 2, 3):
        print(f"  within {count} error bars of the truth: {np.mean(off <= count * bar):.3%}")
    decided = bar <= 1e-6 * scale
    typical = np.median(bar[decided] / scale[decided])
    print(f"  sharp enough to decide by: {decided.mean():.1%}; bars of {typical:.0e} (median)")


def right_network(network: Network, runs: int) -> None:
    right = network.gradients()
    count = sum(gradient.size for gradient in right.values())
    objective = objective_of(network.loss, network.parameters, 1.0)
    claims = [Claim(name, gradient) for name, gradient in right.items()]
    names = tuple(network.parameters)
    ours = [
        lambda: agree(claims, objective, np.random.default_rng(2)),
        lambda: verdict(objective, right),
        lambda: element_loop(lambda: network.loss({}), network.parameters["W1"]),
    ]
    theirs = [
        lambda: gradcheck.of_network(network, names, fast=True),
        lambda: gradcheck.of_network(network, ("b1",), fast=False),
    ]
    taken = medians(runs, *ours, *(theirs if gradcheck.INSTALLED else []))
    glance, full, loop = taken[0], taken[1], taken[2] * count / SAMPLE
    print(f"\nA network of {count:,} parameters, all gradients right:")
    show("glance: four points", glance, f"all agree: {ours[0]()}")
    show("verdict on every parameter", full, told(verdict(objective, right)))
    extrapolated = f"extrapolated from {SAMPLE} elements"
    show(
        "element loop, central differences", loop, f"{times(loop, full)} the verdict", extrapolated
    )
    if gradcheck.INSTALLED:
        fast, slow = taken[3], taken[4] * count / SAMPLE
        show("gradcheck, fast mode", fast, f"{times(fast, glance)} the glance")
        show("gradcheck, slow mode", slow, f"{times(slow, full)} the verdict", extrapolated)


def wrong_networks(network: Network, runs: int, cap: float) -> None:
    objective = objective_of(network.loss, network.parameters, 1.0)
    for part, tamper in TAMPERING.items():
        wrong = tamper(network.gradients())
        (taken,) = medians(runs, lambda wrong=wrong: verdict(objective, wrong))
        print(f"\nThe same with one wrong {part}, twice what it should be:")
        show("verdict on every parameter", taken, told(verdict(objective, wrong)))
        if gradcheck.INSTALLED:
            theirs, answer = gradcheck_within(cap, part)
            if answer:
                show("gradcheck, fast mode", theirs, answer)
            else:
                note = f"not done, stopped: more than {times(theirs, taken)} the verdict"
                show("gradcheck, fast mode", theirs, note)


def gradcheck_within(cap: float, part: str) -> tuple[float, str]:
    """How long it took and what it said; nothing if it was not done by then."""
    command = [sys.executable, "-m", "tests.benchmarks.gradcheck", part]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == gradcheck.READY
        started = time.perf_counter()
        try:
            answer, _ = process.communicate(timeout=cap)
        except subprocess.TimeoutExpired:
            process.kill()
            answer = ""
        return time.perf_counter() - started, answer.strip()


def first_layer(network: Network, runs: int) -> None:
    weights, x = network.parameters["W1"], network.x
    upstream = np.random.default_rng(3).normal(size=(len(x), weights.shape[1]))
    objective = objective_of(lambda moved: x @ moved["W1"], {"W1": weights}, upstream)
    claim, lanes = Claim("W1", x.T @ upstream), Lanes(axis=1, output_axis=1)

    def judged() -> Opinion:
        return judge(claim, objective, np.random.default_rng(5), lanes)

    every, looped = medians(
        runs, judged, lambda: element_loop(lambda: np.sum(upstream * (x @ weights)), weights)
    )
    loop = looped * weights.size / SAMPLE
    print(f"\nThe matrix of its first layer alone, {weights.size:,} elements, each by itself:")
    show("rows at once", every, told({"W1": judged()}))
    show(
        "element loop",
        loop,
        f"{times(loop, every)} as long",
        f"extrapolated from {SAMPLE} elements",
    )


def small_layers(runs: int) -> None:
    print("\nSmall layers: a glance, every element by itself, gradcheck's fast mode:")
    for layer in layers():

        def output(moved: Arrays, layer: Any = layer) -> np.ndarray:
            return layer.output(**(layer.at | moved))

        objective = objective_of(output, layer.at, layer.upstream)
        claims = [Claim(name, layer.gradients[name]) for name in layer.at]
        works: list[Callable[[], object]] = [
            lambda claims=claims, o=objective: agree(claims, o, np.random.default_rng(6)),
            lambda layer=layer, o=objective: verdict(o, layer.gradients, layer.lanes),
        ]
        if gradcheck.INSTALLED:
            works.append(lambda each=layer: gradcheck.of_layer(each.kind, each.at, each.labels))
        assert works[0]()
        glance, every, *fast = medians(runs, *works)
        beside = [
            f"gradcheck {length(theirs)}: {times(theirs, glance)} the glance, "
            f"{times(theirs, every)} every element"
            for theirs in fast
        ]
        show(f"{layer.kind}, {layer.sizes}", glance, length(every), *beside)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cap", type=float, default=20.0)
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    if not gradcheck.INSTALLED:
        print("Torch is not installed; to see its figures: pip install torch")
    bars(seeds=arguments.runs)
    network = Network()
    right_network(network, arguments.runs)
    wrong_networks(network, arguments.runs, arguments.cap)
    first_layer(network, arguments.runs)
    small_layers(20 * arguments.runs)


if __name__ == "__main__":
    main()
