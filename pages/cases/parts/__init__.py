"""Shared pieces of the pages about cases."""
