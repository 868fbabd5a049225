"""The programme of peers in figures, for its review: who was asked, who was sent, what both sides say of it (L3, L4, L8).

What peers and councils say is shown as means over everybody's projects: nobody's own marks are found in them.
"""

from collections.abc import Sequence
from decimal import Decimal

from schemas.column import Row
from schemas.mentees import Referrals
from schemas.mentors import Mentors
from schemas.peers import Enquiries, MarkBy, Marks, Projects
from schemas.words import N_
from services import peers
from services.context import Context
from services.records import Rows
from services.review_figures import Figure, Section, counted, mean

SAID = {
    MarkBy.PEER: N_("Peers of themselves, mean of 5"),
    MarkBy.COUNCIL: N_("Councils of their peers, mean of 5"),
}
# How many were asked and sent tells nothing of anybody; what was said of one peer would.
ALL = 0
LIST = "competencies"


def sections(ctx: Context, rows: Rows) -> tuple[Section, ...]:
    """Peers, requests, answers, projects, and the means of the marks."""
    pool = [row for row in rows.all(Mentors) if row["status"] in peers.IN_POOL]
    marks = rows.all(Marks)
    return (
        counted(N_("Peers in the database"), pool, _kind, ALL, "peer_kinds"),
        counted(N_("Requests from councils"), rows.all(Referrals), _status, ALL),
        counted(N_("Peers asked"), rows.all(Enquiries), _status, ALL),
        counted(N_("Projects"), rows.all(Projects), _status, ALL),
        *(_marks(ctx, title, [row for row in marks if row["given_by"] == by]) for by, title in SAID.items()),
    )


def _kind(row: Row) -> str:
    return str(row["peer_kind"] or N_("not said"))


def _status(row: Row) -> str:
    return str(row["status"])


def _marks(ctx: Context, title: str, given: Sequence[Row]) -> Section:
    """Each competency with the mean of its marks, in the programme's order; of too few peers, none."""
    asked = peers.terms(ctx)
    shown = [
        Figure(
            each.en, _mean([row for row in given if row["competency"] == each.en], asked.small_count), LIST
        )
        for each in asked.competencies
    ]
    return Section(title, tuple(shown))


def _mean(marks: Sequence[Row], least: int) -> Decimal | None:
    """The mean mark, where it is about at least so many peers: one with several projects is still one."""
    is_few = len({row["mentor"] for row in marks}) < least
    return None if is_few else mean((row["mark"] for row in marks), 1)
