"""What each row of the access matrix about peers says, done for one role (RM62 to RM70).

The matrix's mentor is Olu; Helen manages and Sam supports the project. A deed raises where it is refused.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from schemas.column import Row
from schemas.mentors import Mentors
from services import enquiries, expenses, needs, peers, placement_letters
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.lga import HELEN, OLU, REQUEST_ID, as_, row_of
from tests.services import placing
from tests.services.claiming import TRAIN, sent

Deed = Callable[[], Any]
Prepare = Callable[[Workbook, Actor], Deed]


def see_needs(workbook: Workbook, actor: Actor) -> Deed:
    """Of a peer of the team; the project's own staff are its manager and its co-ordinator."""
    project = placing.project(workbook)
    given = {"emergency_contact": "Ana", "diet": "vegan", "mobility": ""}
    needs.write(as_(OLU, workbook), op(), given)

    def deed() -> None:
        assert needs.opened(as_(actor, workbook), project.id, OLU.mentor) == given

    return deed


def update_profile(workbook: Workbook, actor: Actor) -> Deed:
    """The peer's own, in the peer's own name; staff agree it with them by another verb."""
    row = row_of(workbook, Mentors, OLU.mentor)
    return lambda: peers.review_own(as_(actor, workbook), op(), row, {"profile": "Led four budgets."})


def put_forward_without_a_yes(workbook: Workbook, actor: Actor) -> Deed:
    olu, _ = placing.asked(workbook)
    return lambda: enquiries.put_forward(as_(actor, workbook), op(), REQUEST_ID, [olu.id])


def see_shortlisted(workbook: Workbook, actor: Actor) -> Deed:
    """Its own request's: in the letter to that council."""
    olu, _ = placing.forward(workbook)

    def deed() -> None:
        assert enquiries.profile(as_(actor, workbook), olu.id)["profile"] == "Led three budgets."
        assert "Led three budgets." in placement_letters.profiles(as_(actor, workbook), REQUEST_ID, "en").text

    return deed


def see_shortlisted_elsewhere(workbook: Workbook, actor: Actor) -> Deed:
    """Staff see every request's; no council has an account, so none sees another's."""
    olu, _ = placing.forward(workbook)
    return lambda: enquiries.profile(as_(actor, workbook), olu.id)


def read_removal(workbook: Workbook, actor: Actor) -> Deed:
    row = row_of(workbook, Mentors, "MEN-VRBRNV")
    peers.remove(as_(HELEN, workbook), op(), row, "criminal conviction", "Told us.")

    def deed() -> None:
        assert "conviction" in peers.removal(as_(actor, workbook), row.id)

    return deed


def approve_claim(workbook: Workbook, actor: Actor) -> Deed:
    rows = _sent(workbook)
    return lambda: expenses.approve(as_(actor, workbook), op(), rows)


def approve_own_claim(workbook: Workbook, actor: Actor) -> Deed:
    """Whoever approves is the very peer, by another of their roles."""
    rows = _sent(workbook)
    myself = actor if actor.mentor else replace(actor, email=OLU.email)
    return lambda: expenses.approve(as_(myself, workbook), op(), rows)


def change_sent_claim(workbook: Workbook, actor: Actor) -> Deed:
    (row,) = _sent(workbook)
    return lambda: expenses.save(as_(actor, workbook), op(), {"pounds": Decimal(70)}, row)


def _sent(workbook: Workbook) -> list[Row]:
    placing.ready(workbook)
    return sent(workbook, TRAIN)


ATTEMPTS_OF_PEERS: dict[str, Prepare] = {
    "RM62": see_needs,
    "RM63": update_profile,
    "RM64": put_forward_without_a_yes,
    "RM65": see_shortlisted,
    "RM66": see_shortlisted_elsewhere,
    "RM67": read_removal,
    "RM68": approve_claim,
    "RM69": approve_own_claim,
    "RM70": change_sent_claim,
}
