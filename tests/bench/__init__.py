"""Figures, printed side by side with what a user would otherwise use; no test asserts a time (`make bench`)."""
