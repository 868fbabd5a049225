"""The Activity Record as a Word file, from its stored rows (S7, X8)."""

from schemas.mentees import Actions
from schemas.words import N_, day_words, message, say
from services import records, sessions
from services.context import Context
from services.documents import DOCUMENTS, ActivityRecord, ProgressRow, SignpostingRow, render
from services.sessions import Record


def document(ctx: Context, id_: str, language: str) -> bytes:
    """The Activity Record as a Word file, from its stored rows."""
    found = sessions.record(ctx, id_)
    kind = DOCUMENTS["activity-record"]
    return render(kind.template(ctx.programme.documents, language), _paper(ctx, found, language), language)


def _paper(ctx: Context, found: Record, language: str) -> ActivityRecord:
    rows = records.view(ctx)
    row = found.row
    return ActivityRecord(
        programme=ctx.programme.name.said(language),
        iso_date=row["held_on"].isoformat(),
        group=found.mentee,
        mentor=found.mentor,
        facilitator=found.facilitator,
        date=day_words(row["held_on"], language),
        hours=say(message(N_("{hours} hours"), hours=found.hours), language) if found.hours else "–",
        kind_of_work=ctx.programme.choice_words("kinds_of_work", row["kind"] or "", language),
        what_was_done=row["done"] or say(N_("Brought in from the earlier records: no text."), language),
        progress=tuple(
            ProgressRow(
                action=rows.name(Actions, step["action"]),
                progress=say(step["step"], language) + (f": {step['words']}" if step["words"] else ""),
                next_step="",
            )
            for step in found.progress
        ),
        signposting=tuple(
            SignpostingRow(
                agency=each["agency"],
                what_for=each["purpose"] or "",
                added_to_plan=day_words(each["added_on"], language) if each["added_on"] else "",
            )
            for each in found.signposts
        ),
        reflections="\n".join(text for text in (row["next_steps"], row["learned"]) if text),
    )
