"""`bp-tutor edit`: open an exercise in the learner's editor."""

from __future__ import annotations

from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import say
from tutor.cli.places import open_session, shown_path
from tutor.errors import EXIT_PASSED, PlatformError


@subcommand(
    "edit",
    examples=[
        ("bp-tutor edit NAME", "open your file in $VISUAL or $EDITOR"),
        ("EDITOR='code --wait' bp-tutor edit NAME", "in this editor"),
    ],
)
@exercise_argument()
def command(name: str) -> int:
    """Open an exercise in your editor.

    Your folder is made if it is not there yet.
    """
    from tutor.workspace.editor import find_editor, open_file

    with open_session() as session:
        name = session.exercise(name).name
        session.prepare()
        path = session.path(name)
        editor = find_editor()
        if editor is None:
            raise PlatformError(
                f"No editor was found. Your file is {path}",
                hint="Set EDITOR to the command of your editor, or open the file yourself.",
            )
        # Before the editor takes the terminal: this is what to do when it gives it back.
        say(f"{shown_path(path)}\nWhen it is saved: bp-tutor check {name}")
        open_file(editor, path)
    return EXIT_PASSED
