"""What each row of the access matrix has somebody try: `prepare(workbook, actor)` gives the deed itself.

A deed answers "masked" where what it sees is masked, anything else where it is done or seen, and raises where it is
refused. What stands around it (the line, the letter, the proposal) is prepared by whoever may.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.assignments import Interests
from schemas.column import Role, Row
from schemas.mentees import Mentees
from schemas.mentors import Seats
from schemas.organisations import Payees
from schemas.people import People
from schemas.requests import Requests
from schemas.work import Sessions, Timesheets
from services import (
    approvals,
    bundle,
    credits,
    erasure,
    exceptions,
    history,
    interests,
    invoices,
    letters,
    payees,
    people_register,
    pool,
    records,
    requests,
    runs,
    sessions,
    timesheets,
)
from services.context import Actor
from services.imports.bring import bring
from services.payees import Payee
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MAIR, NOW, as_, op
from tests.services.imports.desk import POOL, look
from tests.services.letters import THIRD, approved, issued
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    HOST_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    both_roles,
    fill,
    made,
    put,
    row_of,
)
from tests.services.test_timesheets import GETHINS, MAIRS, recorded, submitted, typed

Deed = Callable[[], Any]
Prepare = Callable[[Workbook, Actor], Deed]

BANK = {"account_name": "G Llywelyn", "sort_code": "20 30 40", "account_number": "55779911"}
RHYS = Actor("PER-SECOND", "Rhys Tudor", Role.MANAGER, "rhys.tudor@example.org")
PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own


def scene(workbook: Workbook) -> None:
    """The staffed programme, with an assignment of Gethin's and one of Mair's."""
    fill(workbook)
    assigned(workbook)
    assigned(workbook, MAIRS, MAIR_ID, OTHER_GROUP_ID)


def another(actor: Actor) -> Actor:
    """The mentor whose things the matrix's mentor, Gethin, does not own; everybody else stays themselves."""
    return MAIR if actor is GETHIN else actor


# --- who works here ---------------------------------------------------------------------------------


def change_role(workbook: Workbook, actor: Actor) -> Deed:
    row = row_of(workbook, People, EVAN.id if actor is not EVAN else FINN.id)
    given = {"name": row["name"], "email": row["email"], "role": Role.COORDINATOR}
    return lambda: people_register.change(as_(actor, workbook), op(), row, given)


def change_own_role(workbook: Workbook, actor: Actor) -> Deed:
    row = row_of(workbook, People, actor.id)
    given = {"name": row["name"], "email": row["email"], "role": Role.MANAGER, "mentor": row["mentor"]}
    return lambda: people_register.change(as_(actor, workbook), op(), row, given)


def read_another_programme(workbook: Workbook, actor: Actor) -> Deed:
    row = Append(
        "Mentees", {"_id": "GRP-ELSEWH", "programme": "two", "name": "Elsewhere", "status": "active"}
    )
    workbook.take(
        workbook.store.commit(Operation(op(), "", "t", "start", NOW, "two"), Needs(), lambda fresh: [row])
    )
    return lambda: records.view(as_(actor, workbook)).get(Mentees, "GRP-ELSEWH")


def read_history(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: history.newest(as_(actor, workbook))


def change_history(workbook: Workbook, actor: Actor) -> Deed:
    """No verb takes an entry away; the nearest is undoing what somebody else did."""
    key, other = op(), ANGHARAD if actor is not ANGHARAD else ADA
    row = row_of(workbook, People, EVAN.id if actor is not EVAN else FINN.id)
    people_register.stop(as_(other, workbook), key, row)
    return lambda: history.undo(as_(actor, workbook), op(), key)


def bring_a_file(workbook: Workbook, actor: Actor) -> Deed:
    seen = look(as_(ANGHARAD, workbook), POOL)
    return lambda: bring(as_(actor, workbook), op(), seen)


def allow_both(workbook: Workbook, actor: Actor) -> Deed:
    person = FINN.id if actor is not FINN else ANGHARAD.id
    return lambda: exceptions.allow(as_(actor, workbook), op(), person, "There are only two of us.")


# --- rights of the people in the records ----------------------------------------------------------------


def _asked(workbook: Workbook, kind: str) -> Row:
    ctx = as_(ANGHARAD, workbook)
    mentor = put(workbook, _mentors(), "MEN-LEFTUS", name="Tegid Owen", area="Powys", status="left", panel="A. Puw",
                 recruited_on=date(2025, 1, 1), left_on=date(2025, 12, 31))  # fmt: skip
    given = {"kind": kind, "person": "Tegid Owen", "answer_to": "by post", "received_on": ctx.today}
    row = made(workbook, requests.receive(ctx, op(), given), Requests)
    known = {"record": mentor.id, "known_as": (), "identity_how": "met in person", "identity_on": ctx.today}
    requests.identify(ctx, op(), row, known)
    return row_of(workbook, Requests, row.id)


def _mentors() -> Any:
    from schemas.mentors import Mentors

    return Mentors


def build_bundle(workbook: Workbook, actor: Actor) -> Deed:
    row = _asked(workbook, "access")
    return lambda: bundle.made(as_(actor, workbook), row, "en")


def _proposed_erasure(workbook: Workbook, by: Actor) -> Row:
    row = _asked(workbook, "erasure")
    erasure.propose(as_(by, workbook), op(), row, "He asked for it.")
    return row_of(workbook, Requests, row.id)


def erase_as_second(workbook: Workbook, actor: Actor) -> Deed:
    put(workbook, People, RHYS.id, name=RHYS.name, email=RHYS.email, role=RHYS.role, status="active")
    row = _proposed_erasure(workbook, RHYS)
    return lambda: erasure.confirm(as_(actor, workbook), op(), row)


def erase_alone(workbook: Workbook, actor: Actor) -> Deed:
    row = _proposed_erasure(workbook, ANGHARAD)
    return lambda: erasure.confirm(as_(actor, workbook), op(), row)


# --- pool and payees ---------------------------------------------------------------------------------


def see_profile(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: pool.card(as_(actor, workbook), MAIR_ID)


def _confirmed_payee(workbook: Workbook) -> Row:
    gethin, manager = as_(GETHIN, workbook), as_(ANGHARAD, workbook)
    payees.propose(gethin, op(), payees.own(gethin), {"name": "Gethin Llywelyn", **BANK})
    (row,) = payees.proposals(manager)
    payees.decide(manager, op(), row, confirm=True)
    found = records.ground(manager).all(Payees)
    return found[0]


def see_bank_details(workbook: Workbook, actor: Actor) -> Deed:
    row = _confirmed_payee(workbook)
    ctx = as_(another(actor), workbook)

    def deed() -> str:
        from schemas.errors import NotAllowed

        try:
            assert payees.opened(ctx, row)["account_number"] == "55779911"
            return "allow"
        except NotAllowed:
            (shown,) = [each for each in payees.all_payees(ctx) if each.row]
        assert "55779911" not in str(shown) and shown.bank["account_number"] == "••••911"
        return "masked"

    return deed


def see_own_bank_details(workbook: Workbook, actor: Actor) -> Deed:
    _confirmed_payee(workbook)

    def deed() -> str:
        own = payees.own(as_(actor, workbook))
        assert own.bank["account_number"] == "••••911"
        return "masked"

    return deed


def _party(workbook: Workbook, actor: Actor) -> Payee:
    if actor is GETHIN:
        return payees.own(as_(GETHIN, workbook))
    return Payee(None, "", HOST_ID, "Menter y Bryn", {}, None)


def propose_bank_details(workbook: Workbook, actor: Actor) -> Deed:
    party = _party(workbook, actor)
    return lambda: payees.propose(as_(actor, workbook), op(), party, {"name": "Someone", **BANK})


def confirm_bank_details(workbook: Workbook, actor: Actor) -> Deed:
    ctx = as_(GETHIN, workbook)
    payees.propose(ctx, op(), payees.own(ctx), {"name": "Gethin Llywelyn", **BANK})
    (row,) = payees.proposals(as_(ANGHARAD, workbook))

    def deed() -> None:
        assert payees.open_proposal(as_(actor, workbook), row)["account_number"] == "55779911"
        payees.decide(as_(actor, workbook), op(), row, confirm=True)

    return deed


def change_bank_details_alone(workbook: Workbook, actor: Actor) -> Deed:
    """Who may propose confirms their own; everybody else begins by proposing."""
    ctx, party = as_(actor, workbook), _party(workbook, actor)
    if actor not in (GETHIN, FINN):
        return lambda: payees.propose(ctx, op(), party, {"name": "Someone", **BANK})
    payees.propose(ctx, op(), party, {"name": "Someone", **BANK})
    (row,) = payees.proposals(as_(ANGHARAD, workbook))
    return lambda: payees.decide(ctx, op(), row, confirm=True)


# --- relationships -----------------------------------------------------------------------------------


def declare(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: interests.declare(as_(actor, workbook), op(), GROUP_ID, "Chaired it until 2024")


def _declared(workbook: Workbook) -> Row:
    said = interests.declare(as_(GETHIN, workbook), op(), GROUP_ID, "Chaired it until 2024")
    return made(workbook, said, Interests)


def assess(workbook: Workbook, actor: Actor) -> Deed:
    row = _declared(workbook)
    return lambda: interests.assess(
        as_(actor, workbook), op(), row, may_proceed=True, assessment="Long over."
    )


def assess_oneself(workbook: Workbook, actor: Actor) -> Deed:
    row = _declared(workbook)
    if actor is not GETHIN:
        both_roles(workbook, actor, GETHIN_ID)
    return lambda: interests.assess(
        as_(actor, workbook), op(), row, may_proceed=True, assessment="Long over."
    )


# --- time ------------------------------------------------------------------------------------------


def _draft(workbook: Workbook) -> Row:
    return made(workbook, timesheets.save(as_(GETHIN, workbook), op(), typed()), Timesheets)


def _sent(workbook: Workbook, **more: Any) -> Row:
    session = recorded(workbook, assignment=more.get("assignment", GETHINS))
    return submitted(as_(GETHIN, workbook), session=session, **more)


def submit(workbook: Workbook, actor: Actor) -> Deed:
    row = _draft(workbook)
    return lambda: timesheets.submit(as_(actor, workbook), op(), [row])


def submit_another_s(workbook: Workbook, actor: Actor) -> Deed:
    given = typed(assignment=MAIRS)
    return lambda: timesheets.save(as_(actor, workbook), op(), given, send=True)


def edit_draft(workbook: Workbook, actor: Actor) -> Deed:
    row = _draft(workbook)
    return lambda: timesheets.save(as_(actor, workbook), op(), {"hours": Decimal(2)}, row)


def approve(workbook: Workbook, actor: Actor) -> Deed:
    row = _sent(workbook)
    return lambda: approvals.approve(as_(actor, workbook), op(), [row])


def approve_own(workbook: Workbook, actor: Actor) -> Deed:
    row = _sent(workbook)
    if actor is not GETHIN:
        both_roles(workbook, actor, GETHIN_ID)
    return lambda: approvals.approve(as_(actor, workbook), op(), [row])


def approve_over_days(workbook: Workbook, actor: Actor) -> Deed:
    assigned(workbook, "ASG-HALFDY", GETHIN_ID, GROUP_ID, days="0.5")
    row = _sent(workbook, assignment="ASG-HALFDY", hours=Decimal(7))
    return lambda: approvals.approve(as_(actor, workbook), op(), [row])


def approve_again(workbook: Workbook, actor: Actor) -> Deed:
    row = _sent(workbook)
    approvals.approve(as_(ANGHARAD, workbook), op(), [row])
    return lambda: approvals.approve(as_(actor, workbook), op(), [row])


def change_sent_hours(workbook: Workbook, actor: Actor) -> Deed:
    row = _sent(workbook)
    return lambda: timesheets.save(as_(actor, workbook), op(), {"hours": Decimal(6)}, row)


def return_line(workbook: Workbook, actor: Actor) -> Deed:
    row = _sent(workbook)
    return lambda: approvals.send_back(as_(actor, workbook), op(), [row], "Which group was it?")


# --- letters ---------------------------------------------------------------------------------------


def issue(workbook: Workbook, actor: Actor) -> Deed:
    approved(workbook)
    pounds = runs.preview(as_(FINN, workbook), THIRD).pounds
    return lambda: invoices.issue(as_(actor, workbook), op(), THIRD, pounds)


def issue_unapproved(workbook: Workbook, actor: Actor) -> Deed:
    _sent(workbook)
    return lambda: invoices.issue(as_(actor, workbook), op(), THIRD, Decimal("125.00"))


def _letter(workbook: Workbook) -> Row:
    approved(workbook)
    return issued(workbook)[0]


def download(workbook: Workbook, actor: Actor) -> Deed:
    row = _letter(workbook)
    return lambda: letters.letter(as_(actor, workbook), row.id)


def download_another_s(workbook: Workbook, actor: Actor) -> Deed:
    row = _letter(workbook)
    return lambda: letters.letter(as_(another(actor), workbook), row.id)


def propose_void(workbook: Workbook, actor: Actor) -> Deed:
    row = _letter(workbook)
    return lambda: credits.propose(as_(actor, workbook), op(), row, "The host was another")


def confirm_void(workbook: Workbook, actor: Actor) -> Deed:
    credits.propose(as_(FINN, workbook), op(), _letter(workbook), "The host was another")
    (row,) = credits.waiting(as_(ANGHARAD, workbook))
    return lambda: credits.decide(as_(actor, workbook), op(), row, confirm=True)


# --- Activity Records --------------------------------------------------------------------------------


def write_record(workbook: Workbook, actor: Actor) -> Deed:
    given = {"assignment": GETHINS, "held_on": date(2026, 9, 21), "kind": "Group meeting", "done": "We dug."}
    return lambda: sessions.save(as_(actor, workbook), op(), given)


def read_record(workbook: Workbook, actor: Actor) -> Deed:
    recorded(workbook)
    ctx = as_(another(actor), workbook)

    def deed() -> str:
        row = records.view(ctx).get(Sessions, "SES-FIRST2")
        return "masked" if row["done"] == records.HIDDEN else "allow"

    return deed


def read_record_from_the_forum(workbook: Workbook, actor: Actor) -> Deed:
    """Whoever sits on the Forum is a mentor: the row is about them, whatever the column."""
    put(workbook, Seats, "SEA-MAIRPR", mentor=MAIR_ID, from_on=date(2026, 1, 1), to_on=date(2026, 12, 31))
    recorded(workbook)
    return lambda: records.view(as_(MAIR, workbook)).get(Sessions, "SES-FIRST2")


ATTEMPTS: dict[str, Prepare] = {
    "RM06": change_role,
    "RM07": change_own_role,
    "RM08": read_another_programme,
    "RM11": read_history,
    "RM12": change_history,
    "RM13": build_bundle,
    "RM14": erase_as_second,
    "RM15": erase_alone,
    "RM16": bring_a_file,
    "RM17": see_profile,
    "RM18": see_bank_details,
    "RM19": see_own_bank_details,
    "RM20": propose_bank_details,
    "RM21": confirm_bank_details,
    "RM22": change_bank_details_alone,
    "RM23": declare,
    "RM24": assess,
    "RM25": assess_oneself,
    "RM26": submit,
    "RM27": submit_another_s,
    "RM28": edit_draft,
    "RM29": approve,
    "RM30": approve_own,
    "RM31": approve_over_days,
    "RM32": approve_again,
    "RM33": change_sent_hours,
    "RM34": return_line,
    "RM35": issue,
    "RM36": issue_unapproved,
    "RM37": download,
    "RM38": download_another_s,
    "RM39": propose_void,
    "RM39b": confirm_void,
    "RM40": write_record,
    "RM41": read_record,
    "RM42": read_record_from_the_forum,
    "RM83": allow_both,
}
