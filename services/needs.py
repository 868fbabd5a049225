"""What a chosen peer needs on a project: emergency contact, diet, mobility; sealed, for its own staff alone (L7; RM62)."""

from schemas.column import Row
from schemas.errors import NotYet
from schemas.mentors import Mentors
from schemas.peers import Projects
from schemas.words import N_, Message
from services import access, people, projects, records, steps
from services.context import Context
from services.records import Edit, Values
from services.store.interface import Needs, Receipt

FIELDS = ("emergency_contact", "diet", "mobility")


def own(ctx: Context) -> dict[str, str]:
    """What the peer wrote down themselves."""
    access.require(ctx, "own.needs")
    row = records.view(ctx).get(Mentors, ctx.actor.mentor)
    return {name: records.opened(ctx, row, name) for name in FIELDS}


def write(ctx: Context, op_id: str, values: Values) -> Receipt:
    """The peer writes them down, once chosen for a project."""
    typed = steps.only(ctx, "own.needs", values, FIELDS)
    if not projects.listed(ctx):
        raise NotYet(
            Message(N_("These are asked of peers who were chosen for a project.")),
            Message(N_("You will be asked when you are.")),
        )
    me = ctx.actor.mentor
    needs = Needs(rows=((Mentors.tab, me),))
    return records.commit(ctx, op_id, "own.needs", typed, needs, lambda fresh: [Edit(Mentors, me, typed)])


def is_staff_of(ctx: Context, project: Row) -> bool:
    """Whether the actor is the project's manager or its support officer, under whichever of their roles."""
    named = (project[name] for name in projects.STAFF)
    return any(people.is_same_human(ctx, who, ctx.actor.id) for who in named if who)


def opened(ctx: Context, project: str, peer: str) -> dict[str, str]:
    """A team member's needs in plain text, for the project's own staff; each view is logged by id."""
    access.require(ctx, "needs.open")
    rows = records.view(ctx)
    row = rows.get(Projects, project)
    team = {enquiry["mentor"] for enquiry in projects.chosen(rows, row)}
    if peer not in team or not is_staff_of(ctx, row):
        access.refuse(ctx, "needs.open", peer)
    found = rows.get(Mentors, peer)
    return {name: records.opened(ctx, found, name) for name in FIELDS}
