"""Photos and scans of papers that belong to a record: receipts, sheets signed by hand (L6, W3)."""

from schemas.column import Register, at_least, date, link, long_text, number, text
from schemas.words import N_


class Scans(Register):
    """A paper's photo or scan, kept with the record it belongs to; its content stands in pieces beside it."""

    tab, prefix, one, label = N_("Scans"), "SCN", N_("Scan"), "taken_on"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    mentee = link(N_("Group"), "Mentees")
    taken_on = date(N_("Added on"), required=True)
    form = text(N_("Form"), N_("JPEG, PNG or PDF"), required=True)
    size = number(N_("Bytes"), checks=(at_least(0),))
    digest = text(N_("Digest"), required=True)


class ScanPieces(Register):
    """A piece of a scan's content, in order, sealed."""

    tab, prefix, one, label = N_("Scan pieces"), "SCP", N_("Piece"), "scan"
    mentor = link(N_("Mentor"), "Mentors", required=True)
    mentee = link(N_("Group"), "Mentees")
    scan = link(N_("Scan"), "Scans", required=True)
    place = number(N_("Place"), required=True, checks=(at_least(1),))
    content = long_text(N_("Content"), sealed=True, personal=True)
