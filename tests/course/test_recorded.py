"""What PyTorch gave is recorded for all that it can do, is up to date, and is what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tutor.checking.expectations import INPUTS, SEED, SceneExpectation, expectations
from tutor.checking.judge import judge
from tutor.course.loader import Course
from tutor.course.recording import read_recording, write_recording
from tutor.errors import CourseError
from tutor.spec import Case, Check

FOLDER = Course.locate(None) / "checks" / "recorded"

RECORDED = (
    "chain_rule",
    "relu_backward",
    "linear_backward",
    "shape_debugging",
    "softmax_backward",
    "softmax_cross_entropy",
    "sigmoid_tanh",
    "mlp",
    "memory_efficient",
    "pytorch_match",
    "optimizers",
    "value_add_mul",
    "value_engine",
    "value_pitfalls",
    "forward_mode",
    "tensor_engine",
    "layernorm_backward",
    "batchnorm_backward",
    "dropout_backward",
    "embedding_backward",
    "conv2d_backward",
    "maxpool_backward",
    "attention_backward",
    "transformer_block",
)
NOT_RECORDED = {
    "first_save": "there is no gradient in it",
    "numerical_gradient": "asks for a difference, eps² off from what autograd gives",
    "linear_naive": "is judged by linear_backward",
    "gradient_check": "answers yes or no",
    "train_digits": "many networks are right",
    "gradient_flow": "asks for words and sizes; PyTorch's clipping divides by the norm + 1e-6",
}
TOO_LARGE = {("memory_efficient", "the large one: its memory is measured")}

Arrays = Mapping[str, Mapping[str, Any]]


def plain_cases(check: Check) -> list[Case]:
    return list(check.cases(np.random.default_rng(SEED)))


def by_reference(check: Check) -> dict[str, SceneExpectation]:
    """What is right as if nothing were recorded, by the name of the case."""
    alone = structs.replace(check, recorded={})
    return {each.scene.name: each for each in expectations(alone).scenes}


def parted(arrays: Arrays, right: Mapping[str, SceneExpectation]) -> list[str]:
    """The recorded arrays that are not within the bar, or of another form."""
    return [
        f"{case}: {name}"
        for case, by_name in arrays.items()
        for name, value in by_name.items()
        if name != INPUTS and judge(Case(case), right[case].arrays[name], value) is not None
    ]


# -- without PyTorch ----------------------------------------------------------------------------


def test_all_that_pytorch_can_do_is_recorded_and_nothing_else(course: Course) -> None:
    assert {path.stem for path in FOLDER.glob("*.npz")} == set(RECORDED)
    assert sorted([*RECORDED, *NOT_RECORDED]) == sorted(course.exercises)


@pytest.mark.parametrize("name", RECORDED)
def test_every_case_is_recorded_for_the_numbers_that_it_has(course: Course, name: str) -> None:
    check = course.check(name)
    fingerprints = {case.name: case.fingerprint() for case in plain_cases(check)}
    recorded = {case: arrays[INPUTS].tobytes() for case, arrays in check.recorded.items()}
    large = {case for exercise, case in TOO_LARGE if exercise == name}
    assert recorded == {case: it for case, it in fingerprints.items() if case not in large}


@pytest.mark.parametrize("name", RECORDED)
def test_the_reference_agrees_with_pytorch_in_every_array(course: Course, name: str) -> None:
    check = course.check(name)
    right = by_reference(check)
    for case, arrays in check.recorded.items():
        assert {*arrays} - {INPUTS} == {*right[case].arrays}, case
    assert parted(check.recorded, right) == []


def test_a_recording_that_is_off_or_of_another_shape_would_be_seen(course: Course) -> None:
    check = course.check("linear_backward")
    right = by_reference(check)
    case = next(iter(check.recorded))
    off = check.recorded[case]["grad_W"] * (1 + 1e-8)
    assert parted({case: {"grad_W": off}}, right) == [f"{case}: grad_W"]
    assert parted({case: {"grad_W": check.recorded[case]["grad_W"].T}}, right)


def test_recordings_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.npz")) < 500_000


# -- what is right ------------------------------------------------------------------------------


def one_too_many(module: ModuleType) -> SimpleNamespace:
    """The reference of `relu_backward` with a backward that adds 1 to every entry."""

    class Bent(module.ReLU):
        def backward(self, grad_output):
            return 1.0 + super().backward(grad_output)

    return SimpleNamespace(ReLU=Bent)


def test_learners_are_judged_against_the_recording_not_the_reference(course: Course) -> None:
    check = course.check("relu_backward")
    bent = structs.replace(check, reference=one_too_many(check.reference))
    plain = [each for each in expectations(bent).scenes if not each.scene.kind]
    assert len(plain) == len(check.recorded)
    for each in plain:
        scene = each.scene
        learner = dict(scene.play(check.reference))
        assert judge(scene.case, each.arrays["grad_input"], learner["grad_input"]) is None
        learner = dict(scene.play(bent.reference))
        assert judge(scene.case, each.arrays["grad_input"], learner["grad_input"]) is not None


def test_a_recording_of_other_numbers_is_not_used(course: Course) -> None:
    check = course.check("optimizers")
    others = plain_cases(check)
    # Another entry, two levels down: in the gradients of the first step.
    others[0].gradients[0]["W"][0, 0] += 1.0
    moved = structs.replace(check, cases=lambda _: others)
    first, second = list(expectations(moved).scenes)[:2]
    recorded = check.recorded
    assert (
        np.abs(
            first.arrays["W after step 1"].value - recorded[first.scene.name]["W after step 1"]
        ).max()
        > 0.05
    )
    assert second.arrays["W after step 1"].value is recorded[second.scene.name]["W after step 1"]


# -- the files ----------------------------------------------------------------------------------


def test_what_is_written_is_read_again_and_written_the_same(tmp_path: Path) -> None:
    arrays = {
        "a case: with an ü and a\nbreak": {"grad_W": np.arange(6.0).reshape(2, 3).T, "loss": 0.25},
        "another": {INPUTS: np.arange(32, dtype=np.uint8), "empty": np.zeros((0, 3))},
    }
    one, two = tmp_path / "one.npz", tmp_path / "two.npz"
    write_recording(one, arrays)
    write_recording(two, read_recording(one))
    assert one.read_bytes() == two.read_bytes()
    found = read_recording(two)
    for case, by_name in arrays.items():
        for name, value in by_name.items():
            np.testing.assert_array_equal(found[case][name], value, strict=True)


def test_recorded_arrays_cannot_be_written_into() -> None:
    recorded = read_recording(FOLDER / "linear_backward.npz")
    assert not any(
        value.flags.writeable for arrays in recorded.values() for value in arrays.values()
    )


def test_nothing_recorded_is_no_error(tmp_path: Path) -> None:
    assert read_recording(tmp_path / "none.npz") == {}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def entries_of_another_kind(path: Path) -> None:
    np.savez(path, grad_W=np.ones(3))


def less_than_the_index_says(path: Path) -> None:
    index = json.dumps([["a case", "loss", "<f8", [400]]]).encode()
    np.savez(path, index=np.frombuffer(index, np.uint8), data=np.zeros(8, np.uint8))


def an_index_of_nonsense(path: Path) -> None:
    index = json.dumps([["a case", "loss", "no dtype", 1]]).encode()
    np.savez(path, index=np.frombuffer(index, np.uint8), data=np.zeros(8, np.uint8))


@pytest.mark.parametrize(
    "spoil", [cut, entries_of_another_kind, less_than_the_index_says, an_index_of_nonsense]
)
def test_a_file_that_is_no_recording_is_told(spoil: Any, tmp_path: Path) -> None:
    path = tmp_path / "linear_backward.npz"
    path.write_bytes((FOLDER / path.name).read_bytes())
    spoil(path)
    with pytest.raises(CourseError, match=r"linear_backward\.npz is no recording"):
        read_recording(path)


# -- with PyTorch -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def record() -> Iterator[ModuleType]:
    """The command that records, as a module."""
    pytest.importorskip("torch")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(FOLDER)
        import record

        yield record


def test_the_command_knows_what_is_recorded(record: ModuleType) -> None:
    assert set(record.MODULES) == set(RECORDED)


@pytest.mark.parametrize("name", RECORDED)
def test_pytorch_gives_the_recorded_numbers_again(
    record: ModuleType, course: Course, name: str
) -> None:
    check = course.check(name)
    live = record.recording(check, record.MODULES[name])
    assert {case: {*arrays} for case, arrays in live.items()} == {
        case: {*arrays} for case, arrays in check.recorded.items()
    }
    right = {each.scene.name: each for each in expectations(check).scenes}
    assert parted(live, right) == []


@pytest.mark.parametrize("name", ["dropout_backward", "transformer_block"])
def test_recording_twice_gives_the_same_bytes(
    record: ModuleType, course: Course, name: str, tmp_path: Path
) -> None:
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for path in paths:
        write_recording(path, record.recording(course.check(name), record.MODULES[name]))
    assert paths[0].read_bytes() == paths[1].read_bytes()
