"""What a programme's folder says of cases and contracts: routes, limits, service levels, milestones (D5 to D20).

Figures only; how working days are counted and pennies rounded is tested code in `services/rules`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Bilingual:
    """A programme's own word or sentence in both languages."""

    en: str
    cy: str

    def said(self, language: str) -> str:
        """The word in one language."""
        return self.cy if language == "cy" else self.en


@dataclass(frozen=True)
class Option:
    """One choice of a programme's own list; the English stands in the sheet."""

    en: str
    cy: str


@dataclass(frozen=True)
class Area(Option):
    """Where the programme works, what lies beside it, its nation (bank holidays), offices and people wanted.

    `nation` blank is the programme's own; `fte_least` and `fte_most` are full-time equivalents (D16).
    """

    beside: tuple[str, ...] = ()
    nation: str = ""
    offices: tuple[str, ...] = ()
    fte_least: int = 0
    fte_most: int = 0
    district: str = ""


@dataclass(frozen=True)
class Route(Option):
    """How somebody is referred (D1): where the initial meeting is held, and what has to be there first.

    `meets_at` is a place of `options.places`; `is_office` says that it is open in office hours only (D6);
    `tells` is who hears what came of it.
    """

    meets_at: str
    is_office: bool
    needs_permission: bool
    tells: Bilingual


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included, and why: a period that sets a limit aside (D9)."""

    from_on: date
    to_on: date
    source: str


@dataclass(frozen=True)
class CaseTerms:
    """The limits of one person's way through (D2 to D11, D21), days in working days of the area's nation.

    `no_benefit` and `other_benefit` are choices of `options.benefits`: none, and one to be named; `number` is how
    cases are numbered where a file or a person gives no number.
    """

    source: str
    routes: tuple[Route, ...]
    least_age: int
    no_benefit: str
    initial_meeting_working_days: int
    interview_working_days: int
    plan_working_days: int
    first_sessions: int
    first_sessions_working_days: int
    sessions: int
    session_minutes: int
    digital_percent: Decimal
    dropout_weeks: int
    office_opens: str
    office_closes: str
    survey_months: tuple[int, ...]
    statement: Bilingual
    start_note: Bilingual
    training_needed: tuple[str, ...] = ()
    unrestricted: tuple[Span, ...] = ()
    load_most: int = 0
    other_benefit: str = ""
    number: str = "C{count:04}"


@dataclass(frozen=True)
class MilestoneTerm:
    """Something promised by a day: `on`, working days or weeks after the contract's start, or its column `of` (D20).

    `is_approved` needs the buyer's approval; `is_day` is a day that comes by itself, with nothing to send.
    """

    code: str
    title: Bilingual
    source: str
    working_days: int = 0
    weeks: int = 0
    on: date | None = None
    of: str = ""
    is_approved: bool = False
    is_day: bool = False


@dataclass(frozen=True)
class LevelTerm:
    """A service level of the contract's table, and whether missing it is a critical failure (D15)."""

    code: str
    title: Bilingual
    is_critical: bool
    source: Bilingual


@dataclass(frozen=True)
class FactorTerm:
    """A success factor the buyer looks at (D26)."""

    code: str
    title: Bilingual


@dataclass(frozen=True)
class ContractTerms:
    """What every contract of the programme is held to (D13 to D20)."""

    source: str
    nation: str
    return_working_day: int
    week_hours: Decimal
    mentees_per_fte: int
    mentees_within_months: int
    implementation_percent_most: Decimal
    deferral_percent_most: Decimal
    notice_working_days: int
    fee_deferred_percent: Decimal
    plans_per_fte: int
    interviews_least: int
    interview_minutes: int
    focus_group_months: int
    bill_number: str
    bill_to: Bilingual
    bill_address: str
    bill_email: str
    bill_note: Bilingual
    send_pmi: Bilingual
    send_tracker: Bilingual
    examiner: Bilingual
    last_start_on: date | None = None
    last_day_on: date | None = None
    last_invoice_on: date | None = None
    levels: tuple[LevelTerm, ...] = ()
    milestones: tuple[MilestoneTerm, ...] = ()
    factors: tuple[FactorTerm, ...] = ()
    tracker_columns: Mapping[str, str] = field(default_factory=dict)
    pmi_cells: Mapping[str, str] = field(default_factory=dict)
    every_months: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PeerKind(Option):
    """A kind of peer (L1, L2): a member's group office is asked first; an officer's employer releases them.

    `out_of_office_months` is how long somebody out of office may still be asked; 0 is not a day.
    """

    through_group: bool = False
    needs_release: bool = False
    out_of_office_months: int = 0


@dataclass(frozen=True)
class ProjectKind(Option):
    """A kind of project and the rules its timeline is worked out from (L4); 0 where there is no such step.

    Weeks before the first day on site, days and months after the last one; `least_days` and `most_days` on site.
    """

    source: str = ""
    least_days: int = 0
    most_days: int = 0
    administration_weeks_first: int = 0
    administration_weeks_last: int = 0
    has_team_meeting: bool = False
    has_presentation: bool = False
    has_debrief: bool = False
    comments_days_first: int = 0
    comments_days_last: int = 0
    follow_up_months_first: int = 0
    follow_up_months_last: int = 0
    follow_up_days_most: int = 0


@dataclass(frozen=True)
class Competency(Option):
    """One of the competencies that peers and councils look back on (L8), and what it means."""

    meaning: Bilingual


@dataclass(frozen=True)
class PlacementTerms:
    """Peers put forward to councils: kinds, projects, charter, reasons for removal, competencies (L1 to L11).

    `profile_months` is when a peer is asked to look at their profile again; `order_number` numbers purchase orders.
    The programme is reviewed `review_months` after it began, and every `review_every_months` from then on, for
    `review_for`; figures of fewer than `small_count` are hidden.
    """

    source: str
    charter_version: str
    charter: Bilingual
    profile_months: int
    order_number: str
    peer_kinds: tuple[PeerKind, ...]
    project_kinds: tuple[ProjectKind, ...]
    removal_reasons: tuple[Option, ...]
    competencies: tuple[Competency, ...]
    implemented_on: date
    review_months: int
    review_for: Bilingual
    small_count: int
    review_every_months: int = 0

    def lists(self) -> Mapping[str, tuple[Option, ...]]:
        """Its lists of choices, by the name that columns use."""
        return {
            "peer_kinds": self.peer_kinds,
            "project_kinds": self.project_kinds,
            "removal_reasons": self.removal_reasons,
            "competencies": self.competencies,
        }


@dataclass(frozen=True)
class ExpenseKind(Option):
    """A kind of expense and what it is held to (L6); limits are names of dated figures, in pounds a night.

    `note` is said beside the form. Mileage is paid by the mile and shown by its journey, everything else by a receipt.
    """

    source: str
    note: Bilingual | None = None
    night_limit: str = ""
    london_limit: str = ""
    needs_nights: bool = False
    needs_agreement: bool = False
    needs_saving: bool = False
    is_mileage: bool = False


@dataclass(frozen=True)
class ExpenseTerms:
    """What is paid back on top of a fee, and how far (L6, L10); a programme without these pays no expenses.

    `claim_number` numbers claims. The rest name dated figures: the pounds above which agreement beforehand is
    needed, the pounds for a mile up to so many miles in a tax year, and the pounds for each further mile.
    """

    source: str
    claim_number: str
    agreed_over: str
    mile: str
    mile_further: str
    miles_at_first: str
    kinds: tuple[ExpenseKind, ...]

    def lists(self) -> Mapping[str, tuple[Option, ...]]:
        """Its lists of choices, by the name that columns use."""
        return {"expense_kinds": self.kinds}


@dataclass(frozen=True)
class CourseTerms:
    """The training that comes before the first mentee (P2, W5).

    `elements` are topics of `options.training_topics`, spread over at least so many dates and days.
    """

    source: str
    elements: tuple[str, ...]
    least_dates: int
    least_days: int


@dataclass(frozen=True)
class PairTerms:
    """How two people are brought together, what they keep, and who may read it (P1 to P8, W1 to W13).

    `matched`, `natural` and `outside` are choices of `options.matchings`; `outside_kind` is the kind of mentor from
    elsewhere. `asks` names whose word is asked before a pair goes on. `sheet` are the columns of a meeting's record;
    `staff_read` says whether staff read it, or only see that a meeting took place. `on_paper` is the choice of
    `options.confirmations` that keeps a photo or scan of the signed paper. The scheme is
    reviewed `review_months` after its start, and every `review_every_months` from then on; figures of fewer than
    `small_count` are hidden. A member who does not stand again may mentor for `retired_months` from the day of an
    election, and where `new_months` says how long somebody counts as new, only those who are. `has_workers`: each
    side has a named worker to go to. `has_posts`: posts and offices are held and asked for.
    Answers without a name leave their box by `answers_together` at least. `has_mediation`: somebody sits down with two who are unhappy before they part.
    """

    source: str
    matched: str
    natural: str
    outside: str
    outside_kind: str
    is_chaired: bool
    asks: tuple[str, ...]
    has_agreement: bool
    sheet: tuple[str, ...]
    is_signed: bool
    staff_read: bool
    has_diary: bool
    course: CourseTerms
    small_count: int
    implemented_on: date
    review_months: int
    review_for: Bilingual
    scope: Bilingual
    support: Bilingual
    passes_to: Bilingual
    on_paper: str = ""
    supervision_days: int = 0
    review_every_months: int = 0
    retired_months: int = 0
    new_months: int = 0
    has_workers: bool = False
    has_posts: bool = False
    answers_together: int = 3
    has_mediation: bool = False
    elections: tuple[date, ...] = ()
    guidance: tuple[Bilingual, ...] = ()
