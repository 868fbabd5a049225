"""Who asks, in which programme, when, in which language: the first argument of every service."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from schemas.column import Role
from schemas.words import UK

if TYPE_CHECKING:
    from services.programmes import Programme
    from services.workbook import Workbook


@dataclass(frozen=True)
class Actor:
    """The person acting: their People row, their own mentor where they have one, and whether concerns go to them.

    `is_young` is a young co-ordinator, who does a co-ordinator's work without what is a member of staff's (W6).
    """

    id: str
    name: str
    role: Role
    email: str = ""
    mentor: str = ""
    is_safeguarding: bool = False
    is_young: bool = False


@dataclass(frozen=True)
class Context:
    """Everything a service may know of its surroundings; it reads no clock, session or environment."""

    workbook: "Workbook"
    programme: "Programme"
    actor: Actor
    now: datetime
    language: str = "en"

    @property
    def today(self) -> date:
        """The day on a British wall calendar (design 6)."""
        return self.now.astimezone(UK).date()
