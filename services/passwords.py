"""A file with personal data leaves only under a password: long enough, never kept, never logged (X6)."""

import io

from schemas.errors import OurError
from schemas.words import N_, Message, message

SHORTEST, FEWEST_LETTERS = 12, 6


class WeakPassword(OurError):
    """A password that would not keep a file closed. It says nothing of what was typed."""

    def __init__(self) -> None:
        super().__init__(
            message(
                N_("This password is too easy: it has fewer than {count} letters, or repeats a few."),
                count=SHORTEST,
            ),
            Message(
                N_("Take four words that do not belong together, and tell them by telephone, not by e-mail.")
            ),
        )


def check(password: str) -> str:
    """The password, or `WeakPassword`: at least 12 letters, six of them different (NCSC: three random words)."""
    if len(password.strip()) < SHORTEST or len(set(password.casefold())) < FEWEST_LETTERS:
        raise WeakPassword()
    return password


def protected(office_file: bytes, password: str) -> bytes:
    """A Word or Excel file that opens only with the password (AES, as Word and Excel themselves do it)."""
    import msoffcrypto

    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(office_file)).encrypt(check(password), out)
    return out.getvalue()
