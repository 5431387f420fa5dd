"""One learner file in one worker, through all cases of a check."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from msgspec import Struct, structs

from tutor import wire
from tutor.checking import faults
from tutor.checking.conversation import Conversation, Listener, deadline_in
from tutor.checking.expectations import Expectations, SceneExpectation
from tutor.checking.process import Died, TimedOut, WorkerProcess
from tutor.checking.proxy import LearnerFailure, LearnerModule
from tutor.checking.sources import spelled
from tutor.checking.trial import Trial, try_scene
from tutor.checking.words import printable
from tutor.diagnosis.evidence import Evidence, Failure, Sample
from tutor.diagnosis.habits import other_name
from tutor.framing import WireError
from tutor.spec import Check, Exercise
from tutor.verdict import ArrayTally, Finding

START_SECONDS = 30.0
GRACE_SECONDS = 1.0
ENDS_THE_CHECK = ("timeout", "output")


class RunResult(Struct, frozen=True):
    """What one run found out. `evidence` is there where learner code could be called."""

    findings: tuple[Finding, ...]
    arrays: tuple[ArrayTally, ...] = ()
    cases: int = 0
    output: str = ""
    evidence: Evidence | None = None


class Run:
    """Takes one file through the cases; the worker may be lost at any point on the way."""

    def __init__(
        self,
        exercise: Exercise,
        source: bytes,
        path: Path,
        process: WorkerProcess,
        listener: Listener | None = None,
    ) -> None:
        self._exercise = exercise
        self._source = source
        self._path = path
        self._name = spelled(path)
        self._process = process
        self._listener = listener
        self._talk: Conversation | None = None
        self._trials: list[Trial] = []
        self._renaming: list[Finding] = []
        self._case = ""
        self._printed_before: list[tuple[str, int]] = [("", 0)]

    def judge(self, expectations: Expectations) -> RunResult:
        """Findings of all cases, up to where the worker was lost."""
        started = time.monotonic()
        lost: tuple[Finding, ...] = ()
        try:
            lost = self._through(expectations)
        except TimedOut:
            lost = (faults.timeout(self._case, self._called, self._exercise),)
        except Died as death:
            if time.monotonic() - started >= self._exercise.seconds:
                lost = (faults.timeout(self._case, self._called, self._exercise),)
            else:
                lost = (faults.died(self._case, self._called, death.how),)
        except WireError as error:
            lost = (faults.garbled(self._case, self._called, str(error)),)
        findings = [finding for trial in self._trials for finding in trial.findings]
        return RunResult(
            findings=(*self._renaming, *findings, *lost),
            arrays=_tallies(self._trials),
            cases=len(self._trials),
            output=self._output(),
            evidence=self._evidence(expectations) if self._trials else None,
        )

    def _evidence(self, expectations: Expectations) -> Evidence:
        return Evidence(
            check=expectations.check,
            samples=tuple(map(_sample, self._trials)),
            source=self._source.decode("utf-8-sig", errors="replace"),
            renamed=self._talk.renamed if self._talk is not None else {},
        )

    def _through(self, expectations: Expectations) -> tuple[Finding, ...]:
        self._talk = Conversation(self._process, deadline_in(START_SECONDS), self._listener)
        try:
            learner = self._load(self._talk)
        except LearnerFailure as error:
            return (self._told("", error.failed),)
        for expectation in expectations.scenes:
            self._case = self._talk.case = expectation.scene.name
            self._printed_before.append((self._case, self._process.output_size()))
            trial = self._try(expectations.check, expectation, learner)
            while trial.failed is not None and self._can_rename(self._talk, trial.failed):
                trial = self._try(expectations.check, expectation, learner)
            if trial.failed is not None:
                told = self._told(self._case, trial.failed)
                trial = structs.replace(trial, findings=(*trial.findings, told))
            self._trials.append(trial)
            if trial.failed is not None and trial.failed.kind in ENDS_THE_CHECK:
                break
        return ()

    def _try(self, check: Check, expectation: SceneExpectation, learner: LearnerModule) -> Trial:
        assert self._talk is not None
        with np.errstate(all="ignore"):  # learner numbers may overflow; that is told apart
            number = len(self._trials)
            return try_scene(check, expectation, learner, self._talk, number=number)

    def _can_rename(self, talk: Conversation, failed: wire.Failed) -> bool:
        """Whether what is missing is there under another course's name: it is read under that."""
        owner, _, name = failed.where.rpartition(".")
        found = other_name(name, failed.known) if failed.kind == "missing" and owner else ""
        if not found or name in talk.renamed:
            return False
        talk.renamed[name] = found
        self._renaming.append(self._told("", failed))
        return True

    def _load(self, talk: Conversation) -> LearnerModule:
        request = wire.Load(
            source=self._source,
            filename=self._name,
            folder=spelled(self._path.parent),
            seconds=self._exercise.seconds,
            memory_mb=self._exercise.memory_mb,
        )
        return talk.load(request, deadline_in(self._exercise.seconds + GRACE_SECONDS))

    def _told(self, case: str, failed: wire.Failed) -> Finding:
        return faults.failure(case, failed, self._exercise, self._name)

    @property
    def _called(self) -> str:
        return self._talk.where if self._talk is not None else ""

    def _output(self) -> str:
        """What was printed; under the names of the cases where more than one printed."""
        printed, cut = self._process.output()
        ends = [start for _, start in self._printed_before[1:]] + [len(printed)]
        pieces = [
            (case, printed[start:end].decode("utf-8", errors="backslashreplace"))
            for (case, start), end in zip(self._printed_before, ends, strict=True)
        ]
        told = [(case, text) for case, text in pieces if text]
        if len(told) == 1:
            text = told[0][1]
        else:
            text = "".join(f"-- {case or 'on import'} --\n{_closed(text)}" for case, text in told)
        return printable(text, limit=len(text)) + ("\n... (more was printed)" if cut else "")


def _sample(trial: Trial) -> Sample:
    expectation, failed = trial.expectation, trial.failed
    scene = expectation.scene
    right = {name: each for name, each in expectation.arrays.items() if not each.limited}
    return Sample(
        case=scene.case,
        kind=scene.kind,
        play=scene.play,
        other=scene.other,
        right={name: each.value for name, each in right.items()},
        bars={name: each.bar for name, each in right.items()},
        yours={name: value for name, value in trial.answers.items() if name in right},
        wrong=frozenset(
            finding.array
            for finding in trial.findings
            if finding.array in right and finding.kind != "backward"
        ),
        failure=None
        if failed is None
        else Failure(
            kind=failed.kind,
            error=failed.error,
            message=failed.message,
            where=failed.where,
            known=failed.known,
            lines=tuple(line.line for line in failed.lines),
        ),
    )


def _closed(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _tallies(trials: Iterable[Trial]) -> tuple[ArrayTally, ...]:
    """By array, in the order of the probe: in how many cases it was right."""
    counts: dict[str, list[int]] = {}
    for trial in trials:
        for array, right in trial.right.items():
            tally = counts.setdefault(array, [0, 0])
            tally[0] += right
            tally[1] += 1
    return tuple(ArrayTally(array, right, judged) for array, (right, judged) in counts.items())
