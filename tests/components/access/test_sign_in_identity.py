"""Which account a provider's claims vouch for, and that one sign-in is told from the next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from components.access import identity

CLAIMS = {"is_logged_in": True, "sub": "7f3", "preferred_username": "li", "name": "李四", "iat": 1_796_000_000, "nonce": "a"}


def test_the_account_is_the_user_name_then_a_verified_address_then_the_subject() -> None:
    found = identity.of(CLAIMS | {"email": "li@gov.example", "email_verified": True})
    assert found is not None
    assert (found.account, found.name, found.issued) == ("li", "李四", datetime.fromtimestamp(1_796_000_000, UTC))
    mail = {"is_logged_in": True, "sub": "7f3", "email": "li@gov.example"}
    accounts = [identity.of(mail | {"email_verified": told}) for told in (True, "true", False, "false", None, 1)]
    assert [each and each.account for each in accounts] == ["li@gov.example", "li@gov.example", "7f3", "7f3", "7f3", "7f3"]


def test_the_claim_that_is_configured_is_the_only_one_tried() -> None:
    found = identity.of(CLAIMS | {"employee": 1024}, "employee")
    assert found is not None
    assert found.account == "1024"
    assert identity.of(CLAIMS, "employee") is None
    assert identity.of(CLAIMS | {"email": "li@gov.example"}, "email") is None


@pytest.mark.parametrize("told", [None, False, "true", 1])
def test_whoever_has_not_signed_in_is_nobody(told: object) -> None:
    assert identity.of(CLAIMS | {"is_logged_in": told}) is None


@pytest.mark.parametrize("told", [None, "", "  ", True, [], {}])
def test_a_claim_that_is_no_name_is_no_account(told: object) -> None:
    assert identity.of({"is_logged_in": True, "sub": told}) is None


@pytest.mark.parametrize("told", ["ｌi", "lᵢ", "ﬁn", "\u212a1", "l\u200bi", "l\u00a0i", "l\x00i"])
def test_a_look_alike_of_an_account_is_no_account(told: str) -> None:
    assert identity.of({"is_logged_in": True, "employee": told}, "employee") is None
    found = identity.of(CLAIMS | {"preferred_username": told})
    assert found is not None
    assert found.account == "7f3"


@pytest.mark.parametrize("told", ["li", "Li", "李四", "li.si-2@gov.example", "张三(财政局)", "1024"])
def test_an_account_in_plain_letters_is_told_as_it_is(told: str) -> None:
    found = identity.of(CLAIMS | {"preferred_username": f" {told} "})
    assert found is not None
    assert found.account == told


def test_two_tabs_are_one_sign_in_and_the_next_sign_in_is_another() -> None:
    one, tab, later = (identity.of(CLAIMS | more) for more in ({}, {"tokens": {"id": "x"}, "name": "改名"}, {"nonce": "b"}))
    assert one is not None
    assert tab is not None
    assert later is not None
    assert one.key == tab.key != later.key
    assert len(one.key) == 64


@pytest.mark.parametrize("told", ["soon", True, 10**30, float("nan"), None])
def test_a_time_of_issue_that_makes_no_sense_is_none(told: object) -> None:
    found = identity.of(CLAIMS | {"iat": told})
    assert found is not None
    assert found.issued is None
