"""Commands that are imported when they are used, and whose help ends in examples."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.places import place_options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 88}

Example = tuple[str, str]


class Command(click.Command):
    """A click command with a list of examples (command, what it does) at the end of its help."""

    examples: Sequence[Example] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        write_examples(formatter, self.examples)


def subcommand(
    name: str, *, examples: Sequence[Example]
) -> Callable[[Callable[..., int]], Command]:
    """Make a subcommand of a function that returns its exit code."""

    def decorate(function: Callable[..., int]) -> Command:
        made = click.command(name, cls=Command, context_settings=CONTEXT)(function)
        made.params += place_options()
        made.examples = examples
        return made

    return decorate


class LazyGroup(click.Group):
    """A group whose commands live in one module each, imported on use.

    `modules` maps a command to the module that holds it as `command`; its order is the order
    of the help. Importing all of them for every `bp-tutor list` would cost what `list` costs.
    """

    modules: Mapping[str, str] = {}
    examples: Sequence[Example] = ()
    notes: str = ""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = self.modules.get(cmd_name)
        found: click.Command | None = module and import_module(module).command  # type: ignore[assignment]
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.modules and not args[0].startswith("-"):
            raise click.UsageError(f"There is no command {args[0]!r}.{self._near(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def _near(self, name: str) -> str:
        near = get_close_matches(name, self.modules, n=1)
        return f" Did you mean {near[0]!r}?" if near else ""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        write_examples(formatter, self.examples)
        formatter.write_paragraph()
        formatter.write_text(self.notes)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[Example]) -> None:
    with formatter.section("Examples"):
        formatter.write_dl(examples, col_max=44)


def exercise_argument(required: bool = True) -> Callable[[Any], Any]:
    """The NAME of an exercise."""
    return click.argument("name", metavar="NAME" if required else "[NAME]", required=required)
