"""What can go wrong that a person can act on (X2, X3, X14). Anything else is a bug.

OurError                  a reason and a remedy
├── NotAllowed            not yours to see or do; worded the same as absent
├── NotFound              no such record, or not one you may see
├── InvalidEntry          one or more fields are wrong: a list of `Problem`s
├── NotYet                allowed, but something must happen first
├── StaleRow              somebody changed it meanwhile: both versions
├── OperationReused       one form's key came back with other content
├── StoreUnavailable      the workbook can't be reached; nothing was written
├── UnknownOutcome        it is not known yet whether it was saved
└── TemplateProblem       a Word template has a wrong field, with its place
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.words import N_, Message, message

OPEN_AGAIN = Message(N_("Open it again to see what was saved, then make your change."))
TRY_AGAIN = Message(N_("Wait a moment and try again. What you typed is kept."))
ASK_MANAGER = Message(N_("If you need it, ask your Programme Manager."))
ASK_ADMINISTRATOR = Message(N_("Tell the person who looks after Mentor Desk."))


class OurError(Exception):
    """Something a person can act on: why it stopped, and what to do next."""

    def __init__(self, reason: Message, remedy: Message = TRY_AGAIN) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{reason} {remedy}")


class NotAllowed(OurError):
    """Refused; the same words whether it is forbidden or does not exist (RM02 to RM09)."""

    def __init__(self, reason: Message | None = None, remedy: Message = ASK_MANAGER) -> None:
        super().__init__(reason or Message(N_("This is not here, or not open to you.")), remedy)


class NotFound(NotAllowed):
    """No such record among those the actor may see."""


class NotYet(OurError):
    """The step is right but something else must come first."""


@dataclass(frozen=True)
class Problem:
    """One wrong field: what is wrong and what is expected, repeating no identifier (X14)."""

    field: str
    words: Message
    row: int | None = None
    register: str = ""
    value: str = ""

    def __str__(self) -> str:
        return str(self.words)


class InvalidEntry(OurError):
    """One or more fields are wrong. Nothing was written."""

    def __init__(self, problems: Sequence[Problem], remedy: Message | None = None) -> None:
        self.problems = tuple(problems)
        reason = (
            self.problems[0].words
            if len(self.problems) == 1
            else message(
                N_("{count} field needs mending."), N_("{count} fields need mending."), len(self.problems)
            )
        )
        super().__init__(reason, remedy or Message(N_("Nothing was saved. Mend it and save again.")))


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: what it was, what is there now, what was typed."""

    field: str
    was: str
    now: str
    mine: str


class StaleRow(OurError):
    """Somebody changed the record meanwhile; nothing was written and both versions are shown (X3)."""

    def __init__(self, clashes: Sequence[Clash], reason: Message | None = None) -> None:
        self.clashes = tuple(clashes)
        both = Message(N_("Look at both versions below, then save again with the one that is right."))
        super().__init__(
            reason or Message(N_("Somebody changed this while you had it open.")),
            both if clashes else OPEN_AGAIN,
        )


class OperationReused(OurError):
    """The same form was sent twice with different content."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("This form was already saved with other content.")),
            OPEN_AGAIN,
        )


class StoreUnavailable(OurError):
    """The workbook can't be reached or is busy. Nothing was written."""

    def __init__(self, reason: Message | None = None, remedy: Message = TRY_AGAIN) -> None:
        super().__init__(
            reason or Message(N_("The workbook can't be reached just now. Nothing was saved.")), remedy
        )


class UnknownOutcome(OurError):
    """The answer was lost after sending: it may or may not have been saved (design 4)."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("It is not known yet whether this was saved.")),
            Message(N_("Press the same button again: it will not be saved twice.")),
        )


class TemplateProblem(OurError):
    """A Word template names a field the document does not have, or lacks one it needs (X8)."""

    def __init__(self, reason: Message, remedy: Message | None = None) -> None:
        super().__init__(reason, remedy or Message(N_("Mend the template in Word and upload it again.")))
