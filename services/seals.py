"""Sealed columns: letters nobody reads in the sheet without the key from the secrets (X6)."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from schemas.errors import ASK_ADMINISTRATOR, OurError
from schemas.words import N_, Message

PREFIX = "sealed:"
# Fernet writes the second of closing in plain figures into each token; beside the sign-ins it would say who wrote (W9).
NO_TIME = 0
# Between the column that a text belongs to and the text; no text that is typed may hold it (X14).
OF = "\x1e"


class SealLost(OurError):
    """The key that sealed a value is not among the keys of this installation."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("A sealed value can't be opened: its key is missing.")),
            ASK_ADMINISTRATOR,
        )


@dataclass(frozen=True)
class Sealed:
    """A value in its envelope: it prints as dots wherever it lands by mistake."""

    token: str

    def __str__(self) -> str:
        return "••••••"

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self.token)


class Seals:
    """Closes and opens sealed cells; the first key seals, all keys open, so that keys rotate."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._newest = Fernet(keys[0])

    def close(self, text: str, column: str = "") -> str:
        """The token for a text; blank stays blank. A token shows when it was closed: none says more than NO_TIME.

        `column` names the one it is for: copied into another by a hand in the sheet, it is not opened there (P5, W4).
        """
        return self._closed(f"{column}{OF}{text}" if column else text) if text else ""

    def _closed(self, plain: str) -> str:
        return PREFIX + self._fernet.encrypt_at_time(plain.encode(), NO_TIME).decode()

    def open(self, token: str) -> str:
        """The text in a token; raises `SealLost` where no key fits."""
        return self._plain(token).rpartition(OF)[2] if token else ""

    def is_of(self, token: str, column: str) -> bool:
        """Whether a token was closed for that column, or for none: an older one, or one that an erasure rewrote."""
        named, mark, _ = self._plain(token).partition(OF)
        return not mark or named == column

    def _plain(self, token: str) -> str:
        try:
            return self._fernet.decrypt(token.removeprefix(PREFIX).encode()).decode()
        except InvalidToken:
            raise SealLost() from None

    def is_newest(self, token: str) -> bool:
        """Whether the newest key closed it: nothing is to be done when keys rotate."""
        try:
            self._newest.decrypt(token.removeprefix(PREFIX).encode())
        except InvalidToken:
            return False
        return True

    def renewed(self, token: str) -> str:
        """The same text closed with the newest key; a token that no key opens stays as it is."""
        if self.is_newest(token):
            return token
        try:
            return self._closed(self._plain(token))
        except SealLost:
            return token

    def readable(self, sealed: Sealed | None) -> str | None:
        """The text of a cell, or `None` where no key fits or somebody typed over it: as good as missing."""
        try:
            return self.open(sealed.token) if sealed else ""
        except SealLost:
            return None

    def masked(self, sealed: Sealed | None) -> str:
        """Dots and the last three characters: ••••678; nothing where it can't be opened."""
        text = self.readable(sealed) or ""
        return f"••••{text[-3:]}" if len(text) > 5 else ("••••" if text else "")


def keys_beside(workbook: Path) -> list[str]:
    """The local workbook's own key, made once, in a file only its owner reads."""
    path = workbook.with_suffix(".key")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(Fernet.generate_key().decode())
    return path.read_text().split()
