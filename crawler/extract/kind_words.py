"""What pages say that are neither articles nor lists: in their title, heading or only text."""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


BLOCKED = _any_of(
    r"captcha",
    r"access (?:to this page )?(?:has been |was |is )?(?:denied|blocked|forbidden)",
    r"(?:request|you have been|you were|ip) (?:was |has been )?blocked",
    r"are you (?:a )?(?:human|robot)|not a robot|verify (?:that )?you(?:'re| are) (?:a )?human",
    r"unusual (?:traffic|activity)|automated (?:access|requests|queries|traffic)",
    r"checking (?:your|the) browser|just a moment|attention required|security check",
    r"403 forbidden|^forbidden$|too many requests|rate limit|ddos protection|bot (?:check|detect)",
    r"pardon our interruption|suspicious activity",
    r"доступ (?:запрещ|ограничен|заблокирован)|вы не робот|что вы человек|проверка браузера",
    r"доступ забаронен|вы не робат|доступ заборонен|ви не робот",
    r"zugriff (?:verweigert|gesperrt)|kein roboter|sicherheitsüberprüfung",
    r"accès (?:refusé|bloqué|interdit)|pas un robot",
    r"acceso (?:denegado|bloqueado)|no eres un robot|acesso negado|não é um robô",
    r"accesso negato|non sei un robot|odmowa dostępu|nie jesteś robotem",
    r"アクセスが(?:拒否|制限)|ロボットではありません|访问被拒绝|人机验证|安全验证",
    r"접근이 (?:거부|차단)",
    r"erişim engellendi|robot olmadığınızı|تم رفض الوصول",
)
LOGIN = _any_of(
    r"(?:log|sign)[ -]?in\b",
    r"anmelden|einloggen|se connecter|connexion|iniciar sesión|entrar|accedi|zaloguj|logowanie",
    r"войти|вход|авториз|увайсці|уваход|увійти|вхід|giriş yap|logga in|logg inn|inloggen|přihlá",
    r"ログイン|登录|登入|로그인|تسجيل الدخول",
)
CONSENT = _any_of(
    r"before you continue|cookie (?:consent|settings|preferences|wall)|we value your privacy",
    r"mit werbung weiter|respectons votre vie privée|privacidad (?:es|nos) |privacy è importante",
    r"цінуємо вашу приват|мы ценим вашу|цэнім вашу|согласие на обработ|згода на обробк",
    r"privacy (?:settings|choices|preferences|center)|your (?:data|privacy) (?:choices|matters)",
    r"consent|accept (?:all )?cookies|we and our (?:\d+ )?partners",
    r"datenschutz-?einstellungen|mit werbung weiterlesen|cookies zustimmen|einwilligung",
    r"votre vie privée|consentement|accepter les cookies|tu privacidad|aceptar (?:las )?cookies",
    r"согласие|файлы cookie|zgoda na cookies|szanujemy twoją prywatność|toestemming",
)
NO_SUCH_PAGE = _any_of(
    r"\b404\b|(?:page|article|story|content|file|url) (?:was |is |could |can |can)?(?:not|n't) "
    r"(?:be )?(?:found|exist|available)|not found|page (?:doesn.t|does not) exist",
    r"no longer (?:exists|available)",
    r"страница не (?:найдена|существует)|не найдено|старонк[аі] не (?:знойдзена|існуе)",
    r"сторінк[уа] не (?:знайдено|існує)",
    r"seite (?:wurde )?nicht gefunden|nicht (?:mehr )?verfügbar|page (?:introuvable|non trouvée)",
    r"página no (?:encontrada|existe)|no se encuentra|página não (?:encontrada|existe)",
    r"pagina non trovata|pagina niet gevonden|strona nie (?:istnieje|została znaleziona)",
    r"nie znaleziono|sidan (?:hittades inte|finns inte|kunde inte)|siden (?:ble |blev )?ikke",
    r"siden finnes ikke",
    r"sivua ei löy|stránka (?:nenalezena|neexistuje)|sayfa bulunamadı|az oldal nem található",
    r"ページが見つかりません|お探しのページ|页面不存在|找不到(?:该|您|页)",
    r"페이지를 찾을 수 없|الصفحة غير موجودة",
)
NEEDS_SCRIPT = _any_of(
    r"(?:enable|turn on|activate|requires?|need) (?:your )?java ?script",
    r"java ?script (?:is|to be) (?:disabled|required|enabled)",
    r"включите java ?script|javascript aktivier|activer javascript|habilitar? javascript|loading",
)
