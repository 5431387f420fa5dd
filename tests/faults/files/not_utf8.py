"""Old encoding."""

x = "é"
