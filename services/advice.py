"""Written advice to a group, inside the role's boundary and reviewed before it goes out (S13)."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.words import N_, Message, day_words, plain, say
from schemas.work import Advice, AdviceStatus
from services import access, history, records, steps
from services.context import Context
from services.documents import DOCUMENTS, BodyRow, ConfirmationRow, WrittenAdvice, render
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

TYPED = ("assignment", "title", "background", "suggestions", "elsewhere")
BOUNDARY = {
    "not_legal": N_("It recommends nothing with significant legal consequences."),
    "not_technical": N_("It recommends nothing with significant technical consequences."),
    "not_financial": N_("It recommends nothing with significant financial consequences."),
    "not_planning": N_("It recommends nothing on planning."),
    "not_their_work": N_("It does not do the group's work for it."),
}
OPEN = frozenset({AdviceStatus.DRAFT, AdviceStatus.RETURNED})


def all_advice(ctx: Context) -> list[Row]:
    """Every piece one may see, newest first, each version by itself."""
    access.require(ctx, "advice.see" if access.may(ctx, "advice.see") else "advice.write")
    rows = records.view(ctx).all(Advice)
    if access.may(ctx, "advice.see"):
        rows = [row for row in rows if row["status"] != AdviceStatus.DRAFT]
    return sorted(rows, key=lambda row: (row["_updated_at"] or "", row.id), reverse=True)


def waiting(ctx: Context) -> list[Row]:
    """The pieces that wait for their review, the longest first."""
    access.require(ctx, "advice.see")
    found = records.view(ctx).where(Advice, "status", AdviceStatus.IN_REVIEW)
    return sorted(found, key=lambda row: (row["_updated_at"] or "", row.id))


def due_on(ctx: Context, row: Row) -> date:
    """The day by which a piece should be reviewed (X10)."""
    sent = date.fromisoformat(row["_updated_at"][:10]) if row["_updated_at"] else ctx.today
    return sent + timedelta(days=ctx.programme.due_days["review_advice"])


def save(
    ctx: Context, op_id: str, values: Mapping[str, Any], shown: Row | None = None, *, send: bool = False
) -> Receipt:
    """Write or mend a draft; `send` hands it to the Facilitator once every boundary is confirmed."""
    typed = {name: values[name] for name in (*TYPED, *BOUNDARY) if name in values}
    id_ = shown.id if shown else new_id(Advice.prefix)
    assignment_id = str(typed.get("assignment") or (shown["assignment"] if shown else ""))

    def decide(fresh: FreshRows) -> list[Intent]:
        assignment = fresh.find(Assignments, assignment_id)
        if assignment is None or assignment["mentor"] != ctx.actor.mentor or not assignment["mentee"]:
            access.refuse(ctx, "advice.write", assignment_id)
        if send:
            _complete({**(shown or {}), **typed})
        status = AdviceStatus.IN_REVIEW if send else AdviceStatus.DRAFT
        if shown is None:
            own = {**typed, "mentor": ctx.actor.mentor, "mentee": assignment["mentee"], "version": Decimal(1)}
            return [New(Advice, {**own, "status": status}, id_)]
        return [_mended(fresh, shown, {**typed, "mentee": assignment["mentee"]}, send=send)]

    needs = Needs(rows=((Assignments.tab, assignment_id), (Advice.tab, id_)))
    return records.commit(ctx, op_id, "advice.write", [typed, send], needs, decide)


def _mended(fresh: FreshRows, shown: Row, typed: Mapping[str, Any], *, send: bool) -> Edit:
    now = fresh.get(Advice, shown.id)
    if now["status"] not in OPEN:
        raise NotYet(
            Message(N_("This is with the Facilitator, or has gone out.")),
            Message(N_("Start a new version to change it.")),
        )
    status = {"status": AdviceStatus.IN_REVIEW} if send else {}
    return Edit(Advice, shown.id, {**typed, **status}, shown=shown)


def _complete(values: Mapping[str, Any]) -> None:
    """Each excluded kind is confirmed one by one, and the words are there."""
    needed = Message(N_("is needed before you send it."))
    unsaid = Message(N_("must be confirmed. If it is not so, leave that part out: it is outside the role."))
    problems = [Advice.columns[name].problem(unsaid) for name in BOUNDARY if not values.get(name)]
    problems += [
        Advice.columns[name].problem(needed) for name in ("title", "suggestions") if not values.get(name)
    ]
    if problems:
        raise InvalidEntry(problems)


def new_version(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Begin the next version from the last; the earlier one stays in the register."""

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Advice, shown.id)
        if now["status"] not in (AdviceStatus.SENT, AdviceStatus.RETURNED):
            raise NotYet(
                Message(N_("This version is still open.")),
                Message(N_("Change it instead of starting another.")),
            )
        kept = {name: now[name] for name in (*TYPED, "mentor", "mentee")}
        following = {**kept, "version": now["version"] + 1, "status": AdviceStatus.DRAFT}
        return [
            Edit(Advice, now.id, {"status": AdviceStatus.SUPERSEDED}, shown=shown),
            New(Advice, following),
        ]

    needs = Needs(rows=((Advice.tab, shown.id),))
    return records.commit(ctx, op_id, "advice.write", ["version", shown.id], needs, decide)


def review(ctx: Context, op_id: str, shown: Row, *, sends: bool, reason: str = "") -> Receipt:
    """The Facilitator lets it go out, or returns it with a reason; nobody reviews their own."""
    if not sends and not reason.strip():
        raise InvalidEntry(
            [Advice.columns["reason"].problem(Message(N_("is needed, so that the mentor knows what to do.")))]
        )

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Advice, shown.id)
        steps.not_own(ctx, "advice.review", now["mentor"], Message(N_("This is your own advice.")))
        steps.at(ctx, now, AdviceStatus.IN_REVIEW)
        values = {
            "status": AdviceStatus.SENT if sends else AdviceStatus.RETURNED,
            "reviewed_by": ctx.actor.id,
            "reviewed_on": ctx.today,
            "reason": reason,
        }
        return [Edit(Advice, shown.id, values, shown=shown, signs=True)]

    needs = Needs(rows=((Advice.tab, shown.id),))
    return records.commit(ctx, op_id, "advice.review", [shown.id, sends, reason], needs, decide)


def document(ctx: Context, id_: str, language: str) -> bytes:
    """The advice on the programme's template, as every written advice must be."""
    rows = records.view(ctx)
    row = rows.get(Advice, id_)
    if row["status"] == AdviceStatus.DRAFT and not access.may(ctx, "advice.write"):
        access.refuse(ctx, "advice.see", id_)
    paragraphs = [text for text in (row["suggestions"] or "").split("\n") if text.strip()]
    value = WrittenAdvice(
        programme=ctx.programme.name.said(language),
        iso_date=(row["reviewed_on"] or ctx.today).isoformat(),
        group=rows.name(Mentees, row["mentee"]),
        mentor=rows.name(Mentors, row["mentor"]),
        title=row["title"],
        version=plain(row["version"]),
        date=day_words(row["reviewed_on"] or ctx.today, language),
        purpose=_purpose(rows.find(Assignments, row["assignment"])),
        background=row["background"] or "",
        body=tuple(BodyRow(text=text) for text in paragraphs),
        professional_advice=row["elsewhere"] or say(N_("Ask your Facilitator where to turn."), language),
        confirmations=tuple(
            ConfirmationRow(
                statement=say(words, language), answer=say(N_("yes") if row[name] else N_("no"), language)
            )
            for name, words in BOUNDARY.items()
        ),
        reviewed_by=history.person_name(ctx, row["reviewed_by"]) if row["reviewed_by"] else "",
        reviewed_on=day_words(row["reviewed_on"], language) if row["reviewed_on"] else "",
    )
    kind = DOCUMENTS["written-advice"]
    return render(kind.template(ctx.programme.documents, language), value, language)


def _purpose(assignment: Row | None) -> str:
    """What the mentor was asked to help with, as agreed."""
    return str(assignment["purpose"] or "–") if assignment is not None else "–"
