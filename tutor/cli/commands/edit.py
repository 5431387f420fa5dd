"""`bp-tutor edit`: open an exercise in the learner's editor."""

from __future__ import annotations

from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import say, warn
from tutor.cli.places import open_session, shown_path
from tutor.errors import EXIT_BROKEN, EXIT_PASSED


@subcommand(
    "edit",
    examples=[
        ("bp-tutor edit linear_backward", "open your file in $VISUAL or $EDITOR"),
        ("EDITOR='code --wait' bp-tutor edit softmax", "in this editor"),
    ],
)
@exercise_argument()
def command(name: str) -> int:
    """Open an exercise in your editor; makes your folder if it is not there."""
    from tutor.workspace.editor import find_editor, open_file

    with open_session() as session:
        name = session.exercise(name).name
        session.prepare()
        for notice in session.notices:
            warn(notice)
        path = session.path(name)
        say(f"Your file: {shown_path(path)}")
        say(f"After saving: bp-tutor check {name}")
    return EXIT_PASSED
