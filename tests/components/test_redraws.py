"""Pages that follow a change are drawn a few at a time, and no closed window keeps a turn for ever."""

from __future__ import annotations

from components.redraws import LOST, Redraws
from tests.components.test_pulse import Clock


def test_so_many_turns_are_given_at_once_and_the_next_when_one_comes_back() -> None:
    redraws = Redraws(at_once=2)
    first, second = redraws.take(), redraws.take()
    assert first is not None
    assert second is not None
    assert redraws.take() is None
    redraws.give_back(first)
    third = redraws.take()
    assert third not in (None, first, second)
    assert redraws.take() is None


def test_a_turn_that_never_comes_back_is_given_to_another() -> None:
    clock = Clock()
    redraws = Redraws(at_once=1, clock=clock)
    lost = redraws.take()
    clock.now += LOST - 0.1
    assert redraws.take() is None
    clock.now += 0.1
    taken = redraws.take()
    assert taken is not None
    redraws.give_back(lost)  # it comes back late, when it is no turn any more
    assert redraws.take() is None, "the one now at work still has the only turn"


def test_a_turn_given_back_twice_frees_one_place() -> None:
    redraws = Redraws(at_once=2)
    first = redraws.take()
    redraws.take()
    redraws.give_back(first)
    redraws.give_back(first)
    assert redraws.take() is not None
    assert redraws.take() is None


def test_a_turn_is_had_until_it_is_given_back_or_lost() -> None:
    clock = Clock()
    redraws = Redraws(clock=clock)
    assert not redraws.has(None)
    first, second = redraws.take(), redraws.take()
    redraws.give_back(first)
    assert (redraws.has(first), redraws.has(second)) == (False, True)
    clock.now += LOST
    assert not redraws.has(second)
