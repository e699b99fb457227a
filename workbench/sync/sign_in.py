"""Exchanges an enrolment code for this device's tokens. Makes no account and keeps nothing itself."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import DataError, KnownError, NetworkError, PlatformError
from workbench.model.ids import DeviceId, new_id
from workbench.store import remembered
from workbench.store.account import Account
from workbench.sync.address import checked_address
from workbench.sync.platforms import hub
from workbench.wire.exchange import EnrolRequest, SignIn

if TYPE_CHECKING:
    import httpx

_SAFE = "Nothing was changed on this laptop."


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """All that `create_account` needs beside a protection. `address` in its plain form."""

    address: str
    device: DeviceId
    sign_in: SignIn


def enrol(
    address: str,
    code: str,
    device_name: str,
    *,
    device: DeviceId | None = None,
    transport: "httpx.BaseTransport | None" = None,
) -> Enrolled:
    """Sign this device in with a one-time code. Raises NetworkError, PlatformError or DataError."""
    plain = checked_address(address)
    request = EnrolRequest(code=code.strip(), device=device or DeviceId(new_id()), device_name=device_name)
    try:
        sign_in = hub.enrol(plain, request, transport=transport)
    except DataError:
        raise
    except KnownError as problem:
        raise _in_sign_in_words(problem) from problem
    return Enrolled(address=plain, device=request.device, sign_in=sign_in)


def sign_in_again(
    account: Account, code: str, device_name: str, *, transport: "httpx.BaseTransport | None" = None
) -> None:
    """Replace the tokens of an account that was signed out; its work stays. Raises what `enrol` raises,
    and PlatformError when the code belongs to another person."""
    enrolled = enrol(account.ref.address, code, device_name, device=account.ref.device, transport=transport)
    if enrolled.sign_in.person.id != account.store.read(remembered.person).id:
        raise PlatformError(
            "This code belongs to another person than this account.",
            safe=_SAFE,
            do="Ask your programme for a code of your own; another person signs in to an account of their own.",
        )
    account.tokens.put(enrolled.sign_in)


def _in_sign_in_words(problem: KnownError) -> KnownError:
    """The same problem; what is safe and what to do are others when nobody is signed in yet."""
    if isinstance(problem, NetworkError):
        do = "Check the address and the network, and sign in again; a code stays good for 15 minutes."
        return NetworkError(problem.happened, safe=_SAFE, do=do)
    if isinstance(problem, PlatformError):
        return PlatformError(problem.happened, safe=_SAFE, do=problem.do, status=problem.status)
    return problem
