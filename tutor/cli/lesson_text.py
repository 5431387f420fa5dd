"""A lesson as text, its answers hidden until the learner has committed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.markdown import markdown_lines
from tutor.cli.paper import Paper, clean
from tutor.spec import Checkpoint, Lesson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.progress.records import Answer


def lesson_lines(lesson: Lesson, answers: Mapping[str, Answer], paper: Paper) -> list[str]:
    """The whole lesson."""
    lines: list[str] = []
    for block in lesson.blocks:
        if isinstance(block, Checkpoint):
            lines += question_lines(block, paper)
            answer = answers.get(block.id)
            if answer is None:
                lines += ["", *_how_to_answer(lesson.name, block)]
            else:
                lines += ["", *answer_lines(lesson.name, block, answer, paper)]
        else:
            lines += markdown_lines(block.text, paper)
        lines.append("")
    return lines[:-1]


def question_lines(checkpoint: Checkpoint, paper: Paper) -> list[str]:
    title = paper.style(f"Checkpoint {checkpoint.number}", colour="accent", bold=True)
    return [title, "", *markdown_lines(checkpoint.question, paper)]


def answer_lines(lesson: str, checkpoint: Checkpoint, answer: Answer, paper: Paper) -> list[str]:
    """The learner's answer with its mark, then ours."""
    yours = "I don't know" if answer.text is None else clean(answer.text)
    lines = paper.wrapped(f"Your answer: {yours}")
    if answer.mark is None:
        lines += how_to_mark(lesson, checkpoint)
    elif answer.text is not None:
        colour = "good" if answer.mark == "right" else "bad"
        lines.append(f"Mark: {paper.style(answer.mark, colour=colour, bold=True)}")
    return [*lines, "", "Our answer:", "", *markdown_lines(checkpoint.answer, paper)]


def how_to_mark(lesson: str, checkpoint: Checkpoint) -> list[str]:
    return [f"Compare it with ours: bp-tutor lesson {lesson} --mark {checkpoint.number} right"]


def _how_to_answer(lesson: str, checkpoint: Checkpoint) -> list[str]:
    return [
        "Our answer shows when you have given yours:",
        f'  bp-tutor lesson {lesson} --answer {checkpoint.number} "..."',
        f"  bp-tutor lesson {lesson} --dont-know {checkpoint.number}",
    ]
