"""A spreadsheet's address as people copy it from their browser, and the key in it."""

import re

ADDRESS = re.compile(r"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,})(?:[/?#].*)?")
KEY = re.compile(r"[A-Za-z0-9_-]{30,}")


def key_of(address: str) -> str:
    """The spreadsheet's key, from its address or as it stands; blank where this is no spreadsheet."""
    if found := ADDRESS.fullmatch(address.strip()):
        return found[1]
    return address.strip() if KEY.fullmatch(address.strip()) else ""
