"""Taking a batch back."""

from __future__ import annotations

import pytest
from tests.hub_fixtures import Desk

from sdgcities.errors import Refused
from sdgcities.intake.files import sha256_of
from sdgcities.tracks.data.batches.reverting import Reverted, batches, held_files, revert
from sdgcities.tracks.data.showing import shown


def bring(desk: Desk, value: str, *more: dict[str, object]) -> int:
    report = desk.bring(desk.tidy({"value": value}, *more, name=f"value{value}.csv"))
    assert report.batch is not None
    return report.batch


def take_back(desk: Desk, batch: int) -> Reverted:
    return revert(desk.hub, batch, desk.person("ama"))


def refusal(desk: Desk, batch: int) -> str:
    with pytest.raises(Refused) as refused:
        take_back(desk, batch)
    return refused.value.findings[0].code


def test_a_first_value_is_retracted(desk: Desk) -> None:
    first = bring(desk, "1")
    before = desk.counts()["observation"]
    assert take_back(desk, first) == Reverted(2, 1, 0)
    assert desk.value() is None
    assert desk.counts()["observation"] == before + 1


def test_a_value_returns_to_what_stood_before(desk: Desk) -> None:
    bring(desk, "1")
    assert take_back(desk, bring(desk, "2")) == Reverted(3, 1, 0)
    assert desk.value() == "1"
    (figure,) = desk.figures()
    assert figure.revision == 2


def test_what_returned_still_says_which_file_it_came_from(desk: Desk) -> None:
    first = bring(desk, "1")
    take_back(desk, bring(desk, "2"))
    (figure,) = desk.figures()
    assert (figure.file, figure.batch) == ("value1.csv", first)
    (told,) = shown(desk.catalogue, "GH1408", "GH-POP")
    assert [(revision, value) for revision, _, value, _, _ in told.earlier] == [(0, "1"), (1, "2")]


def test_twice_is_refused(desk: Desk) -> None:
    first = bring(desk, "1")
    take_back(desk, first)
    before = desk.counts()
    assert refusal(desk, first) == "batch.reverted"
    assert refusal(desk, 99) == "batch.unknown"
    assert refusal(desk, 10**30) == "batch.unknown"
    assert desk.counts() == before


def test_what_a_later_batch_changed_is_left(desk: Desk) -> None:
    first = bring(desk, "1", {"period": "2020"})
    bring(desk, "2")
    assert take_back(desk, first) == Reverted(3, 1, 1)
    assert desk.value() == "2"


def test_in_whatever_order_batches_are_taken_back_none_of_them_stands(desk: Desk) -> None:
    bring(desk, "1")
    second, third = bring(desk, "2"), bring(desk, "3")
    take_back(desk, second)
    take_back(desk, third)
    assert desk.value() == "1"


def test_a_later_value_that_was_taken_back_protects_nothing(desk: Desk) -> None:
    first, second = bring(desk, "1"), bring(desk, "2")
    take_back(desk, second)
    assert desk.value() == "1"
    assert take_back(desk, first).taken_back == 1
    assert desk.value() is None


def test_taking_back_can_be_taken_back(desk: Desk) -> None:
    first = bring(desk, "1")
    undone = take_back(desk, first).batch
    assert take_back(desk, undone).taken_back == 1
    assert desk.value() == "1"
    assert take_back(desk, first).taken_back == 1
    assert desk.value() is None


def test_after_it_the_same_file_can_be_imported_again(desk: Desk) -> None:
    path = desk.tidy({"value": "1"})
    first = desk.bring(path).batch
    assert first
    take_back(desk, first)
    assert desk.bring(path).stored == 1
    assert desk.value() == "1"


def test_reasons_for_missing_values_return_too(desk: Desk) -> None:
    desk.bring(desk.tidy({"value": "", "missing_reason": "confidential"}))
    take_back(desk, bring(desk, "2"))
    assert desk.figures()[0].missing == "confidential"


def test_it_is_a_batch_of_its_own_in_the_list_and_the_chain(desk: Desk) -> None:
    records, _ = desk.chain()
    first = bring(desk, "1")
    take_back(desk, first)
    assert [(row["id"], row["reverts"], row["stored"]) for row in batches(desk.hub)] == [(2, 1, 1), (1, None, 1)]
    assert desk.chain() == (records + 2, None)


def test_only_an_operator_takes_back(desk: Desk) -> None:
    first = bring(desk, "1")
    with pytest.raises(Refused):
        revert(desk.hub, first, desk.person("esi"))


def test_a_file_counts_as_held_for_as_long_as_its_batch_does(desk: Desk) -> None:
    first = bring(desk, "1")
    file = sha256_of(desk.scratch / "value1.csv")
    assert held_files(desk.hub) == {file}
    back = take_back(desk, first).batch
    assert held_files(desk.hub) == set()
    take_back(desk, back)
    assert held_files(desk.hub) == {file}
