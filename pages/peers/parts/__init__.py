"""Shared pieces of the pages about peers."""
