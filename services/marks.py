"""Looking back on a project: the peer's own marks and the council's, competency by competency, side by side (L8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentors import Mentors
from schemas.peers import MarkBy, Marks, Projects, ProjectStatus
from schemas.words import N_, Message
from services import access, peers, projects, records, steps
from services.context import Context
from services.records import FreshRows, Intent, New
from services.store.interface import Needs, Receipt
from services.terms import Competency

OVER = frozenset({ProjectStatus.RUNNING, ProjectStatus.CLOSED})


@dataclass(frozen=True)
class Line:
    """One competency: what the peer says and what the council says; `None` where they have not yet."""

    competency: Competency
    by_peer: Decimal | None
    by_council: Decimal | None


@dataclass(frozen=True)
class Side:
    """Both views of one peer's part in one project."""

    lines: tuple[Line, ...]
    accounts: Mapping[str, str]
    given_on: Mapping[str, date]


def side_by_side(ctx: Context, project: str, peer: str) -> Side:
    """The two views of a peer's part in a project; a peer reads their own."""
    access.require(ctx, "marks.see")
    rows = records.view(ctx)
    rows.get(Projects, project)
    rows.get(Mentors, peer)
    found = [row for row in rows.where(Marks, "project", project) if row["mentor"] == peer]
    marks = {(row["given_by"], row["competency"]): row["mark"] for row in found if row["competency"]}
    lines = tuple(
        Line(each, marks.get((MarkBy.PEER, each.en)), marks.get((MarkBy.COUNCIL, each.en)))
        for each in peers.terms(ctx).competencies
    )
    accounts = {row["given_by"]: row["words"] for row in found if not row["competency"]}
    return Side(lines, accounts, {row["given_by"]: row["given_on"] for row in found})


def look_back(
    ctx: Context, op_id: str, project: str, peer: str, marks: Mapping[str, Decimal], words: str
) -> Receipt:
    """Marks for every competency and an account: the peer's of themselves, or the council's noted by staff (L8, L9)."""
    by = MarkBy.PEER if ctx.actor.mentor else MarkBy.COUNCIL
    if by is MarkBy.PEER and peer != ctx.actor.mentor:
        access.refuse(ctx, "marks.write", peer)
    _complete(ctx, marks)
    common = {"project": project, "mentor": peer, "given_by": by, "given_on": ctx.today}
    made: list[Intent] = [
        New(Marks, {**common, "competency": name, "mark": mark}, new_id(Marks.prefix))
        for name, mark in marks.items()
    ]
    if words.strip():
        made.append(New(Marks, {**common, "words": words}, new_id(Marks.prefix)))

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Projects, project)
        _may_look_back(fresh, row, peer, by)
        return made

    tabs = (Marks.tab, "Enquiries")
    needs = Needs(whole=tabs, rows=((Projects.tab, project),))
    typed = [project, peer, by, dict(marks), words]
    return records.commit(ctx, op_id, "marks.write", typed, needs, decide)


def _complete(ctx: Context, marks: Mapping[str, Decimal]) -> None:
    if set(marks) != {each.en for each in peers.terms(ctx).competencies}:
        raise InvalidEntry([Marks.mark.problem(Message(N_("is needed for every competency.")))])


def _may_look_back(fresh: FreshRows, project: Row, peer: str, by: MarkBy) -> None:
    if project["status"] not in OVER:
        raise NotYet(
            Message(N_("The project has not begun.")), Message(N_("Look back on it once you were on site."))
        )
    if peer not in {row["mentor"] for row in projects.chosen(fresh, project)}:
        raise NotYet(Message(N_("This peer is not in the team.")), steps.LOOK_AGAIN)
    if any(
        row["mentor"] == peer and row["given_by"] == by for row in fresh.where(Marks, "project", project.id)
    ):
        raise NotYet(Message(N_("This has been given already.")), steps.LOOK_AGAIN)
