"""Which blocks of an annotated page stand in its truth."""

from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from bench.extraction import Record, load_scorer


class Labels:
    """Which blocks of a page stand in its truth; remembered, for finding out takes a while."""

    def __init__(self, shared: Path) -> None:
        self.scorer = load_scorer(shared)
        self._shares: dict[tuple[str, str, tuple[str, ...]], list[list[float]]] = {}

    def of(self, corpus: str, identity: str, truth: Record, texts: list[str]) -> tuple[Any, Any]:
        """Return for each block whether it is kept, and how much that counts."""
        if "body" not in truth:
            return self._by_snippets(truth, texts)
        key = corpus, identity, tuple(texts)
        if key not in self._shares:
            bodies = [truth["body"], *truth.get("body_other", ())]
            self._shares[key] = [self._matched(texts, body, truth) for body in bodies]
        shares = np.array(self._shares[key]).reshape(len(self._shares[key]), len(texts))
        least, most = shares.min(axis=0), shares.max(axis=0)
        # What one reading of the truth has and another has not is neither right nor wrong.
        weight = np.where((least < 0.5) & (most >= 0.5), 0.0, np.abs(least - 0.5) * 2)
        return least > 0.5, weight

    def _by_snippets(self, truth: Record, texts: list[str]) -> tuple[Any, Any]:
        wanted = [" ".join(text.split()) for text in truth["with"]]
        unwanted = [" ".join(text.split()) for text in truth["without"]]
        good = np.array([any(part in text for part in wanted) for text in texts], dtype=bool)
        bad = np.array([any(part in text for part in unwanted) for text in texts], dtype=bool)
        return good, (good != bad).astype(float)

    def _matched(self, texts: list[str], body: str, truth: Record) -> list[float]:
        """Return the share of each block's words that stand in the truth, in its order."""
        scorer = self.scorer
        words = scorer._WORD.findall if truth.get("words_only") else scorer.splitter(body)
        blocks = [words(text) for text in texts]
        owners = [i for i, block in enumerate(blocks) for _ in block]
        flat = [word for block in blocks for word in block]
        counts = [0] * len(blocks)
        matcher = SequenceMatcher(None, flat, words(body), autojunk=False)
        for start, _, size in matcher.get_matching_blocks():
            for i in owners[start : start + size]:
                # A stray word in common is no match, unless the block is no longer.
                counts[i] += size >= min(len(blocks[i]), 4)
        return [
            count / len(block) if block else 0.0
            for count, block in zip(counts, blocks, strict=False)
        ]
