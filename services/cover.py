"""Which days a mentor is insured for: own policies, and the host's while that host hosts them (S2)."""

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.column import Row
from schemas.mentors import CheckKind, Checks, Engagements, Terms
from schemas.people import ExceptionKind, Exceptions
from services.records import Reader
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


def _policies(rows: Reader, holder: str, id_: str) -> list[Row]:
    return [row for row in rows.where(Checks, holder, id_) if row["kind"] == CheckKind.INSURANCE]


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
