"""The paper that says what an erasure took out, what stays and why, and what copies still hold until when (X6)."""

from schemas.column import Row
from schemas.words import N_, Message, day_words, message, say
from services import erasure
from services.context import Context
from services.documents.plain import Part, Plain, Table, word
from services.erasure import Certificate
from services.store.interface import AUDIT


def word_file(ctx: Context, row: Row, language: str) -> bytes:
    """The certificate of an erasure as a Word file; it names nobody."""
    return word(paper(ctx, erasure.certificate(ctx, row), language))


def paper(ctx: Context, made: Certificate, language: str) -> Plain:
    """The certificate's words."""

    def said(text: str, **values: object) -> str:
        return say(Message(text, values), language)

    on = day_words(made.erased_on, language)
    intro = (
        said(N_("Request {number}, erased on {day}. Two people decided it."), number=made.request, day=on),
        said(N_("Programme: {name}"), name=ctx.programme.name.said(language)),
    )
    return Plain(
        said(N_("Certificate of erasure")),
        language,
        made.erased_on,
        intro,
        (_gone(made, language), _stays(made, language), _copies(made, language)),
    )


def _gone(made: Certificate, language: str) -> Part:
    heading = tuple(
        say(each, language) for each in (N_("Register"), N_("Rows emptied"), N_("Rows without the name"))
    )
    rows = tuple((_tab(part.tab, language), str(part.emptied), str(part.named)) for part in made.parts)
    words = (
        N_(
            "In the person’s own rows everything written was taken out, bank details too. "
            "In other rows, drafts and the history of changes the name, addresses and numbers were taken out."
        ),
        N_("Mentor Desk keeps no files it has made: letters and lists are built anew when asked for."),
    )
    return Part(
        say(N_("What went"), language), tuple(say(each, language) for each in words), (Table(heading, rows),)
    )


def _stays(made: Certificate, language: str) -> Part:
    heading = (say(N_("Register"), language), say(N_("Why the rows stay, without the person"), language))
    rows = tuple((_tab(part.tab, language), say(part.why, language)) for part in made.parts if part.emptied)
    words = say(
        N_(
            "Hours, money, dates and counts are what they were; the history keeps who changed which field, and when."
        ),
        language,
    )
    return Part(say(N_("What stays, and why"), language), (words,), (Table(heading, rows),))


def _copies(made: Certificate, language: str) -> Part:
    until = message(
        N_(
            "Copies of the workbook made before that day may hold the person until {day}; then they are destroyed."
        ),
        day=made.backups_until,
    )
    words = (
        say(until, language),
        f"{say(N_('Source'), language)}: {made.backups_source}",
        say(
            N_(
                "Not reached from here: papers and e-mails already sent, copies taken out as files, the version "
                "history that Google keeps of a spreadsheet, and what somebody wrote without naming the person."
            ),
            language,
        ),
    )
    return Part(say(N_("What copies still hold"), language), words)


def _tab(tab: str, language: str) -> str:
    return say(N_("History") if tab == AUDIT else tab, language)
