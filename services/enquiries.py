"""Asking peers: their answers, the council's choice, who was told, released, or withdrew (L3, L5)."""

from collections.abc import Collection, Iterable
from datetime import date

from schemas.column import Row, new_id
from schemas.errors import NotYet
from schemas.mentees import Mentees, Referrals, ReferralStatus
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.peers import Enquiries, EnquiryStatus
from schemas.words import N_, Message, message
from services import access, peers, placements, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules import placing
from services.store.interface import Needs, Receipt
from services.terms import PeerKind

ANSWER = frozenset({"is_interested", "is_available", "busy_from_on", "busy_to_on", "conflict"})
# Whoever was not chosen said yes too: they may take the place of one who withdrew.
SAID_YES = frozenset({EnquiryStatus.WILLING, EnquiryStatus.NOT_CHOSEN})
WAITING = frozenset({EnquiryStatus.WITH_GROUP, EnquiryStatus.ASKED})
UNTOLD = frozenset({EnquiryStatus.CHOSEN, EnquiryStatus.NOT_CHOSEN})
DONE_WITH = frozenset({EnquiryStatus.NOT_WILLING, EnquiryStatus.NOT_CHOSEN, EnquiryStatus.WITHDRAWN})
NOT_SAID_YES = Message(N_("Only peers who said that they are interested and available are put forward."))
ASK_FIRST = Message(N_("Ask them first, and wait for their answer."))


def profile(ctx: Context, enquiry: str) -> Row:
    """A shortlisted peer, as the council may read them: only once the peer said yes and was put forward (RM65, RM66)."""
    access.require(ctx, "placements.see")
    rows = records.view(ctx)
    asked = rows.get(Enquiries, enquiry)
    if asked["status"] not in placements.SEEN_BY_COUNCIL:
        raise NotYet(NOT_SAID_YES, ASK_FIRST)
    peer = rows.get(Mentors, asked["mentor"])
    _still_there(ctx, peer)
    return peer


def ask(ctx: Context, op_id: str, request: str, who: Collection[str]) -> Receipt:
    """Ask several peers; a member's group office is asked first, and passes it on (L3)."""
    chosen = sorted(set(who))

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Referrals, request)
        steps.at(ctx, row, *placements.OPEN)
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
    council = placements.folded(rows.name(Mentees, request["mentee"]))
    for peer in (fresh.get(Mentors, id_) for id_ in chosen):
        if placements.folded(rows.name(Organisations, peer["organisation"])) == council:
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


def put_forward(ctx: Context, op_id: str, request: str, enquiries: Collection[str]) -> Receipt:
    """Give the council several profiles: only of peers who said yes, with a profile agreed (L3; RM64)."""
    chosen = sorted(set(enquiries))

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Referrals, request), *placements.OPEN)
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
    _happened(ctx, "decided_on", on)
    picked = frozenset(chosen)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Referrals, request)
        steps.at(ctx, row, *placements.OPEN)
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
    _happened(ctx, "told_on", on)
    chosen = sorted(set(enquiries))

    def decide(fresh: FreshRows) -> list[Intent]:
        for id_ in chosen:
            steps.at(ctx, fresh.get(Enquiries, id_), *UNTOLD)
        return [Edit(Enquiries, id_, {"told_on": on}) for id_ in chosen]

    needs = Needs(rows=tuple((Enquiries.tab, id_) for id_ in chosen))
    return records.commit(ctx, op_id, "placements.edit", [chosen, on], needs, decide)


def release(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """An officer's employer releases them for this project, and goes on paying them (L3)."""
    _happened(ctx, "released_on", on)
    return _moved(ctx, op_id, "placements.edit", shown, {"released_on": on}, EnquiryStatus.CHOSEN)


def withdraw(ctx: Context, op_id: str, shown: Row, on: date, why: str) -> Receipt:
    """A peer can't keep to it: the search opens again, with what was learned (L5)."""
    _mine_or_staff(ctx, shown)
    _happened(ctx, "withdrawn_on", on)
    steps.needed(Enquiries, {"withdrawal": why}, "withdrawal")
    values = {"withdrawn_on": on, "withdrawal": why, "status": EnquiryStatus.WITHDRAWN}
    begins = (EnquiryStatus.WILLING, EnquiryStatus.PUT_FORWARD, EnquiryStatus.CHOSEN)
    return _moved(ctx, op_id, "enquiries.answer", shown, values, *begins)


def _happened(ctx: Context, name: str, on: date | None) -> None:
    """Stop where the day of something is blank or ahead."""
    steps.needed(Enquiries, {name: on}, name)
    steps.not_ahead(ctx, Enquiries, name, on)


def _moved(ctx: Context, op_id: str, action: str, shown: Row, values: Values, *begins: str) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Enquiries, shown.id), *begins)
        return [Edit(Enquiries, shown.id, values, shown=shown)]

    needs = Needs(rows=((Enquiries.tab, shown.id),))
    return records.commit(ctx, op_id, action, [shown.id, dict(values)], needs, decide)
