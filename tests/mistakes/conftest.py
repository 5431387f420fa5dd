"""The four figures of this folder, at the end of the run."""

from __future__ import annotations

from collections import Counter

import pytest

COUNTS: pytest.StashKey[Counter[str]] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = Counter()


@pytest.fixture(scope="session")
def counts(pytestconfig: pytest.Config) -> Counter[str]:
    return pytestconfig.stash[COUNTS]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = terminalreporter.config.stash[COUNTS]
    if not counts:
        return
    terminalreporter.section("learner files")
    wrong, correct = counts["wrong"], counts["correct"]
    terminalreporter.write_line(f"wrong, and accepted      {counts['accepted']:4} of {wrong}")
    terminalreporter.write_line(f"correct, and rejected    {counts['rejected']:4} of {correct}")
    share = 100 * counts["named"] / max(1, wrong)
    terminalreporter.write_line(
        f"wrong, and named rightly {counts['named']:4} of {wrong}  {share:.1f} %"
    )
    terminalreporter.write_line(f"named falsely            {counts['false']:4} of {wrong}")
