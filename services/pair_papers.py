"""Agreement, Meeting Record Sheet, certificate and review as Word files, from their stored rows (W2, W3, W5, P7, W11)."""

from decimal import Decimal

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.errors import NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.words import N_, Message, day_words, message, say
from schemas.work import Sessions
from services import access, courses, pairs, records, reviews, sheets
from services.context import Context
from services.documents import (
    DOCUMENTS,
    Certificate,
    ElementRow,
    FigureRow,
    MeetingSheet,
    PairAgreement,
    Paper,
    SchemeReview,
    VoiceRow,
    render,
)
from services.reviews import Review


def _file(ctx: Context, kind: str, paper: Paper, language: str) -> bytes:
    return render(DOCUMENTS[kind].template(ctx.programme.documents, language), paper, language)


# --- the agreement ---------------------------------------------------------------------------------


def agreement(ctx: Context, pair: str, language: str) -> bytes:
    """What a pair agreed, for both to sign; staff and the pair's own mentor may print it (W2)."""
    row = pairs.get(ctx, pair).row
    if row["agreement_on"] is None:
        raise NotYet(Message(N_("There is no agreement yet.")), Message(N_("Write it down first.")))
    return _file(ctx, "pair-agreement", _agreement(ctx, row, language), language)


def _agreement(ctx: Context, row: Row, language: str) -> PairAgreement:
    rows = records.view(ctx)
    mentor, mentee = rows.find(Mentors, row["mentor"]), rows.find(Mentees, row["mentee"])
    return PairAgreement(
        programme=ctx.programme.name.said(language),
        iso_date=row["agreement_on"].isoformat(),
        mentor=rows.name(Mentors, row["mentor"]),
        mentee=rows.name(Mentees, row["mentee"]),
        made_on=day_words(row["agreement_on"], language),
        purpose=row["purpose"] or "",
        goals=row["goals"] or "",
        expectations=row["expectations"] or "",
        mentor_worker=(mentor["worker"] or "–") if mentor else "–",
        mentee_worker=(mentee["worker"] or "–") if mentee else "–",
    )


# --- the sheet -------------------------------------------------------------------------------------


def sheet(ctx: Context, id_: str, language: str) -> bytes:
    """A Meeting Record Sheet, to sign or as signed (W3)."""
    row = sheets.get(ctx, id_)
    return _file(ctx, "meeting-sheet", _sheet(ctx, row, language), language)


def blank_sheet(ctx: Context, pair: str, language: str) -> bytes:
    """A sheet with the names alone, to fill in by hand."""
    access.require(ctx, sheets.WRITE)
    row = records.view(ctx).get(Assignments, pair)
    blank = Row(dict.fromkeys(Sessions.columns), mentor=row["mentor"], mentee=row["mentee"])
    return _file(ctx, "meeting-sheet", _sheet(ctx, blank, language), language)


def _sheet(ctx: Context, row: Row, language: str) -> MeetingSheet:
    supporter, supportee = sheets.names(ctx, row)
    return MeetingSheet(
        programme=ctx.programme.name.said(language),
        iso_date=(row["held_on"] or ctx.today).isoformat(),
        date=day_words(row["held_on"], language) if row["held_on"] else "",
        supporter=supporter,
        supportee=supportee,
        place=row["place"] or "",
        why=row["why_met"] or "",
        did=row["done"] or "",
        achieved=row["achieved"] or "",
        next_time=row["next_steps"] or "",
        next_meeting=_next(row, language),
        signed_supporter=_signed(row, "signed_mentor_on", language),
        signed_supportee=_signed(row, "signed_mentee_on", language),
        corrections=row["corrections"] or "",
    )


def _next(row: Row, language: str) -> str:
    if row["next_on"] is None:
        return ""
    at = f", {row['next_at']:%H:%M}" if row["next_at"] else ""
    return day_words(row["next_on"], language) + at


def _signed(row: Row, name: str, language: str) -> str:
    return say(message(N_("Signed on {day}"), day=row[name]), language) if row[name] else ""


# --- the certificate -------------------------------------------------------------------------------


def certificate(ctx: Context, mentor: str, language: str) -> bytes:
    """The certificate of the whole training, for staff and for whoever did it (W5)."""
    standing = courses.require_done(ctx, mentor)
    done_on = standing.done_on or ctx.today
    paper = Certificate(
        programme=ctx.programme.name.said(language),
        iso_date=done_on.isoformat(),
        mentor=records.view(ctx).name(Mentors, mentor),
        run_by=ctx.programme.run_by_in(language),
        done_on=day_words(done_on, language),
        dates="; ".join(day_words(day, language) for day in standing.dates),
        rows=tuple(
            ElementRow(
                element=ctx.programme.choice_words("training_topics", each.element, language),
                on=day_words(each.on, language),
            )
            for each in standing.covered
        ),
    )
    return _file(ctx, "certificate", paper, language)


# --- the review ------------------------------------------------------------------------------------


def review(ctx: Context, learned: str, language: str) -> bytes:
    """The review with what the team learned, for the committee or the steering group (P7, W11)."""
    found = reviews.review(ctx)
    return _file(ctx, "scheme-review", _review(ctx, found, learned, language), language)


def _review(ctx: Context, found: Review, learned: str, language: str) -> SchemeReview:
    return SchemeReview(
        programme=ctx.programme.name.said(language),
        iso_date=found.to_on.isoformat(),
        run_by=ctx.programme.run_by_in(language),
        addressed_to=reviews.terms(ctx).review_for.said(language),
        from_on=day_words(found.from_on, language),
        to_on=day_words(found.to_on, language),
        rows=tuple(_figures(ctx, found, language)),
        voices=tuple(_voices(ctx, found, language)),
        responses="\n".join(dict.fromkeys(found.responses)),
        learned=learned.strip(),
        hidden_note=say(hidden_note(found), language),
    )


def hidden_note(found: Review) -> Message:
    """What stands for a count too small to be shown."""
    return message(
        N_("A dash stands for fewer than {least}, or for a count by which such a one could be found."),
        least=found.least,
    )


def _figures(ctx: Context, found: Review, language: str) -> list[FigureRow]:
    return [
        FigureRow(
            part=say(section.title, language),
            what=_label(ctx, each.label, each.options, language),
            figure="–" if each.count is None else str(each.count),
        )
        for section in found.sections
        for each in section.figures
    ]


def _label(ctx: Context, label: str, options: str, language: str) -> str:
    return ctx.programme.choice_words(options, label, language) if options else say(label, language)


def _voices(ctx: Context, found: Review, language: str) -> list[VoiceRow]:
    return [
        VoiceRow(
            side=ctx.programme.choice_words("sides", each.side, language),
            count="–" if each.count is None else str(each.count),
            useful=_mean(each.means["useful"]),
            heard=_mean(each.means["heard"]),
            safe=_mean(each.means["safe"]),
        )
        for each in found.voices
    ]


def _mean(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:.1f}"
