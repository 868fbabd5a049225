"""What has been kept long enough: the list, and the two persons who clear it (X6)."""

from pages import ui
from pages.ui import _
from schemas.column import Row, date, text
from schemas.words import N_
from services import history, people, retention
from services.retention import Old

COLUMNS = (
    text(N_("Register"), name="tab"),
    text(N_("Id"), name="_id"),
    date(N_("Kept since"), name="since"),
    text(N_("What happens"), name="then"),
)
THEN = {"erase": N_("its words and names go"), "archive": N_("put away whole")}
RULES = (
    text(N_("Register"), name="tab"),
    text(N_("Kept for"), name="kept"),
    text(N_("What happens"), name="then"),
    text(N_("Source"), name="source"),
)

ctx = ui.visit("retention.propose")


def shown(old: Old) -> dict[str, object]:
    """One row of the list."""
    return {"tab": ui.say(old.tab), "_id": old.id, "since": old.since, "then": ui.say(THEN[old.then])}


def rules() -> None:
    """The programme's periods, each with where it comes from."""
    found = [
        {
            "_id": tab,
            "tab": ui.say(tab),
            "kept": _(N_("{count} month"), N_("{count} months"), rule.months),
            "then": ui.say(THEN[rule.then]),
            "source": rule.source,
        }
        for tab, rule in ctx.programme.retention.items()
    ]
    ui.print_view(found, RULES)


def decide(row: Row) -> None:
    """The second person's word on the proposed run."""
    who = history.person_name(ctx, row["proposed_by"])
    with ui.card(
        _(N_("A run waits")), _(N_("{who} proposed it on {day}"), who=who, day=ui.day(row["proposed_on"]))
    ):
        if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
            ui.lines(_(N_("Somebody else has to confirm it.")))
        else:
            ui.act(
                _(N_("Clear these rows")),
                "confirm",
                lambda ctx, op: retention.confirm(ctx, op, row),
                N_("Cleared."),
                ask=_(
                    N_(
                        "This can’t be undone: what is erased is nowhere any more, but in copies made earlier."
                    )
                ),
            )
        ui.act(
            _(N_("Send it back")),
            "refuse",
            lambda ctx, op: retention.refuse(ctx, op, row, ""),
            N_("Sent back. Nothing was cleared."),
            kind="secondary",
        )


listed = retention.listed(ctx)
ui.title(
    _(N_("Kept long enough")),
    _(
        N_(
            "Rows older than the programme keeps them. One person proposes, another clears; hours and money stay."
        )
    ),
)
proposal = retention.waiting(ctx)
if proposal is not None:
    decide(proposal)
if listed:
    ui.print_view([shown(old) for old in listed], COLUMNS)
    if proposal is None:
        ui.act(
            _(N_("Propose to clear these rows")),
            "propose",
            lambda ctx, op: retention.propose(ctx, op, listed),
            N_("Proposed. Another Programme Manager has to confirm it."),
        )
else:
    ui.empty(_(N_("Nothing is old enough.")), _(N_("The periods below are the programme’s own.")))
rules()
