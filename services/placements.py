"""From a council's requirement to its choice: asked, answered, put forward, chosen, told, released, replaced (L3, L5)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees, MenteeStatus, Referrals, ReferralStatus, Route
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.peers import Enquiries, EnquiryStatus
from schemas.words import N_, Message, message
from services import access, peers, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import placing, shortlists
from services.rules.placing import Busy, Candidate, Need
from services.rules.shortlists import Reason
from services.store.interface import Needs, Receipt
from services.terms import PeerKind, PlacementTerms

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
ANSWER = frozenset({"is_interested", "is_available", "busy_from_on", "busy_to_on", "conflict"})
SEEN_BY_COUNCIL = frozenset({EnquiryStatus.PUT_FORWARD, EnquiryStatus.CHOSEN, EnquiryStatus.NOT_CHOSEN})
# Whoever was not chosen said yes too: they may take the place of one who withdrew.
SAID_YES = frozenset({EnquiryStatus.WILLING, EnquiryStatus.NOT_CHOSEN})
OPEN = frozenset({ReferralStatus.RECEIVED, ReferralStatus.MATCHED})
WAITING = frozenset({EnquiryStatus.WITH_GROUP, EnquiryStatus.ASKED})
DONE_WITH = frozenset({EnquiryStatus.NOT_WILLING, EnquiryStatus.NOT_CHOSEN, EnquiryStatus.WITHDRAWN})
UNTOLD = frozenset({EnquiryStatus.CHOSEN, EnquiryStatus.NOT_CHOSEN})
NOT_SAID_YES = Message(N_("Only peers who said that they are interested and available are put forward."))
ASK_FIRST = Message(N_("Ask them first, and wait for their answer."))


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


class Suggestion(NamedTuple):
    """A peer's place in the shortlist, with the reasons."""

    peer: Row
    council: str
    points: int
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Reason, ...]


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


def profile(ctx: Context, enquiry: str) -> Row:
    """A shortlisted peer, as the council may read them: only once the peer said yes and was put forward (RM65, RM66)."""
    access.require(ctx, "placements.see")
    rows = records.view(ctx)
    asked = rows.get(Enquiries, enquiry)
    if asked["status"] not in SEEN_BY_COUNCIL:
        raise NotYet(NOT_SAID_YES, ASK_FIRST)
    return rows.get(Mentors, asked["mentor"])


# --- the search -----------------------------------------------------------------------------------------


def shortlist(ctx: Context, request_id: str) -> list[Suggestion]:
    """Peers for what the council asks, best first; those who can't be asked just now last, with why (L3)."""
    access.require(ctx, "placements.see")
    rows = records.view(ctx)
    request = rows.get(Referrals, request_id)
    need = need_of(request, rows.linked(Mentees, request["mentee"]))
    around = _around(ctx, rows, request_id)
    pool = {
        row.id: row
        for row in rows.all(Mentors)
        if row["status"] in {MentorStatus.APPROVED, MentorStatus.PAUSED}
        and need.kind in {"", row["peer_kind"]}
    }
    found = placing.shortlist(need, [_candidate(around, row) for row in pool.values()], ctx.today)
    return [_suggestion(around, pool[each.candidate], each) for each in found]


@dataclass(frozen=True)
class _Around:
    """What is looked up for every peer of a search, read once."""

    request: str
    terms: PlacementTerms
    kinds: Mapping[str, PeerKind]
    asked: Mapping[str, Sequence[Row]]
    homes: Mapping[str, str]
    folded: Mapping[str, str]
    requests: Mapping[str, Row]


def _around(ctx: Context, rows: records.Rows, request: str) -> _Around:
    asked: dict[str, list[Row]] = {}
    for row in rows.all(Enquiries):
        asked.setdefault(row["mentor"], []).append(row)
    rules = peers.terms(ctx)
    homes = {row.id: row["name"] for row in rows.all(Organisations)}
    folded = {id_: _folded(name) for id_, name in homes.items()}
    requests = {row.id: row for row in rows.all(Referrals)}
    kinds = {each.en: each for each in rules.peer_kinds}
    return _Around(request, rules, kinds, asked, homes, folded, requests)


def _suggestion(around: _Around, peer: Row, each: shortlists.Suggestion) -> Suggestion:
    council = around.homes.get(peer["organisation"] or "", "")
    return Suggestion(peer, council, each.points, each.reasons, each.blocked_by)


def need_of(request: Row, council: Row) -> Need:
    """What a request looks for, as the rule takes it."""
    return Need(
        kind=request["peer_kind"] or "",
        post=request["post"] or "",
        topics=tuple(request["seeks"] or ()),
        experience=request["experience"] or "",
        gender=request["gender"] or "",
        group=request["political_group"] or "",
        council=_folded(council["name"]),
        from_on=request["from_on"],
        to_on=request["to_on"],
    )


def _candidate(around: _Around, peer: Row) -> Candidate:
    kind, asked = around.kinds.get(peer["peer_kind"] or ""), around.asked.get(peer.id, ())
    here = [row for row in asked if row["referral"] == around.request] if asked else ()
    return Candidate(
        id=peer.id,
        kind=peer["peer_kind"] or "",
        post=peer["post"] or "",
        topics=tuple(peer["offers"] or ()),
        experience=" ".join((peer["profile"] or "", *(peer["skills"] or ()))),
        gender=peer["gender"] or "",
        group=peer["political_group"] or "",
        council=around.folded.get(peer["organisation"] or "", ""),
        busy=tuple(_busy(asked, around.request, around.requests)) if asked else (),
        out_of_office_on=peer["out_of_office_on"],
        still_may_months=kind.out_of_office_months if kind else 0,
        paused=peer["status"] == MentorStatus.PAUSED,
        projects=[row["status"] for row in asked].count(EnquiryStatus.CHOSEN) if asked else 0,
        asked=here[-1]["status"] if here else "",
        needs_group_office=bool(kind and kind.through_group and not peer["group_office"]),
        has_profile=bool(peer["profile"] and peer["profile_agreed_on"]),
        has_charter=peer["charter_version"] == around.terms.charter_version,
    )


def _busy(asked: Iterable[Row], here: str, requests: Mapping[str, Row]) -> Iterable[Busy]:
    """What a peer said they can't stays with its dates, for every request; so do the days of what they are chosen for."""
    for row in asked:
        if row["busy_from_on"] and row["is_available"] is False:
            yield Busy(row["busy_from_on"], row["busy_to_on"] or row["busy_from_on"])
        other = requests.get(row["referral"])
        if row["status"] == EnquiryStatus.CHOSEN and row["referral"] != here and other and other["from_on"]:
            yield Busy(other["from_on"], other["to_on"] or other["from_on"])


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


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
            (row for row in fresh.all(Mentees) if _folded(row["name"]) == _folded(who.get("name"))), None
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


# --- asking and answering -------------------------------------------------------------------------------


def ask(ctx: Context, op_id: str, request: str, who: Collection[str]) -> Receipt:
    """Ask several peers; a member's group office is asked first, and passes it on (L3)."""
    chosen = sorted(set(who))

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Referrals, request)
        steps.at(ctx, row, *OPEN)
        _has_dates(row)
        here = {each["mentor"] for each in fresh.where(Enquiries, "referral", request)}
        _from_elsewhere(ctx, fresh, row, chosen)
        return [_asking(ctx, fresh, request, id_, here) for id_ in chosen]

    needs = Needs(whole=(Enquiries.tab, Mentors.tab), rows=((Referrals.tab, request),))
    return records.commit(ctx, op_id, "placements.edit", [request, chosen], needs, decide)


def _has_dates(request: Row) -> None:
    """A peer is asked for days and dates, so the request says them (L3)."""
    if not request["from_on"] or not request["days"]:
        reason = Message(
            N_("Peers are asked with the first day and the number of days, and these are missing.")
        )
        raise NotYet(reason, Message(N_("Edit the request above, then ask.")))


def _asking(ctx: Context, fresh: FreshRows, request: str, peer: str, here: Collection[str]) -> Intent:
    row = fresh.get(Mentors, peer)
    kind = peers.kind_of(ctx, row)
    _may_be_asked(ctx, row, peer in here)
    common = {"referral": request, "mentor": peer}
    if kind is not None and kind.through_group:
        steps.needed(Mentors, row, "group_office")
        first = {**common, "group_asked_on": ctx.today, "status": EnquiryStatus.WITH_GROUP}
    else:
        first = {**common, "asked_on": ctx.today, "status": EnquiryStatus.ASKED}
    return New(Enquiries, first, new_id(Enquiries.prefix))


def _may_be_asked(ctx: Context, peer: Row, is_asked: bool) -> None:
    kind = peers.kind_of(ctx, peer)
    if is_asked:
        reason = message(N_("{name} has been asked about this already."), name=peer["name"])
        raise NotYet(reason, Message(N_("Look at their answer.")))
    if peer["status"] != MentorStatus.APPROVED or kind is None:
        reason = message(N_("{name} can't be asked just now."), name=peer["name"])
        raise NotYet(reason, Message(N_("Take them up into the database first, with their kind.")))
    _in_office(ctx, peer, kind)


def _from_elsewhere(ctx: Context, fresh: FreshRows, request: Row, chosen: Iterable[str]) -> None:
    """Nobody is a peer at their own council (L5)."""
    rows = records.ground(ctx)
    council = _folded(rows.name(Mentees, request["mentee"]))
    for peer in (fresh.get(Mentors, id_) for id_ in chosen):
        if _folded(rows.name(Organisations, peer["organisation"])) == council:
            reason = message(N_("{name} belongs to this council."), name=peer["name"])
            raise NotYet(reason, Message(N_("Ask somebody from elsewhere.")))


def _still_there(ctx: Context, peer: Row) -> None:
    """Stop where somebody who said yes has been removed since, or is out of office for too long (L2)."""
    kind = peers.kind_of(ctx, peer)
    if peer["status"] == MentorStatus.LEFT or kind is None:
        reason = message(N_("{name} is no longer in the database."), name=peer["name"])
        raise NotYet(reason, Message(N_("Go on with somebody else.")))
    _in_office(ctx, peer, kind)


def _in_office(ctx: Context, peer: Row, kind: PeerKind) -> None:
    if placing.too_long_out(peer["out_of_office_on"], kind.out_of_office_months, ctx.today):
        reason = message(N_("{name} is out of office for too long."), name=peer["name"])
        raise NotYet(reason, Message(N_("Ask somebody else, or put the day right.")))


def passed_on(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """The group office passed the question on to its member."""
    values = {"asked_on": ctx.today, "status": EnquiryStatus.ASKED}
    return _moved(ctx, op_id, "placements.edit", shown, values, EnquiryStatus.WITH_GROUP)


def answer(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """The peer's answer, by themselves or noted for them; "not available" keeps its dates (L3, L5)."""
    typed = steps.only(ctx, "enquiries.answer", values, ANSWER)
    _mine_or_staff(ctx, shown)
    steps.needed(Enquiries, {**typed, **_said(typed)}, "is_interested", "is_available")
    yes = bool(typed["is_interested"] and typed["is_available"])
    status = EnquiryStatus.WILLING if yes else EnquiryStatus.NOT_WILLING
    begins: tuple[str, ...] = (
        EnquiryStatus.ASKED,
        EnquiryStatus.WITH_GROUP,
        EnquiryStatus.WILLING,
        EnquiryStatus.NOT_WILLING,
    )
    if yes or ctx.actor.mentor:
        begins = tuple(each for each in begins if each != EnquiryStatus.WITH_GROUP)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Enquiries, shown.id)
        steps.at(ctx, now, *begins)
        first = {**typed, **_busy_days(fresh, now, typed), "answered_on": ctx.today, "status": status}
        if "conflict" in typed and (typed["conflict"] or "") != (now["conflict"] or ""):
            first["conflict_settled"] = None  # what was decided was about other words
        return [Edit(Enquiries, now.id, first, shown=shown)]

    needs = Needs(rows=((Enquiries.tab, shown.id), (Referrals.tab, shown["referral"])))
    return records.commit(ctx, op_id, "enquiries.answer", [shown.id, typed], needs, decide)


def _said(typed: Values) -> dict[str, str]:
    """A "no" is an answer too."""
    return {name: "no" for name in ("is_interested", "is_available") if typed.get(name) is False}


def _busy_days(fresh: FreshRows, now: Row, typed: Values) -> dict[str, object]:
    """The dates of the request, where a peer who is not available names none."""
    if typed["is_available"]:
        return {"busy_from_on": None, "busy_to_on": None}
    if typed.get("busy_from_on"):
        return {}
    request = fresh.get(Referrals, now["referral"])
    return {"busy_from_on": request["from_on"], "busy_to_on": request["to_on"] or request["from_on"]}


def _mine_or_staff(ctx: Context, enquiry: Row) -> None:
    if ctx.actor.mentor and enquiry["mentor"] != ctx.actor.mentor:
        access.refuse(ctx, "enquiries.answer", enquiry.id)


def settle(ctx: Context, op_id: str, shown: Row, words: str) -> Receipt:
    """Note why a declared conflict or political activity does not stand in the way (L5)."""
    typed = {"conflict_settled": words}
    steps.needed(Enquiries, typed, "conflict_settled")
    return steps.edit(ctx, op_id, "placements.edit", Enquiries, shown, typed, typed)


# --- the council's choice -------------------------------------------------------------------------------


def put_forward(ctx: Context, op_id: str, request: str, enquiries: Collection[str]) -> Receipt:
    """Give the council several profiles: only of peers who said yes, with a profile agreed (L3; RM64)."""
    chosen = sorted(set(enquiries))

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Referrals, request), *OPEN)
        return [_put_forward(ctx, fresh, request, id_) for id_ in chosen]

    needs = Needs(whole=(Enquiries.tab, Mentors.tab), rows=((Referrals.tab, request),))
    return records.commit(ctx, op_id, "placements.edit", [request, "forward", chosen], needs, decide)


def _put_forward(ctx: Context, fresh: FreshRows, request: str, id_: str) -> Intent:
    row = fresh.get(Enquiries, id_)
    peer = fresh.get(Mentors, row["mentor"])
    if row["referral"] != request or row["status"] not in SAID_YES:
        raise NotYet(NOT_SAID_YES, ASK_FIRST)
    _still_there(ctx, peer)
    if row["conflict"] and not row["conflict_settled"]:
        reason = message(N_("{name} declared a conflict or political activity."), name=peer["name"])
        raise NotYet(reason, Message(N_("Write down what was decided about it first.")))
    if not peer["profile"] or peer["profile_agreed_on"] is None:
        reason = message(N_("{name} has no profile agreed with them."), name=peer["name"])
        raise NotYet(reason, Message(N_("Agree one first: a council reads it.")))
    again = {"decided_on": None, "told_on": None}
    forward = {**again, "put_forward_on": ctx.today, "status": EnquiryStatus.PUT_FORWARD}
    return Edit(Enquiries, id_, forward)


def decide_choice(ctx: Context, op_id: str, request: str, chosen: Collection[str], on: date) -> Receipt:
    """The council's choice among those put forward: the others are not chosen, and will be told (L3)."""
    steps.not_ahead(ctx, Enquiries, "decided_on", on)
    picked = frozenset(chosen)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Referrals, request)
        steps.at(ctx, row, *OPEN)
        forward = [
            each
            for each in fresh.where(Enquiries, "referral", request)
            if each["status"] == EnquiryStatus.PUT_FORWARD
        ]
        if not forward or picked - {each.id for each in forward}:
            raise NotYet(Message(N_("The council chooses among those put forward to it.")), steps.LOOK_AGAIN)
        for each in forward:
            if each.id in picked:
                _still_there(ctx, fresh.get(Mentors, each["mentor"]))
        here = fresh.where(Enquiries, "referral", request)
        is_filled = bool(picked) or any(each["status"] == EnquiryStatus.CHOSEN for each in here)
        matched = ReferralStatus.MATCHED if is_filled else ReferralStatus.RECEIVED
        moved = [Edit(Referrals, request, {"status": matched}, back=True)] if row["status"] != matched else []
        return [*(_chosen(each, each.id in picked, on) for each in forward), *moved]

    needs = Needs(whole=(Enquiries.tab, Mentors.tab), rows=((Referrals.tab, request),))
    return records.commit(ctx, op_id, "placements.edit", [request, sorted(picked), on], needs, decide)


def _chosen(row: Row, is_chosen: bool, on: date) -> Intent:
    status = EnquiryStatus.CHOSEN if is_chosen else EnquiryStatus.NOT_CHOSEN
    return Edit(Enquiries, row.id, {"decided_on": on, "status": status})


def told(ctx: Context, op_id: str, enquiries: Collection[str], on: date) -> Receipt:
    """Everybody was told, the unsuccessful too; a member by their group office (L3)."""
    steps.not_ahead(ctx, Enquiries, "told_on", on)
    chosen = sorted(set(enquiries))

    def decide(fresh: FreshRows) -> list[Intent]:
        for id_ in chosen:
            steps.at(ctx, fresh.get(Enquiries, id_), *UNTOLD)
        return [Edit(Enquiries, id_, {"told_on": on}) for id_ in chosen]

    needs = Needs(rows=tuple((Enquiries.tab, id_) for id_ in chosen))
    return records.commit(ctx, op_id, "placements.edit", [chosen, on], needs, decide)


def release(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """An officer's employer releases them for this project, and goes on paying them (L3)."""
    steps.not_ahead(ctx, Enquiries, "released_on", on)
    return _moved(ctx, op_id, "placements.edit", shown, {"released_on": on}, EnquiryStatus.CHOSEN)


def withdraw(ctx: Context, op_id: str, shown: Row, on: date, why: str) -> Receipt:
    """A peer can't keep to it: the search opens again, with what was learned (L5)."""
    _mine_or_staff(ctx, shown)
    steps.not_ahead(ctx, Enquiries, "withdrawn_on", on)
    steps.needed(Enquiries, {"withdrawal": why}, "withdrawal")
    values = {"withdrawn_on": on, "withdrawal": why, "status": EnquiryStatus.WITHDRAWN}
    begins = (EnquiryStatus.WILLING, EnquiryStatus.PUT_FORWARD, EnquiryStatus.CHOSEN)
    return _moved(ctx, op_id, "enquiries.answer", shown, values, *begins)


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
    since = max(row["withdrawn_on"] for row in left)
    chosen = request.at(EnquiryStatus.CHOSEN)
    return not any(each.enquiry["decided_on"] > since for each in chosen)


def _moved(ctx: Context, op_id: str, action: str, shown: Row, values: Values, *begins: str) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Enquiries, shown.id), *begins)
        return [Edit(Enquiries, shown.id, values, shown=shown)]

    needs = Needs(rows=((Enquiries.tab, shown.id),))
    return records.commit(ctx, op_id, action, [shown.id, dict(values)], needs, decide)
