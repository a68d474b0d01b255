import pytest

from crawler.extract.structured_data import article_objects, strings
from crawler.json_ld import objects
from tests.metadata_pages import URL, document, json_ld


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "A"}',
        '{"@type": "NewsArticle", "headline": "A",}',
        '<!-- {"@type": "NewsArticle", "headline": "A"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "A"}\n//]]>',
        '[{"@type": "NewsArticle", "headline": "A"},,]',
        '{"@graph": [{"@type": "WebSite"}, {"@type": ["Thing", "NewsArticle"], "headline": "A"}]}',
        '{"@type": "NewsArticle", "headline": "A"};',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "A"}}',
        '{"@type": "schema:NewsArticle", "headline": "A"}',
        '{"@type": "WebSite"} {"@type": "NewsArticle", "headline": "A"}',
        '{"@type": "NewsArticle", "headline": "A", "text": "two\nlines"}',
    ],
)
def test_json_ld_is_read_as_pages_write_it(text: str) -> None:
    [best, *_] = article_objects(document(head=json_ld(text)))
    assert best["headline"] == "A"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 5000, "null", '"x"', "1e999"])
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    assert [found for found in objects(text) if "@type" in found] == []


@pytest.mark.parametrize("depth", [100, 900, 980, 2000])
def test_nesting_breaks_nothing(depth: int) -> None:
    text = '{"@graph":[' * depth + '{"@type":"NewsArticle","author":' + "[" * depth
    objects(text + "]" * depth + "}" + "]}" * depth)
    article_objects(document(head=json_ld("[" * depth + '{"@type":"Article"}' + "]" * depth)))


def test_names_in_nested_lists_are_found_within_reason() -> None:
    nested: object = "A"
    for _ in range(5000):
        nested = [nested]
    assert strings(nested) == []
    assert strings([[["A"]]]) == ["A"]


def test_the_object_of_this_address_comes_first() -> None:
    head = json_ld(
        '[{"@type":"NewsArticle","headline":"Other","url":"https://www.valleypost.example/b"},'
        f'{{"@type":"NewsArticle","headline":"Own","mainEntityOfPage":{{"@id":"{URL}"}}}}]'
    )
    assert article_objects(document(head=head))[0]["headline"] == "Own"


def test_the_text_of_a_value_is_found_in_any_form() -> None:
    assert strings(["A", {"name": "B"}, {"@value": "C"}, None, True, 4]) == ["A", "B", "C", "4"]
