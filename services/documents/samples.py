"""Invented values, one per kind of document, for the preview of a template (X8)."""

from collections.abc import Callable, Mapping

from services.documents import pair_samples
from services.documents.values import (
    ActivityRecord,
    Bill,
    BillRow,
    BodyRow,
    ClaimForm,
    ConfirmationRow,
    CostRow,
    CreditNote,
    ExpenseRow,
    FinalReview,
    ImprovementPlan,
    ImprovementRow,
    InvoiceLetter,
    InvoiceRow,
    MeasureRow,
    Paper,
    PeerLetter,
    PlanRow,
    PlanSample,
    ProgressRow,
    PurchaseOrder,
    ReviewRow,
    SampleRow,
    SignpostingRow,
    SmartPlan,
    WrittenAdvice,
)

PROGRAMME = "Sustainable Steps Wales – Mentoring"
PEER_MENTORING = (
    "Peer Mentoring for People with a Substance Dependency",
    "Mentora Cymheiriaid i Bobl â Dibyniaeth ar Sylweddau",
)


def sample(document: str, language: str = "en") -> Paper:
    """An invented value for one kind of document, worded in "en" or "cy": invented people, true sums."""
    return _SAMPLES[document]("cy" if language == "cy" else "en")


def _either(language: str, english: str, welsh: str) -> str:
    return welsh if language == "cy" else english


def _rows(language: str) -> tuple[InvoiceRow, ...]:
    """17.5, 5.25 and 2 hours at £300 a day of 7: 750.00 + 225.00 + 85.71."""
    forum = _either(language, "Programme Forum", "Fforwm y Rhaglen")
    return (
        InvoiceRow(
            mentor="Siân O’Brien",
            work="Cyfeillion Gwŷdd y Dŵr",
            time=_either(language, "2 days 3.5 hours", "2 ddiwrnod 3.5 awr"),
            hours="17.5",
            day_rate="£300.00",
            amount="£750.00",
        ),
        InvoiceRow(
            mentor="Tŵm ap Rhŷs",
            work="Pontypridd Repair Café",
            time=_either(language, "5.25 hours", "5.25 awr"),
            hours="5.25",
            day_rate="£300.00",
            amount="£225.00",
        ),
        InvoiceRow(
            mentor="Siân O’Brien",
            work=forum,
            time=_either(language, "2 hours", "2 awr"),
            hours="2",
            day_rate="£300.00",
            amount="£85.71",
        ),
    )


def _letter(language: str) -> dict[str, object]:
    return {
        "programme": PROGRAMME,
        "iso_date": "2027-01-05",
        "issued_on": _either(language, "5 January 2027", "5 Ionawr 2027"),
        "period": _either(language, "October to December 2026", "Hydref i Ragfyr 2026"),
        "to_name": "Nia Prŷs",
        "to_address": "Tŷ’r Dderwen\n1 Heol yr Afon\nAberystwyth\nSY23 9ZZ",
        "from_name": "Menter Bro Ystwyth",
        "from_address": "Yr Hen Ysgol\nLlanilar\nSY23 9YY",
        "vat_number": "GB 999 9999 73",
        "is_hosted": True,
        "rows": _rows(language),
        "total_hours": "24.75",
        "total": "£1,060.71",
        "vat_line": _either(language, "VAT included: £176.79", "TAW wedi’i chynnwys: £176.79"),
        "bank_details": _either(
            language,
            "Menter Bro Ystwyth\nSort code 00-00-00\nAccount 00000000",
            "Menter Bro Ystwyth\nCod didoli 00-00-00\nCyfrif 00000000",
        ),
        "note": _either(language, "A day is 7 hours.", "Mae diwrnod yn cynnwys 7 awr."),
    }


def _invoice(language: str) -> Paper:
    return InvoiceLetter(number="SSW-2026-0042", **_letter(language))  # type: ignore[arg-type]


def _credit(language: str) -> Paper:
    return CreditNote(
        number="SSW-2026-0043",
        credited_number="SSW-2026-0042",
        credited_on=_either(language, "5 January 2027", "5 Ionawr 2027"),
        reason=_either(language, "Two hours were on the wrong group.", "Roedd dwy awr ar y grŵp anghywir."),
        **_letter(language),  # type: ignore[arg-type]
    )


def _record(language: str) -> Paper:
    return ActivityRecord(
        programme=PROGRAMME,
        iso_date="2026-11-21",
        group="Cyfeillion Gwŷdd y Dŵr",
        mentor="Siân O’Brien",
        facilitator="Gethin Llŷr",
        date=_either(language, "21 November 2026", "21 Tachwedd 2026"),
        hours=_either(language, "3.5 hours", "3.5 awr"),
        kind_of_work=_either(language, "Meeting with the group", "Cyfarfod â’r grŵp"),
        what_was_done=_either(
            language,
            "We walked the site together and talked through how our own group began with a small orchard.\n"
            "The group drew up a list of who to ask for permission.",
            "Cerddwyd y safle gyda’n gilydd a thrafod sut y dechreuodd ein grŵp ni gyda pherllan fach.\n"
            "Lluniodd y grŵp restr o’r bobl i ofyn am ganiatâd ganddynt.",
        ),
        progress=_progress(language),
        signposting=_signposting(language),
        reflections=_either(
            language,
            "Seeing another group’s mistakes was more use to them than seeing our successes.",
            "Roedd gweld camgymeriadau grŵp arall yn fwy defnyddiol iddynt na gweld ein llwyddiannau.",
        ),
    )


def _progress(language: str) -> tuple[ProgressRow, ...]:
    return (
        ProgressRow(
            action=_either(language, "Plant a community orchard", "Plannu perllan gymunedol"),
            progress=_either(
                language, "Site chosen; owner is willing", "Dewiswyd y safle; mae’r perchennog yn fodlon"
            ),
            next_step=_either(language, "Ask the council about the path", "Holi’r cyngor am y llwybr"),
        ),
        ProgressRow(
            action=_either(language, "Share tools between villages", "Rhannu offer rhwng pentrefi"),
            progress=_either(language, "Not started", "Heb ddechrau"),
            next_step=_either(
                language, "Visit the Repair Café in spring", "Ymweld â’r Caffi Trwsio yn y gwanwyn"
            ),
        ),
    )


def _signposting(language: str) -> tuple[SignpostingRow, ...]:
    return (
        SignpostingRow(
            agency=_either(language, "The county’s biodiversity officer", "Swyddog bioamrywiaeth y sir"),
            what_for=_either(language, "Which trees suit wet ground", "Pa goed sy’n addas i dir gwlyb"),
            added_to_plan=_either(language, "Yes", "Ydy"),
        ),
    )


def _advice(language: str) -> Paper:
    return WrittenAdvice(
        programme=PROGRAMME,
        iso_date="2026-11-21",
        group="Cyfeillion Gwŷdd y Dŵr",
        mentor="Siân O’Brien",
        title=_either(language, "Starting a community orchard", "Dechrau perllan gymunedol"),
        version="2",
        date=_either(language, "21 November 2026", "21 Tachwedd 2026"),
        purpose=_either(
            language,
            "To set down what our group learned, so that the group can plan its first winter.",
            "Cofnodi’r hyn a ddysgodd ein grŵp ni, fel y gall y grŵp gynllunio ei aeaf cyntaf.",
        ),
        background=_either(
            language, "The group has met twice on the site.", "Mae’r grŵp wedi cwrdd ddwywaith ar y safle."
        ),
        body=_body(language),
        professional_advice=_either(
            language,
            "For the lease, ask a solicitor; for planning, ask the council’s planning office.",
            "Am y brydles, gofynnwch i gyfreithiwr; am gynllunio, gofynnwch i swyddfa gynllunio’r cyngor.",
        ),
        confirmations=_confirmations(language),
        reviewed_by="Gethin Llŷr",
        reviewed_on=_either(language, "23 November 2026", "23 Tachwedd 2026"),
    )


def _body(language: str) -> tuple[BodyRow, ...]:
    first = _either(
        language,
        "We began with twelve trees, not fifty. The group might think about what it can water in a dry May.",
        "Dechreuon ni gyda deuddeg coeden, nid hanner cant. Gallai’r grŵp ystyried faint y gall ei ddyfrio ym mis Mai.",
    )
    second = _either(
        language,
        "Neighbours who were asked early became the ones who helped.",
        "Y cymdogion y gofynnwyd iddynt yn gynnar oedd y rhai a helpodd.",
    )
    return BodyRow(text=first), BodyRow(text=second)


def _confirmations(language: str) -> tuple[ConfirmationRow, ...]:
    answer = _either(language, "Not in this paper", "Nid yw yn y papur hwn")
    statements = (
        _either(
            language, "Recommendations with legal consequences", "Argymhellion â chanlyniadau cyfreithiol"
        ),
        _either(
            language, "Recommendations with technical consequences", "Argymhellion â chanlyniadau technegol"
        ),
        _either(
            language, "Recommendations with financial consequences", "Argymhellion â chanlyniadau ariannol"
        ),
        _either(language, "Recommendations on planning", "Argymhellion ynghylch cynllunio"),
        _either(language, "Doing the group’s work for it", "Gwneud gwaith y grŵp ar ei ran"),
    )
    return tuple(ConfirmationRow(statement=statement, answer=answer) for statement in statements)


def _bill(language: str) -> Paper:
    """A late return: the 80 % line alone; 10,000.00 less 2,000.00, with a notice and costs to show every part."""
    fee = _either(language, "Delivery fee for May 2024, 80 %", "Ffi gyflawni am Fai 2024, 80 %")
    return Bill(
        programme=_either(language, "Peer Mentoring", "Mentora Cymheiriaid"),
        iso_date="2024-06-12",
        number="PM-2024-0042",
        issued_on=_either(language, "12 June 2024", "12 Mehefin 2024"),
        month=_either(language, "May 2024", "Mai 2024"),
        to_name=_either(language, "The buyer", "Y prynwr"),
        to_address="1 Example Street\nNewport\nNP10 9ZZ",
        from_name="Example Recovery Partnership",
        from_address="Tŷ’r Afon\n2 Heol y Bont\nWrecsam\nLL11 9ZZ",
        contract=_either(language, "areas 8 and 9", "ardaloedd 8 a 9"),
        purchase_order="PO-778812",
        cost_centre="10123456",
        account_code="54321",
        rows=(BillRow(line="2", what=fee, amount="£8,000.00"),),
        total="£8,000.00",
        bank_details=_either(
            language,
            "Example Recovery Partnership\nSort code 00-00-00\nAccount 00000000",
            "Example Recovery Partnership\nCod didoli 00-00-00\nCyfrif 00000000",
        ),
        void_line="",
        costs=(
            CostRow(
                what=_either(language, "Recruiting mentors", "Recriwtio mentoriaid"),
                planned="£4,000.00",
                actual="£3,912.50",
            ),
        ),
        planned_total="£4,000.00",
        actual_total="£3,912.50",
        notice=_either(
            language, "Notice of 4 April 2024: 50 % deferred.", "Hysbysiad 4 Ebrill 2024: gohiriwyd 50 %."
        ),
        return_line=_either(
            language,
            "The return for May 2024 was due on 7 June 2024 and sent on 10 June 2024.",
            "Roedd y ffurflen ar gyfer Mai 2024 i’w chyflwyno erbyn 7 Mehefin 2024; fe’i hanfonwyd ar 10 Mehefin 2024.",
        ),
        measures=(MeasureRow(measure=_either(language, "Total starts", "Cyfanswm dechreuadau"), value="12"),),
    )


def _plan(language: str) -> Paper:
    return SmartPlan(
        programme=_either(language, *PEER_MENTORING),
        iso_date="2024-05-21",
        mentee="June Hale",
        mentor="Dee Flint",
        version="1",
        agreed_on=_either(language, "21 May 2024", "21 Mai 2024"),
        confirmed_how=_either(language, "signed by hand", "llofnodwyd â llaw"),
        reviewed_on=_either(language, "4 June 2024", "4 Mehefin 2024"),
        aim=_either(
            language,
            "A place of my own, and work in a kitchen by the autumn.",
            "Fy lle fy hun, a gwaith mewn cegin erbyn yr hydref.",
        ),
        actions=_plan_rows(language),
        next_steps=_either(language, "Ring the housing team on Friday.", "Ffonio’r tîm tai ddydd Gwener."),
        is_to_sign=True,
    )


def _plan_rows(language: str) -> tuple[PlanRow, ...]:
    return (
        PlanRow(
            action=_either(language, "See the housing team", "Gweld y tîm tai"),
            measure=_either(language, "I am on the waiting list", "Rwyf ar y rhestr aros"),
            means=_either(language, "Dee comes along; the bus is paid", "Daw Dee gyda mi; telir am y bws"),
            reason=_either(
                language,
                "My room is only mine until July",
                "Dim ond tan fis Gorffennaf y mae fy ystafell gennyf",
            ),
            by_when=_either(language, "14 June 2024", "14 Mehefin 2024"),
            progress=_either(language, "under way", "ar y gweill"),
        ),
        PlanRow(
            action=_either(
                language, "Go to the Monday group four times", "Mynd i’r grŵp dydd Llun bedair gwaith"
            ),
            measure=_either(language, "Four ticks in my diary", "Pedwar tic yn fy nyddiadur"),
            means=_either(language, "It is two streets away", "Mae ddwy stryd i ffwrdd"),
            reason=_either(language, "Mondays are my hardest day", "Dydd Llun yw fy niwrnod anoddaf"),
            by_when=_either(language, "30 June 2024", "30 Mehefin 2024"),
            progress=_either(language, "not started", "heb ddechrau"),
        ),
    )


def _review(language: str) -> Paper:
    rows = _plan_rows(language)
    achieved = _either(language, "achieved", "wedi’i gyflawni")
    return FinalReview(
        programme=_either(language, *PEER_MENTORING),
        iso_date="2024-09-02",
        mentee="June Hale",
        mentor="Dee Flint",
        started_on=_either(language, "14 May 2024", "14 Mai 2024"),
        completed_on=_either(language, "2 September 2024", "2 Medi 2024"),
        sessions="11",
        actions=tuple(ReviewRow(action=row.action, by_when=row.by_when, progress=achieved) for row in rows),
        next_steps=_either(
            language,
            "Keep going to the Monday group. Start the kitchen course on 9 September.",
            "Dal i fynd i’r grŵp dydd Llun. Dechrau’r cwrs cegin ar 9 Medi.",
        ),
        is_customer=True,
    )


def _improvement(language: str) -> Paper:
    return ImprovementPlan(
        programme=_either(language, *PEER_MENTORING),
        iso_date="2024-06-01",
        supplier="Example Recovery Partnership",
        contract=_either(language, "Areas 8 and 9", "Ardaloedd 8 a 9"),
        level=_either(language, "SMART Action Plan", "Cynllun gweithredu CAMPUS"),
        source="Call-off specification, table A",
        is_critical=False,
        area="9",
        month=_either(language, "June 2024", "Mehefin 2024"),
        missed="3",
        cause=_either(
            language,
            "Two mentors were away in the same fortnight, and nobody took over their new starts.",
            "Roedd dau fentor i ffwrdd yn yr un bythefnos, ac ni chymerodd neb eu mentoreion newydd.",
        ),
        actions=(
            ImprovementRow(
                action=_either(
                    language,
                    "Name a stand-in for each mentor, by 12 July.",
                    "Enwi dirprwy i bob mentor, erbyn 12 Gorffennaf.",
                )
            ),
            ImprovementRow(
                action=_either(
                    language,
                    "Look at the list of what is due each Monday, from 8 July.",
                    "Edrych ar y rhestr o’r hyn sy’n ddyledus bob dydd Llun, o 8 Gorffennaf.",
                )
            ),
        ),
        owner="Colin Bray",
        review_on=_either(language, "9 August 2024", "9 Awst 2024"),
    )


def _plan_sample(language: str) -> Paper:
    plan = _either(language, "Plan {n}, area 9", "Cynllun {n}, ardal 9")
    rows = _plan_rows(language)
    return PlanSample(
        programme=_either(language, *PEER_MENTORING),
        iso_date="2024-07-01",
        contract=_either(language, "Areas 8 and 9", "Ardaloedd 8 a 9"),
        quarter=_either(language, "9 April 2024 to 8 July 2024", "9 Ebrill 2024 i 8 Gorffennaf 2024"),
        count="2",
        seed="k7v3q9",
        rows=tuple(
            SampleRow(
                plan=plan.format(n=n),
                action=row.action,
                measure=row.measure,
                means=row.means,
                reason=row.reason,
                by_when=row.by_when,
                progress=row.progress,
            )
            for n, row in enumerate(rows, start=1)
        ),
    )


def _peer_letter(language: str) -> Paper:
    asked = _either(
        language,
        "Example Borough Council asks for a leader of a council, for three days from 1 March 2027.",
        "Mae Cyngor Bwrdeistref Enghraifft yn gofyn am arweinydd cyngor, am dri diwrnod o 1 Mawrth 2027.",
    )
    answer = _either(language, "Please answer either way.", "Atebwch y naill ffordd neu’r llall.")
    return PeerLetter(
        programme=_either(language, "Peers for Councils", "Cymheiriaid i Gynghorau"),
        iso_date="2026-11-21",
        to="Cllr Robin Vale",
        date=_either(language, "21 November 2026", "21 Tachwedd 2026"),
        heading=_either(language, "A request for a peer", "Cais am gymar"),
        body=(BodyRow(text=asked), BodyRow(text=answer)),
    )


def _order(language: str) -> Paper:
    return PurchaseOrder(
        programme=_either(language, "Peers for Councils", "Cymheiriaid i Gynghorau"),
        iso_date="2026-11-21",
        number="PO-2026-0001",
        issued_on=_either(language, "21 November 2026", "21 Tachwedd 2026"),
        run_by="Example Councils’ Association",
        peer="Cllr Robin Vale",
        project=_either(language, "Corporate peer challenge", "Her gorfforaethol gan gymheiriaid"),
        council="Example Borough Council",
        from_on=_either(language, "1 March 2027", "1 Mawrth 2027"),
        to_on=_either(language, "15 March 2027", "15 Mawrth 2027"),
        fee="£900.00",
        deliverables=_either(
            language,
            "Three days on site; comments on the report.",
            "Tri diwrnod ar y safle; sylwadau ar yr adroddiad.",
        ),
        officer="Sam Field",
    )


def _claim(language: str) -> Paper:
    limit = _either(
        language,
        "The limit is £36.00 a night, here for 1 night.",
        "Y terfyn yw £36.00 y noson, yma am 1 noson.",
    )
    return ClaimForm(
        programme=_either(language, "Peers for Councils", "Cymheiriaid i Gynghorau"),
        iso_date="2027-03-08",
        number="CL-2027-0001",
        sent_on=_either(language, "8 March 2027", "8 Mawrth 2027"),
        peer="Cllr Robin Vale",
        project=_either(language, "Corporate peer challenge", "Her gorfforaethol gan gymheiriaid"),
        purchase_order="PO-2026-0001",
        decided=_either(
            language, "Approved by Sam Field on 9 March 2027", "Cymeradwywyd gan Sam Field ar 9 Mawrth 2027"
        ),
        rows=(
            ExpenseRow(
                date=_either(language, "1 March 2027", "1 Mawrth 2027"),
                what=_either(language, "rail: Exampletown and back", "trên: Enghreifftiol ac yn ôl"),
                paid_out="£64.20",
                payable="£64.20",
                why="–",
            ),
            ExpenseRow(
                date=_either(language, "1 March 2027", "1 Mawrth 2027"),
                what=_either(language, "meals: dinner", "prydau: cinio nos"),
                paid_out="£41.50",
                payable="£36.00",
                why=f"£5.50. {limit}",
            ),
        ),
        paid_out="£105.70",
        total="£100.20",
        capped="£5.50",
    )


_SAMPLES: Mapping[str, Callable[[str], Paper]] = {
    "invoice-letter": _invoice,
    "credit-note": _credit,
    "activity-record": _record,
    "written-advice": _advice,
    "peer-letter": _peer_letter,
    "purchase-order": _order,
    "claim-form": _claim,
    "pair-agreement": pair_samples.agreement,
    "meeting-sheet": pair_samples.sheet,
    "certificate": pair_samples.certificate,
    "scheme-review": pair_samples.review,
    "bill": _bill,
    "improvement-plan": _improvement,
    "plan-sample": _plan_sample,
    "smart-plan": _plan,
    "final-review": _review,
}
