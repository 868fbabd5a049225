"""Files of cases and sessions in the areas' own form, drawn at random with the days that go wrong easily (D14)."""

import csv
import io
import random
from datetime import date, timedelta

from services.rules.workdays import add_working_days

CASES = (
    "Case,Route,Area,Office,Referred,Name,Date of birth,DWP customer,NINO,Consent given,Consent withdrawn,"
    "Dependency is a barrier,Lives in the area,Unemployed,Benefit,Mentor,Initial meeting,Eligible,Referrer told,"
    "Diagnostic interview (start),Baseline survey,Plan agreed,Completed,Left early,Reason"
)
SESSIONS = "Case,Date,Attendance,How,Minutes"
# The day before a month's end and its ends, days around each nation's own holidays, 2 January, St Andrew's.
EDGES = (
    "2023-12-29 2024-01-01 2024-01-02 2024-01-03 2024-01-31 2024-02-29 2024-03-28 2024-03-29 2024-04-01 2024-04-30 "
    "2024-05-06 2024-05-24 2024-05-31 2024-06-01 2024-06-28 2024-06-30 2024-07-01 2024-08-05 2024-08-26 2024-09-30 "
    "2024-10-01 2024-10-31 2024-11-18 2024-12-02 2024-12-24 2024-12-25 2024-12-26 2024-12-31"
)
NATION = {"8": "Scotland", "9": "Wales"}


def files(seed: int, cases: int, sessions: int) -> tuple[str, str]:
    """The two files as text; the same seed draws the same."""
    drawn = random.Random(seed)
    rows = [_case(drawn, n) for n in range(1, cases + 1)]
    return _csv(CASES, rows), _csv(SESSIONS, _sessions(drawn, rows, sessions))


def _case(drawn: random.Random, n: int) -> dict[str, str]:
    area = str(drawn.randint(1, 9))
    nation = NATION.get(area, "England")
    edges = [date.fromisoformat(text) for text in EDGES.split()]
    referred = (
        drawn.choice(edges) if drawn.random() < 0.5 else date(2024, 1, 2) + timedelta(drawn.randrange(330))
    )
    is_customer = drawn.random() < 0.7
    row = {
        "Case": f"R{n}", "Route": drawn.choice(["Jobcentre Plus", "Third party"]), "Area": area,
        "Referred": _said(referred), "Name": f"Person {n}", "Date of birth": "1/1/1980",
        "DWP customer": "Yes" if is_customer else "No", "Mentor": f"Mentor {area}{drawn.choice('ABC')}",
        "Dependency is a barrier": "Yes", "Lives in the area": "Yes", "Unemployed": "Yes",
        "Benefit": "JSA" if is_customer else "None",
    }  # fmt: skip
    if not is_customer or drawn.random() < 0.1:
        row["Consent given"] = _said(referred)
        if drawn.random() < 0.3:
            row["Consent withdrawn"] = _said(referred + timedelta(drawn.randrange(1, 200)))
    if drawn.random() < 0.15:
        return row
    met = _near(drawn, referred, 10, nation)
    row |= {"Initial meeting": _said(met), "Eligible": "Yes"}
    if drawn.random() < 0.2:
        return row
    start = _near(drawn, met, 10, nation)
    row |= {"Diagnostic interview (start)": _said(start), "Baseline survey": _said(start)}
    if drawn.random() < 0.8:
        row["Plan agreed"] = _said(_near(drawn, start, 10, nation))
    if drawn.random() < 0.3:
        row["Completed"] = _said(start + timedelta(drawn.randrange(0, 150)))
    elif drawn.random() < 0.2:
        row |= {"Left early": _said(start + timedelta(40)), "Reason": "Dropout: five weeks without contact"}
    return row


def _near(drawn: random.Random, event: date, days: int, nation: str) -> date:
    """On the last day in time, the day before, the day after, a weekend after, or any day."""
    limit = add_working_days(event, days, nation)
    near = [limit, limit, limit + timedelta(1), limit - timedelta(1), limit + timedelta(2), event]
    return max(event, drawn.choice([*near, event + timedelta(drawn.randrange(0, 40))]))


def _sessions(drawn: random.Random, cases: list[dict[str, str]], count: int) -> list[dict[str, str]]:
    started = [case for case in cases if case.get("Diagnostic interview (start)")]
    found = []
    while started and len(found) < count:
        case = drawn.choice(started)
        day, month, year = map(int, case["Diagnostic interview (start)"].split("/"))
        start = date(year, month, day)
        limit = add_working_days(start, 30, NATION.get(case["Area"], "England"))
        on = drawn.choice(
            [limit, limit + timedelta(1), start, *(start + timedelta(drawn.randrange(90)) for _ in "abc")]
        )
        attended = drawn.random() < 0.9
        minutes = drawn.choice([45, 59, 60, 60, 60, 61, 90]) if attended else 0
        found.append(
            {
                "Case": case["Case"],
                "Date": _said(on),
                "Attendance": "Attended" if attended else "Missed",
                "How": drawn.choice(["Face to face", "Digital"]),
                "Minutes": str(minutes),
            }  # fmt: skip
        )
    return found


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _csv(head: str, rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, head.split(","), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
