"""The search reads the formula from the numbers, and finds none where there is none."""

from __future__ import annotations

import itertools
import time

import formula_layers as layers
import numpy as np
import pytest
from formula_mistakes import SOFTMAX, TABLE, Row, samples

from tutor.diagnosis.formula.proof import bits
from tutor.diagnosis.formula.samples import Sample
from tutor.diagnosis.formula.search import search
from tutor.diagnosis.formula.terms import evaluate

# Much more than a search takes: what is tested is what it finds, on machines however busy.
PATIENT = 20.0


def title(row: Row) -> str:
    return f"{row.layer.__name__}: {row.read}"[:60]


@pytest.mark.parametrize("row", TABLE, ids=title)
def test_a_mistake_is_read_from_its_numbers(row: Row) -> None:
    tried = samples(row)
    found = search(tried, PATIENT)
    assert found is not None
    assert found.text == row.read
    judged = 0
    for sample in (s for s in tried if np.isfinite(s.target).all()):
        with np.errstate(all="ignore"):
            value = evaluate(found.term, sample.leaves, sample.sizes)
            mine = value * found.factor.value(sample.sizes)
        assert mine.shape == sample.target.shape
        off = np.abs(mine - sample.target)[np.isfinite(mine)]
        judged += off.size
        # What is left of a saturated softmax is rounding at the scale of what went in.
        assert off.max(initial=0.0) <= 1e-9 * np.abs(sample.target).max() + 1e-12
    assert found.numbers == judged
    assert found.cases <= len(tried)


# -- none where there is none -------------------------------------------------------------------

RNG = np.random.default_rng(11)


def normal(target: np.ndarray) -> np.ndarray:
    return RNG.normal(size=target.shape)


def whole_numbers(target: np.ndarray) -> np.ndarray:
    return RNG.integers(-2, 3, size=target.shape) * 1.0


def zeros_and_ones(target: np.ndarray) -> np.ndarray:
    return (RNG.uniform(size=target.shape) < 0.5) * 1.0


def one_entry_off(target: np.ndarray) -> np.ndarray:
    bent = target.copy()
    bent.flat[RNG.integers(target.size)] += 1e-6 * np.abs(target).max() or 1.0
    return bent


def a_millionth_off(target: np.ndarray) -> np.ndarray:
    return target * (1 + 1e-6 * RNG.normal(size=target.shape))


def columns_scaled(target: np.ndarray) -> np.ndarray:
    return target * RNG.uniform(0.5, 2, size=target.shape[-1:])


def scaled(target: np.ndarray) -> np.ndarray:
    return target * RNG.uniform(0.5, 2)


def shifted(target: np.ndarray) -> np.ndarray:
    return target + RNG.normal()


def shuffled(target: np.ndarray) -> np.ndarray:
    return RNG.permutation(target.ravel()).reshape(target.shape)


NONSENSE = (
    normal,
    whole_numbers,
    zeros_and_ones,
    one_entry_off,
    a_millionth_off,
    columns_scaled,
    scaled,
    shifted,
    shuffled,
)


@pytest.mark.parametrize("bend", NONSENSE, ids=lambda bend: bend.__name__)
def test_numbers_that_are_no_formula_have_none(bend) -> None:
    """In a few rows of the table; measure_formula.py counts over all of them."""
    for row in TABLE[NONSENSE.index(bend) :: 27]:
        bent = [
            Sample(bend(s.target), s.leaves, s.sizes)
            for s in samples(row)
            if np.isfinite(s.target).all()
        ]
        if all(
            np.array_equal(b.target, s.target) for b, s in zip(bent, samples(row), strict=False)
        ):
            continue  # shuffling one number leaves it where it was
        found = search(bent, 0.3)
        assert found is None, f"{title(row)}: {found.text}"


@pytest.mark.parametrize("few", [1, 2])
def test_few_samples_of_whole_numbers_give_no_coincidence(few: int) -> None:
    for layer, seed in itertools.product((layers.linear, layers.softmax, layers.relu), range(3)):
        rng = np.random.default_rng(seed)
        tried = []
        for sample in layer(rng)[:few]:
            leaves = {name: np.round(leaf) for name, leaf in sample.leaves.items()}
            target = rng.integers(-2, 3, size=sample.leaves["grad_output"].shape) * 1.0
            tried.append(Sample(target, leaves, sample.sizes))
        assert search(tried, 0.3) is None


def test_one_wrong_case_of_many_refutes_a_formula() -> None:
    tried = samples(TABLE[0])
    for at in range(len(tried)):
        others = list(tried)
        others[at] = Sample(tried[at].target + 1e-3, tried[at].leaves, tried[at].sizes)
        found = search(others, 0.3)
        assert found is None, f"case {at}: {found.text}"


def test_two_numbers_prove_nothing() -> None:
    leaves = {"x": np.array([[1.3, -0.4]]), "grad_output": np.array([[0.7, 2.1]])}
    assert search([Sample(leaves["x"] * leaves["grad_output"], leaves)], PATIENT) is None


def test_zeros_have_no_formula() -> None:
    tried = [Sample(np.zeros((4, 5)), s.leaves, s.sizes) for s in layers.linear(RNG)]
    assert search(tried, PATIENT) is None
    assert search([], PATIENT) is None


# -- what else is asked of it -------------------------------------------------------------------


def test_samples_that_are_not_finite_neither_prove_nor_refute() -> None:
    tried = samples(TABLE[0])
    tried[1] = Sample(np.full_like(tried[1].target, np.nan), tried[1].leaves, tried[1].sizes)
    found = search(tried, PATIENT)
    assert found is not None
    assert found.text == TABLE[0].read
    assert found.cases == len(tried) - 1


def test_a_stable_way_to_the_same_numbers_is_the_same_formula() -> None:
    """exp overflows in the formula where the learner took the maximum off first."""

    def shifted_first(z: np.ndarray, p: np.ndarray, d: np.ndarray, n: object) -> np.ndarray:
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)

    row = Row(layers.softmax, shifted_first, "np.exp(z) / np.exp(z).sum(axis=0)")
    tried = samples(row)
    found = search(tried, PATIENT)
    assert found is not None
    assert found.text == row.read
    assert all(np.isfinite(s.target).all() for s in tried)
    assert found.numbers < sum(s.target.size for s in tried)


def test_dividing_by_zero_is_no_way_round_a_wrong_case() -> None:
    """x**2 / x is x, but for the zeros of one case, which is wrong."""
    tried = samples(TABLE[0])
    zeros = next(i for i, s in enumerate(tried) if (s.leaves["x"] == 0).any())
    tried[zeros] = Sample(tried[zeros].target + 1.0, tried[zeros].leaves, tried[zeros].sizes)
    assert search(tried, 1.0) is None


def test_a_sum_that_loses_its_axis_still_fits_where_sizes_agree() -> None:
    """Without keepdims, (N,) is spread over the rows: possible where N is C or 1 only."""
    row = Row(
        lambda rng: [s for s in layers.softmax(rng) if len(set(s.leaves["z"].shape)) == 1],
        lambda z, p, d, n: p * (d - (d * p).sum(axis=1)),
        "p * (grad_output - (grad_output * p).sum(axis=1))",
    )
    found = search(samples(row), PATIENT)
    assert found is not None
    assert found.text == row.read


def test_the_clock_ends_a_search() -> None:
    noise = [Sample(normal(s.target), s.leaves, s.sizes) for s in samples(TABLE[-30])]
    started = time.perf_counter()
    assert search(noise, 0.0) is None
    assert search(samples(SOFTMAX[0]), PATIENT, cancelled=lambda: True) is None
    assert time.perf_counter() - started < PATIENT / 4


def test_arrays_too_large_to_search_in_are_left_alone() -> None:
    x = RNG.normal(size=(100, 100))
    assert search([Sample(2 * x, {"x": x})], PATIENT) is None


def test_what_is_no_number_is_no_quantity() -> None:
    tried = [
        Sample(
            s.target, {**s.leaves, "names": np.array(["a"]), "labels": np.array([1, 0])}, s.sizes
        )
        for s in samples(TABLE[0])
    ]
    found = search(tried, PATIENT)
    assert found is not None
    assert found.text == TABLE[0].read


@pytest.mark.filterwarnings("error")
def test_a_batch_of_no_rows_says_nothing() -> None:
    row = next(row for row in TABLE if row.read == "grad_output.mean(axis=0)")
    tried = samples(row)
    leaves = {"x": np.empty((0, 3)), "W": np.ones((3, 2)), "b": np.ones(2)}
    leaves |= {"grad_output": np.empty((0, 2)), "output": np.empty((0, 2))}
    found = search([*tried, Sample(np.zeros(2), leaves, {"N": 0, "D": 3, "M": 2})], PATIENT)
    assert found is not None
    assert found.text == row.read
    assert found.cases == len(tried)


def test_how_much_numbers_say() -> None:
    generic, mask = RNG.normal(size=(4, 3)), np.array([1.0, 0.0] * 6)
    assert bits(np.zeros(5)) == 0
    assert bits(np.ones(5)) == 0
    assert bits(mask) == pytest.approx(12)
    assert bits(generic) > bits(np.round(generic)) > 0
    assert bits(generic) > 11 * 30 - 1


SHAPES = ((), (1,), (5,), (1, 1), (3, 1), (3, 4), (4, 4), (2, 3, 4), (0, 3), (2, 2, 2, 3))


def odd(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Zeros, integers, booleans, numbers of any magnitude, NaN and infinities, or generic."""
    kinds = (
        lambda: np.zeros(shape),
        lambda: rng.integers(-2, 3, size=shape),
        lambda: rng.uniform(size=shape) < 0.5,
        lambda: rng.normal(size=shape) * 10.0 ** rng.integers(-300, 300),
        lambda: rng.choice([np.nan, np.inf, 1.5], size=shape),
        lambda: rng.normal(size=shape),
    )
    return np.asarray(kinds[rng.integers(len(kinds))]())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("seed", range(30))
def test_odd_samples_raise_nothing_and_say_nothing_false(seed: int) -> None:
    """Shapes differ between samples, leaves are missing, sizes are 0 or NaN."""
    rng = np.random.default_rng(seed)
    tried = []
    for _ in range(rng.integers(1, 4)):
        names = [f"a{i}" for i in range(5) if rng.uniform() < 0.8]
        leaves = {name: odd(rng, SHAPES[rng.integers(len(SHAPES))]) for name in names}
        target = odd(rng, SHAPES[rng.integers(len(SHAPES))])
        tried.append(Sample(target, leaves, {"N": int(rng.integers(0, 4)), "s": np.nan}))
    assert search(tried, 0.1) is None
