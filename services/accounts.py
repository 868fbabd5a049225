"""Who comes in with an account of theirs elsewhere: Google's, Microsoft's, any OpenID provider's (X5).

A person is known by issuer and subject, which a provider never gives to anybody else. The first time, a verified
e-mail address opens the row that People holds for it, and the account is written there, once. From then on the
address may change hands at the provider: who holds the old account stays the same person, who holds only the
address is a stranger.

Read on the sign-in page's path: nothing here loads pandas or pandera.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from schemas.column import Role, Row
from schemas.people import People, PersonStatus
from services import access, people, records
from services.context import Context
from services.records import Edit, FreshRows, Intent
from services.store.interface import Needs, Receipt, Store

BREAK_GLASS = "break-glass"
YES = frozenset({True, "true", "1"})
# Google and most others say it in the first; Microsoft, where the tenant asks for it, in the second.
VERIFIED = ("email_verified", "xms_edov")


@dataclass(frozen=True)
class Account:
    """What a provider has said of the visitor, and when they signed in (UTC)."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    since: datetime

    @property
    def key(self) -> str:
        """This one sign-in, in letters that tell nobody who it was."""
        said = "\n".join((self.issuer, self.subject, self.since.isoformat()))
        return hashlib.sha256(said.encode()).hexdigest()[:24]


def account_of(claims: Mapping[str, Any], trusted: Collection[str] = ()) -> Account | None:
    """The account that signed claims speak of; `None` where they name nobody, or no moment of signing in.

    `trusted` are issuers whose every address counts as verified: a tenant of one's own that does not say so.
    """
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    since = _moment(claims.get("iat"))
    if not claims.get("is_logged_in") or not issuer or not subject or since is None:
        return None
    is_verified = issuer in trusted or any(claims.get(name) in YES for name in VERIFIED)
    return Account(issuer, subject, str(claims.get("email") or ""), is_verified, since)


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def memberships(store: Store, account: Account) -> list[Row]:
    """The active rows of People that are this account's, one for each programme and role."""
    everybody = people.memberships(store)
    return [row for row in everybody if is_bound(row, account) or _may_bind(everybody, row, account)]


def is_bound(row: Row, account: Account) -> bool:
    """Whether the row carries this very account."""
    return bool(row["issuer"] == account.issuer and row["subject"] == account.subject)


def _may_bind(everybody: Sequence[Row], row: Row, account: Account) -> bool:
    """Whether a verified address opens a row that carries no account; not where it opened another to somebody else."""
    if row["subject"] or not account.is_verified or not account.email:
        return False
    same = [each for each in everybody if access.same_address(each["email"], account.email)]
    return row in same and all(is_bound(each, account) for each in same if each["subject"])


def bind(ctx: Context, op_id: str, account: Account) -> Receipt:
    """Write the account beside the actor's rows in this programme that carry none; refused where one came first."""
    mine = [
        row.id for row in records.ground(ctx).all(People) if people.is_same_human(ctx, row.id, ctx.actor.id)
    ]

    def decide(fresh: FreshRows) -> list[Intent]:
        rows = [row for id_ in mine if (row := fresh.find(People, id_)) is not None]
        if any(row["subject"] and not is_bound(row, account) for row in rows):
            access.refuse(ctx, "own.account", ctx.actor.id)
        values = {"issuer": account.issuer, "subject": account.subject}
        return [Edit(People, row.id, values) for row in rows if not row["subject"]]

    return records.commit(ctx, op_id, "own.account", account.key, _needs(mine), decide)


def has_ended(rows: Sequence[Row], account: Account) -> bool:
    """Whether its person has signed out since: a cookie kept from before opens nothing (RM05)."""
    return any(row["signed_out_at"] is not None and account.since <= row["signed_out_at"] for row in rows)


def sign_out(ctx: Context, op_id: str) -> Receipt:
    """End every visit that the actor has begun until now, in every browser."""
    mine = [
        row.id for row in records.ground(ctx).all(People) if people.is_same_human(ctx, row.id, ctx.actor.id)
    ]

    def decide(fresh: FreshRows) -> list[Intent]:
        values = {"signed_out_at": ctx.now}
        return [Edit(People, id_, values) for id_ in mine if fresh.find(People, id_) is not None]

    return records.commit(ctx, op_id, "own.sign_out", "", _needs(mine), decide)


def _needs(ids: Sequence[str]) -> Needs:
    return Needs(rows=tuple((People.tab, id_) for id_ in ids))


def break_glass(account: Account, email: str, programmes: Collection[str]) -> list[Row]:
    """An administrator of each programme for the one address that the secrets name; in no register."""
    if not email or not account.is_verified or not access.same_address(account.email, email):
        return []
    blank: dict[str, Any] = dict.fromkeys(People.columns)
    given = {"name": "Break-glass administrator", "email": email, "role": Role.ADMINISTRATOR}
    return [
        Row(blank, **given, _id=BREAK_GLASS, programme=code, status=PersonStatus.ACTIVE)
        for code in programmes
    ]
