"""What peers, group offices and councils are written: as text for an e-mail, or as a Word letter (L3, L4, L11).

A member is written to by way of their group office, which makes first contact and tells the unsuccessful.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.column import Row
from schemas.errors import NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.organisations import Organisations
from schemas.peers import EnquiryStatus, Orders, Projects
from schemas.people import People
from schemas.words import N_, Message, day_words, message, money, plain, say
from services import access, enquiries, peers, placements, projects, records
from services.context import Context
from services.documents import DOCUMENTS, BodyRow, PeerLetter, PurchaseOrder, render
from services.placements import Asked, Request
from services.terms import Bilingual


class Kind(StrEnum):
    """What a letter is for."""

    ASK = N_("A request for a peer")
    ASK_GROUP = N_("A request for one of your members")
    ANSWERED = N_("Thank you for your answer")
    CHOSEN = N_("You are in the team")
    NOT_CHOSEN = N_("Another peer was chosen")
    PROFILES = N_("Profiles for the council")
    ADMINISTRATION = N_("Administration before the project")
    OFF = N_("The project does not go ahead as planned")


@dataclass(frozen=True)
class Letter:
    """One letter in one language: to whom, where, and what it says."""

    kind: Kind
    to: str
    email: str
    subject: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The e-mail's text."""
        return "\n\n".join(self.paragraphs)


def for_enquiry(ctx: Context, request: str, enquiry: str, language: str) -> Letter:
    """The letter that belongs to where a peer stands in a request."""
    access.require(ctx, "placements.see")
    found = placements.card(ctx, request)
    asked = next((each for each in found.asked if each.enquiry.id == enquiry), None)
    if asked is None:
        access.refuse(ctx, "placements.see", enquiry)
    status = asked.enquiry["status"]
    if status == EnquiryStatus.WITH_GROUP:
        kind, said = Kind.ASK_GROUP, _ask_group(ctx, found, asked)
    elif status == EnquiryStatus.CHOSEN:
        kind, said = Kind.CHOSEN, _chosen(ctx, found, asked)
    elif status == EnquiryStatus.NOT_CHOSEN:
        kind, said = Kind.NOT_CHOSEN, _not_chosen(found, asked, _is_by_group(ctx, asked, Kind.NOT_CHOSEN))
    elif status == EnquiryStatus.ASKED:
        kind, said = Kind.ASK, _ask(ctx, found, asked)
    else:
        kind, said = Kind.ANSWERED, _answered(found, status)
    return _letter(ctx, kind, found.council["name"], *_to(ctx, asked, kind), said, language)


def profiles(ctx: Context, request: str, language: str) -> Letter:
    """What a council reads: the profiles of those put forward to it, and of nobody else (RM64, RM65)."""
    found = placements.card(ctx, request)
    forward = placements.read_by_council(found)
    if not forward:
        raise NotYet(enquiries.NOT_SAID_YES, enquiries.ASK_FIRST)
    said = [Message(N_("These peers are interested and available. Please tell us whom you choose."))]
    for each in forward:
        words = N_("{name}, {post}, {council}. {profile}")
        said.append(
            message(
                words,
                name=each.peer["name"],
                post=each.peer["post"] or "–",
                council=each.council or "–",
                profile=each.peer["profile"] or "",
            )
        )
    to = found.council["contact"] or found.council["name"]
    name = found.council["name"]
    return _letter(ctx, Kind.PROFILES, name, to, found.council["email"] or "", iter(said), language)


def for_team(ctx: Context, project: str, peer: str, language: str) -> Letter:
    """The administration e-mail to a peer of the team; that it is off, where it is."""
    access.require(ctx, "projects.edit")
    found = projects.card(ctx, project)
    member = next((each for each in found.team if each.peer.id == peer), None)
    if member is None:
        access.refuse(ctx, "projects.edit", peer)
    is_off = found.row["status"] in projects.OFF
    kind = Kind.OFF if is_off else Kind.ADMINISTRATION
    said = _off(found.row) if is_off else _administration(found.row)
    return _letter(ctx, kind, found.council, member.peer["name"], member.peer["email"] or "", said, language)


def _to(ctx: Context, asked: Asked, kind: Kind) -> tuple[str, str]:
    """The peer; the group office where it makes the contact or tells the unsuccessful."""
    if not _is_by_group(ctx, asked, kind):
        return asked.peer["name"], asked.peer["email"] or ""
    office = records.view(ctx).find(Organisations, asked.peer["group_office"])
    return (office["name"], office["email"] or "") if office else (asked.group_office, "")


def _is_by_group(ctx: Context, asked: Asked, kind: Kind) -> bool:
    """Whether a member hears of it from their group office."""
    type_ = peers.kind_of(ctx, asked.peer)
    return kind is Kind.ASK_GROUP or (kind is Kind.NOT_CHOSEN and type_ is not None and type_.through_group)


def _letter(
    ctx: Context, kind: Kind, council: str, to: str, email: str, said: Iterator[Message], language: str
) -> Letter:
    subject = say(message(N_("{council}: {what}"), council=council, what=Message(kind.value)), language)
    greeting = say(message(N_("Dear {name}"), name=to), language)
    run_by = ctx.programme.run_by_in(language)
    closing = f"{say(N_('Yours sincerely'), language)}\n{ctx.actor.name}\n{run_by}"
    body = tuple(say(each, language) for each in said)
    return Letter(kind, to, email, subject, (greeting, *body, closing))


def _wanted(ctx: Context, request: Request) -> Iterator[Message]:
    row = request.row
    words = N_("{council} asks for a peer. Kind of project: {kind}. Days: {days}, from {first} to {last}.")
    yield message(
        words,
        council=request.council["name"],
        kind=_kind_words(ctx, row["project_kind"]),
        days=plain(row["days"]) if row["days"] is not None else "–",
        first=row["from_on"] or "–",
        last=row["to_on"] or row["from_on"] or "–",
    )
    if row["post"] or row["wants"]:
        what = "; ".join(filter(None, (row["post"], row["wants"])))
        yield message(N_("What they look for: {what}"), what=what)


def _kind_words(ctx: Context, kind: str | None) -> Bilingual:
    """The kind of project in the language of whoever reads of it."""
    said = (ctx.programme.choice_words("project_kinds", kind or "–", each) for each in ("en", "cy"))
    return Bilingual(*said)


def _ask(ctx: Context, request: Request, asked: Asked) -> Iterator[Message]:
    yield from _wanted(ctx, request)
    yield Message(N_("Are you interested, and are you available on these days? Please answer either way."))
    yield Message(
        N_("Tell us too of any political activity or other matter that could be a conflict of interest.")
    )
    if asked.needs_release:
        yield Message(N_("Please ask your employer to release you, and to go on paying you for these days."))
    yield Message(N_("We give your name to the council only once you have said yes."))


def _ask_group(ctx: Context, request: Request, asked: Asked) -> Iterator[Message]:
    yield from _wanted(ctx, request)
    words = N_("Would you ask {name} whether they are interested and available, and tell us what they say?")
    yield message(words, name=asked.peer["name"])


def _chosen(ctx: Context, request: Request, asked: Asked) -> Iterator[Message]:
    yield message(N_("{council} has chosen you. Thank you."), council=request.council["name"])
    found = [
        row
        for row in records.view(ctx).where(Projects, "referral", request.row.id)
        if row["status"] not in projects.OFF
    ]
    if found:
        words = N_("Your project manager is {manager}; your project support officer is {officer}.")
        whole = records.ground(ctx)
        manager, officer = (whole.name(People, found[-1][name]) for name in projects.STAFF)
        yield message(words, manager=manager or "–", officer=officer or "–")
    if asked.needs_release and asked.enquiry["released_on"] is None:
        yield Message(N_("We still need your employer’s word that you are released."))
    yield Message(N_("Please ask the project manager before you say publicly that you work there."))


def _answered(request: Request, status: str) -> Iterator[Message]:
    """To a peer who has answered and waits, or who is out of it: they are not asked a second time."""
    if status == EnquiryStatus.WILLING:
        yield Message(N_("You told us that you are interested and available. Thank you."))
    elif status == EnquiryStatus.PUT_FORWARD:
        yield message(N_("We have given your name to {council}."), council=request.council["name"])
    else:
        yield Message(N_("Thank you for telling us. We will ask you again another time."))
        return
    yield Message(N_("Please keep the days free. We write to you once the council has chosen."))


def _not_chosen(request: Request, asked: Asked, is_by_group: bool) -> Iterator[Message]:
    if is_by_group:
        words = N_(
            "{council} has chosen other peers this time. Would you tell {name}, and thank them for us?"
        )
        yield message(words, council=request.council["name"], name=asked.peer["name"])
        yield Message(N_("They stay on our database, and we will ask again."))
        return
    words = N_("{council} has chosen other peers this time. Thank you for offering, {name}.")
    yield message(words, council=request.council["name"], name=asked.peer["name"])
    yield Message(N_("You stay on our database, and we will ask again."))


def _administration(project: Row) -> Iterator[Message]:
    words = N_("{name}: on site from {first} to {last}. Hotel: {hotel}.")
    yield message(
        words,
        name=project["name"],
        first=project["starts_on"] or "–",
        last=project["ends_on"] or "–",
        hotel=project["hotel"] or "–",
    )
    yield Message(
        N_("Please write down whom we ring in an emergency, what you eat, and what you need to get about.")
    )
    yield Message(N_("Please arrange your own travel, keep every receipt and note your miles."))
    if project["needs_insurance"]:
        yield Message(
            N_("For this project you need public liability insurance of your own. Please send us a copy.")
        )
    words = (
        N_("It may be named publicly.") if project["is_public"] else N_("It may not be named publicly yet.")
    )
    yield Message(words)
    officer = project["support_officer"] or project["manager"] or "–"
    yield message(N_("Ask {officer} about anything."), officer=officer)


def _off(project: Row) -> Iterator[Message]:
    words = N_("{name} is {status}. {reason}")
    status = Message(str(project["status"]))
    yield message(words, name=project["name"], status=status, reason=project["reason"] or "")
    yield Message(N_("We are sorry. As the charter says, no compensation is paid."))


# --- Word ---------------------------------------------------------------------------------------------------


def word_file(ctx: Context, letter: Letter, language: str) -> bytes:
    """A letter as a Word file."""
    kind = DOCUMENTS["peer-letter"]
    paper = PeerLetter(
        programme=ctx.programme.name.said(language),
        iso_date=ctx.today.isoformat(),
        to=letter.to,
        date=day_words(ctx.today, language),
        heading=letter.subject,
        body=tuple(BodyRow(text=each) for each in letter.paragraphs if each),
    )
    return render(kind.template(ctx.programme.documents, language), paper, language)


def order_file(ctx: Context, order: str, language: str) -> bytes:
    """A purchase order as a Word file (L10)."""
    access.require(ctx, "projects.see")
    rows, whole = records.view(ctx), records.ground(ctx)
    row = rows.get(Orders, order)
    project = rows.get(Projects, row["project"])
    fee = money(row["fee_pounds"]) if row["fee_pounds"] else say(N_("no fee"), language)
    paper = PurchaseOrder(
        programme=ctx.programme.name.said(language),
        iso_date=row["issued_on"].isoformat(),
        number=row["number"],
        issued_on=day_words(row["issued_on"], language),
        run_by=ctx.programme.run_by_in(language),
        peer=whole.name(Mentors, row["mentor"]),
        project=project["name"],
        council=whole.name(Mentees, project["mentee"]),
        from_on=day_words(row["from_on"], language),
        to_on=day_words(row["to_on"], language),
        fee=fee,
        deliverables=row["deliverables"],
        officer=row["project_officer"] or whole.name(People, project["support_officer"]) or "–",
    )
    kind = DOCUMENTS["purchase-order"]
    return render(kind.template(ctx.programme.documents, language), paper, language)
