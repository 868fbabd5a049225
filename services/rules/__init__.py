"""What the programmes' papers say, as pure functions of values: no store, no clock, no session (design 1)."""
