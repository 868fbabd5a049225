"""What people ask about their own data, and what came of it (X6; UK GDPR articles 12 to 21)."""

from enum import StrEnum

from schemas.column import STAFF, Register, choice, date, items, long_text, text, yes_no
from schemas.words import N_


class RequestKind(StrEnum):
    """What is asked for."""

    ACCESS = N_("access")
    ERASURE = N_("erasure")
    CORRECTION = N_("correction")
    OBJECTION = N_("objection")
    WITHDRAWAL = N_("withdrawal of consent")


class RequestStatus(StrEnum):
    """Where a request stands."""

    RECEIVED = N_("received")
    IN_HAND = N_("in hand")
    PROPOSED = N_("waiting for a second person")
    ANSWERED = N_("answered")
    REFUSED = N_("refused")


REQUEST_MOVES: dict[str, tuple[str, ...]] = {
    RequestStatus.RECEIVED: (RequestStatus.IN_HAND, RequestStatus.REFUSED),
    RequestStatus.IN_HAND: (RequestStatus.PROPOSED, RequestStatus.ANSWERED, RequestStatus.REFUSED),
    RequestStatus.PROPOSED: (RequestStatus.IN_HAND, RequestStatus.ANSWERED),
    RequestStatus.ANSWERED: (),
    RequestStatus.REFUSED: (),
}


class Requests(Register):
    """A person's request about their own data, with the day by which the law wants an answer."""

    tab, prefix, one, label = N_("Requests"), "REQ", N_("Request"), "kind"
    kind = choice(N_("Kind"), RequestKind, N_("What the person asks for"), required=True)
    person = text(N_("Person"), N_("Who asks, by name"), required=True, personal=True)
    answer_to = text(N_("Answer to"), N_("Where the answer goes"), personal=True)
    received_on = date(N_("Received on"), N_("The month for the answer runs from this day"), required=True)
    due_on = date(N_("Due on"), required=True)
    is_extended = yes_no(N_("Extended"), N_("Two more months, where it is complex"))
    extension_reason = long_text(N_("Why it takes longer"), N_("As the person was told"), personal=True)
    record = text(N_("Record"), N_("The person's own record here"))
    known_as = items(
        N_("Also known as"),
        N_("Other names, addresses or numbers to look for"),
        personal=True,
    )
    identity_how = text(N_("How we know who it is"), personal=True)
    identity_on = date(N_("Checked on"))
    reason = long_text(N_("Reason"), N_("Why it is erased, or why not"), personal=True)
    proposed_by = text(N_("Proposed by"), names=STAFF)
    proposed_on = date(N_("Proposed on"))
    decided_by = text(N_("Decided by"), names=STAFF)
    decided_on = date(N_("Decided on"))
    outcome = long_text(N_("What was answered"), personal=True)
    status = choice(N_("Status"), RequestStatus, required=True, moves=REQUEST_MOVES)
