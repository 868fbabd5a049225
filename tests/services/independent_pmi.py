"""A second count of the monthly return, straight from the two files: nothing of the product is used here (D14).

The bank holidays are typed by hand from the published lists of 2024 and 2025; working days are counted one by one.
"""

import csv
import datetime
import io
import statistics
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

ENGLAND_AND_WALES = """
1/1/2024 29/3/2024 1/4/2024 6/5/2024 27/5/2024 26/8/2024 25/12/2024 26/12/2024
1/1/2025 18/4/2025 21/4/2025 5/5/2025 26/5/2025 25/8/2025 25/12/2025 26/12/2025
"""
SCOTLAND = """
1/1/2024 2/1/2024 29/3/2024 6/5/2024 27/5/2024 5/8/2024 2/12/2024 25/12/2024 26/12/2024
1/1/2025 2/1/2025 18/4/2025 5/5/2025 26/5/2025 4/8/2025 1/12/2025 25/12/2025 26/12/2025
"""
ROUTES = ("Jobcentre Plus", "Third party")


def day(text):
    if not text.strip():
        return None
    number, month, year = text.split("/")
    return datetime.date(int(year), int(month), int(number))


HOLIDAYS = {
    "8": {day(text) for text in SCOTLAND.split()},
    "": {day(text) for text in ENGLAND_AND_WALES.split()},
}


def working_days_from(start, end, area):
    """How many working days one gets to by going from `start` to `end`, a day at a time."""
    closed = HOLIDAYS["8" if area == "8" else ""]
    count, each = 0, start
    while each < end:
        each += datetime.timedelta(days=1)
        if each.isoweekday() <= 5 and each not in closed:
            count += 1
    return count


def within(start, end, most, area):
    # on a closed day after the last working day in time no further working day has passed: still in time
    return start is not None and end is not None and working_days_from(start, end, area) <= most


def read(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def percent(part, whole):
    if not whole:
        return "nil"
    return str((Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def tenths(value):
    return str(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP))


def count(cases_text, sessions_text, year, month, made_on, areas=None):
    """{measure: figure as text} of a month, as a return made on `made_on` would say it; and who is left out."""
    first = datetime.date(year, month, 1)
    last = (first + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)
    held = defaultdict(list)
    for session in read(sessions_text):
        if session["Attendance"] == "Attended" and int(session["Minutes"]) >= 60:
            held[session["Case"]].append(day(session["Date"]))
    cases, left_out = [], 0
    for row in read(cases_text):
        if areas is not None and row["Area"] not in areas:
            continue
        withdrawn = day(row["Consent withdrawn"])
        if withdrawn and withdrawn <= made_on and row["DWP customer"] == "No":
            left_out += 1
            continue
        cases.append(row)
    return _figures(cases, held, first, last), left_out


def _figures(cases, held, first, last):
    found = {}

    def put(name, rows, column):
        dated = [row for row in rows if day(row[column]) and day(row[column]) <= last]
        found[name] = str(len(dated))
        for route in ROUTES:
            found[f"{name}: {route}"] = str(sum(row["Route"] == route for row in dated))
        fresh = [row for row in dated if day(row[column]) >= first]
        found[f"new-{name}"] = str(len(fresh))
        for route in ROUTES:
            found[f"new-{name}: {route}"] = str(sum(row["Route"] == route for row in fresh))

    put("referrals", cases, "Referred")
    put("starts", cases, "Diagnostic interview (start)")
    done = [row for row in cases if day(row["Completed"]) and day(row["Completed"]) <= last]
    spans = [
        (day(row["Completed"]) - day(row["Diagnostic interview (start)"])).days
        for row in done
        if row["Diagnostic interview (start)"]
    ]
    found["completions"] = str(len(done))
    found["length-mean"] = tenths(Decimal(sum(spans)) / len(spans)) if spans else "nil"
    found["length-median"] = tenths(statistics.median(spans)) if spans else "nil"
    found["length-number"] = str(len(spans))
    for name, of, since in (
        ("meetings", "Initial meeting", "Referred"),
        ("interviews", "Diagnostic interview (start)", "Initial meeting"),
        ("plans", "Plan agreed", "Diagnostic interview (start)"),
    ):
        dated = [row for row in cases if day(row[of]) and day(row[of]) <= last]
        timely = [row for row in dated if within(day(row[since]), day(row[of]), 10, row["Area"])]
        found[name] = str(len(dated))
        found[f"{name}-in-time"] = str(len(timely))
        found[f"{name}-in-time-percent"] = percent(len(timely), len(dated))
    four = four_timely = eight = started = 0
    for row in cases:
        start = day(row["Diagnostic interview (start)"])
        days = sorted(held[row["Case"]])
        if len(days) >= 4 and days[3] <= last:
            four += 1
            four_timely += within(start, days[3], 30, row["Area"])
        if start and start <= last:
            started += 1
            eight += len(days) >= 8 and days[7] <= last
    found["first-sessions"] = str(four)
    found["first-sessions-in-time"] = str(four_timely)
    found["first-sessions-in-time-percent"] = percent(four_timely, four)
    found["sessions"] = str(eight)
    found["sessions-percent"] = percent(eight, started)
    return found
