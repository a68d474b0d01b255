"""What ``dateline extract --why`` shows: for each field its sources, the losers too."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from crawler.extract.reading import Reading

_LONGEST = 90

Readings = Mapping[str, Sequence[Reading[Any]]]


def as_words(readings: Readings) -> str:
    """Return the readings as lines: a field's value first, then what lost, each with its source."""
    lines = []
    for field, found in readings.items():
        lines.append(field if found else f"{field}: nothing on the page gives it")
        for place, reading in enumerate(found):
            mark = "→" if place == 0 else " "
            lines.append(f"  {mark} {reading.confidence:.2f}  {_words(reading.value)}")
            lines.append(f"           {reading.source}")
    return "\n".join(lines)


def as_data(readings: Readings) -> dict[str, list[dict[str, Any]]]:
    """Return the readings as JSON would hold them, best first."""
    return {
        field: [
            {
                "value": _plain(reading.value),
                "source": reading.source,
                "confidence": reading.confidence,
            }
            for reading in found
        ]
        for field, found in readings.items()
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(part) for key, part in asdict(value).items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float) or value is None else _text(value)


def _text(value: Any) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _words(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, dict):
        plain = plain.get("text") or plain
    words = ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
