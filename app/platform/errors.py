"""What can go wrong and what the person reads then: problem documents (RFC 9457) with a stable `type`.

Texts stand in locales/*.json under `<type>.title` and `<type>.detail`. Not found and not allowed-to-know are the
same problem on purpose.
"""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from app.platform.http import Model
from app.platform.i18n import say


class FieldError(Model):
    """One field that cannot stay as it is."""

    pointer: str = Field(description="JSON pointer into the body, or the name of a parameter")
    code: str
    detail: str


class About(Model):
    """The person whom a problem is about, where the reader may know of them."""

    id: UUID
    name: str
    given_name: str


class ProblemOut(Model):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str | None = None
    current: int | None = Field(default=None, description="with 412: the version that is there now")
    about: About | None = Field(default=None, description="with 403 reason-needed: the pupil")
    existing: UUID | None = Field(default=None, description="with 409 organisation-exists: the one that is there")
    errors: list[FieldError] = []


class Problem(Exception):
    """Base of all that is answered with a problem document; `values` fill the texts."""

    status: ClassVar[int] = 500
    code: str = "unexpected"

    def __init__(
        self,
        *,
        errors: Sequence[tuple[str, str]] = (),
        current: int | None = None,
        about: dict[str, Any] | None = None,
        existing: UUID | None = None,
        headers: dict[str, str] | None = None,
        **values: object,
    ) -> None:
        super().__init__(self.code)
        self.errors, self.current, self.about, self.headers = errors, current, about, headers or {}
        self.existing = existing
        self.values = values

    def document(self, locale: str, request_id: str | None) -> dict[str, Any]:
        """The problem in the reader's language."""
        fields = [
            {"pointer": pointer, "code": code, "detail": say(locale, f"field.{code}", **self.values)}
            for pointer, code in self.errors
        ]
        body: dict[str, Any] = {
            "type": f"/problems/{self.code.replace('_', '-')}",
            "title": say(locale, f"{self.code}.title", **self.values),
            "status": self.status,
            "detail": say(locale, f"{self.code}.detail", **self.values),
            "requestId": request_id,
        }
        if fields:
            body["errors"] = fields
        if self.current is not None:
            body["current"] = self.current
        if self.about is not None:
            body["about"] = self.about
        if self.existing is not None:
            body["existing"] = str(self.existing)
        return body


class BadRequest(Problem):
    status = 400
    code = "malformed_json"


class BadCursor(Problem):
    status = 400
    code = "bad_cursor"


class KeyMissing(Problem):
    status = 400
    code = "idempotency_key_missing"


class LogoutRefused(Problem):
    """To a provider's server: its logout token proves nothing, or was heard before."""

    status = 400
    code = "logout_refused"


class SignInNeeded(Problem):
    status = 401
    code = "login_needed"


class WrongPassword(Problem):
    status = 401
    code = "wrong_password"


class WrongCard(Problem):
    """A card that is unknown, replaced, revoked or of another year: which of them is not said."""

    status = 401
    code = "wrong_card"


class WrongClassCode(Problem):
    status = 401
    code = "wrong_class_code"


class WrongPin(Problem):
    """Also where the card, the window or the pupil is not what it should be."""

    status = 401
    code = "wrong_pin"


class FactorNeeded(Problem):
    """Signed in so far; nothing opens until a second factor is given."""

    status = 401
    code = "factor_needed"


class WrongFactor(Problem):
    """A code or a passkey that is not right, was used before, or came too late: which of them is not said."""

    status = 403
    code = "wrong_factor"


class StepUpNeeded(Problem):
    """The second factor was given too long ago for this."""

    status = 403
    code = "step_up_needed"


class NotAllowed(Problem):
    status = 403
    code = "not_allowed"


class AccountClosed(Problem):
    """Whoever this is has shown who they are, and the school closed the account."""

    status = 403
    code = "account_closed"


class AgeRule(Problem):
    status = 403
    code = "age_rule"


class ReasonNeeded(Problem):
    """Outside the own classes somebody says why before anything opens: `about` is the pupil (as About)."""

    status = 403
    code = "reason_needed"

    def __init__(self, about: dict[str, Any]) -> None:
        super().__init__(about=about)


class OutsideCodeNeeded(Problem):
    """From outside, by link: there is no open page in this browser, or what it showed is over."""

    status = 403
    code = "outside_code_needed"


class OutsideCodeWrong(Problem):
    """A code by mail that is not right, was used before, was tried too often, or came too late: which is not said."""

    status = 403
    code = "outside_code_wrong"


class CrossSite(Problem):
    status = 403
    code = "csrf"


class NotFound(Problem):
    status = 404
    code = "not_found"


class MethodNotAllowed(Problem):
    status = 405
    code = "method_not_allowed"


class Conflict(Problem):
    """The thing is not in a state for this; the code says which."""

    status = 409

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        super().__init__(**values)


class AlreadyDifferent(Problem):
    status = 409
    code = "already_exists_different"


class CodeInvalid(Problem):
    """A code of an invitation that is wrong, used, withdrawn or too old: which of them is not said."""

    status = 410
    code = "code_invalid"


class OutsideGone(Problem):
    """A link from outside that is unknown, ended, withdrawn or too old: which of them is not said."""

    status = 410
    code = "outside_gone"


class ShowcaseCodeNeeded(Problem):
    """A link to a page of an etalage that asks for a code as well."""

    status = 403
    code = "showcase_code_needed"


class ShowcaseCodeWrong(Problem):
    status = 403
    code = "showcase_code_wrong"


class ShowcaseGone(Problem):
    """A link to an etalage that is unknown, not begun, ended or taken back: which of them is not said."""

    status = 410
    code = "showcase_gone"


class VersionConflict(Problem):
    status = 412
    code = "version_conflict"

    def __init__(self, current: int) -> None:
        super().__init__(current=current)


class TooLarge(Problem):
    """A body or a file over its limit, which is named."""

    status = 413
    code = "too_large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit=f"{limit_bytes // 1_000_000} MB")


class QuotaExceeded(Problem):
    status = 413
    code = "quota"


class UnsupportedMedia(Problem):
    """A request body that is not JSON."""

    status = 415
    code = "unsupported_media_type"


class UnsupportedType(Problem):
    """A file of a kind that is not taken; those that are, are named."""

    status = 415
    code = "unsupported_type"

    def __init__(self, accepted: str) -> None:
        super().__init__(accepted=accepted)


class Invalid(Problem):
    """One field is wrong, for a reason that only the action could see."""

    status = 422
    code = "validation"

    def __init__(self, code: str, pointer: str, **values: Any) -> None:
        super().__init__(errors=[(pointer, code)], **values)


class InvalidFields(Problem):
    """Fields that do not fit their schema: (pointer, code) each."""

    status = 422
    code = "validation"


class KeyReused(Problem):
    status = 422
    code = "key_reused"


class PreconditionNeeded(Problem):
    status = 428
    code = "precondition_needed"


class TooManyRequests(Problem):
    status = 429
    code = "too_many_requests"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(headers={"Retry-After": str(retry_after_s)}, minutes=max(1, round(retry_after_s / 60)))


class PinLocked(TooManyRequests):
    """Too many wrong PINs after another; the lock opens by itself, or by the teacher."""

    code = "pin_locked"


class FactorLocked(TooManyRequests):
    """Too many wrong codes after another; the lock opens by itself."""

    code = "factor_locked"


class Unexpected(Problem):
    status = 500
    code = "unexpected"


class Unavailable(Problem):
    status = 503
    code = "try_later"

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "5"})


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=`: that an endpoint may answer with problem documents of these statuses.

    What any endpoint may answer (400 unreadable, 403 cross-site, 413, 415, 429, 503) is added to the document as a
    whole in main.py.
    """
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return {status: {"description": "Problem", "content": content} for status in statuses}
