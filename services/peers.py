"""Who may be asked as a peer: profile agreed and dated, kept current, charter accepted, removed (L1, L2, L9)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentors import Mentors, MentorStatus
from schemas.words import N_, Message, message
from schemas.work import Development, DevelopmentKind
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.rules.answering import months_after
from services.rules.placing import too_long_out
from services.store.interface import Needs, Receipt
from services.terms import PeerKind, PlacementTerms

WHO = frozenset({"name", "email", "phone", "area", "languages", "gender", "notes"})
STANDING = frozenset(
    {
        "peer_kind",
        "organisation",
        "post",
        "political_group",
        "group_office",
        "offers",
        "skills",
        "joined_how",
        "is_on_payroll",
        "out_of_office_on",
        "stands_again",
    }
)
DETAILS = WHO | STANDING
OWN = frozenset(
    {"phone", "post", "offers", "skills", "languages", "availability", "profile", "out_of_office_on"}
)
BRIEFING = frozenset({"held_on", "topic", "title"})
IN_POOL = frozenset({MentorStatus.APPLIED, MentorStatus.APPROVED, MentorStatus.PAUSED})
NO_PLACEMENTS = Message(N_("This programme puts nobody forward to councils."))


class Flag(StrEnum):
    """What somebody should look at in a peer's entry."""

    OUT_OF_OFFICE = "out of office"
    OUT_TOO_LONG = "out too long"
    NO_PROFILE = "no profile"
    OLD_PROFILE = "old profile"
    CHARTER = "charter"
    NO_OFFICE = "no group office"
    NO_KIND = "no kind"


@dataclass(frozen=True)
class Entry:
    """A peer as the list shows them: where they are from, and what to look at."""

    peer: Row
    council: str
    group_office: str
    flags: tuple[tuple[Flag, Message], ...]

    @property
    def codes(self) -> frozenset[Flag]:
        """What to look at, by code."""
        return frozenset(flag for flag, _ in self.flags)


def terms(ctx: Context) -> PlacementTerms:
    """The programme's terms of placement; refused where it has none."""
    if ctx.programme.placements is None:
        raise NotYet(NO_PLACEMENTS, Message(N_("Choose another programme.")))
    return ctx.programme.placements


def kind_of(ctx: Context, peer: Row) -> PeerKind | None:
    """What kind of peer somebody is; `None` where it is not recorded."""
    return next((each for each in terms(ctx).peer_kinds if each.en == peer["peer_kind"]), None)


# --- reading --------------------------------------------------------------------------------------------


def listed(
    ctx: Context,
    *,
    kind: str = "",
    group: str = "",
    flag: str = "",
    statuses: Collection[str] = IN_POOL,
) -> list[Entry]:
    """Peers by name; `group` is a political group, whose office sees and contacts its own peers alone (L1)."""
    access.require(ctx, "peers.see")
    rows = records.view(ctx)
    found = [
        _entry(ctx, rows, row)
        for row in rows.all(Mentors)
        if row["status"] in statuses
        and kind in {"", row["peer_kind"]}
        and group in {"", row["political_group"]}
    ]
    chosen = [each for each in found if not flag or flag in each.codes]
    return sorted(chosen, key=lambda each: (each.peer["name"].casefold(), each.peer.id))


def card(ctx: Context, id_: str) -> Entry:
    """One peer."""
    access.require(ctx, "peers.see")
    rows = records.view(ctx)
    return _entry(ctx, rows, rows.get(Mentors, id_))


def own(ctx: Context) -> Entry:
    """The peer's own entry, with what they should look at."""
    access.require(ctx, "own.profile")
    rows = records.view(ctx)
    return _entry(ctx, rows, rows.get(Mentors, ctx.actor.mentor))


def trained(ctx: Context, peer: str) -> list[Row]:
    """Briefings and training attended, the newest first (L1)."""
    access.require(ctx, "peers.see")
    return sorted(
        records.view(ctx).where(Development, "mentor", peer), key=lambda row: row["held_on"], reverse=True
    )


def _entry(ctx: Context, rows: records.Rows, peer: Row) -> Entry:
    from schemas.organisations import Organisations

    whole = records.ground(ctx)
    names = [whole.name(Organisations, peer[name]) for name in ("organisation", "group_office")]
    return Entry(peer, names[0], names[1], tuple(_flags(ctx, peer)))


def _flags(ctx: Context, peer: Row) -> Iterator[tuple[Flag, Message]]:
    kind, rules = kind_of(ctx, peer), terms(ctx)
    if peer["status"] == MentorStatus.LEFT:
        return
    if kind is None:
        yield Flag.NO_KIND, Message(N_("Say which kind of peer they are."))
    elif peer["out_of_office_on"] is not None:
        yield _out(peer["out_of_office_on"], kind, ctx.today)
    if kind is not None and kind.through_group and not peer["group_office"]:
        yield Flag.NO_OFFICE, Message(N_("No group office recorded: it is asked first."))
    yield from _papers(peer, rules, ctx.today)


def _out(since: date, kind: PeerKind, today: date) -> tuple[Flag, Message]:
    if too_long_out(since, kind.out_of_office_months, today):
        said = N_("Out of office since {day}, longer than may be: consider removing them.")
        return Flag.OUT_TOO_LONG, message(said, day=since)
    last = months_after(since, kind.out_of_office_months)
    return Flag.OUT_OF_OFFICE, message(
        N_("Out of office since {day}; may be asked until {last}."), day=since, last=last
    )


def _papers(peer: Row, rules: PlacementTerms, today: date) -> Iterator[tuple[Flag, Message]]:
    agreed = peer["profile_agreed_on"]
    if not peer["profile"] or agreed is None:
        yield Flag.NO_PROFILE, Message(N_("No profile agreed yet."))
    elif months_after(agreed, rules.profile_months) < today:
        yield Flag.OLD_PROFILE, message(N_("Profile agreed on {day}: ask them to look at it."), day=agreed)
    if peer["charter_version"] != rules.charter_version:
        said = N_("Charter and terms of {version} not accepted yet.")
        yield Flag.CHARTER, message(said, version=rules.charter_version)


# --- keeping it current ---------------------------------------------------------------------------------


def add(ctx: Context, op_id: str, values: Values) -> Receipt:
    """Take up a peer who expressed an interest (L1)."""
    typed = steps.only(ctx, "peers.edit", values, DETAILS)
    steps.needed(Mentors, typed, "name", "peer_kind", "joined_how")
    _fits(ctx, typed)
    row = New(Mentors, {**typed, "status": MentorStatus.APPLIED}, new_id(Mentors.prefix))
    return records.commit(ctx, op_id, "peers.edit", typed, Needs(), lambda fresh: [row])


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Put a peer's details right; the profile is agreed with them in `agree`."""
    _fits(ctx, {**shown, **values})
    steps.not_ahead(ctx, Mentors, "out_of_office_on", values.get("out_of_office_on"))
    return steps.edit(ctx, op_id, "peers.edit", Mentors, shown, values, DETAILS)


def _fits(ctx: Context, values: Values) -> None:
    """A member names their group; an officer has none, so that no list shows one."""
    kind = next((each for each in terms(ctx).peer_kinds if each.en == values.get("peer_kind")), None)
    if kind is None:
        return
    if kind.through_group:
        steps.needed(Mentors, values, "political_group")
    elif values.get("political_group") or values.get("group_office"):
        words = Message(N_("is for members only. Leave it empty."))
        name = "political_group" if values.get("political_group") else "group_office"
        raise InvalidEntry([Mentors.columns[name].problem(words)])


def take_up(ctx: Context, op_id: str, shown: Row, on: date | None = None) -> Receipt:
    """Make an applicant, or a paused peer, one who can be asked; their kind and charter are there."""

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Mentors, shown.id)
        steps.at(ctx, now, MentorStatus.APPLIED, MentorStatus.PAUSED)
        steps.needed(Mentors, now, "peer_kind")
        day = on or now["recruited_on"] or ctx.today
        return [Edit(Mentors, now.id, {"status": MentorStatus.APPROVED, "recruited_on": day}, shown=shown)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, "peers.edit", [shown.id, on], needs, decide)


def pause(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Ask them for nothing for now."""

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Mentors, shown.id), MentorStatus.APPROVED)
        return [Edit(Mentors, shown.id, {"status": MentorStatus.PAUSED}, shown=shown)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, "peers.edit", shown.id, needs, decide)


def agree(ctx: Context, op_id: str, shown: Row, profile: str, on: date) -> Receipt:
    """Note the profile as agreed with the peer, and the day; a council may read it from then on."""
    typed = {"profile": profile, "profile_agreed_on": on}
    steps.needed(Mentors, typed, "profile", "profile_agreed_on")
    steps.not_ahead(ctx, Mentors, "profile_agreed_on", on)
    return steps.edit(ctx, op_id, "peers.edit", Mentors, shown, typed, typed)


def review_own(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """The peer looks at their own profile: as they leave it, it is agreed with them today (L2; RM63)."""
    typed = steps.only(ctx, "own.profile", values, OWN)
    if shown.id != ctx.actor.mentor:
        access.refuse(ctx, "own.profile", shown.id)
    steps.not_ahead(ctx, Mentors, "out_of_office_on", typed.get("out_of_office_on"))
    if typed.get("profile", shown["profile"]):
        typed["profile_agreed_on"] = ctx.today
    intent = Edit(Mentors, shown.id, typed, shown=shown)
    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, "own.profile", [shown.id, typed], needs, lambda fresh: [intent])


def accept(ctx: Context, op_id: str) -> Receipt:
    """The peer accepts the charter and terms in force (L9)."""
    typed = {"charter_version": terms(ctx).charter_version, "charter_on": ctx.today}
    me = ctx.actor.mentor
    intent = Edit(Mentors, me, typed)
    needs = Needs(rows=((Mentors.tab, me),))
    return records.commit(ctx, op_id, "own.profile", typed, needs, lambda fresh: [intent])


def brief(ctx: Context, op_id: str, peers: Collection[str], values: Values) -> Receipt:
    """Record a briefing, training or development session, for everybody who came (L1)."""
    typed = steps.only(ctx, "peers.edit", values, BRIEFING)
    steps.needed(Development, typed, "held_on", "topic")
    steps.not_ahead(ctx, Development, "held_on", typed["held_on"])
    if not peers:
        raise InvalidEntry([Development.mentor.problem(Message(N_("is needed.")))])
    title = typed.get("title") or str(typed["topic"]).capitalize()
    common = {**typed, "title": title, "kind": DevelopmentKind.TRAINING, "is_chargeable": False}
    made = [New(Development, {**common, "mentor": id_}, new_id(Development.prefix)) for id_ in peers]
    return records.commit(ctx, op_id, "peers.edit", [typed, sorted(peers)], Needs(), lambda fresh: list(made))


# --- removal --------------------------------------------------------------------------------------------


def remove(
    ctx: Context, op_id: str, shown: Row, reason: str, words: str = "", on: date | None = None
) -> Receipt:
    """Take a peer off the database for one of the programme's reasons, which is sealed (L2; RM67)."""
    if reason not in {each.en for each in terms(ctx).removal_reasons}:
        wrong = Message(N_("is not one of the reasons. Choose it from the list."))
        raise InvalidEntry([Mentors.removal_reason.problem(wrong)])
    day = on or ctx.today
    steps.not_ahead(ctx, Mentors, "left_on", day)
    sealed = f"{reason}\n{words}".strip()
    values = {"status": MentorStatus.LEFT, "left_on": day, "removal_reason": sealed}

    def decide(fresh: FreshRows) -> list[Intent]:
        steps.at(ctx, fresh.get(Mentors, shown.id), *IN_POOL)
        return [Edit(Mentors, shown.id, values, shown=shown)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, "peers.remove", [shown.id, sealed, day], needs, decide)


def removal(ctx: Context, id_: str) -> str:
    """Why a peer was removed; it may be a conviction, so the manager alone opens it, and it is logged."""
    access.require(ctx, "removals.open")
    return records.unseal(ctx, records.view(ctx).get(Mentors, id_), "removal_reason", "removals.open")
