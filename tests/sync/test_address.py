"""Addresses: what may be signed in to, and what would carry a sign-in where others can read it."""

import pytest

from workbench.errors import PlatformError
from workbench.sync.address import checked_address


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("https://hub.example.org", "https://hub.example.org"),
        ("  hub.example.org/ ", "https://hub.example.org"),
        ("https://Example.org:8443/programme/", "https://example.org:8443/programme"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_that_an_address_is_brought_to_its_plain_form(typed: str, plain: str) -> None:
    assert checked_address(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://",
        "http://hub.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "ftp://hub.example.org",
        "file:///etc/passwd",
        "https://name:secret@hub.example.org",
        "https://hub.example.org/?token=1",
        "https://hub example.org",
        "https://hub.example.org:99999",
        "https://hub..example.org",
        f"https://{'a' * 64}.example.org",
        "https://xn--a.example.org",
        f"https://hub.example.org/{'a' * 2000}",
    ],
)
def test_that_an_address_that_would_leak_or_cannot_be_is_refused_before_anything_is_sent(typed: str) -> None:
    with pytest.raises(PlatformError) as refusal:
        checked_address(typed)
    assert refusal.value.safe == "Nothing was sent."
    assert "secret" not in str(refusal.value)
