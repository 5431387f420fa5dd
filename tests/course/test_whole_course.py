"""Everything that the course promises is in it, in its order, and can be solved from the stubs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import json

from tutor.course.loader import Course

# unit, lesson, exercises
TABLE = [
    ("Start", "how-this-works", ["first_save"]),
    ("Blame", "why-backpropagation", []),
    ("Blame", "the-chain-rule", ["chain_rule"]),
    ("Blame", "numerical-derivative", ["numerical_gradient"]),
    ("Layers", "local-gradients", ["relu_backward"]),
    ("Layers", "linear-layer", ["linear_naive", "linear_backward"]),
    ("Layers", "shapes", ["shape_debugging"]),
    ("Layers", "softmax-cross-entropy", ["softmax_backward", "softmax_cross_entropy"]),
    ("Layers", "activations", ["sigmoid_tanh"]),
    ("Networks", "the-whole-chain", ["mlp"]),
    ("Networks", "trust-but-check", ["gradient_check"]),
    ("Networks", "real-digits", ["train_digits"]),
    ("Networks", "less-memory", ["memory_efficient"]),
    ("Networks", "agree-with-pytorch", ["pytorch_match"]),
    ("Networks", "vanish-explode", ["gradient_flow"]),
    ("Networks", "optimizers", ["optimizers"]),
    ("Autograd", "graphs", ["value_add_mul"]),
    ("Autograd", "backward-algorithm", ["value_engine", "value_pitfalls"]),
    ("Autograd", "why-reverse-mode", ["forward_mode"]),
    ("Autograd", "tensor-engine", ["tensor_engine"]),
    ("All layer types", "normalisation", ["layernorm_backward", "batchnorm_backward"]),
    ("All layer types", "dropout-embedding", ["dropout_backward", "embedding_backward"]),
    ("All layer types", "convolution-pooling", ["conv2d_backward", "maxpool_backward"]),
    ("All layer types", "attention", ["attention_backward"]),
    ("All layer types", "transformer-block", ["transformer_block"]),
    ("To look things up", "glossary", []),
    ("To look things up", "cheatsheet", []),
]
LEVELS = {
    1: {
        "relu_backward",
        "linear_naive",
        "linear_backward",
        "shape_debugging",
        "softmax_backward",
        "softmax_cross_entropy",
        "sigmoid_tanh",
    },
    2: {"mlp", "train_digits"},
    3: {"gradient_check", "memory_efficient"},
    4: {"pytorch_match"},
}


def test_the_whole_table_is_there_in_its_order(course: Course) -> None:
    found = [
        (unit.title, lesson.name, list(lesson.exercises))
        for unit in course.units
        for lesson in unit.lessons
    ]
    assert found == TABLE


def test_levels_are_earned_by_these(course: Course) -> None:
    for level, names in LEVELS.items():
        assert {e.name for e in course.exercises.values() if e.level == level} == names


def test_there_are_checkpoints_enough_and_a_third_is_marked_by_the_tutor(course: Course) -> None:
    asked = [c for entry in course.lessons for c in course.lesson(entry.name).checkpoints]
    marked = [each for each in asked if each.expected is not None]
    assert len(asked) >= 48
    assert 3 * len(marked) >= len(asked)


def test_no_stub_is_solved(course: Course) -> None:
    for name in course.exercises:
        assert course.stub(name).decode() != course.solution(name)


@pytest.mark.parametrize("name", ["glossary", "cheatsheet"])
def test_the_pages_to_look_things_up_open_by_their_names(course: Course, name: str) -> None:
    assert course.find_lesson(name) is not None


def test_the_course_is_solved_from_the_stubs_and_earns_all_levels(
    course: Course, tmp_path: Path
) -> None:
    """Through the command line, as a learner would: stubs first, then the references' text."""

    def tutor(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tutor", *words, "--workspace", str(tmp_path)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert tutor("check", "--all").returncode == 1
    before = json.decode(tutor("progress", "--json").stdout)
    assert (before["level"], before["passed"]) == (0, 0)
    for name in course.exercises:
        file = tmp_path / "exercises" / f"{name}.py"
        assert file.read_bytes() == course.stub(name)
        file.write_text(course.solution(name), encoding="utf-8")
    done = tutor("check", "--all")
    assert done.returncode == 0, done.stdout
    after = json.decode(tutor("progress", "--json").stdout)
    assert (after["level"], after["passed"]) == (4, len(course.exercises))
