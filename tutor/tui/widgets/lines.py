"""Lines of text that arrange themselves by the width they are given."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Lines(Visual):
    """Something to show that is as many lines as `lines` says; longer ones end in an ellipsis."""

    def lines(self, width: int) -> list[Content]:
        """The lines for this width."""
        raise NotImplementedError

    def render_strips(
        self,
        width: int,
        height: int | None,  # noqa: ARG002 - all lines are always given
        style: Style,
        options: RenderOptions,
    ) -> list[Strip]:
        return [
            strip
            for line in self.lines(width)
            for strip in line.truncate(width, ellipsis=True).render_strips(width, 1, style, options)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return max((line.cell_length for line in self.lines(container_width)), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return len(self.lines(width))
