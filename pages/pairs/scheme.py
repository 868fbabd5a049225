"""The scheme itself: its review after a year, feedback without names, and how it was set up (P7, W9, W11, W12)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.pairs.parts import papers
from pages.programme.parts import drawers, shown
from pages.ui import _
from schemas.column import Row, text
from schemas.peers import Answers, Reviews, SetUp
from schemas.words import N_, Month
from services import access, answers, pair_papers, reviews, setting_up
from services.context import Context
from services.review_figures import Figure, Section
from services.reviews import Review
from services.setting_up import Stage
from services.store.interface import Receipt

ctx = ui.visit("review.see")
COUNTED = (text(N_("What"), name="what"), text(N_("How many"), name="count"))


def count_words(count: int | Decimal | None) -> str:
    """A count or a mean, or the dash for one too small to be shown."""
    return "–" if count is None else str(count)


def label(each: Figure) -> str:
    """What a count counts."""
    if each.options:
        return ctx.programme.choice_words(each.options, each.label, ui.language())
    return ui.say(each.label)


def section(each: Section) -> None:
    """The figures of one whole."""
    if each.figures:
        st.subheader(ui.safe(ui.say(each.title)), anchor=False)
        rows = [
            {"_id": figure.label, "what": label(figure), "count": count_words(figure.count)}
            for figure in each.figures
        ]
        ui.print_view(rows, COUNTED)


def figures(found: Review) -> None:
    """Every figure of the review, with what the dash means."""
    for each in found.sections:
        section(each)
    if found.voices:
        st.subheader(_(N_("What both sides say")), anchor=False)
    for voice in found.voices:
        side = ctx.programme.choice_words("sides", voice.side, ui.language())
        means = "; ".join(
            f"{ui.say(Answers.columns[name].title)}: {ui.hours(mean) or '–'}"
            for name, mean in voice.means.items()
        )
        ui.lines(_(N_("{side}: {number} answers"), side=side, number=count_words(voice.count)), means)
    st.caption(ui.say(pair_papers.hidden_note(found)))


def report() -> None:
    """The Word report for the committee or the steering group, with what the team learned.

    Made by a button of its own: a download clicked straight from the field would be made of what stood there before.
    """
    learned = st.text_area(_(N_("What we learned (stands in the report only)")), key="review:learned")
    drawers.opens(
        _(N_("Make the report")),
        "report",
        lambda: report_file(learned),
        heading=_(N_("Report")),
        kind="primary",
    )


def report_file(learned: str) -> None:
    """The report as it would go to the committee, with what was learned to read over."""
    if learned:
        ui.lines(_(N_("What we learned")), learned)
    papers.word(_(N_("Report")), lambda language: pair_papers.review(ctx, learned, language), "scheme-review")


def answer(row: Row) -> None:
    """One answer that nobody signed."""
    scales = " · ".join(
        f"{ui.say(Answers.columns[name].title)}: {ui.hours(row[name])}"
        for name in answers.SCALES
        if row[name]
    )
    side = ui.cell_words(Answers.columns["side"], row["side"])
    heading = _(N_("{side}, {month}"), side=side, month=Month(row["month"]))
    done = row["response"]
    badge = _(N_("acted upon")) if done else _(N_("new"))
    with ui.card(heading, scales, badge_words=badge, tone=ui.DONE if done else ui.TODAY):
        drawers.opens_sealed(
            _(N_("Open")),
            f"answer:{row.id}",
            lambda: answers.words(ctx, row.id),
            lambda said: one_answer(row, said),
            heading=heading,
        )


def box() -> None:
    """How many answers wait in the box, and the way out of it for all of them together."""
    if not (count := answers.in_the_box(ctx)):
        return
    st.caption(_(N_("{count} answer is in the box."), N_("{count} answers are in the box."), count))
    if answers.may_be_emptied(ctx):
        ui.act(_(N_("Empty the box")), "box", answers.empty, N_("Emptied. Nobody can say who put in which."))


def one_answer(row: Row, said: str) -> None:
    """What was written, and what was done about it."""
    ui.text(said)
    key = f"respond:{row.id}:{row['_change']}"
    typed = ui.form(Answers, ("response",), key, values=row)
    ui.act(
        _(N_("Save")),
        key,
        lambda ctx, op: answers.respond(ctx, op, row, typed.text("response")),
        N_("Saved."),
    )


def stage_card(stage: Stage) -> None:
    """One stage of setting up."""
    name = ctx.programme.choice_words("stages", stage.name, ui.language())
    badge = _(N_("agreed")) if stage.is_agreed else _(N_("to agree"))
    decided = stage.row["decided"] or "" if stage.row else ""
    with ui.card(name, decided, badge_words=badge, tone=ui.DONE if stage.is_agreed else ui.TODAY):
        drawers.opens(_(N_("Open")), f"stage:{stage.name}", lambda: edit_stage(stage), heading=name)


def edit_stage(stage: Stage) -> None:
    """What was decided, and when young people and staff each agreed it."""
    row = stage.row
    key = f"stage:{stage.name}:{row['_change'] if row else ''}"
    typed = ui.form(SetUp, setting_up.FIELDS, key, values=row or {})

    def save(ctx: Context, op: str) -> Receipt:
        return setting_up.save(ctx, op, stage.name, typed.changes(row) if row else typed.values(), row)

    ui.act(_(N_("Save")), key, save, N_("Saved."))


def due_words() -> str:
    """When the next review is due, and for whom."""
    who = reviews.terms(ctx).review_for.said(ui.language())
    on = reviews.due_on(ctx)
    if on is None:
        return _(N_("It was reviewed, for the {who}."), who=who)
    return _(N_("The review is due on {day}, for the {who}."), day=ui.day(on), who=who)


def record() -> None:
    """The committee considered it: when, and what came of it."""
    typed = ui.form(Reviews, reviews.FIELDS, "reviewed", values={"considered_on": ctx.today})
    ui.act(
        _(N_("Record the review")),
        "reviewed",
        lambda ctx, op: reviews.record(ctx, op, typed.values()),
        N_("Recorded."),
    )


def held() -> None:
    """The reviews considered so far, and the way to record one."""
    if access.may(ctx, reviews.ACTION):
        drawers.opens(_(N_("Record that it was considered")), "reviewed", record)
    for row in reviews.considered(ctx):
        with st.expander(_(N_("Considered on {day}"), day=ui.day(row["considered_on"]))):
            shown.facts(row, [Reviews.columns[name] for name in ("learned", "decided")])


found = shown.loaded(lambda: reviews.review(ctx))
ui.title(_(N_("The scheme")), due_words())
names = [_(N_("The review"))]
is_staff = access.may(ctx, answers.SEE) and "pairs" in ctx.programme.pages
has_stages = is_staff and bool(ctx.programme.choices("stages"))
names += [_(N_("Feedback"))] if is_staff else []
names += [_(N_("Set-up stages"))] if has_stages else []
tabs = st.tabs(names, key="scheme", on_change="rerun")
with tabs[0]:
    report()
    held()
    figures(found)
if is_staff:
    with tabs[1]:
        box()
        given = answers.listed(ctx)
        for row in given:
            answer(row)
        if not given:
            ui.empty(_(N_("Nobody has answered yet.")), _(N_("Point people to “Say what you think”.")))
if has_stages:
    with tabs[2]:
        for each in setting_up.listed(ctx):
            stage_card(each)
