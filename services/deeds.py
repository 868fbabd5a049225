"""What each kind of change is called, for people who read the history (X4)."""

from schemas.words import N_

DEEDS: dict[str, str] = {
    "advice.review": N_("Reviewed written advice"),
    "advice.write": N_("Wrote advice"),
    "assignments.approve": N_("Decided an assignment"),
    "assignments.end": N_("Ended an assignment"),
    "assignments.propose": N_("Proposed an assignment"),
    "changes.undo": N_("Undid a change"),
    "checks.record": N_("Recorded a proof"),
    "development.write": N_("Wrote a reflection or event"),
    "drafts.keep": N_("Kept a draft"),
    "example.fill": N_("Loaded the example"),
    "exceptions.allow": N_("Allowed an exception"),
    "feedback.record": N_("Recorded feedback"),
    "feedback.respond": N_("Answered feedback"),
    "gaps.allow": N_("Allowed an insurance gap"),
    "groups.edit": N_("Changed a group or its plan"),
    "imports.bring": N_("Brought in a file"),
    "interests.assess": N_("Assessed a relationship"),
    "interests.declare": N_("Declared a relationship"),
    "invoices.confirm_void": N_("Confirmed a credit note"),
    "invoices.issue": N_("Issued letters"),
    "invoices.pay": N_("Recorded a payment"),
    "invoices.void": N_("Proposed a credit note"),
    "mentors.approve": N_("Approved a mentor"),
    "mentors.edit": N_("Changed a mentor"),
    "organisations.edit": N_("Changed an organisation"),
    "own.insurance": N_("Recorded their own insurance"),
    "own.language": N_("Chose their language"),
    "payees.confirm": N_("Decided a payee"),
    "payees.propose": N_("Proposed a payee"),
    "people.edit": N_("Changed who may sign in"),
    "rates.confirm": N_("Decided a rate"),
    "rates.propose": N_("Proposed a rate"),
    "seats.edit": N_("Changed a forum seat"),
    "sessions.accept": N_("Accepted an Activity Record"),
    "sessions.write": N_("Wrote an Activity Record"),
    "sheet.edited": N_("Changed by hand in the spreadsheet"),
    "sheet.settled": N_("Put right after rows were moved in the spreadsheet"),
    "sheet.withdrawn": N_("Gave up an unanswered save"),
    "timesheets.approve": N_("Approved hours"),
    "timesheets.refuse": N_("Refused hours"),
    "timesheets.return": N_("Sent hours back"),
    "timesheets.submit": N_("Sent hours in"),
    "timesheets.write": N_("Wrote hours"),
    "variations.decide": N_("Decided more days"),
    "variations.propose": N_("Asked for more days"),
    "views.keep": N_("Kept a view"),
    "workbook.check": N_("Mended a wrong cell"),
}


def name(action: str) -> str:
    """What an action is called, to be translated; one without a name is shown as it stands."""
    return DEEDS.get(action, action)
