"""The colours: one accent on a quiet ground, or the terminal's own sixteen."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from textual.theme import Theme

QUIET = Theme(
    name="bp-tutor",
    primary="#7aa7d9",
    secondary="#7aa7d9",
    accent="#7aa7d9",
    foreground="#d5d8de",
    background="#16181d",
    surface="#1d2026",
    panel="#262a32",
    success="#86b98a",
    warning="#d3b06c",
    error="#d98880",
    dark=True,
    variables={
        "block-cursor-background": "#2b3442",
        "block-cursor-foreground": "#f0f2f5",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#20252d",
        "markdown-h1-text-style": "bold",
        "markdown-h2-text-style": "bold",
        "scrollbar": "#31363f",
        "scrollbar-background": "#16181d",
        "scrollbar-corner-color": "#16181d",
        "border-blurred": "#31363f",
    },
)

# In sixteen colours every mixed colour would be rounded to something unplanned, so these are the
# terminal's own: they suit its ground, dark or light.
SIXTEEN = Theme(
    name="bp-tutor-16",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        **dict.fromkeys((f"markdown-h{level}-color" for level in range(1, 7)), "ansi_cyan"),
        **dict.fromkeys((f"markdown-h{level}-text-style" for level in range(1, 7)), "bold"),
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "ansi_default",
        "border-blurred": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)


def has_few_colours(environ: Mapping[str, str]) -> bool:
    """Whether the terminal has only its own sixteen colours, or the learner wants none."""
    system = Console(force_terminal=True, _environ=environ).color_system
    return "NO_COLOR" in environ or system in (None, "standard", "windows")
