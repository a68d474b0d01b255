"""What the class names, ids and roles that publishing systems give say about a part of a page."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z]{2,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

# Each group is one bit, in this order.
_GROUPS = {
    "lead": (
        "lead lede leadtext standfirst dek deck summary subtitle subheadline subhead "
        "subheading chapo chapeau intro introduction excerpt sapo entradilla vorspann "
        "description abstract anriss lid anons ingress preamble bajada copete occhiello "
        "sommario teasertext"
    ),
    "byline": (
        "author authors byline bylines bio writer reporter contributor contributors "
        "credits autor autores auteur signature firma editor profile avatar staff "
        "journalist"
    ),
    "date": (
        "date dates time timestamp published publish pubdate updated datetime dateline "
        "posted meta metadata info infos datum fecha"
    ),
    "caption": (
        "caption captions credit figcaption photo photos image images gallery media "
        "legend figure img picture slideshow carousel slider lightbox thumb thumbnail "
        "video player audio foto bild source copyright imagecaption"
    ),
    "share": (
        "share sharing shares social socials sharebar facebook twitter whatsapp tools "
        "toolbar print follow addthis sharethis bookmark actions buttons button icons "
        "teilen"
    ),
    "related": (
        "related relatedposts relateds recommended recommendation recommendations recirc "
        "more readmore also similar popular trending most latest teaser teasers read next "
        "prev previous outbrain taboola zergnet card cards tile seealso see recommend "
        "recommends sidebar rail relacionadas relacionados lire mehr verwandte links "
        "stories articles posts news headlines widget widgets linkbox feed recent archive "
        "jp relatedarticles inline upnext explore"
    ),
    "ad": (
        "ad ads advert adverts advertisement advertising sponsor sponsored promo promos "
        "promotion promoted banner dfp gpt adslot commercial affiliate adsbygoogle "
        "werbung anzeige publicidad pub partner shop product products buy deal deals "
        "offer offers"
    ),
    "comment": (
        "comment comments commentlist disqus respond reply replies discussion forum "
        "kommentare comentarios commentaires rating ratings vote poll quiz"
    ),
    "newsletter": (
        "newsletter newsletters subscribe subscription subscriber signup sign form "
        "register registration login paywall premium donate donation donations membership "
        "member cta email mailing account support abo piano regwall meter barrier gate"
    ),
    "tags": (
        "tag tags taglist topic topics keyword keywords category categories cat label "
        "labels terms taxonomy section sections themen schlagworte etiquetas"
    ),
    "quote": (
        "quote quotes pullquote blockquote pull tweet instagram embed embedded oembed citation"
    ),
    "aside": (
        "aside box infobox factbox sidebar module callout highlight highlights "
        "highlighted key keypoints bullets facts fact extra supplement related toggle "
        "accordion tab tabs collapse faq"
    ),
    "table": "table tbody row cell grid",
    "list": "list ul ol listing items item bullets",
}
GROUPS = tuple(_GROUPS)
_BIT = {name: 1 << position for position, name in enumerate(GROUPS)}
LEAD = _BIT["lead"]
BYLINE, DATE, CAPTION = _BIT["byline"], _BIT["date"], _BIT["caption"]
AD, COMMENT, NEWSLETTER = _BIT["ad"], _BIT["comment"], _BIT["newsletter"]
_FLAGS: dict[str, int] = {}
for _name, _words in _GROUPS.items():
    for _word in _words.split():
        _FLAGS[_word] = _FLAGS.get(_word, 0) | _BIT[_name]
# What the element itself says, whatever its names are.
_TAG_FLAGS = {
    "address": _BIT["byline"],
    "aside": _BIT["aside"],
    "blockquote": _BIT["quote"],
    "details": _BIT["aside"],
    "dl": _BIT["list"],
    "figcaption": _BIT["caption"],
    "figure": _BIT["caption"],
    "form": _BIT["newsletter"],
    "ol": _BIT["list"],
    "table": _BIT["table"],
    "ul": _BIT["list"],
}


def tokens(tag: str, names: str) -> set[str]:
    """Return the words in an element's names, each compound name too, and its tag.

    >>> sorted(tokens("div", "articleBody post-text"))
    ['<div>', 'article', 'article-body', 'body', 'post', 'post-text', 'text']
    """
    found = {f"<{tag}>"}
    for name in names.split():
        found.update(_name_tokens(name))
    return found


@lru_cache(maxsize=65536)
def _name_tokens(name: str) -> tuple[str, ...]:
    if not name.islower():
        name = _CAMEL.sub(" ", name).lower()
    words = _WORD.findall(name)
    return (*words, "-".join(words)) if len(words) > 1 else tuple(words)


def flags_of(tag: str, words: Iterable[str]) -> int:
    """Return the groups that a tag and the words of an element's names belong to, as bits."""
    bits = _TAG_FLAGS.get(tag, 0)
    for word in words:
        if word in _FLAGS:
            bits |= _FLAGS[word]
    return bits
