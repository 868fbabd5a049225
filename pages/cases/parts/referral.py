"""The referral and the initial meeting: logged, booked, held, told (D1, D2, D6)."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from pages import ui
from pages.programme.parts import drawers, shown
from pages.ui import _
from pages.ui.forms import Filling
from schemas.cases import CaseOutcome, Cases
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.organisations import Organisations
from schemas.words import N_, Message
from services import access, allocations, journeys, referrals, telling
from services.cases import Card
from services.context import Context
from services.screening import verdict
from services.stages import Stage

CAME = ("number", "received_on", "route", "area", "office", "referred_by", "organisation", "permission_on")
BOOKED = ("booked_on", "booked_at", "booked_place", "place_reason")
HELD = (
    "met_on",
    *referrals.TOLD,
    *referrals.ANSWERS,
    "is_eligible",
    "outcome",
    "outcome_reason",
    *telling.AFTER,
    "moved_on",
    "moved_from",
)
PERSON = ("name", "date_of_birth", "phone", "email", "wants_welsh")
TOLD_BUTTONS = {
    "referrer_told_on": N_("The referrer was told"),
    "contact_told_start_on": N_("The Jobcentre was told of the start"),
    "encouraged_on": N_("They were encouraged to claim"),
}
VERBS: dict[str, Callable[[Context, str, Row, date], object]] = {
    "referrer_told_on": telling.referrer,
    "contact_told_start_on": telling.contact,
    "encouraged_on": telling.encourage,
}


def show(ctx: Context, card: Card) -> None:
    """How they came, the meeting and what came of it, with every step that may follow."""
    steps(ctx, card)
    st.subheader(_(N_("How they came")), anchor=False)
    shown.facts(card.case, [Cases.columns[name] for name in CAME])
    if card.case["booked_on"] and not card.case["met_on"]:
        st.subheader(_(N_("Initial meeting booked")), anchor=False)
        shown.facts(card.case, [Cases.columns[name] for name in BOOKED])
    if card.case["met_on"] or card.case["outcome"]:
        st.subheader(_(N_("Initial meeting")), anchor=False)
        shown.facts(card.case, [Cases.columns[name] for name in (*HELD, "booked_place", "place_reason")])
    st.subheader(_(N_("The person")), anchor=False)
    shown.facts(card.mentee, [Mentees.columns[name] for name in (*PERSON, "is_customer", "customer_from")])


def steps(ctx: Context, card: Card) -> None:
    """What may be done with the referral where it stands."""
    key = f"{card.case.id}:{card.case['_change']}"
    with st.container(horizontal=True):
        if card.stage is Stage.TO_MEET:
            label = _(N_("Book again")) if card.case["booked_on"] else _(N_("Book the initial meeting"))
            drawers.opens(label, f"book:{key}", lambda: book(ctx, card))
        if card.case["started_on"] is None:
            is_held = card.case["met_on"] is not None
            label = _(N_("Change the initial meeting")) if is_held else _(N_("Record the initial meeting"))
            drawers.opens(label, f"meet:{key}", lambda: meet(ctx, card))
        if card.stage in {Stage.TO_MEET, Stage.TO_START}:
            drawers.opens(_(N_("It comes to nothing")), f"close:{key}", lambda: close(ctx, card))
        for name in telling.to_tell(ctx, card.case, card.mentee):
            drawers.opens(_(TOLD_BUTTONS[name]), f"{name}:{key}", lambda name=name: tell(ctx, card, name))
        _whose(ctx, card, key)
        edits = {name: name for name in referrals.FACTS}
        names = [name for name in CAME if name in edits]
        options = {
            "office": offices(ctx, card.case["area"]),
            "organisation": ui.record_options(Organisations),
        }
        drawers.edits(
            Cases,
            names,
            card.case,
            referrals.edit,
            N_("Saved."),
            options=options,
            label=_(N_("Edit the referral")),
        )
        drawers.edits(
            Mentees, PERSON, card.mentee, referrals.edit_person, N_("Saved."), label=_(N_("Edit the person"))
        )


def _whose(ctx: Context, card: Card, key: str) -> None:
    """Who mentors them: staff allocate and move, a mentor may pass it on (D25, D27)."""
    if not card.is_open:
        return
    if access.may(ctx, "cases.allocate"):
        label = _(N_("Change the mentor")) if card.mentor else _(N_("Find a mentor"))
        drawers.opens(label, f"allocate:{key}", lambda: allocate(ctx, card))
    if access.may(ctx, "cases.move"):
        drawers.opens(_(N_("Move to another area")), f"move:{key}", lambda: move(ctx, card))
    if access.may(ctx, "cases.decline") and card.case["mentor"] == ctx.actor.mentor:
        ui.act(
            _(N_("Pass this case on")),
            f"decline:{key}",
            lambda ctx, op: allocations.decline(ctx, op, card.case),
            N_("Passed on. The co-ordinator finds another mentor; nobody asks why."),
            kind="tertiary",
            ask=_(N_("The case leaves your list. You need give no reason, and the mentee is not told.")),
        )


def offices(ctx: Context, area: str | None) -> dict[str, str]:
    """The offices of one area; of all while none is chosen."""
    found = ctx.programme.area(area)
    return {office: office for office in (found.offices if found else ctx.programme.choices("offices"))}


# --- the drawers ----------------------------------------------------------------------------------


def book(ctx: Context, card: Card) -> None:
    """Day, time and place of the initial meeting."""
    key = f"book:{card.case.id}:{card.case['_change']}"
    route = referrals.route_of(ctx, card.case["route"])
    terms = journeys.terms(ctx.programme)
    if route.is_office:
        words = N_("Monday to Friday, {opens} to {closes}, not on bank holidays.")
        st.caption(ui.safe(_(words, opens=terms.office_opens, closes=terms.office_closes)))
    first = {**card.case, "booked_place": card.case["booked_place"] or route.meets_at}
    filling = ui.form(Cases, BOOKED, key, values=first)
    limit, on = card.line[0].due_on, filling.value("booked_on")
    if limit is not None and on is not None and on > limit:
        words = N_("That is after {day}, the last day in time.")
        st.warning(ui.safe(_(words, day=ui.day(limit))), icon=":material/event_busy:")
    ui.act(
        _(N_("Book it")),
        key,
        lambda ctx, op: referrals.book(ctx, op, card.case, filling.changes(card.case)),
        N_("Booked."),
    )


def meet(ctx: Context, card: Card) -> None:
    """The initial meeting on one form: explained, asked, agreed, and what came of it (D2, D3)."""
    key = f"meet:{card.case.id}:{card.case['_change']}"
    case = {**card.case, "met_on": card.case["met_on"] or _day(ctx, card), "booked_place": _place(ctx, card)}
    st.markdown(f"**{_(N_('When and where'))}**")
    when = ui.form(Cases, ("met_on", "booked_place", "place_reason"), key, values=case)
    st.markdown(f"**{_(N_('Explained'))}**")
    told = ui.form(Cases, referrals.TOLD, key, values=case)
    st.markdown(f"**{_(N_('Asked'))}**")
    asked = ui.form(Cases, referrals.ANSWERS, key, values=case)
    other = _other_benefit(ctx, asked, key)
    who = ui.form(Mentees, ("date_of_birth", "is_customer", "wants_welsh"), key, values=card.mentee)
    consent = _consent(ctx, card, who, key)
    _rule(ctx, card, [when, asked], who)
    st.markdown(f"**{_(N_('What came of it'))}**")
    ended = ui.form(
        Cases,
        ("outcome", "outcome_reason"),
        key,
        values=case,
        options={"outcome": outcomes()},
        helps={"outcome": N_("Leave it empty where they go on to the start")},
    )

    def save(ctx: Context, op: str) -> object:
        values = {name: value for each in (when, told, asked, ended) for name, value in each.values().items()}
        values |= {"benefit": other.values()["benefit"] or values["benefit"]} if other else {}
        person = {**who.changes(card.mentee), **(consent.changes(card.mentee) if consent else {})}
        return referrals.meet(ctx, op, card.case, values, person)

    ui.act(_(N_("Record the meeting")), key, save, N_("Recorded."), also=(f"{key}:other",))


def _day(ctx: Context, card: Card) -> date:
    booked = card.case["booked_on"]
    return booked if booked and booked <= ctx.today else ctx.today


def _place(ctx: Context, card: Card) -> str:
    return str(card.case["booked_place"] or referrals.route_of(ctx, card.case["route"]).meets_at)


def _other_benefit(ctx: Context, asked: Filling, key: str) -> Filling | None:
    """Which one, where it is none of the list."""
    other = journeys.terms(ctx.programme).other_benefit
    if not other or asked.text("benefit") != other:
        return None
    titles = {"benefit": N_("Which benefit")}
    return ui.form(Cases, ("benefit",), f"{key}:other", options={"benefit": {}}, titles=titles)


def _consent(ctx: Context, card: Card, who: Filling, key: str) -> Filling | None:
    """The oral statement and their yes, of whoever is no customer (2.28)."""
    if who.text("is_customer") != "no":
        return None
    statement(ctx, Row(card.mentee, wants_welsh=who.value("wants_welsh")))
    return ui.form(Mentees, ("statement_read", "consent_on"), key, values=card.mentee)


def statement(ctx: Context, mentee: Row) -> None:
    """What is read to them, in the language they want."""
    language = "cy" if mentee["wants_welsh"] else "en"
    with st.container(border=True):
        st.caption(_(N_("Read this to them")))
        ui.text(journeys.terms(ctx.programme).statement.said(language))


def _rule(ctx: Context, card: Card, of_case: list[Filling], who: Filling) -> None:
    """What the rule says of the answers as they stand in the form."""
    typed = {name: each.value(name) for each in of_case for name in each.names}
    mentee = Row(card.mentee, date_of_birth=who.value("date_of_birth"))
    judged = verdict(ctx.programme, Row(card.case, **typed), mentee, typed["met_on"] or ctx.today)
    if judged.is_eligible:
        st.success(_(N_("By these answers they are eligible.")), icon=":material/check:")
    for why in judged.against:
        st.warning(ui.safe(ui.say(why)), icon=":material/rule:")


def outcomes() -> Mapping[str, str]:
    """How a referral can come to nothing."""
    return {each: ui.say(each) for each in CaseOutcome if each is not CaseOutcome.STARTED}


def close(ctx: Context, card: Card) -> None:
    """End a referral that comes to nothing, with or without a meeting."""
    key = f"close:{card.case.id}:{card.case['_change']}"
    options = {"outcome": outcomes()}
    filling = ui.form(Cases, ("outcome", "outcome_reason"), key, values=card.case, options=options)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return referrals.close(ctx, op, card.case, typed["outcome"] or "", typed["outcome_reason"] or "")

    ui.act(_(N_("Record it")), key, save, N_("Recorded. Tell the referrer."))


def tell(ctx: Context, card: Card, name: str) -> None:
    """The day somebody was told."""
    key = f"{name}:{card.case.id}:{card.case['_change']}"
    filling = ui.form(Cases, (name,), key, values={name: ctx.today})
    if name == "referrer_told_on":
        route = referrals.route_of(ctx, card.case["route"])
        st.caption(ui.safe(_(N_("Who hears of it: {who}."), who=route.tells)))

    def save(ctx: Context, op: str) -> object:
        return VERBS[name](ctx, op, card.case, filling.values()[name] or ctx.today)

    ui.act(_(N_("Record it")), key, save, N_("Recorded."))


def allocate(ctx: Context, card: Card) -> None:
    """Mentors who may take the case, with how many they have; the others and why not."""
    key = f"allocate:{card.case.id}:{card.case['_change']}"
    found = allocations.candidates(ctx, card.case)
    may = [each for each in found if each.may_take]
    words = N_("{name} · {load} open cases")
    options = {each.mentor.id: _(words, name=each.mentor["name"], load=each.load) for each in may}
    if not may:
        ui.empty(_(N_("No mentor can take it just now.")), _(N_("See below what stands in the way.")))
    filling = ui.form(Cases, ("mentor",), key, options={"mentor": options})
    chosen = next((each for each in may if each.mentor.id == filling.text("mentor")), None)
    if chosen is not None and chosen.is_full:
        words = N_("{name} is full: {load} open cases.")
        st.warning(ui.safe(_(words, name=chosen.mentor["name"], load=chosen.load)), icon=":material/groups:")
        st.checkbox(_(N_("All the same")), key=f"{key}:although")
    if chosen is not None:
        ui.act(
            _(N_("Allocate")),
            key,
            lambda ctx, op: allocations.allocate(
                ctx, op, card.case, chosen.mentor.id, although_full=_ticked(f"{key}:although")
            ),
            N_("Allocated."),
        )
    for each in found:
        if not each.may_take:
            declined = Message(N_("would rather not take this case"))
            ui.lines(each.mentor["name"], *(ui.say(what) for what in each.lacking or (declined,)))


def move(ctx: Context, card: Card) -> None:
    """Another area of the contract: the same case and plan (D25)."""
    key = f"move:{card.case.id}:{card.case['_change']}"
    st.caption(_(N_("The case, its start and its plan stay as they are.")))
    areas = {area.en: area.en for area in ctx.programme.areas if area.en != card.case["area"]}
    where = ui.form(Cases, ("area",), key, options={"area": areas})
    rest = ui.form(
        Cases,
        ("office", "moved_on"),
        key,
        values={"moved_on": ctx.today},
        options={"office": offices(ctx, where.text("area"))},
    )
    if card.mentor:
        st.checkbox(_(N_("The mentor stays the same")), key=f"{key}:stays")

    def save(ctx: Context, op: str) -> object:
        typed = {**where.values(), **rest.values()}
        return allocations.move(ctx, op, card.case, typed, mentor_stays=_ticked(f"{key}:stays"))

    ui.act(_(N_("Move")), key, save, N_("Moved."))


def _ticked(key: str) -> bool:
    """A checkbox as it stands when the button is pressed."""
    return bool(st.session_state.get(key))
