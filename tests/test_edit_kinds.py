import random
import time

import pytest

from archive.edit_kinds import ORDER, Reading, edit_of
from archive.edit_words import is_slip, number_of
from archive.word_diff import Token, hunks, tokens
from tests.edit_pairs import PAIRS

BEFORE = "The council met on Tuesday."
AFTER = "The members went home at noon."


@pytest.mark.parametrize(("kind", "old", "new"), PAIRS)
def test_an_edit_is_of_the_kind_that_a_reader_would_give_it(kind: str, old: str, new: str) -> None:
    found = edit_of(
        Reading("Title", body=f"{BEFORE}\n\n{old}\n\n{AFTER}"),
        Reading("Title", body=f"{BEFORE}\n\n{new}\n\n{AFTER}"),
    )
    assert found.kinds[0] == kind
    assert set(found.kinds) <= set(ORDER)


def test_a_changed_headline_is_told_first_with_what_changed_in_it() -> None:
    found = edit_of(Reading("Two die in fire"), Reading("Three die in fire"))
    assert found.kinds == ("headline", "number")
    assert (found.removed, found.added) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (Reading(access="open"), Reading(access="locked"), ("access",)),
        (Reading(authors=("Ann",)), Reading(authors=("Jan",)), ("authors",)),
        (Reading(modified="2026-05-01"), Reading(modified="2026-05-02"), ("time",)),
        (Reading(lead="Bread"), Reading(lead="Honey"), ("wording", "lead")),
        (Reading(body="One.\n\nTwo."), Reading(body="Two.\n\nOne."), ("moved",)),
    ],
)
def test_fields_beside_the_text_have_kinds_of_their_own(
    old: Reading, new: Reading, kinds: tuple[str, ...]
) -> None:
    assert edit_of(old, new).kinds == kinds


def test_several_changes_have_several_kinds_and_one_word_taken_out_is_told_last() -> None:
    old = Reading(body="He allegedly left. Police found 12 rooms open that day and night.")
    new = Reading(body="He left. Police found 14 rooms open that day and night.")
    assert edit_of(old, new).kinds == ("number", "removal")


def test_the_size_is_in_words_and_style_has_none() -> None:
    old = Reading(body="He said “yes” – and left - at once.")
    new = Reading(body='He said "yes" — and went home — at once.')
    found = edit_of(old, new)
    assert (found.removed, found.added) == (1, 2)


@pytest.mark.parametrize(
    ("word", "number"),
    [("1,200", "1200"), ("двума", "2"), ("трьох", "3"), ("bridge", None), ("ألف", "1000")],
)
def test_a_number_is_known_in_digits_and_words(word: str, number: str | None) -> None:
    assert number_of(word) == number


def test_a_slip_is_a_small_difference_that_turns_nothing_round() -> None:
    assert is_slip("goverment", "government")
    assert is_slip("Lodz", "Łódź")
    assert not is_slip("likely", "unlikely")
    assert not is_slip("killed", "wounded")


def test_what_differs_is_found_whatever_the_texts() -> None:
    draw = random.Random(5)
    for _ in range(500):
        old = [Token(draw.choice("abcd"), 0, 0) for _ in range(draw.randrange(20))]
        new = [Token(draw.choice("abcde"), 0, 0) for _ in range(draw.randrange(20))]
        made: list[Token] = []
        at = 0
        for hunk in hunks(old, new):
            made += old[at : hunk.old_start] + new[hunk.new_start : hunk.new_end]
            at = hunk.old_end
        assert made + old[at:] == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 60_000, "a b " * 60_000),
        (" ".join(map(str, range(60_000))), " ".join(map(str, range(60_000, 0, -1)))),
        ("«" * 60_000, "»" * 60_000),
        ("- a " * 30_000, "- b\n" * 30_000),
        ("市" * 60_000, "长市" * 30_000),
        ("x" * 500_000, "y" * 500_000),
        (
            " ".join(f"u{i} Xa y" for i in range(20_000)),
            " ".join(f"y u{i} Zb" for i in range(20_000)),
        ),
    ],
    ids=["repeated", "reversed", "quotes", "dashes", "signs", "long", "anchors"],
)
def test_no_text_takes_long_to_compare(old: str, new: str) -> None:
    start = time.process_time()
    edit_of(Reading(body=old), Reading(body=new))
    assert time.process_time() - start < 5


def test_a_token_knows_where_it_stands() -> None:
    text = "It’s 1,200 km."
    assert [text[one.start : one.end] for one in tokens(text)] == ["It’s", "1,200", "km", "."]
