"""What counts as a programme's address: https anywhere, plain http only on this very machine."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from workbench.errors import PlatformError

_LONGEST = 2000
_DO = "Check the address in your programme's invitation; it looks like https://hub.example.org."


def checked_address(text: str) -> str:
    """The address in its plain form, without a slash at the end. Raises PlatformError that says what is wrong."""
    typed = text.strip()
    parts = _split(typed if "://" in typed else f"https://{typed}")
    if parts.scheme not in ("https", "http"):
        raise _refusal(f"An address begins with https, not with {parts.scheme}.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _refusal("This address carries more than a place: a name, a password or a question mark.")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise _refusal("This address begins with http, and everything sent to it could be read on the way.")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def is_loopback(host: str) -> bool:
    """Whether a host name or number means this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        # A name that no resolver could take is refused here, before anything depends on it.
        host = (parts.hostname or "").encode("idna").decode("idna")
        reachable = bool(host) and (parts.port is None or parts.port > 0) and len(address) <= _LONGEST
    except ValueError:
        reachable = False
    if not reachable or any(sign.isspace() for sign in address):
        raise _refusal("This is not an address.")
    return parts


def _refusal(happened: str) -> PlatformError:
    return PlatformError(happened, safe="Nothing was sent.", do=_DO)
