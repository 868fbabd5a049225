"""Pairs of people: requests, pairs, the register, training, and the scheme itself (P1 to P8, W1 to W13)."""
