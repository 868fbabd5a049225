"""Whom a letter pays, and with which details: proposed by one person, confirmed by another (S18).

Bank details are sealed in the workbook and shown masked; who confirms a change sees the proposed numbers
once, and that is logged (RM18 to RM22).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentors import Mentors, MentorStatus, Terms
from schemas.money import Proposals, ProposalStatus
from schemas.organisations import OrganisationKind, Organisations, OrganisationStatus, Payees, PayeeStatus
from schemas.words import N_, Message
from services import access, engagements, history, people, records
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader
from services.store.interface import Needs, Receipt

ACTION = "payee details"
DETAILS = ("name", "address", "email", "vat_number", "account_name", "sort_code", "account_number")
PAID_TODAY = frozenset({MentorStatus.APPROVED, MentorStatus.PAUSED})
BANK = ("account_name", "sort_code", "account_number")


@dataclass(frozen=True)
class Payee:
    """A payee as most may see it: bank details masked."""

    row: Row | None
    mentor: str
    organisation: str
    name: str
    bank: Mapping[str, str]
    waiting: Row | None

    @property
    def has_bank(self) -> bool:
        """Whether a letter can print where to pay."""
        return all(self.bank.get(name) for name in BANK)


@dataclass(frozen=True)
class Waiting:
    """Proposed details that wait for a second person; what they say is opened by `open_proposal` alone."""

    row: Row
    name: str
    proposed_by: str
    is_own: bool


def of_party(rows: Reader, mentor: str, organisation: str) -> Row | None:
    """The payee row of a direct mentor or of a host, the confirmed one first."""
    column, value = ("organisation", organisation) if organisation else ("mentor", mentor)
    found = rows.where(Payees, column, value) if value else []
    return next(iter(sorted(found, key=lambda row: row["status"] != PayeeStatus.CONFIRMED)), None)


def confirmed_of(rows: Reader, mentor: str, organisation: str) -> Row | None:
    """The payee row that a letter may print: one that a second person confirmed (S18)."""
    payee = of_party(rows, mentor, organisation)
    return payee if payee is not None and payee["status"] == PayeeStatus.CONFIRMED else None


def all_payees(ctx: Context) -> list[Payee]:
    """Every payee with masked details, by name."""
    access.require(ctx, "payees.see")
    rows = records.view(ctx)
    found = [_payee(ctx, row, row["mentor"] or "", row["organisation"] or "") for row in rows.all(Payees)]
    return sorted(found, key=lambda payee: payee.name)


def without_row(ctx: Context) -> list[Payee]:
    """Hosts, ourselves and direct mentors of today that no payee row stands for: a letter would say "to follow"."""
    access.require(ctx, "payees.see")
    rows = records.view(ctx)
    known = {row["organisation"] or row["mentor"] for row in rows.all(Payees)}
    paid = (OrganisationKind.HOST, OrganisationKind.OURS)
    found_here = (row for kind in paid for row in rows.where(Organisations, "kind", kind))
    hosts = [row.id for row in found_here if _works_with_us(row)]
    direct = [
        row.id for row in rows.all(Mentors) if row["status"] in PAID_TODAY and _is_direct(ctx, rows, row)
    ]
    found = [_payee(ctx, None, "", id_) for id_ in hosts if id_ not in known]
    found += [_payee(ctx, None, id_, "") for id_ in direct if id_ not in known]
    return sorted(found, key=lambda payee: payee.name.casefold())


def _works_with_us(host: Row) -> bool:
    return bool(host["status"] == OrganisationStatus.ACTIVE)


def _is_direct(ctx: Context, rows: Reader, mentor: Row) -> bool:
    engaged = engagements.engagement_on(rows, mentor.id, ctx.today)
    return engaged is not None and engaged["terms"] == Terms.DIRECT


def opened(ctx: Context, shown: Row) -> dict[str, str]:
    """The bank details in plain text for who pays; each view is logged (RM18)."""
    return {name: records.unseal(ctx, shown, name, "payees.open") for name in BANK}


def own(ctx: Context) -> Payee:
    """The mentor's own payee details, masked; a hosted mentor's letters pay the host."""
    access.require(ctx, "payees.own")
    row = of_party(records.view(ctx), ctx.actor.mentor, "")
    return _payee(ctx, row, ctx.actor.mentor, "")


def _payee(ctx: Context, row: Row | None, mentor: str, organisation: str) -> Payee:
    whole = records.ground(ctx)
    name = row["name"] if row else whole.name(Mentors, mentor) or whole.name(Organisations, organisation)
    bank = {column: records.masked(ctx, row, column) for column in BANK} if row else {}
    target = row.id if row else mentor or organisation
    waiting = [each for each in whole.where(Proposals, "target", target) if _is_waiting(each)]
    return Payee(row, mentor, organisation, name, bank, next(iter(waiting), None))


def _is_waiting(row: Row) -> bool:
    return bool(row["action"] == ACTION and row["status"] == ProposalStatus.PROPOSED)


def propose(ctx: Context, op_id: str, party: Payee, texts: Mapping[str, str]) -> Receipt:
    """Propose new details: a mentor for themselves, finance for an organisation (RM20)."""
    access.require(ctx, "payees.propose")
    if party.organisation and ctx.actor.mentor or party.mentor and party.mentor != ctx.actor.mentor:
        access.refuse(ctx, "payees.propose", party.mentor or party.organisation)
    values = records.typed_values(Payees, {name: texts[name] for name in DETAILS if texts.get(name)})
    if not values:
        raise NotYet(Message(N_("Nothing is filled in.")), Message(N_("Fill in what is to change.")))
    _bank_whole_or_none(values)
    content = {name: Payees.columns[name].write(value) for name, value in values.items()}
    sealed = json.dumps(
        {**content, "mentor": party.mentor, "organisation": party.organisation}, sort_keys=True
    )
    row = {
        "action": ACTION,
        "target": party.row.id if party.row else party.mentor or party.organisation,
        "content": sealed,
        "proposed_by": ctx.actor.id,
        "proposed_on": ctx.today,
        "status": ProposalStatus.PROPOSED,
    }
    id_ = new_id(Proposals.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        older = [each for each in fresh.where(Proposals, "target", row["target"]) if _is_waiting(each)]
        closed: list[Intent] = [
            Edit(
                Proposals,
                each.id,
                {"status": ProposalStatus.REFUSED, "reason": "replaced by a newer proposal"},
            )
            for each in older
            if each["proposed_by"] == ctx.actor.id
        ]
        return [*closed, New(Proposals, row, id_)]

    needs = Needs(where=((Proposals.tab, "target", str(row["target"])),))
    return records.commit(ctx, op_id, "payees.propose", sorted(content), needs, decide)


def _bank_whole_or_none(values: Mapping[str, Any]) -> None:
    given = [name for name in BANK if values.get(name)]
    missing = [name for name in BANK if not values.get(name)]
    if given and missing:
        needed = Message(N_("is needed too: bank details come together."))
        raise InvalidEntry([Payees.columns[name].problem(needed) for name in missing])


def proposals(ctx: Context) -> list[Row]:
    """Changes of details that wait for a second person."""
    access.require(ctx, "payees.see")
    found = records.view(ctx).where(Proposals, "action", ACTION)
    return [row for row in found if _is_waiting(row)]


def waiting(ctx: Context) -> list[Waiting]:
    """The same with whom they concern and who proposed them, the oldest first; one's own others decide."""
    whole = records.ground(ctx)
    found = [
        Waiting(
            row,
            _target_name(whole, row["target"]),
            history.person_name(ctx, row["proposed_by"]),
            people.is_same_human(ctx, row["proposed_by"], ctx.actor.id),
        )
        for row in proposals(ctx)
    ]
    return sorted(found, key=lambda each: (each.row["proposed_on"], each.name.casefold()))


def _target_name(whole: records.Rows, target: str) -> str:
    payee = whole.find(Payees, target)
    if payee is not None:
        return str(payee["name"])
    register = Mentors if whole.find(Mentors, target) else Organisations
    return whole.name(register, target)


def open_proposal(ctx: Context, shown: Row) -> dict[str, str]:
    """The proposed details in plain text for who confirms them; the view is logged (RM21)."""
    content: dict[str, str] = json.loads(records.unseal(ctx, shown, "content", "payees.confirm"))
    return {name: content[name] for name in DETAILS if name in content}


def decide(ctx: Context, op_id: str, shown: Row, *, confirm: bool, reason: str = "") -> Receipt:
    """Confirm or refuse proposed details; never one's own (RM22)."""

    def decided(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Proposals, shown.id)
        if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            raise NotYet(
                Message(N_("You proposed this yourself.")), Message(N_("Somebody else has to confirm it."))
            )
        if row["status"] != ProposalStatus.PROPOSED:
            who = history.person_name(ctx, row["decided_by"] or "")
            raise NotYet(
                Message(N_("This has been decided already.") if not who else N_("A colleague was quicker.")),
                Message(N_("Open the page again to see how.")),
            )
        status = ProposalStatus.CONFIRMED if confirm else ProposalStatus.REFUSED
        done = {"status": status, "decided_by": ctx.actor.id, "decided_on": ctx.today, "reason": reason}
        decision = Edit(Proposals, row.id, done, shown=shown, signs=True)
        return [decision, *(_applied(ctx, fresh, row) if confirm else [])]

    needs = Needs(rows=((Proposals.tab, shown.id), (Payees.tab, shown["target"])))
    return records.commit(ctx, op_id, "payees.confirm", [shown.id, confirm, reason], needs, decided)


def _applied(ctx: Context, fresh: FreshRows, proposal: Row) -> list[Intent]:
    content: dict[str, str] = json.loads(ctx.workbook.seals.open(proposal["content"].token))
    values = {name: Payees.columns[name].typed(content[name]) for name in DETAILS if name in content}
    values["status"] = PayeeStatus.CONFIRMED
    known = fresh.find(Payees, proposal["target"])
    if known is not None:
        return [Edit(Payees, known.id, values)]
    party = {name: content[name] for name in ("mentor", "organisation") if content.get(name)}
    name = values.get("name") or _party_name(ctx, party)
    return [New(Payees, {**values, **party, "name": name})]


def _party_name(ctx: Context, party: Mapping[str, str]) -> str:
    whole = records.ground(ctx)
    return whole.name(Mentors, party.get("mentor")) or whole.name(Organisations, party.get("organisation"))
