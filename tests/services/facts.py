"""One mentor with 25 facts planted about her everywhere a workbook can hold one, and other people beside her.

Gethin is the person: directly contracted, paid, left. Canaries are other people's names, numbers and words.
"""

import json
from datetime import date
from decimal import Decimal

from schemas.assignments import Feedback, Interests
from schemas.mentees import Actions, Mentees, Plans, Referrals
from schemas.mentors import Checks, Mentors, Seats
from schemas.money import InvoiceLines, Invoices
from schemas.organisations import Organisations, Payees
from schemas.people import Imports, Views
from schemas.work import Advice, Development, Progress, Sessions, Timesheets
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook
from tests.cast import ANGHARAD, GETHIN, NOW, op
from tests.services.staff import GETHIN_ID, GROUP_ID, MAIR_ID, OTHER_GROUP_ID, assigned, fill, put

FACTS = {
    "name": "Gethin Llywelyn",
    "email": "gethin.llywelyn@example.org",
    "phone": "07700 900417",
    "experience": "kept bees on Ynys Enlli",
    "availability": "Tuesdays after chapel",
    "seat": "stands in for Nefyn",
    "notes": "walks with a stick",
    "old notes": "asked for large print",
    "policy": "PLX-77120",
    "address": "4 Rhes y Capel, Nefyn",
    "old address": "Tyddyn Isaf, Llithfaen",
    "account name": "G T Llywelyn savings",
    "account number": "31415926",
    "sort code": "20-45-77",
    "vat": "GB 912 3456 78",
    "place": "the old slate shed",
    "record": "showed them his own turbine",
    "progress": "lent his own meter",
    "learned": "patience, from his grandfather",
    "timesheet note": "bus from Pwllheli was late",
    "advice": "his brother's wind scheme",
    "reflection": "lost sleep over the lease",
    "relationship": "cousin of the treasurer",
    "feedback": "kind and late on Mondays",
    "draft": "half a letter about his knee",
}
CANARIES = {
    "mentor": "Mair Pritchard",
    "mentor address": "mair.pritchard@example.org",
    "manager": "Angharad Puw",
    "facilitator": "Marc Sayce",
    "contact": "Delyth Aurora Quill",
    "contact phone": "07700 900555",
    "contact address": "delyth.quill@example.org",
    "referrer": "Osian Fairweather",
    "panel": "Elin Bluestone, Rhodri Vane",
    "other words": "canary words of Mair alone",
    "other draft": "canary draft of Mair",
    "other bank": "87654321",
}


def planted(workbook: Workbook) -> Workbook:
    """The scene in a workbook with the cast; everything of Gethin's is paid and he has left."""
    fill(workbook)
    fact, close = FACTS, workbook.seals.close
    mine = {"mentor": GETHIN_ID}
    paid = {"issued_on": date(2026, 7, 6), "from_on": date(2026, 4, 1), "to_on": date(2026, 6, 30)}
    change(workbook, Mentors, GETHIN_ID, notes=fact["old notes"], phone=fact["phone"])
    change(
        workbook,
        Mentors,
        GETHIN_ID,
        experience=fact["experience"],
        availability=fact["availability"],
        panel=CANARIES["panel"],
        notes=fact["notes"],
    )
    put(
        workbook,
        Payees,
        "PAY-GETHIN",
        **mine,
        name="Gethin Llywelyn",
        address=fact["old address"],
        status="confirmed",
    )
    change(workbook, Payees, "PAY-GETHIN", address=fact["address"], vat_number=fact["vat"])
    bank = {
        "account_name": close(fact["account name"]),
        "sort_code": close(fact["sort code"]),
        "account_number": close(fact["account number"]),
    }
    raw(workbook, "Payees", "PAY-GETHIN", **bank)
    put(workbook, Mentees, "GRP-QUILLS", name="Quills of Aber", contact=CANARIES["contact"], email=CANARIES["contact address"], phone=CANARIES["contact phone"], facilitator=CANARIES["facilitator"], notes="Gethin Llywelyn knows the hall", status="active")  # fmt: skip
    put(workbook, Referrals, "REF-QUILLS", mentee="GRP-QUILLS", received_on=date(2026, 5, 1), route="referred", referred_by=CANARIES["referrer"], wants="Asked for Llywelyn, Gethin by name", status="received")  # fmt: skip
    assigned(workbook, status="ended", approved_by=ANGHARAD.id)
    assigned(workbook, "ASG-MAIRPR", MAIR_ID, OTHER_GROUP_ID)
    put(workbook, Sessions, "SES-GETHIN", **mine, assignment="ASG-GETHIN", mentee=GROUP_ID, held_on=date(2026, 5, 4), place=fact["place"], done=f"{fact['record']}; Delyth Aurora Quill came along", learned=fact["learned"], status="accepted")  # fmt: skip
    put(workbook, Sessions, "SES-MAIRPR", mentor=MAIR_ID, assignment="ASG-MAIRPR", mentee=OTHER_GROUP_ID, held_on=date(2026, 5, 5), done=CANARIES["other words"], next_steps="Ring gethin  LLYWELYN on +44 7700 900417", status="accepted")  # fmt: skip
    put(workbook, Plans, "PLA-YNYSFA", mentee=GROUP_ID, version=Decimal(1), status="agreed")
    put(workbook, Actions, "ACT-YNYSFA", plan="PLA-YNYSFA", mentee=GROUP_ID, title="Buy a turbine")
    put(workbook, Progress, "PRO-GETHIN", **mine, session="SES-GETHIN", action="ACT-YNYSFA", step="under way", words=fact["progress"])  # fmt: skip
    put(workbook, Invoices, "INV-GETHIN", **mine, **paid, number="SSW-2026-0001", kind="invoice", payee="PAY-GETHIN", payee_name="Gethin Llywelyn", payee_address=fact["address"], hours=Decimal(7), total_pounds=Decimal("250.00"), vat_number=fact["vat"], status="paid")  # fmt: skip
    raw(workbook, "Invoices", "INV-GETHIN", **bank)
    put(workbook, InvoiceLines, "INL-GETHIN", **mine, invoice="INV-GETHIN", assignment="ASG-GETHIN", mentor_name="Gethin Llywelyn", work="Ynys Fawr Growers", hours=Decimal(7), day_rate_pounds=Decimal(250), hours_per_day=Decimal(7), amount_pounds=Decimal("250.00"))  # fmt: skip
    put(workbook, Timesheets, "TIM-GETHIN", **mine, assignment="ASG-GETHIN", worked_on=date(2026, 5, 4), hours=Decimal(7), is_chargeable=True, note=fact["timesheet note"], session="SES-GETHIN", status="paid", invoice="INV-GETHIN", terms="direct", day_rate_pounds=Decimal(250), hours_per_day=Decimal(7), decided_by=ANGHARAD.id)  # fmt: skip
    put(workbook, Advice, "ADV-GETHIN", **mine, assignment="ASG-GETHIN", mentee=GROUP_ID, title="Wind", version=Decimal(1), background=fact["advice"], status="sent", reviewed_by=CANARIES["facilitator"])  # fmt: skip
    put(workbook, Development, "DEV-GETHIN", **mine, kind="reflection", held_on=date(2026, 6, 1), title="June", words=fact["reflection"])  # fmt: skip
    put(workbook, Interests, "INT-GETHIN", **mine, mentee=GROUP_ID, nature=fact["relationship"], declared_on=date(2026, 1, 3), assessed_by=CANARIES["manager"], status="may proceed")  # fmt: skip
    put(workbook, Feedback, "FBK-GETHIN", **mine, assignment="ASG-GETHIN", given_by="group", given_on=date(2026, 7, 1), useful=Decimal(4), words=fact["feedback"], status="acted upon")  # fmt: skip
    put(workbook, Views, "VIE-GETHIN", name="For Gethin Llywelyn", page="pool", owner=ANGHARAD.id)
    put(
        workbook,
        Imports,
        "IMP-GETHIN",
        file_name="pool_gethin_llywelyn.csv",
        recipe="pool",
        status="brought in",
    )
    put(workbook, Organisations, "ORG-CHAPEL", name="Capel Nefyn", kind="local service", notes="Ask GETHIN.LLYWELYN@example.org", status="active")  # fmt: skip
    raw_new(workbook, "Drafts", "DRA-GETHIN", person=GETHIN.id, form="record", content=close(json.dumps({"done": fact["draft"]})))  # fmt: skip
    raw_new(workbook, "Drafts", "DRA-MAIRPR", person="PER-MENTOR", form="record", content=close(json.dumps({"done": CANARIES["other draft"], "next_steps": "Ask Gethin Llywelyn."})))  # fmt: skip
    raw_new(workbook, "Payees", "PAY-HOSTED", organisation="ORG-HOSTED", name="Menter y Bryn", account_number=close(CANARIES["other bank"]), status="confirmed")  # fmt: skip
    raw_new(workbook, "Proposals", "PPL-GETHIN", action="payee details", target="PAY-GETHIN", content=close(json.dumps({name.replace(" ", "_"): fact[name] for name in ("account number", "address")})), proposed_by=GETHIN.id, proposed_on="2026-02-01", status="confirmed")  # fmt: skip
    put(workbook, Seats, "SEA-GETHIN", **mine, from_on=date(2026, 1, 1), to_on=date(2026, 12, 31), note=fact["seat"])  # fmt: skip
    change(workbook, Checks, "CHK-GETHIN", reference=fact["policy"])
    change(workbook, Mentors, GETHIN_ID, status="left", left_on=date(2026, 9, 30))
    return workbook


def change(workbook: Workbook, register, id_: str, **values) -> None:  # noqa: ANN001, ANN003
    """A change as a member of staff makes it, with its row in the history."""
    cells = {name: register.columns[name].write(value) for name, value in values.items()}
    raw(workbook, register.tab, id_, **cells)


def raw(workbook: Workbook, tab: str, id_: str, **cells: str) -> None:
    """Cells as they stand in the sheet."""
    from services.store.interface import Update

    operation = Operation(op(), "", ANGHARAD.id, "mentors.edit", NOW, "ssw", why="told by Gethin Llywelyn")
    needs = Needs(rows=((tab, id_),))
    workbook.take(
        workbook.store.commit(
            operation,
            needs,
            lambda fresh: [Update(tab, id_, cells, {name: fresh.rows(tab)[id_][name] for name in cells})],
        )
    )


def raw_new(workbook: Workbook, tab: str, id_: str, **cells: str) -> None:
    """A row as it stands in the sheet."""
    operation = Operation(op(), "", ANGHARAD.id, "test", NOW, "ssw")
    row = Append(tab, {"_id": id_, "programme": "ssw", **cells})
    workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: [row]))
