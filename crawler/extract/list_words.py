"""The words that names of classes, ids and addresses are made of, told apart by what they mean."""

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def words(name: str) -> frozenset[str]:
    """Return the words of a name in lower case: "fooBar-baz" has three."""
    if not name.islower():
        name = _CAMEL.sub(" ", name).casefold()
    return frozenset((_ASCII_WORD if name.isascii() else _WORD).findall(name))


NO_HEADLINES = _words(
    """
    footer menu submenu megamenu burger hamburger offcanvas nav subnav navi navbar navigation
    meganav mainnav topnav sidenav mainmenu topmenu sidemenu flyout
    breadcrumb breadcrumbs crumb crumbs pagination pager share sharing sharebar sharer
    social socials tag tags taglist tagcloud topics keyword keywords byline cookie cookies consent
    gdpr
    newsletter newsletters ad ads adv advert advertisement advertising advertorial sponsor
    sponsored sponsors promo promoted job jobs lang langs language languages modal popup
    comments outbrain taboola copyright partners
    """
)
"""Parts of a page that hold no headlines."""

OF_ARTICLE = _words("article card post entry teaser content item story")

TITLE = _words("title headline heading ttl tit titre titel titulo titulek")

LABEL = _words(
    """
    label labels category categories cat cats section sections rubric rubrik kicker overline
    eyebrow topic topics tag tags channel genre badge flag surtitle supertitle pretitle
    surtitre dachzeile antetitulo theme topline spitzmarke roofline oberzeile ressort volanta
    occhiello bovenkop cintillo preheadline rubrique rubrica rubryka seccion sezione secao sekce
    kategori rubriek
    """
)

TIME = _words("date time ago datetime timestamp published clock timeago pubdate datum")

ASIDE = _words(
    """
    rank ranking number num counter count comments comment views author authors byline caption
    credit excerpt summary teaser lead description desc readmore more
    """
)
"""What an entry shows beside its title: ranks, counts, bylines, teasers."""

LENGTH = _words("duration dur runtime length playtime videolength videotime")

LIST_NAME = _words("title heading header head headline caption ti tit ttl titel titre name")

PERSONS = _words(
    """
    author authors autor autores autoren autorzy auteur auteurs user users profile profiles profil
    people person persons staff journalist journalists periodista periodistas columnist columnists
    writer writers reporter reporters contributor contributors redaktion by comment comments
    """
)

NO_ARTICLE = PERSONS | _words(
    """
    tag tags topic topics thema themen tema temas sujet sujets keyword keywords category categories
    categoria categorias kategorie kategorien kategoria search suche recherche list lists recruit
    recruitment registration connexion pr promo sponsored user-agreement job jobs career careers
    stellen vacancy vacancies ad ads advert advertise advertising advertisement login signin sign-in
    register account subscribe subscription subscriptions subscriber abo abos abonnement
    abonnements abonnieren newsletter newsletters shop rss feed feeds page about about-us contact
    contacts contact-us privacy privacy-policy terms terms-of-use terms-of-service
    terms-and-conditions imprint impressum cookie cookies faq help gallery galleries share
    stellenangebote stellenmarkt stellenanzeigen offres-emploi empleos ofertas-empleo
    vacatures veranstaltungen veranstaltungskalender termine kundenservice klantenservice
    customer-service helpcenter help-center kundeservice kundtjanst hilfe aide ayuda
    agb mentions-legales aviso-legal legal-notice note-legali
    """
)
"""Parts of an address that lead to no article."""
