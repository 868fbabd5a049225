"""What the documents of pairs say: agreement, record sheet, certificate, review (W2, W3, W5, P7, W11)."""

from dataclasses import dataclass
from typing import ClassVar

from services.documents.values import Paper, Row


@dataclass(frozen=True, kw_only=True)
class PairAgreement(Paper):
    """What two people agreed: purpose, goals, what each expects, and whom each can go to (W2, W13)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("mentor", "mentee", "made_on", "purpose", "goals", "expectations")
    HEADING: ClassVar[tuple[str, ...]] = ("mentor", "mentee")

    mentor: str
    mentee: str
    made_on: str
    purpose: str
    goals: str
    expectations: str
    mentor_worker: str
    mentee_worker: str


@dataclass(frozen=True, kw_only=True)
class MeetingSheet(Paper):
    """The Meeting Record Sheet with exactly the fields of the model's appendix; blank ones to fill in by hand (W3)."""

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "date",
        "supporter",
        "supportee",
        "place",
        "why",
        "did",
        "achieved",
        "next_time",
        "next_meeting",
    )
    HEADING: ClassVar[tuple[str, ...]] = ("supporter", "supportee")

    date: str
    supporter: str
    supportee: str
    place: str
    why: str
    did: str
    achieved: str
    next_time: str
    next_meeting: str
    signed_supporter: str
    signed_supportee: str
    corrections: str


@dataclass(frozen=True, kw_only=True)
class ElementRow(Row):
    """One element of a course, and the day it was covered (W5)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("element", "on")

    element: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Certificate(Paper):
    """That somebody did the whole of the training (W5)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("mentor", "run_by", "done_on")
    ROWS: ClassVar[tuple[str, ...]] = ("rows",)
    HEADING: ClassVar[tuple[str, ...]] = ("mentor",)

    mentor: str
    run_by: str
    done_on: str
    dates: str
    rows: tuple[ElementRow, ...]


@dataclass(frozen=True, kw_only=True)
class FigureRow(Row):
    """One count of the review; a dash where it is too small to be shown (RM74)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("part", "what", "figure")

    part: str
    what: str
    figure: str


@dataclass(frozen=True, kw_only=True)
class VoiceRow(Row):
    """What one side says: how many answered, and the mean of each scale from 1 to 5."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("side", "count")

    side: str
    count: str
    useful: str
    heard: str
    safe: str


@dataclass(frozen=True, kw_only=True)
class SchemeReview(Paper):
    """The review a year after the start: figures, both sides' feedback, what was learned (P7, W11)."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("addressed_to", "from_on", "to_on", "hidden_note")
    ROWS: ClassVar[tuple[str, ...]] = ("rows", "voices")
    HEADING: ClassVar[tuple[str, ...]] = ("to_on",)

    run_by: str
    addressed_to: str
    from_on: str
    to_on: str
    rows: tuple[FigureRow, ...]
    voices: tuple[VoiceRow, ...]
    responses: str
    learned: str
    hidden_note: str
