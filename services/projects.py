"""A project with a council: its team, timeline, purchase orders, and what peers are told (L4, L9, L10, L11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors
from schemas.peers import Enquiries, EnquiryStatus, Orders, Projects, ProjectStatus
from schemas.people import People, PersonStatus
from schemas.words import N_, Message, message
from services import access, peers, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Reader, Values
from services.rules import timelines
from services.rules.timelines import Code, Step
from services.store.interface import Needs, Receipt
from services.terms import ProjectKind

TYPED = frozenset(
    {
        "name",
        "kind",
        "manager",
        "support_officer",
        "starts_on",
        "ends_on",
        "days",
        "hotel",
        "is_public",
        "public_agreed_by",
        "needs_insurance",
    }
)
STEPS = {
    "administration_on": Code.ADMINISTRATION,
    "draft_report_on": Code.COMMENTS,
    "follow_up_on": Code.FOLLOW_UP,
}
STAFF = ("manager", "support_officer")
ORDER = frozenset({"fee_pounds", "from_on", "to_on", "deliverables"})
LIVE = frozenset({ProjectStatus.PLANNED, ProjectStatus.RUNNING, ProjectStatus.CLOSED})
OFF = frozenset({ProjectStatus.POSTPONED, ProjectStatus.CANCELLED})
UNDER_WAY = frozenset({ProjectStatus.PLANNED, ProjectStatus.RUNNING})


@dataclass(frozen=True)
class Member:
    """A peer in a project's team: their enquiry, their order, and what still lacks before the first day."""

    enquiry: Row
    peer: Row
    order: Row | None
    lacks: tuple[Message, ...]


@dataclass(frozen=True)
class Project:
    """One project as its page shows it."""

    row: Row
    council: str
    manager: str
    officer: str
    steps: tuple[Step, ...]
    team: tuple[Member, ...]

    @property
    def next(self) -> Step | None:
        """The first step that is not done."""
        waiting = (step for step in self.steps if step.state is not timelines.State.DONE)
        return min(waiting, key=lambda step: step.to_on, default=None)


# --- reading --------------------------------------------------------------------------------------------


def kind_of(ctx: Context, project: Row) -> ProjectKind | None:
    """A project's kind with its rules."""
    return next((each for each in peers.terms(ctx).project_kinds if each.en == project["kind"]), None)


def timeline(ctx: Context, project: Row) -> tuple[Step, ...]:
    """What the project asks for and when, from its kind's rules; nothing before its days are set, or once it is off."""
    kind = kind_of(ctx, project)
    if kind is None or project["starts_on"] is None or project["status"] in OFF:
        return ()
    done = {code.value: project[name] for name, code in STEPS.items() if project[name]}
    ends_on = project["ends_on"] or project["starts_on"]
    return timelines.line(kind, project["starts_on"], ends_on, ctx.today, done)


def listed(ctx: Context, *, status: str = "") -> list[Project]:
    """Projects, those that begin soonest first; a peer's own are those they were chosen for."""
    access.require(ctx, "projects.see")
    rows = records.view(ctx)
    found = [row for row in rows.all(Projects) if status in {"", row["status"]}]
    return [
        _project(ctx, row) for row in sorted(found, key=lambda row: (row["starts_on"] or date.max, row.id))
    ]


def card(ctx: Context, id_: str) -> Project:
    """One project."""
    access.require(ctx, "projects.see")
    return _project(ctx, records.view(ctx).get(Projects, id_))


def _project(ctx: Context, row: Row) -> Project:
    whole = records.ground(ctx)
    council = whole.name(Mentees, row["mentee"])
    manager, officer = (whole.name(People, row[name]) for name in STAFF)
    return Project(row, council, manager, officer, timeline(ctx, row), _team(ctx, whole, row))


def staff(ctx: Context) -> dict[str, str]:
    """Whom a project may name as its manager or support officer, by id: managers and co-ordinators who may sign in."""
    access.require(ctx, "projects.edit")
    rows = records.ground(ctx).where(People, "status", PersonStatus.ACTIVE)
    named = {row.id: str(row["name"]) for row in rows if row["role"] in access.STAFF}
    return dict(sorted(named.items(), key=lambda each: each[1].casefold()))


def chosen(rows: Reader, project: Row) -> list[Row]:
    """The enquiries of the project's team."""
    if not project["referral"]:
        return []
    found = rows.where(Enquiries, "referral", project["referral"])
    return [row for row in found if row["status"] == EnquiryStatus.CHOSEN]


def _team(ctx: Context, whole: records.Rows, project: Row) -> tuple[Member, ...]:
    """Its peers. A peer reads the names of the others, no more."""
    members = []
    for enquiry in chosen(whole, project):
        peer = whole.linked(Mentors, enquiry["mentor"])
        orders = [each for each in whole.where(Orders, "project", project.id) if each["mentor"] == peer.id]
        lacks = () if ctx.actor.mentor else tuple(_lacks(ctx, project, enquiry, peer, orders))
        shown = _only_name(peer) if ctx.actor.mentor and peer.id != ctx.actor.mentor else peer
        own = orders[-1] if orders and shown is peer else None
        members.append(Member(enquiry if shown is peer else Row(mentor=peer.id), shown, own, lacks))
    return tuple(members)


def _only_name(peer: Row) -> Row:
    kept = {"_id", "programme", "name", "post"}
    return Row({name: value if name in kept else None for name, value in peer.items()})


def _lacks(ctx: Context, project: Row, enquiry: Row, peer: Row, orders: list[Row]) -> list[Message]:
    kind = peers.kind_of(ctx, peer)
    lacks: list[Message] = []
    if project["status"] not in UNDER_WAY:
        return lacks
    if kind is not None and kind.needs_release and enquiry["released_on"] is None:
        lacks.append(Message(N_("The employer has not released them yet.")))
    if not orders and not peer["is_on_payroll"]:
        lacks.append(Message(N_("No purchase order yet.")))
    if peer["charter_version"] != peers.terms(ctx).charter_version:
        lacks.append(Message(N_("The charter in force is not accepted yet.")))
    if not peer["emergency_contact"]:
        lacks.append(Message(N_("No emergency contact yet.")))
    return lacks


def calendar(ctx: Context, project: str) -> bytes:
    """The timeline as a calendar file, without a name in it; a span stands on its last day."""
    # what is due asks for projects: at the top of this file each would wait for the other
    from services.due.calendar import calendar_file
    from services.due.item import Due

    shown = card(ctx, project)
    tasks = [
        Due(
            "project",
            step.title,
            Message(N_("Project")),
            step.to_on,
            "project",
            Message(N_("Open")),
            {"id": project},
        )
        for step in shown.steps
        if step.to_on >= ctx.today
    ]
    return calendar_file(ctx, tasks)


# --- writing --------------------------------------------------------------------------------------------


def open_for(ctx: Context, op_id: str, request: str, values: Values) -> Receipt:
    """Set up the project of a request, with its manager and support officer (L3, L4)."""
    typed = steps.only(ctx, "projects.edit", values, TYPED)
    steps.needed(Projects, typed, "name", "kind", *STAFF)
    _fits(ctx, typed)
    _are_staff(ctx, typed)
    id_ = new_id(Projects.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = fresh.get(Referrals, request)
        taken = [
            each
            for each in fresh.where(Projects, "referral", request)
            if each["status"] != ProjectStatus.CANCELLED
        ]
        if taken:
            reason = message(N_("This request has its project already: {name}."), name=taken[0]["name"])
            raise NotYet(reason, Message(N_("Go on with that project.")))
        first = {**typed, "referral": request, "mentee": row["mentee"], "status": ProjectStatus.PLANNED}
        return [New(Projects, first, id_)]

    needs = Needs(whole=(Projects.tab,), rows=((Referrals.tab, request),))
    return records.commit(ctx, op_id, "projects.edit", [request, typed], needs, decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a project's facts; days that move, move its timeline."""
    _fits(ctx, {**shown, **values})
    _are_staff(ctx, {name: value for name, value in values.items() if value != shown.get(name)})
    return steps.edit(ctx, op_id, "projects.edit", Projects, shown, values, TYPED)


def _are_staff(ctx: Context, typed: Values) -> None:
    """They open what a peer needs (L7): nobody else is named."""
    who = staff(ctx)
    wrong = [Projects.columns[name] for name in STAFF if typed.get(name) and typed[name] not in who]
    if wrong:
        raise InvalidEntry([each.problem(Message(N_("is none of our staff."))) for each in wrong])


def _fits(ctx: Context, typed: Values) -> None:
    kind = next((each for each in peers.terms(ctx).project_kinds if each.en == typed.get("kind")), None)
    first, last = typed.get("starts_on"), typed.get("ends_on")
    if kind is not None and first and last and (wrong := timelines.wrong_days(kind, first, last)):
        raise InvalidEntry([Projects.ends_on.problem(wrong)])
    if typed.get("is_public"):
        steps.needed(Projects, typed, "public_agreed_by")


def note(ctx: Context, op_id: str, shown: Row, name: str, on: date) -> Receipt:
    """Note that a step was done: the administration e-mail, the draft report, the follow-up visit (L4)."""
    if name not in STEPS:
        access.refuse(ctx, "projects.edit", name)
    steps.not_ahead(ctx, Projects, name, on)
    return steps.edit(ctx, op_id, "projects.edit", Projects, shown, {name: on}, {name})


def start(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """It is under way; everybody in the team has been released and has an order, or is on the payroll (L10)."""

    def ready(fresh: FreshRows, now: Row) -> None:
        steps.needed(Projects, now, "starts_on", "ends_on")
        team = chosen(fresh, now)
        if not team:
            raise NotYet(
                Message(N_("Nobody is in the team yet.")), Message(N_("Let the council choose first."))
            )
        for enquiry in team:
            _ready(ctx, fresh, now, enquiry)

    return _moved(ctx, op_id, shown, {"status": ProjectStatus.RUNNING}, (ProjectStatus.PLANNED,), ready)


def _ready(ctx: Context, fresh: FreshRows, project: Row, enquiry: Row) -> None:
    peer = fresh.get(Mentors, enquiry["mentor"])
    kind = peers.kind_of(ctx, peer)
    if kind is not None and kind.needs_release and enquiry["released_on"] is None:
        reason = message(N_("The employer of {name} has not released them yet."), name=peer["name"])
        raise NotYet(reason, Message(N_("Note the release with the peer’s answer.")))
    ordered = any(row["mentor"] == peer.id for row in fresh.where(Orders, "project", project.id))
    if not ordered and not peer["is_on_payroll"]:
        reason = message(N_("{name} has no purchase order yet."), name=peer["name"])
        raise NotYet(reason, Message(N_("Issue it before the project begins.")))


def close(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """It is over on site; the report and the follow-up may still come."""
    return _moved(ctx, op_id, shown, {"status": ProjectStatus.CLOSED}, (ProjectStatus.RUNNING,))


def call_off(ctx: Context, op_id: str, shown: Row, status: str, reason: str) -> Receipt:
    """Postpone or cancel it, without compensation; every peer is then told (L11)."""
    if status not in OFF:
        access.refuse(ctx, "projects.edit", status)
    steps.needed(Projects, {"reason": reason}, "reason")
    begins = (ProjectStatus.PLANNED, ProjectStatus.RUNNING, ProjectStatus.POSTPONED)
    values = {"status": status, "reason": reason, "told_on": None}
    return _moved(ctx, op_id, shown, values, tuple(each for each in begins if each != status))


def peers_told(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Every peer of the team was told that it is off (L11)."""
    steps.not_ahead(ctx, Projects, "told_on", on)
    return _moved(ctx, op_id, shown, {"told_on": on}, tuple(OFF))


def plan_again(ctx: Context, op_id: str, shown: Row, starts_on: date, ends_on: date) -> Receipt:
    """New days for a postponed project."""
    typed = {"starts_on": starts_on, "ends_on": ends_on}
    steps.needed(Projects, typed, "starts_on", "ends_on")
    _fits(ctx, {**shown, **typed})
    values = {**typed, "status": ProjectStatus.PLANNED, "administration_on": None}
    return _moved(ctx, op_id, shown, values, (ProjectStatus.POSTPONED,))


def _moved(
    ctx: Context, op_id: str, shown: Row, values: Values, begins: tuple[str, ...], ready: object = None
) -> Receipt:
    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Projects, shown.id)
        steps.at(ctx, now, *begins)
        if callable(ready):
            ready(fresh, now)
        return [Edit(Projects, shown.id, values, shown=shown)]

    needs = Needs(whole=(Enquiries.tab, Orders.tab, Mentors.tab), rows=((Projects.tab, shown.id),))
    return records.commit(ctx, op_id, "projects.edit", [shown.id, dict(values)], needs, decide)


# --- purchase orders ------------------------------------------------------------------------------------


def first_order(ctx: Context, project: Row) -> Mapping[str, object]:
    """What an order says to begin with: the project's days."""
    follow = timedelta(days=getattr(kind_of(ctx, project), "comments_days_last", 0))
    ends_on = project["ends_on"] or project["starts_on"]
    return {"from_on": project["starts_on"], "to_on": ends_on + follow if ends_on else None}


def issue_order(ctx: Context, op_id: str, shown: Row, peer: str, values: Values) -> Receipt:
    """A purchase order with fee (if any), dates and deliverables; none for a peer on the payroll (L10)."""
    typed = steps.only(ctx, "orders.issue", values, ORDER)
    steps.needed(Orders, typed, "from_on", "to_on", "deliverables")
    if typed["to_on"] < typed["from_on"]:
        raise InvalidEntry([Orders.to_on.problem(Message(N_("can't be before the first day.")))])

    def decide(fresh: FreshRows) -> list[Intent]:
        project, row = fresh.get(Projects, shown.id), fresh.get(Mentors, peer)
        steps.at(ctx, project, *UNDER_WAY)
        _may_be_ordered(fresh, project, row)
        number = _next_number(ctx, fresh)
        fixed = {"number": number, "project": shown.id, "mentor": peer, "issued_on": ctx.today}
        officer = {"project_officer": records.ground(ctx).name(People, project["support_officer"])}
        return [New(Orders, {**typed, **fixed, **officer}, new_id(Orders.prefix))]

    whole = (Orders.tab, Enquiries.tab)
    needs = Needs(whole=whole, rows=((Projects.tab, shown.id), (Mentors.tab, peer)))
    return records.commit(ctx, op_id, "orders.issue", [shown.id, peer, typed], needs, decide)


def _may_be_ordered(fresh: FreshRows, project: Row, peer: Row) -> None:
    if peer["is_on_payroll"]:
        reason = message(N_("{name} is on our payroll, so no purchase order is issued."), name=peer["name"])
        raise NotYet(reason, Message(N_("They are paid as on the payroll.")))
    if peer.id not in {row["mentor"] for row in chosen(fresh, project)}:
        reason = message(N_("{name} is not in the team."), name=peer["name"])
        raise NotYet(reason, Message(N_("An order is for a peer whom the council chose.")))
    if any(row["mentor"] == peer.id for row in fresh.where(Orders, "project", project.id)):
        reason = message(N_("{name} has a purchase order already."), name=peer["name"])
        raise NotYet(reason, steps.LOOK_AGAIN)


def _next_number(ctx: Context, fresh: FreshRows) -> str:
    """One more than the year's highest; no number is given twice."""
    form = peers.terms(ctx).order_number
    taken = set(fresh.texts(Orders, "number"))
    count = 1
    while (number := form.format(year=ctx.today.year, count=count)) in taken:
        count += 1
    return number
