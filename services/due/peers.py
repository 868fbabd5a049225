"""What is due in placing peers with councils (L2 to L5, L7 to L11)."""

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.column import Row
from schemas.mentees import ReferralStatus
from schemas.mentors import Mentors
from schemas.peers import EnquiryStatus, MarkBy, Marks, Projects, ProjectStatus
from schemas.words import N_, Message, message
from services import enquiries, peers, placements, projects
from services.context import Context
from services.due.item import Due, by
from services.peers import Flag
from services.placements import Asked, Request
from services.records import Rows
from services.rules.timelines import Code, State

OPEN = Message(N_("Open"))
# Where a peer stands, what is then to do, since which day it waits, and how long it may.
WAITS: tuple[tuple[str, str, str, str], ...] = (
    (EnquiryStatus.WITH_GROUP, N_("Ask the group office again"), "group_asked_on", "pass_on_by_group"),
    (EnquiryStatus.ASKED, N_("Ask the peer for an answer"), "asked_on", "chase_answer"),
    (EnquiryStatus.WILLING, N_("Put the peer forward"), "answered_on", "put_forward"),
    (EnquiryStatus.PUT_FORWARD, N_("Ask the council for its choice"), "put_forward_on", "ask_decision"),
)


def requests_to_move(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Each open request's next things: whom to ask, chase, put forward, tell, replace."""
    for request in placements.listed(ctx):
        if request.row["status"] == ReferralStatus.CLOSED:
            continue
        if not request.asked:
            on = by(ctx, request.row["received_on"], "ask_peers")
            yield _of(request, N_("Search for peers and ask them"), on)
        yield from _waiting(ctx, request)
        yield from _decided(ctx, rows, request)


def _of(request: Request, words: str, on: date | None, who: str = "") -> Due:
    about = message(N_("{council}, {name}"), council=request.council["name"], name=who) if who else None
    council = message(N_("{council}"), council=request.council["name"])
    return Due("placement", Message(words), about or council, on, "placement", OPEN, {"id": request.row.id})


def _waiting(ctx: Context, request: Request) -> Iterator[Due]:
    """Several at the same point are one thing to do."""
    for status, words, since, name in WAITS:
        waiting = request.at(status)
        if waiting:
            first = min(each.enquiry[since] or ctx.today for each in waiting)
            yield _of(request, words, by(ctx, first, name), _names(waiting))


def _names(asked: tuple[Asked, ...]) -> str:
    return ", ".join(each.peer["name"] for each in asked)


def _decided(ctx: Context, rows: Rows, request: Request) -> Iterator[Due]:
    chosen = request.at(EnquiryStatus.CHOSEN)
    untold = [each for each in request.at(*enquiries.UNTOLD) if each.enquiry["told_on"] is None]
    if untold:
        on = by(ctx, untold[0].enquiry["decided_on"], "tell_peers")
        yield _of(request, N_("Tell the peers what the council chose"), on, _names(tuple(untold)))
    if placements.is_short(request):
        gone = request.at(EnquiryStatus.WITHDRAWN)
        left = max(each.enquiry["withdrawn_on"] or ctx.today for each in gone)
        yield _of(request, N_("Find somebody in place of who withdrew"), by(ctx, left, "replace_peer"))
    for each in chosen:
        if each.needs_release and each.enquiry["released_on"] is None:
            on = by(ctx, each.enquiry["decided_on"], "get_release")
            yield _of(request, N_("Get the employer’s release"), on, each.peer["name"])
    if chosen and not rows.where(Projects, "referral", request.row.id):
        on = by(ctx, chosen[0].enquiry["decided_on"], "open_project")
        yield _of(request, N_("Set up the project"), on)


# --- projects -------------------------------------------------------------------------------------------

STEPS = {
    Code.ADMINISTRATION: N_("Send the administration e-mail"),
    Code.COMMENTS: N_("Send the draft report to the peers"),
    Code.FOLLOW_UP: N_("Arrange the follow-up visit"),
}


def _project(row: Row, words: str, on: date | None) -> Due:
    about = message(N_("{project}"), project=row["name"])
    return Due("project", Message(words), about, on, "project", OPEN, {"id": row.id})


def project_steps(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Steps of the timeline whose days have come; peers to tell of what is off; a council to ask what it thought."""
    for each in projects.listed(ctx):
        for step in each.steps:
            if step.code in STEPS and step.state in {State.NOW, State.LATE} and each.team:
                yield _project(each.row, STEPS[step.code], step.to_on)
        if each.row["status"] in projects.OFF and each.row["told_on"] is None:
            yield _project(each.row, N_("Tell every peer that it is off"), ctx.today)
        yield from _to_look_back(ctx, rows, each)


def _to_look_back(ctx: Context, rows: Rows, each: projects.Project) -> Iterator[Due]:
    ends_on = each.row["ends_on"]
    if each.row["status"] not in {ProjectStatus.RUNNING, ProjectStatus.CLOSED} or not ends_on:
        return
    given = {
        row["mentor"]
        for row in rows.where(Marks, "project", each.row.id)
        if row["given_by"] == MarkBy.COUNCIL
    }
    if ends_on < ctx.today and any(member.peer.id not in given for member in each.team):
        yield _project(each.row, N_("Ask the council how the peers did"), by(ctx, ends_on, "look_back"))


def orders_to_issue(ctx: Context, rows: Rows) -> Iterator[Due]:
    """A peer in a team without a purchase order, before the project begins (L10)."""
    for each in projects.listed(ctx):
        if each.row["status"] not in projects.UNDER_WAY:
            continue
        without = [
            member for member in each.team if member.order is None and not member.peer["is_on_payroll"]
        ]
        if without:
            decided = min(member.enquiry["decided_on"] or ctx.today for member in without)
            yield _project(each.row, N_("Issue the purchase orders"), by(ctx, decided, "issue_order"))


def peers_to_remove(ctx: Context, rows: Rows) -> Iterator[Due]:
    """Out of office for longer than their kind may be (L2)."""
    for entry in peers.listed(ctx, flag=Flag.OUT_TOO_LONG):
        about = message(N_("{name}"), name=entry.peer["name"])
        words = Message(N_("Out of office too long: remove them?"))
        yield Due("peer", words, about, ctx.today, "peer", OPEN, {"id": entry.peer.id})


# --- the peer's own -----------------------------------------------------------------------------------------


def own(ctx: Context, rows: Rows) -> Iterator[Due]:
    """What a peer was asked and has not answered; their charter, profile, needs and marks."""
    yield from _own_answers(ctx)
    me = rows.find(Mentors, ctx.actor.mentor)
    if me is None:  # set aside for a wrong cell: staff are told of it
        return
    codes = peers.own(ctx).codes
    if Flag.CHARTER in codes:
        yield _mine(N_("Read and accept the charter"), None)
    if codes & {Flag.OLD_PROFILE, Flag.NO_PROFILE}:
        yield _mine(N_("Look at your profile"), None)
    for each in projects.listed(ctx):
        starts_on, ends_on = each.row["starts_on"], each.row["ends_on"]
        is_coming = each.row["status"] in projects.UNDER_WAY and starts_on and starts_on > ctx.today
        if is_coming and not me["emergency_contact"]:
            yield _mine(N_("Say whom we ring and what you need"), starts_on - timedelta(weeks=4))
        if (
            each.row["status"] in {ProjectStatus.RUNNING, ProjectStatus.CLOSED}
            and ends_on
            and ends_on < ctx.today
        ):
            given = [
                row for row in rows.where(Marks, "project", each.row.id) if row["given_by"] == MarkBy.PEER
            ]
            if not any(row["mentor"] == ctx.actor.mentor for row in given):
                yield _mine(N_("Look back on your project"), by(ctx, ends_on, "look_back"))


def _own_answers(ctx: Context) -> Iterator[Due]:
    for each in placements.mine(ctx):
        if each.enquiry["status"] == EnquiryStatus.ASKED:
            about = message(N_("{council}"), council=each.council)
            on = by(ctx, each.enquiry["asked_on"], "answer_request")
            words = Message(N_("Say whether you are interested and available"))
            yield Due("enquiry", words, about, on, "my-requests", OPEN)


def _mine(words: str, on: date | None) -> Due:
    return Due("own peer", Message(words), Message(""), on, "my-requests", OPEN)
