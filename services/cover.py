"""Which days a mentor is insured for: own policies, and the host's while that host hosts them (S2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schemas.column import Row
from schemas.mentors import CheckKind, Checks, Engagements, Terms
from schemas.people import ExceptionKind, Exceptions
from schemas.words import N_, Message, message
from services.records import Reader
from services.rules import insurance
from services.rules.spans import Span

DAY = timedelta(days=1)


def cover_of(rows: Reader, mentor: str) -> tuple[Span, ...]:
    """Every span of public liability cover: the mentor's own, and each host's for the days it was host."""
    own = [_span(row) for row in _policies(rows, "mentor", mentor)]
    hosts = (
        span
        for host, hosted in _hosted(rows, mentor)
        for row in _policies(rows, "organisation", host)
        if (span := _both(_span(row), hosted)) is not None
    )
    return (*own, *hosts)


def waived_of(rows: Reader, mentor: str) -> tuple[Span, ...]:
    """The days without cover for which the Programme Manager recorded why work may be paid."""
    own = rows.where(Exceptions, "mentor", mentor)
    return tuple(_span(row) for row in own if row["kind"] == ExceptionKind.GAP_MAY_BE_PAID)


def policies(rows: Reader, mentor: str) -> list[Row]:
    """The policies a mentor's cover can come from: own, and those of every host they have had."""
    hosts = dict.fromkeys(host for host, _ in _hosted(rows, mentor))
    held = [_policies(rows, "organisation", host) for host in hosts]
    return [*_policies(rows, "mentor", mentor), *(row for some in held for row in some)]


def _policies(rows: Reader, holder: str, id_: str) -> list[Row]:
    """Policies with a known end: one whose end nobody wrote down covers nothing that we could rely on."""
    held = rows.where(Checks, holder, id_)
    return [row for row in held if row["kind"] == CheckKind.INSURANCE and row["to_on"] is not None]


def _hosted(rows: Reader, mentor: str) -> Iterator[tuple[str, Span]]:
    """Each hosted engagement's host and days: until the day before the next engagement starts."""
    in_order = sorted(rows.where(Engagements, "mentor", mentor), key=lambda row: row["from_on"] or date.min)
    for place, row in enumerate(in_order):
        if row["terms"] != Terms.HOSTED:
            continue
        after = in_order[place + 1]["from_on"] if place + 1 < len(in_order) else None
        yield row["host"], Span(row["from_on"], after - DAY if after else None)


def _span(row: Row) -> Span:
    return Span(row["from_on"], row["to_on"])


def _both(one: Span, other: Span) -> Span | None:
    """The days that lie in both."""
    starts = [day for day in (one.starts_on, other.starts_on) if day is not None]
    ends = [day for day in (one.ends_on, other.ends_on) if day is not None]
    span = Span(max(starts, default=None), min(ends, default=None))
    empty = span.starts_on is not None and span.ends_on is not None and span.ends_on < span.starts_on
    return None if empty else span


class CoverState(StrEnum):
    """How a mentor's insurance stands."""

    VALID = N_("valid")
    DUE = N_("ends soon")
    LAPSED = N_("lapsed")
    MISSING = N_("missing")


@dataclass(frozen=True)
class Standing:
    """A mentor's insurance on a day: the last day it runs to, and how many days that is away."""

    state: CoverState
    ends_on: date | None = None
    days_left: int | None = None

    @property
    def holds(self) -> bool:
        """Whether the day itself is covered."""
        return self.state in {CoverState.VALID, CoverState.DUE}

    @property
    def words(self) -> Message:
        """The standing in a sentence."""
        if self.state is CoverState.MISSING:
            return Message(N_("No public liability insurance recorded."))
        if self.state is CoverState.LAPSED and self.ends_on:
            return message(N_("Insurance lapsed: it ended on {day}."), day=self.ends_on)
        if self.state is CoverState.LAPSED:
            return Message(N_("No insurance on this day."))
        if self.state is CoverState.DUE and self.days_left is not None:
            return message(
                N_("Insurance ends in {count} day, on {day}."),
                N_("Insurance ends in {count} days, on {day}."),
                self.days_left,
                day=self.ends_on,
            )
        return (
            message(N_("Insured until {day}."), day=self.ends_on) if self.ends_on else Message(N_("Insured."))
        )


def standing(rows: Reader, mentor: str, day: date, warn_days: Sequence[int]) -> Standing:
    """Valid, ending within the programme's warning days, lapsed or missing on `day` (S2)."""
    return _standing(cover_of(rows, mentor), day, warn_days)


def standing_of_host(rows: Reader, organisation: str, day: date, warn_days: Sequence[int]) -> Standing:
    """How a host's own policies stand on `day`, whomever they host."""
    return _standing([_span(row) for row in _policies(rows, "organisation", organisation)], day, warn_days)


def _standing(cover: Sequence[Span], day: date, warn_days: Sequence[int]) -> Standing:
    if not cover:
        return Standing(CoverState.MISSING)
    found = insurance.standing(cover, day, warn_days)
    if found.state is insurance.State.LAPSED:
        past = [span.ends_on for span in cover if span.ends_on is not None and span.ends_on < day]
        return Standing(CoverState.LAPSED, max(past, default=None))
    state = CoverState.DUE if found.state is insurance.State.DUE else CoverState.VALID
    return Standing(state, found.ends_on, found.days_left)
