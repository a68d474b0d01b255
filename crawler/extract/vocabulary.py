"""What the class names, ids and roles that editors' systems use say about a part of a page."""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

# Each group is one bit, in this order.
_GROUPS = {
    "article": (
        "article articlebody articletext story storybody storytext post postbody entry "
        "body content maincontent text paragraph copy richtext wysiwyg prose artikel "
        "noticia nota texto cuerpo corps contenu inhalt main blogpost detail details "
        "single"
    ),
    "lead": (
        "lead lede leadtext standfirst dek deck summary subtitle subheadline subhead "
        "subheading chapo chapeau intro introduction excerpt sapo entradilla vorspann "
        "description abstract anriss lid anons ingress preamble bajada copete occhiello "
        "sommario teasertext"
    ),
    "title": "title headline heading hed kicker titre titulo titel overline",
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
    "nav": (
        "nav navbar navigation menu submenu breadcrumb breadcrumbs header footer masthead "
        "topbar skip pagination pager sitemap site top bottom toc contents subnav search"
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
    "notice": (
        "notice cookie cookies consent gdpr disclaimer legal alert modal popup overlay "
        "correction corrections note notes footnote footnotes editorsnote terms privacy "
        "message warning toast tooltip"
    ),
    "quote": (
        "quote quotes pullquote blockquote pull tweet instagram embed embedded oembed citation"
    ),
    "aside": (
        "aside box infobox factbox sidebar module callout highlight highlights "
        "highlighted key keypoints bullets facts fact extra supplement related toggle "
        "accordion tab tabs collapse faq"
    ),
    "hidden": "hidden hide invisible screenreader sronly visuallyhidden offscreen none sr",
}
GROUPS = tuple(_GROUPS)
BIT = {name: 1 << position for position, name in enumerate(GROUPS)}
_FLAGS: dict[str, int] = {}
for _name, _words in _GROUPS.items():
    for _word in _words.split():
        _FLAGS[_word] = _FLAGS.get(_word, 0) | BIT[_name]

BOILERPLATE = sum(
    BIT[name] for name in ("share", "related", "ad", "comment", "nav", "newsletter", "tags")
)


@lru_cache(maxsize=65536)
def name_words(names: str) -> tuple[str, ...]:
    """Return the words in class names and ids, in lower case.

    >>> name_words("articleBody post-text")
    ('article', 'body', 'post', 'text')
    """
    return tuple(_WORD.findall(_CAMEL.sub(" ", names).lower()))


@lru_cache(maxsize=65536)
def name_flags(names: str) -> int:
    """Return the groups that the words belong to, as bits."""
    flags = 0
    for word in name_words(names):
        flags |= _FLAGS.get(word, 0)
    return flags
