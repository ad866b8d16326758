"""An email address is checked by its form, and no name server is asked."""

import pytest

from workbench.accounts.emails import is_email


@pytest.mark.parametrize(
    "address", ["maya@example.com", "maya.l+hr@sales.example.co.uk", "jörg@müller.de", "maya@corp.local"]
)
def test_an_address_is_accepted(address: str):
    assert is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "no address", "maya@", "@example.com", "maya@example", "maya@@example.com", "a b@example.com"),
        *("maya..l@example.com", "maya@exam..ple.com", "<maya@example.com>", "maya@example.com\n", "maya@.local"),
        "x" * 250 + "@example.com",
    ],
)
def test_another_text_is_not(address: str):
    assert not is_email(address)
