"""How the lines begin that invite, share, credit and forbid, in the languages of the news."""

import re

_OPENINGS = r"""
read more|read also|read next|also read|see also|more on|more from|related|recommended|you may
|also like|most read|most popular|trending|don't miss|dont miss|click here|follow us|follow @
|follow|like us|share|tweet|subscribe|sign up|newsletter|get the|download|watch|listen|join
|advertisement|sponsored|support|donate|copyright|©|all rights reserved|photo|image|credit
|picture|video|comments?|tags|topics|filed under|posted|published|updated|by|source|via|editor
|editing by|reporting by|additional reporting|this article|this story|originally|contact|e-?mail
|about the author|the author|print|advert|loading|continue reading|story continues|skip|sign in
|log in|register|the views|opinions expressed|have a|got a|send|what do you think|leave a|view
|next|previous|terms|privacy|help us|thank
|lesen sie|lesen|mehr zum thema|mehr|auch interessant|weiterlesen|foto|bild|quelle|von|anzeige
|werbung|teilen|folgen|abonnieren|newsletter|kommentare?|themen|schlagworte|stand|veröffentlicht
|lire aussi|à lire|lire|voir aussi|publicité|partager|s'abonner|abonnez\w*|inscrivez|commentaires?
|crédit|suivez|sur le même|publié|mis à jour|par|retrouvez|découvrez
|lee también|lea también|leer más|ver también|te puede|compartir|publicidad|suscr\w*|síguenos|sigue
|comentarios?|etiquetas|foto|crédito|por|más información|relacionad\w*|le puede|publicado
|leia também|leia mais|veja também|saiba mais|compartilhe|publicidade|assine|siga|comentários?
|leggi anche|leggi|condividi|pubblicità|iscriviti|segui|commenti|riproduzione riservata|di
|lees ook|lees meer|deel|advertentie|abonneer|reacties|bekijk|volg
|läs också|läs mer|les også|læs også|les mer|læs mere|dela|del|annons|foto|prenumerera|lue myös
|czytaj także|czytaj też|czytaj|zobacz|udostępnij|reklama|zapisz|obserwuj|komentarze|polecamy
|źródło|fot
|čtěte|čítajte|přečtěte|sdílet|zdieľať|reklama|foto|zdroj|diskuse
|читайте также|читать|также по теме|смотрите|поделиться|подпис\w*|реклама|фото|источник|комментарии
|теги|по теме|материалы по теме|подробнее|следите|автор|новости
|читайте також|читайте|підпис\w*|поділитися|джерело|чытайце|падпіс\w*|глядзіце|крыніца|новини|дивіться
|прочетете|сподели|pročitajte|preberite|podijeli|citește|citeşte|distribuie|olvassa|megosztás
|διαβάστε|κοινοποίηση|ακολουθήστε|ayrıca|haberin devamı|abone|paylaş|kaynak|fotoğraf|ilgili
|اقرأ|شاهد|تابع|شارك|المصدر|اشترك|مواضيع|بیشتر بخوانید|منبع|انتهای|קרא|קראו|עוד|שתף
|相关|相關|延伸阅读|延伸閱讀|推荐|推薦|分享|责任编辑|責任編輯|编辑|編輯|来源|來源|版权|版權|阅读|更多|关注|記者|图|圖
|関連|あわせて|続き|シェア|写真|提供|編集|出典|もっと|無断|この記事|広告|会員
|관련|기사|사진|공유|무단|저작권|구독|댓글|출처|ⓒ|더보기
|อ่าน|ข่าวที่|แชร์|ที่มา|ติดตาม|xem thêm|đọc thêm|theo|ảnh|baca juga|baca|bagikan|ikuti|simak
|यह भी|ये भी|इसे भी|और पढ़ें|शेयर|आगे पढ़ें|আরও|আরো|মন্তব্য|மேலும்|ఇవి|ఇది
"""
_BOILERPLATE = re.compile(r"\W*(?:" + _OPENINGS.replace("\n", "") + r")", re.IGNORECASE)
# Languages whose words are not set apart by spaces.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")


def is_boilerplate(text: str) -> bool:
    """Return whether a line begins as one that invites, shares, credits or forbids.

    >>> is_boilerplate("By Ada Reed"), is_boilerplate("Byron said no")
    (True, False)
    """
    found = _BOILERPLATE.match(text)
    if found is None:
        return False
    after = text[found.end() : found.end() + 1]
    return not after.isalpha() or _UNSPACED.match(after) is not None
