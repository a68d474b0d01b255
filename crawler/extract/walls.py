"""Walls that stand where a text should: questions for consent, and forms to log in.

Their words are no article's. They are told from news about cookies or passwords by speaking to
the reader, and are looked for only where there is little text.
"""

import re
from dataclasses import replace

from archive.items import Block, BlockKind
from crawler.document import Document
from crawler.extract import kind_words
from crawler.extract.body import Body

CONSENT, LOGIN = "a wall that asks for consent", "a wall that asks to log in"
_SHORT = 1500
_MOST = 400
_LONGEST_HEADING = 80
_FORM = 'input[type="password"], input[type="email"]'


def _any_of(*stems: str) -> re.Pattern[str]:
    return re.compile("|".join(stems))


def _any_case_of(*stems: str) -> re.Pattern[str]:
    return re.compile("|".join(stems), re.IGNORECASE)


# Of a text in lower case, which is searched several times as fast as one in any.
_COOKIES = _any_of(
    r"cookies?\b|tracking|çerez|eväste|süti|küpsis|slapuk|sīkdat|kolačić|piškotk|вафл|куки|печив"
    r"|עוגיות|ملفات تعريف|کوکی|クッキー|쿠키|คุกกี้|कुकी"
)
_DATA = _any_of(
    r"partner|partenaire|socios|parceir|kumppan|партн|συνεργάτ|شركا|パートナー|合作伙伴|파트너",
    r"personal(?:ised)? data|personenbezogen|données personnelles|datos personales|dati personali",
    r"dados pessoais|dan(?:e|ych) osobow|persoonsgegevens|personuppgift|personopplys|henkilötie",
    r"персональн|личны[ех] данн|особист|асабіст|kişisel veri|osobní údaj|osobné údaj|személyes",
    r"(?:your|ihrem|votre|tu|tuo|twoim|вашем|вашому|вашай) (?:device|gerät|appareil|dispositivo"
    r"|urządzeniu|устройстве|пристрої|прыладзе)|個人データ|个人数据|개인정보|البيانات الشخصية",
)
_CHOICE = _any_of(
    r"consent|permission|accept|agree|refuse|zustimm|einwillig|akzeptier|ablehn|consenti|refuser",
    r"acept|rechaz|aceit|recus|accett|rifiut|akcept|zgod[aęzy]|odmów|toestemm|samtyck|samtykk",
    r"suostum|hyväks|принять|приня|соглас|отказ|прийня|відмов|згод|згад|прыня|souhlas|súhlas",
    r"hozzájárul|elfogad|kabul|reddet|onay|αποδοχή|συγκατάθ|הסכמ|موافق|قبول|同意|동의",
)
# German tells "you" from "they" by its capital.
_YOU = _any_case_of(
    r"\b(?:you|your|(?-i:Sie|Ihre?[nmrs]?)|vous|votre|tus?|puedes|você|seus?|tu[oa]|puoi"
    r"|twoj\w+|twoim|możesz|uw|u|din|ditt|ваш\w*|вы|ви|sizin|vám|vaš\w*|váš|ön)\b",
    r"您|あなた|お客|귀하|σας|שלך|جهازك|يمكنك|คุณ",
)
_WE = _any_case_of(
    r"\b(?:we|our|wir|unsere?|nous|nos|nosotros|nuestr[oa]s|nós|nossos|noi|nostri|my|nasi|wij"
    r"|onze|vi|våra|våre|vores|мы|наши|ми|наші|нашы|biz|naši|mi)\b",
    r"私たち|当社|我们|당사|نحن|אנחנו|εμείς",
)
_LOG_IN = _any_of(
    r"\b(?:log|sign)[ -]?in\b|anmeld|einlogg|melden sie sich|connectez|identifiez|se connecter",
    r"inici(?:a|ar|e) sesión|entrar|entre na|accedi\b|zaloguj|logga in|logg inn|inlog|přihl|prihl",
    r"войти|войдите|авториз|увійд|увійти|увайд|giriş|jelentkez|kirjaudu|συνδεθ|σύνδεσ|התחבר",
    r"تسجيل الدخول|ログイン|登录|登入|로그인|เข้าสู่ระบบ|đăng nhập|लॉग इन",
)
_ACCOUNT = _any_of(
    r"password|passwor[dt]|mot de passe|contraseña|senha|hasł|парол|wachtwoord|lösenord|passord",
    r"salasana|heslo|jelszó|şifre|κωδικ|סיסמ|كلمة المرور|パスワード|密码|密碼|비밀번호|mật khẩu",
    r"regist|inscri|abonn|zarejestr|prenumer|регистр|реєстр|рэгістр|подпис|передпл|падпіс",
    r"subscri|suscr|account|konto|compte|cuenta|учётн|учетн|обліков|rekisterö|アカウント|账号|계정",
)
# The whole of an article is promised to who logs in.
_READ_ON = _any_of(
    r"\bread (?:the )?(?:whole|full|entire|rest|complete)|(?:continue|keep) reading",
    r"artikel (?:lesen|weiterlesen)|weiterlesen|verder lezen|hele (?:artikel|artikkel)",
    r"läs(?:a)? (?:vidare|hela)|les(?:e)? (?:videre|hele)|læs(?:e)? (?:videre|hele)",
)


def wall_in(text: str, *, has_form: bool) -> str | None:
    """Return which wall a text is of, or None; ``has_form`` is whether the page has a log-in form.

    >>> wall_in("We and our partners store cookies. You can accept or refuse.", has_form=False)
    'a wall that asks for consent'
    """
    lower = _lower(text)
    if all(pattern.search(lower) for pattern in (_COOKIES, _DATA, _CHOICE)) and _is_to_reader(text):
        return CONSENT
    if _LOG_IN.search(lower) and _ACCOUNT.search(lower):
        # Many languages ask without a word for "you": "Zaloguj się" is what the text begins with.
        asks = has_form and (_YOU.search(text) or _LOG_IN.match(lower))
        return LOGIN if asks or _READ_ON.search(lower) else None
    return None


def _lower(text: str) -> str:
    # The Turkish capital would else become an "i" and a dot of its own.
    return text.replace("İ", "i").lower()


def _is_to_reader(text: str) -> bool:
    """Return whether a text speaks to someone as one who asks speaks, not as one who reports."""
    you = len(_YOU.findall(text))
    return you > 1 or (you > 0 and _WE.search(text) is not None)


def without_wall(document: Document, body: Body) -> tuple[Body, str | None]:
    """Return the body without the words of a wall, and which wall it was, or None.

    A long text is not looked through. Where there is no text, the rest of the page is asked.
    """
    if sum(len(block.text) for block in body.blocks) >= _SHORT:
        return body, None
    if body.blocks and not any(wall_in(block.text, has_form=True) for block in body.blocks):
        return body, None
    has_form = document.tree.css_first(_FORM) is not None
    if not body.blocks:
        return body, _wall_on(document, has_form)
    walls = [wall_in(block.text, has_form=has_form) for block in body.blocks]
    found = next(filter(None, walls), None)
    if found is None:
        return body, None
    kept: list[Block] = []
    for block, wall in zip(body.blocks, walls, strict=True):
        if wall is None and not is_of_wall(block.text):
            kept.append(block)
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    lead = body.lead if body.lead and not wall_in(body.lead, has_form=has_form) else None
    return replace(body, lead=lead, blocks=tuple(kept)), found


def is_of_wall(heading: str) -> bool:
    """Return whether a short line is the heading of a wall: "We value your privacy", "Log in"."""
    if len(heading) > _LONGEST_HEADING:
        return False
    return any(words.search(heading) for words in (kind_words.CONSENT, kind_words.LOGIN))


def _wall_on(document: Document, has_form: bool) -> str | None:
    for node in document.tree.css("p, div, li, span")[:_MOST]:
        text = node.text(deep=False, strip=True)
        if text and (found := wall_in(text, has_form=has_form)):
            return found
    return None
