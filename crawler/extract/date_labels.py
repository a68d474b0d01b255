"""What a printed time is called: that of publishing, or that of a change."""

import re
from enum import Enum


class Called(Enum):
    """What the words before a time call it."""

    PUBLISHED = "published"
    CHANGED = "changed"


_CHANGED = (
    "updat|modif|revis|review|amended|edited|geändert|änderung|aktuali|stand:|stand vom|actuali"
    "|mis à jour|mise à jour|aggiorn|atualiz|alterad|gewijzigd|bijgewerkt|oppdatert|endret|uppdater"
    "|ändrad|opdateret|päivitetty|muokattu|uuendatud|atnaujin|atjaunin|zaktualiz|zmien|zmodyf"
    "|zmenen|změn|uprav|frissít|módos|ažuriran|posodob|izmen|izmij|обновл|измен|актуал|ажурир"
    "|промен|оновл|змінен|абноўл|зменен|абнаўл|güncel|yenilən|жаңарт|ενημέρω|ενημερω|განახლ|թարմաց"
    "|עודכן|עדכון|تحديث|تعديل|به‌روز|بروزرسانی|ویرایش|अपडेट|अद्यतन|হালনাগাদ|আপডেট|புதுப்பி"
    "|แก้ไข|อัปเดต|ปรับปรุง|cập nhật|diperbarui|dikemaskini|更新|修改|수정|업데이트"
)
_PUBLISHED = (
    "publi|posted|first appeared|veröffentlicht|erschien|erstellt|geplaatst|julkaistu|avaldatud"
    "|paskelb|paskelbta|zamieszcz|dodano|zveřejn|zverejn|vydáno|vydané|közzé|megjelen|objav|postat"
    "|опублик|публик|размещ|опублік|апублік|публік|дата:|yayın|yayım|dərc|жариялан|δημοσ|გამოქვ"
    "|հրապ|פורסם|תאריך|نشر|منتشر|انتشار|प्रकाशित|প্রকাশ|வெளியி|เผยแพร่|đăng|diterbit|dipublik"
    "|发布|發布|发表|公開|配信|掲載|投稿|등록|입력|게시|승인"
)
_LABEL = re.compile(rf"({_CHANGED})|{_PUBLISHED}", re.IGNORECASE)
_REACH = 40


def called(before: str) -> Called | None:
    """Return what the last words before a time call it, or None.

    >>> called("Published 3 May. Last updated: ")
    <Called.CHANGED: 'changed'>
    """
    labels = list(_LABEL.finditer(before[-_REACH:]))
    if not labels:
        return None
    return Called.CHANGED if labels[-1][1] else Called.PUBLISHED
