"""How the lines begin that invite, share, credit and forbid, in the languages of the news."""

# Languages that set words apart by spaces: the first word, or the first two.
_OPENINGS = """
read more|read also|read next|also read|see also|more on|more from|more about|related|recommended
you may|also like|most read|most popular|trending|don't miss|click here|follow us|follow|like us
share|tweet|subscribe|sign up|sign in|newsletter|get the|download|watch|listen|join|advertisement
sponsored|support|donate|copyright|©|all rights|photo|image|credit|picture|video|comment|comments
tags|topics|filed under|posted|published|updated|by|source|via|editor|editing by|reporting by
additional reporting|writing by|this article|this story|originally|contact|email|e-mail|about the
the author|print|loading|continue reading|story continues|skip|log in|register|the views|opinions
have a|got a|send|what do|leave a|view|next|previous|terms|privacy|help us|thank|click|tap|buy
lesen sie|lesen|mehr zum|mehr|auch interessant|weiterlesen|foto|bild|quelle|von|anzeige|werbung
teilen|folgen|abonnieren|kommentare|kommentar|themen|schlagworte|stand|veröffentlicht|hinweis
lire aussi|à lire|lire|voir aussi|publicité|partager|s'abonner|abonnez|abonnez-vous|inscrivez
inscrivez-vous|commentaires|crédit|suivez|suivez-nous|sur le|publié|mis à|par|retrouvez|découvrez
lee también|lea también|leer más|ver también|te puede|le puede|compartir|publicidad|suscríbete
suscríbase|síguenos|sigue|comentarios|etiquetas|crédito|por|más información|publicado|relacionado
leia também|leia mais|veja também|saiba mais|compartilhe|publicidade|assine|siga|comentários
leggi anche|leggi|condividi|pubblicità|iscriviti|segui|commenti|riproduzione riservata|di
lees ook|lees meer|lees verder|deel|advertentie|abonneer|reacties|bekijk|volg|door
läs också|läs mer|läs även|les også|læs også|les mer|læs mere|dela|del|annons|prenumerera|lue myös
czytaj także|czytaj też|czytaj|zobacz|udostępnij|reklama|zapisz|obserwuj|komentarze|polecamy
źródło|fot|čtěte|čítajte|přečtěte|sdílet|zdieľať|zdroj|diskuse|zdroj
читайте также|читать|также по|смотрите|поделиться|подпишитесь|подписаться|подписывайтесь|реклама
фото|источник|комментарии|теги|по теме|материалы по|подробнее|следите|автор|новости
читайте також|читайте|підпишіться|підписуйтесь|поділитися|джерело|дивіться|чытайце|падпісвайцеся
глядзіце|крыніца|прочетете|сподели|pročitajte|preberite|podijeli|citește|citeşte|distribuie
olvassa|megosztás|διαβάστε|κοινοποίηση|ακολουθήστε|ayrıca|haberin devamı|abone|paylaş|kaynak
fotoğraf|ilgili|اقرأ|شاهد|تابع|شارك|المصدر|اشترك|مواضيع|بیشتر بخوانید|منبع|انتهای|קראו|קרא|שתף
관련|사진|공유|무단|저작권|구독|댓글|출처|더보기|xem thêm|đọc thêm|theo|ảnh|baca juga|baca|bagikan
ikuti|simak|यह भी|ये भी|इसे भी|और पढ़ें|शेयर|आगे पढ़ें|আরও|আরো|মন্তব্য|மேலும்|ఇవి
"""
# Languages that do not: the first two letters.
_UNSPACED_OPENINGS = """
相关 相關 延伸 推荐 推薦 分享 责任 責任 编辑 編輯 来源 來源 版权 版權 阅读 閱讀 更多 关注 關注
記者 関連 あわ 続き シェ 写真 提供 編集 出典 もっ 無断 この 広告 会員 ⓒ 图片 圖片 อ่ ข่ แช ที่ ติ
"""
# Lines that are never text, as whole lines.
_LABELS = """
ad|ads|advert|advertisement|advertisements|advertising|sponsored|sponsored content|promoted
story continues below advertisement|article continues below advertisement|scroll to continue
continue reading below|advertisement scroll to continue|story continues below|related articles
read also|read more|see also|share|share this|share this article|related|related stories|anzeige
werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annons|annonse|annonce|mainos
reklama|reklam|реклама|рэклама|реклам|oglas|hirdetés|διαφήμιση|publicitate|publicitat|quảng cáo
iklan|โฆษณา|إعلان|اعلان|تبلیغات|פרסומת|विज्ञापन|বিজ্ঞাপন|广告|廣告|広告|광고|lesen sie auch
lire aussi|lee también|leia também|leggi anche|lees ook|läs också|les også|читайте также
читайте також|чытайце таксама|czytaj także|czytaj też|čtěte také|teilen|partager|compartir
поделиться|you may also like|you might also like|you may like|more resources|sharing is caring
add a comment|table of contents|das könnte sie auch interessieren|das könnte dich auch interessieren
diese artikel könnten dich auch interessieren|verwandte artikel|vous aimerez aussi
te puede interesar|también te puede interesar|você também pode gostar
potrebbe interessarti|potrebbe interessarti anche
może cię zainteresować|mogą cię zainteresować|вам может понравиться|вам также может понравиться
вам може сподобатися|вам можа спадабацца|dit vind je misschien ook leuk|ilginizi çekebilir
"""
_WORDS = frozenset(phrase for line in _OPENINGS.split("\n") for phrase in line.split("|") if phrase)
_LABEL_LINES = frozenset(
    phrase for line in _LABELS.split("\n") for phrase in line.split("|") if phrase
)
_LETTERS = frozenset(_UNSPACED_OPENINGS.split())
_LONGEST_LABEL = 50
_EDGES = " \t:.,;!?…-–—|•»›→▶►*[]()#@“”\"'"


def is_boilerplate(text: str) -> bool:
    """Return whether a line begins as one that invites, shares, credits or forbids.

    >>> is_boilerplate("By Ada Reed"), is_boilerplate("READ MORE: tax"), is_boilerplate("Byron")
    (True, True, False)
    """
    opening = text[:40].lstrip(_EDGES).lower()
    if opening[:2] in _LETTERS:
        return True
    words = opening.split(None, 2)
    if not words:
        return False
    first = words[0].strip(_EDGES)
    return first in _WORDS or (len(words) > 1 and f"{first} {words[1].strip(_EDGES)}" in _WORDS)


def is_label(text: str) -> bool:
    """Return whether the whole line says no more than that an advert or a list follows.

    >>> is_label("- Advertisement -"), is_label("Advertisement sales fell")
    (True, False)
    """
    return len(text) <= _LONGEST_LABEL and text.strip(_EDGES).lower() in _LABEL_LINES
