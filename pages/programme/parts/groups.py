"""What is written about a group: its referral, action plan and signposts (S3, S7)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row, text
from schemas.mentees import Actions, Mentees, MenteeStatus, Plans, PlanStatus, Referrals, Route, Signposts
from schemas.words import N_
from services import groups, plans
from services.context import Context
from services.groups import Card

DETAILS = ("name", "area", "facilitator", "contact", "email", "phone", "languages", "notes")
REFERRAL = ("received_on", "route", "referred_by", "wants")
ACTION = ("title", "priority", "support", "by_on")
ACTIONS = tuple(Actions.columns[name] for name in ("priority", "title", "support", "by_on", "step"))
PROGRESS = (
    text(N_("Date"), name="day"),
    text(N_("Priority action"), name="action"),
    text(N_("Step"), name="step"),
    text(N_("What the record says"), name="words"),
    text(N_("Mentor"), name="mentor"),
)


def add(ctx: Context) -> None:
    """Take up a group together with how it came."""
    key = "group:add"
    group = ui.form(Mentees, DETAILS, key, values={"facilitator": ctx.actor.name})
    st.subheader(_(N_("How the group came")), anchor=False)
    came = ui.form(Referrals, REFERRAL, key, values={"received_on": ctx.today, "route": Route.ITSELF})
    ui.act(
        _(N_("Add the group")),
        key,
        lambda ctx, op: groups.add(ctx, op, group.values(), came.values()),
        N_("Added. Next comes its action plan."),
    )


def steps(row: Row) -> None:
    """Edit the group, or end its support."""
    with st.container(horizontal=True):
        drawers.edits(Mentees, DETAILS, row, groups.edit, N_("Saved."))
        if row["status"] == MenteeStatus.ACTIVE:
            ui.act(
                _(N_("End support")),
                f"close:{row.id}",
                lambda ctx, op: groups.close(ctx, op, row),
                N_("Support for the group has ended."),
                ask=_(N_("The group and its referrals are closed. Nothing is deleted.")),
            )


def show_referrals(card: Card) -> None:
    """The log of how the group came, newest first."""
    columns = [Referrals.columns[name] for name in (*REFERRAL, "status")]
    if not card.referrals:
        ui.empty(_(N_("No referral is recorded.")), "")
        return
    ui.print_view(card.referrals, columns)
    drawers.edits(
        Referrals,
        REFERRAL,
        card.referrals[0],
        groups.edit_referral,
        N_("Saved."),
        label=_(N_("Mend the newest")),
    )


def show_plans(ctx: Context, card: Card) -> None:
    """The newest version to work on, earlier ones folded away."""
    if not card.plans:
        ui.empty(
            _(N_("No action plan yet.")),
            _(N_("Start one: opportunities, priority actions, and the support each needs.")),
        )
    for place, plan in enumerate(card.plans):
        if place == 0 or plan["status"] in {PlanStatus.DRAFT, PlanStatus.AGREED}:
            _show_plan(ctx, plan)
        else:
            with st.expander(_plan_words(plan)):
                _show_facts(ctx, plan)
    if not any(plan["status"] == PlanStatus.DRAFT for plan in card.plans):
        drawers.opens(_(N_("Start a new version")), "plan", lambda: _new_version(card.entry.group.id))


def _plan_words(plan: Row) -> str:
    version, status = ui.hours(plan["version"]), ui.say(plan["status"])
    if plan["agreed_on"]:
        return _(
            N_("Version {version}: {status}, {day}"),
            version=version,
            status=status,
            day=ui.day(plan["agreed_on"]),
        )
    return _(N_("Version {version}: {status}"), version=version, status=status)


def _show_facts(ctx: Context, plan: Row) -> list[Row]:
    if plan["opportunities"]:
        st.caption(ui.say(Plans.columns["opportunities"].title))
        ui.text(plan["opportunities"])
    found = plans.actions(ctx, plan.id)
    if found:
        ui.print_view(found, ACTIONS)
    return found


def _show_plan(ctx: Context, plan: Row) -> None:
    st.subheader(ui.safe(_plan_words(plan)), anchor=False)
    found = _show_facts(ctx, plan)
    if not found:
        ui.empty(
            _(N_("No priority action yet.")),
            _(N_("Add what the group wants to do first, and the support it needs.")),
        )
    if plan["status"] == PlanStatus.DRAFT:
        _draft_steps(plan, found)
    if found and plan["status"] in {PlanStatus.DRAFT, PlanStatus.AGREED}:
        _mend_action(plan, found)


def _draft_steps(plan: Row, found: list[Row]) -> None:
    with st.container(horizontal=True):
        drawers.opens(_(N_("Add a priority action")), f"action:{plan.id}", lambda: _add_action(plan))
        drawers.edits(
            Plans, ("opportunities",), plan, plans.edit, N_("Saved."), label=_(N_("Edit the opportunities"))
        )
        ui.act(
            _(N_("Agree version {version}"), version=ui.hours(plan["version"])),
            f"agree:{plan.id}",
            lambda ctx, op: plans.agree(ctx, op, plan, found),
            N_("The plan is agreed."),
            disabled=not found,
        )


def _mend_action(plan: Row, found: list[Row]) -> None:
    """Of a draft all of an action, of an agreed plan how far it is."""
    names = (*ACTION, "step") if plan["status"] == PlanStatus.DRAFT else ("step",)
    words = {row.id: row["title"] for row in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _(N_("Priority action")),
            list(words),
            format_func=words.__getitem__,
            key=f"mend:{plan.id}",
            width=320,
        )
        row = next((row for row in found if row.id == chosen), None)
        if row:
            drawers.edits(
                Actions,
                names,
                row,
                plans.edit_action,
                N_("Saved."),
                label=_(N_("Change this action")),
                key="action",
            )


def _add_action(plan: Row) -> None:
    key = f"action:{plan.id}"
    filling = ui.form(Actions, ACTION, key)
    ui.act(
        _(N_("Add the action")),
        key,
        lambda ctx, op: plans.add_action(ctx, op, plan.id, filling.values()),
        N_("Added."),
    )


def _new_version(group: str) -> None:
    key = f"plan:{group}"
    st.caption(_(N_("Open actions of the plan in force come along.")))
    filling = ui.form(Plans, ("opportunities",), key)
    ui.act(
        _(N_("Start the version")),
        key,
        lambda ctx, op: plans.new_version(ctx, op, group, filling.values()),
        N_("A draft is open. Agree it with the group when it is ready."),
    )


def show_signposts(card: Card) -> None:
    """Agencies the group was pointed to, added here or by an Activity Record."""
    st.subheader(_(N_("Signposts")), anchor=False)
    if card.signposts:
        ui.print_view(card.signposts, (Signposts.agency, Signposts.purpose, Signposts.added_on))
    else:
        ui.empty(_(N_("Pointed to nobody yet.")), _(N_("Activity Records add agencies here; so can you.")))
    drawers.opens(_(N_("Add a signpost")), "signpost", lambda: _add_signpost(card.entry.group.id))


def _add_signpost(group: str) -> None:
    key = f"signpost:{group}"
    filling = ui.form(Signposts, ("agency", "purpose"), key)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return plans.signpost(ctx, op, group, typed["agency"] or "", typed["purpose"] or "")

    ui.act(_(N_("Add the signpost")), key, save, N_("Added."))


def show_progress(ctx: Context, group: str) -> None:
    """What the Activity Records told of each priority action, newest first."""
    told = groups.progress_of(ctx, group)
    rows = [
        {
            "day": ui.short(each.held_on),
            "action": each.action,
            "step": ui.say(each.progress["step"]),
            "words": each.progress["words"],
            "mentor": each.mentor,
        }
        for each in told
    ]
    if rows:
        ui.print_view(rows, PROGRESS)
    else:
        ui.empty(
            _(N_("No record has told of progress yet.")),
            _(N_("It shows here once mentors send Activity Records.")),
        )
