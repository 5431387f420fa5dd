"""The colours: one accent on a quiet ground, or the terminal's own sixteen."""

from __future__ import annotations

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

# In sixteen colours every mixed colour would be rounded to something unplanned.
SIXTEEN = "ansi-dark"


def name_for(color_system: str | None) -> str:
    """The theme that suits what the terminal can show."""
    return SIXTEEN if color_system in (None, "standard", "windows") else QUIET.name
