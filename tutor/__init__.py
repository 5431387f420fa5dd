"""bp-tutor: a self-paced terminal tutor for backpropagation."""
