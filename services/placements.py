"""A council's requirement, from its receipt to its closing, with everybody asked about it (L3, L5)."""

from dataclasses import dataclass
from datetime import date

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry
from schemas.mentees import Mentees, MenteeStatus, Referrals, ReferralStatus, Route
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.peers import Enquiries, EnquiryStatus
from schemas.words import N_, Message
from services import access, peers, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.store.interface import Needs, Receipt

COUNCIL = frozenset({"name", "area", "contact", "email", "phone"})
REQUIREMENT = frozenset(
    {
        "received_on",
        "project_kind",
        "peer_kind",
        "post",
        "seeks",
        "experience",
        "gender",
        "political_group",
        "from_on",
        "to_on",
        "days",
        "wants",
    }
)
SEEN_BY_COUNCIL = frozenset({EnquiryStatus.PUT_FORWARD, EnquiryStatus.CHOSEN, EnquiryStatus.NOT_CHOSEN})
OPEN = frozenset({ReferralStatus.RECEIVED, ReferralStatus.MATCHED})


@dataclass(frozen=True)
class Asked:
    """One peer who was asked about a request."""

    enquiry: Row
    peer: Row
    council: str
    group_office: str
    needs_release: bool


@dataclass(frozen=True)
class Request:
    """One request of a council with everybody asked about it."""

    row: Row
    council: Row
    asked: tuple[Asked, ...]

    @property
    def lessons(self) -> tuple[str, ...]:
        """What earlier withdrawals taught: the next search should know."""
        return tuple(each.enquiry["withdrawal"] for each in self.asked if each.enquiry["withdrawal"])

    def at(self, *statuses: str) -> tuple[Asked, ...]:
        """Those who stand at one of these."""
        return tuple(each for each in self.asked if each.enquiry["status"] in statuses)


@dataclass(frozen=True)
class Mine:
    """A request as the peer who was asked reads it: what is wanted, where and when, and nobody else's name."""

    enquiry: Row
    council: str
    kind: str
    wanted: str
    from_on: date | None
    to_on: date | None
    days: object


# --- reading --------------------------------------------------------------------------------------------


def listed(ctx: Context, *, status: str = "") -> list[Request]:
    """The requests, the newest first."""
    access.require(ctx, "placements.see")
    rows = records.view(ctx)
    found = [row for row in rows.all(Referrals) if status in {"", row["status"]}]
    return [
        _request(ctx, rows, row)
        for row in sorted(found, key=lambda row: (row["received_on"], row.id), reverse=True)
    ]


def card(ctx: Context, id_: str) -> Request:
    """One request."""
    access.require(ctx, "placements.see")
    rows = records.view(ctx)
    return _request(ctx, rows, rows.get(Referrals, id_))


def mine(ctx: Context) -> list[Mine]:
    """What I was asked, the newest first; what is still with my group office is not mine yet (L3)."""
    access.require(ctx, "own.profile")
    rows, whole = records.view(ctx), records.ground(ctx)
    found = [row for row in rows.where(Enquiries, "mentor", ctx.actor.mentor) if row["asked_on"] is not None]
    return [
        _mine(whole, row) for row in sorted(found, key=lambda row: (row["asked_on"], row.id), reverse=True)
    ]


def _mine(whole: Reader, enquiry: Row) -> Mine:
    request = whole.find(Referrals, enquiry["referral"])
    council = whole.find(Mentees, request["mentee"]) if request else None
    wanted = (request["post"] or request["wants"] or "") if request else ""
    return Mine(
        enquiry,
        council["name"] if council else "",
        (request["project_kind"] or "") if request else "",
        wanted,
        request["from_on"] if request else None,
        request["to_on"] if request else None,
        request["days"] if request else None,
    )


def _request(ctx: Context, rows: records.Rows, row: Row) -> Request:
    found = sorted(rows.where(Enquiries, "referral", row.id), key=lambda each: each.id)
    return Request(row, rows.linked(Mentees, row["mentee"]), tuple(_asked(ctx, rows, each) for each in found))


def _asked(ctx: Context, rows: records.Rows, enquiry: Row) -> Asked:
    peer = rows.linked(Mentors, enquiry["mentor"])
    kind = peers.kind_of(ctx, peer)
    names = [rows.name(Organisations, peer[name]) for name in ("organisation", "group_office")]
    return Asked(enquiry, peer, names[0], names[1], bool(kind and kind.needs_release))


def read_by_council(request: Request) -> list[Asked]:
    """Those whose profiles the council reads: put forward to it, and not removed since (RM64, RM65)."""
    forward = request.at(*SEEN_BY_COUNCIL)
    return [each for each in forward if each.peer["status"] != MentorStatus.LEFT]


# --- the request ----------------------------------------------------------------------------------------


def receive(ctx: Context, op_id: str, council: Values, requirement: Values, known: str = "") -> Receipt:
    """Log what a council asks for: a new council, or one we know (L3)."""
    who = steps.only(ctx, "placements.edit", council, COUNCIL)
    asks = steps.only(ctx, "placements.edit", requirement, REQUIREMENT)
    steps.needed(Referrals, asks, "received_on", "project_kind")
    steps.not_ahead(ctx, Referrals, "received_on", asks["received_on"])
    _in_order(asks)
    if not known:
        steps.needed(Mentees, who, "name")
    id_, request = known or new_id(Mentees.prefix), new_id(Referrals.prefix)
    new = [] if known else [New(Mentees, {**who, "status": MenteeStatus.ACTIVE}, id_)]
    first = {**asks, "mentee": id_, "route": Route.ITSELF, "status": ReferralStatus.RECEIVED}
    made: list[Intent] = [*new, New(Referrals, first, request)]

    def decide(fresh: FreshRows) -> list[Intent]:
        twin = next(
            (row for row in fresh.all(Mentees) if folded(row["name"]) == folded(who.get("name"))), None
        )
        if twin is not None and not known:
            raise InvalidEntry(
                [Mentees.name.problem(Message(N_("is here already. Choose it from the list.")))]
            )
        return made

    needs = Needs(whole=(Mentees.tab,))
    return records.commit(ctx, op_id, "placements.edit", [who, asks, known], needs, decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change what the council asks for."""
    _in_order({**shown, **values})
    return steps.edit(ctx, op_id, "placements.edit", Referrals, shown, values, REQUIREMENT)


def _in_order(values: Values) -> None:
    first, last = values.get("from_on"), values.get("to_on")
    if first and last and last < first:
        raise InvalidEntry([Referrals.to_on.problem(Message(N_("can't be before the first day.")))])


def close(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Close a request: filled and over, or not wanted any more."""

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Referrals, shown.id), *OPEN)
        return [Edit(Referrals, shown.id, {"status": ReferralStatus.CLOSED}, shown=shown)]

    needs = Needs(rows=((Referrals.tab, shown.id),))
    return records.commit(ctx, op_id, "placements.edit", shown.id, needs, decide)


def reopen(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Search again: the choice no longer fills the request."""

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Referrals, shown.id), ReferralStatus.MATCHED, ReferralStatus.CLOSED)
        return [Edit(Referrals, shown.id, {"status": ReferralStatus.RECEIVED}, shown=shown, back=True)]

    needs = Needs(rows=((Referrals.tab, shown.id),))
    return records.commit(ctx, op_id, "placements.edit", [shown.id, "again"], needs, decide)


def is_short(request: Request) -> bool:
    """Whether somebody who was chosen withdrew, and nobody has taken their place since (L5)."""
    left = [each.enquiry for each in request.at(EnquiryStatus.WITHDRAWN) if each.enquiry["decided_on"]]
    if not left or request.row["status"] == ReferralStatus.CLOSED:
        return False
    since = max(row["withdrawn_on"] or date.min for row in left)
    chosen = request.at(EnquiryStatus.CHOSEN)
    return not any((each.enquiry["decided_on"] or date.min) > since for each in chosen)


def folded(text: str | None) -> str:
    """A council's name as it is compared: without capitals and double spaces."""
    return " ".join((text or "").casefold().split())
