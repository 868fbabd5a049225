"""The search for a council: who fits, why, and why not, by the programme's own weights (L3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.column import Row
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.peers import Enquiries, EnquiryStatus
from services import access, peers, placements, records
from services.context import Context
from services.rules import placing, shortlists
from services.rules.placing import Busy, Candidate, Need
from services.rules.shortlists import Reason
from services.terms import PeerKind, PlacementTerms


class Suggestion(NamedTuple):
    """A peer's place in the shortlist, with the reasons."""

    peer: Row
    council: str
    points: int
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Reason, ...]


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
    folded = {id_: placements.folded(name) for id_, name in homes.items()}
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
        council=placements.folded(council["name"]),
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
