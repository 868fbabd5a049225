"""Invented values of the documents of pairs, for the preview of a template (X8)."""

from services.documents.pair_values import (
    Certificate,
    ElementRow,
    FigureRow,
    MeetingSheet,
    PairAgreement,
    SchemeReview,
    VoiceRow,
)

PROGRAMME = ("Peer Support for Young People Leaving Care", "Cymorth Cyfoedion i Bobl Ifanc sy’n Gadael Gofal")


def _either(language: str, english: str, welsh: str) -> str:
    return welsh if language == "cy" else english


def agreement(language: str) -> PairAgreement:
    """An agreement of two invented people."""
    return PairAgreement(
        programme=_either(language, *PROGRAMME),
        iso_date="2026-08-10",
        mentor="Kit Marlow",
        mentee="Lou Tŵm",
        made_on=_either(language, "10 August 2026", "10 Awst 2026"),
        purpose=_either(language, "Getting on in a first flat", "Ymdopi mewn fflat gyntaf"),
        goals=_either(
            language,
            "Three meals that work.\nA budget for a month.",
            "Tri phryd sy’n gweithio.\nCyllideb am fis.",
        ),
        expectations=_either(
            language,
            "We are on time, or send a message.\nEither of us may stop.",
            "Rydym yn brydlon, neu’n anfon neges.\nCaiff y naill neu’r llall stopio.",
        ),
        mentor_worker="Clem Adair",
        mentee_worker="Moira Dent",
    )


def sheet(language: str) -> MeetingSheet:
    """A Meeting Record Sheet signed by both, with a correction."""
    day = _either(language, "30 September 2026", "30 Medi 2026")
    return MeetingSheet(
        programme=_either(language, *PROGRAMME),
        iso_date="2026-09-30",
        date=day,
        supporter="Kit Marlow",
        supportee="Lou Tŵm",
        place=_either(language, "The kitchen at the centre", "Cegin y ganolfan"),
        why=_either(language, "To cook something new", "I goginio rhywbeth newydd"),
        did=_either(language, "We made a curry.", "Gwnaethom gyri."),
        achieved=_either(language, "Lou can chop onions.", "Gall Lou dorri winwns."),
        next_time=_either(language, "Shop for it together.", "Siopa amdano gyda’n gilydd."),
        next_meeting=_either(language, "14 October 2026, 16:00", "14 Hydref 2026, 16:00"),
        signed_supporter=_either(language, f"Signed on {day}", f"Llofnodwyd ar {day}"),
        signed_supportee=_either(language, f"Signed on {day}", f"Llofnodwyd ar {day}"),
        corrections=_either(
            language,
            "2 October 2026, Kit Marlow: it was at the flat.",
            "2 Hydref 2026, Kit Marlow: yn y fflat yr oedd.",
        ),
    )


def certificate(language: str) -> Certificate:
    """A certificate of a course on three dates."""
    first, last = (_either(language, f"{day} March 2026", f"{day} Mawrth 2026") for day in (2, 16))
    return Certificate(
        programme=_either(language, *PROGRAMME),
        iso_date="2026-03-16",
        mentor="Kit Marlow",
        run_by="Example Leaving Care Service",
        done_on=last,
        dates=f"{first}; {last}",
        rows=(
            ElementRow(element=_either(language, "communication skills", "sgiliau cyfathrebu"), on=first),
            ElementRow(element=_either(language, "health and safety", "iechyd a diogelwch"), on=last),
        ),
    )


def review(language: str) -> SchemeReview:
    """A review with a count too small to be shown."""
    pairs = _either(language, "Pairs", "Parau")
    return SchemeReview(
        programme=_either(language, *PROGRAMME),
        iso_date="2026-12-01",
        run_by="Example Leaving Care Service",
        addressed_to=_either(language, "Steering group", "Grŵp llywio"),
        from_on=_either(language, "1 December 2025", "1 Rhagfyr 2025"),
        to_on=_either(language, "1 December 2026", "1 Rhagfyr 2026"),
        rows=(
            FigureRow(part=pairs, what=_either(language, "running", "yn rhedeg"), figure="12"),
            FigureRow(part=pairs, what=_either(language, "ended", "wedi dod i ben"), figure="–"),
        ),
        voices=(
            VoiceRow(
                side=_either(language, "supporter", "cefnogwr"),
                count="8",
                useful="4.5",
                heard="4.1",
                safe="4.8",
            ),
        ),
        responses=_either(
            language, "A quiet room is booked on Mondays.", "Mae ystafell dawel ar ddydd Llun."
        ),
        learned=_either(
            language,
            "Pairs that cook together meet more often.",
            "Mae parau sy’n coginio yn cwrdd yn amlach.",
        ),
        hidden_note=_either(
            language,
            "A dash stands for fewer than 5, or for a count by which such a one could be found.",
            "Mae llinell yn golygu llai na 5, neu gyfrif y gellid dod o hyd i un o’r fath drwyddo.",
        ),
    )
