"""Learns crawler/extract/body_weights.json from the annotated corpora.

    python -m bench.train_body [--shared FOLDER] [--folds N] [--write]

Needs lightgbm and numpy, which nothing else here does. Without ``--write`` it only judges:
it learns on four fifths of the hosts and reads the rest, so that no page is read by what
learnt from its own publisher, and prints the scores. With ``--write`` it learns from all.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np

from bench.body_labels import Labels
from bench.body_names import FEW_HOSTS, Names, NameTable
from bench.extraction import SHARED, Record, pages, truths
from crawler.document import Document
from crawler.extract.blocks import Element, Layout, read_layout
from crawler.extract.body import hints_of
from crawler.extract.features import (
    FIRST_COLUMNS,
    FirstView,
    find_container,
    is_weighty,
)
from crawler.extract.namings import Namings
from crawler.extract.surroundings import SECOND_COLUMNS, SecondView
from crawler.extract.trees import Row
from crawler.extract.vocabulary import GROUPS, tokens
from crawler.extract.weights import PATH
from crawler.urls import site_of

# How much a page of each corpus counts: news checked by hand most.
CORPORA = {
    "aeb": 3.0,
    "fundeval": 3.0,
    "fundus": 2.0,
    "np4k": 2.0,
    "readability": 0.7,
    "wcxb": 1.0,
    "traf": 0.7,
}
FIRST = {"num_leaves": 8, "learning_rate": 0.12, "min_data_in_leaf": 60, "feature_fraction": 0.5}
FIRST_ROUNDS = 40
SECOND = {"num_leaves": 16, "learning_rate": 0.07, "min_data_in_leaf": 30, "feature_fraction": 0.3}
SECOND_ROUNDS = 180
COMMON = {
    "objective": "binary",
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 2,
    "seed": 1,
    "deterministic": True,
}
GROUP = 10
_TURNED = 0.0005
_KNOWN = 0.5
_BARREN_HOSTS, _BARREN_SHARE = 25, 0.004


@dataclass(eq=False)
class Sample:
    """An annotated page: its blocks, which of them are article text, and how sure that is."""

    corpus: str
    identity: str
    host: str
    truth: Record
    layout: Layout
    document_hints: Any
    kept: Any
    weight: Any
    fold: int = 0
    first_view: FirstView | None = None
    weighty: list[int] = field(default_factory=list)
    candidates: list[int] = field(default_factory=list)
    first_rows: Any = None
    second_rows: Any = None
    judgements: Any = None
    verdicts: Any = None


def read_samples(shared: Path, barren: frozenset[str], labels: Labels) -> list[Sample]:
    samples = []
    namings = Namings(lambda _: None, barren)
    for corpus in CORPORA:
        known = {truth["id"]: truth for truth in truths(shared, corpus)}
        for identity, page in pages(shared, corpus):
            document = Document(page)
            layout = read_layout(document.tree, namings)
            host = site_of(urlsplit(page.url).netloc) or identity
            truth = known[identity]
            kept, weight = labels.of(corpus, identity, truth, [b.text for b in layout.blocks])
            sizes = np.array([block.units for block in layout.blocks])
            weight = CORPORA[corpus] * weight * (0.6 + np.minimum(sizes, 300) / 200)
            samples.append(
                Sample(corpus, identity, host, truth, layout, hints_of(document), kept, weight)
            )
    return samples


def learn_names(samples: Sequence[Sample]) -> Names:
    """Return what the blocks near each name were, host by host."""
    counts: dict[str, dict[str, list[float]]] = defaultdict(dict)
    for sample in samples:
        for block, kept, weight in zip(
            sample.layout.blocks, sample.kept, sample.weight, strict=False
        ):
            if weight > 0:
                for token in _tokens_near(block.element):
                    count = counts[token].setdefault(sample.host, [0.1, 0.4])
                    count[0] += bool(kept)
                    count[1] += 1
    return {
        token: {host: good / total for host, (good, total) in hosts.items()}
        for token, hosts in sorted(counts.items())
        if len(hosts) >= FEW_HOSTS
    }


def _tokens_near(element: Element) -> set[str]:
    found: set[str] = set()
    for around, _ in zip(element.ancestors(), range(4), strict=False):
        found |= tokens(around.naming.tag, around.naming.names)
    return found


def learn_barren(samples: Sequence[Sample]) -> frozenset[str]:
    """Return the names below which hardly any host has article text."""
    hosts: dict[str, set[str]] = defaultdict(set)
    fertile: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        holders = {
            element
            for block, kept in zip(sample.layout.blocks, sample.kept, strict=False)
            if kept
            for element in block.element.ancestors()
        }
        if not holders:
            continue
        for element in sample.layout.elements:
            for token in tokens(element.naming.tag, element.naming.names):
                hosts[token].add(sample.host)
                if element in holders:
                    fertile[token].add(sample.host)
    return frozenset(
        token
        for token, found in hosts.items()
        if len(found) >= _BARREN_HOSTS and len(fertile[token]) <= _BARREN_SHARE * len(found)
    )


def make_first_rows(samples: Sequence[Sample], table: NameTable, *, seen: bool = False) -> None:
    for sample in samples:
        blocks = sample.layout.blocks
        namings = table.namings("" if seen else sample.host)
        for element in sample.layout.elements:
            element.naming = namings[element.naming.tag, element.naming.names]
        view = FirstView(sample.layout, sample.document_hints)
        sample.first_view = view
        sample.weighty = [i for i, block in enumerate(blocks) if is_weighty(block)]
        rows = [view.row(i) for i in sample.weighty]
        sample.first_rows = _spread(rows, FIRST_COLUMNS, len(GROUPS))


def make_second_rows(samples: Sequence[Sample]) -> None:
    for sample in samples:
        judgements = [0.0] * len(sample.layout.blocks)
        for i, judgement in zip(sample.weighty, sample.judgements, strict=False):
            judgements[i] = float(judgement)
        container = find_container(sample.layout, judgements)
        sample.candidates = []
        rows: list[list[float]] = []
        if container is not None and sample.first_view is not None:
            view = SecondView(sample.first_view, judgements, container)
            sample.candidates = view.candidates()
            rows = [view.row(i) for i in sample.candidates]
        sample.second_rows = _spread(rows, SECOND_COLUMNS, 2 * len(GROUPS))


def _spread(rows: list[Row], columns: Sequence[str], bits: int) -> Any:
    """Return the rows as an array, each bit in a column of its own."""
    numbers = np.array(rows, dtype=float).reshape(-1, len(columns) + 1)
    flags = numbers[:, -1:].astype(np.int64) >> np.arange(bits) & 1
    return np.hstack([numbers[:, :-1], flags])


def _as_known(sample: Sample, table: NameTable, first: Any) -> Sample:
    """Return the sample with its rows made as the finished weights would make them."""
    known = replace(sample, weight=sample.weight * _KNOWN)
    for element in known.layout.elements:
        element.mass, element.climb = 0.0, -1
        element.units = element.link_units = 0
    make_first_rows([known], table, seen=True)
    known.judgements = first.predict(known.first_rows) if known.weighty else np.zeros(0)
    make_second_rows([known])
    return known


def _stack(samples: Sequence[Sample], stage: str) -> tuple[Any, Any, Any]:
    places = [s.weighty if stage == "first" else s.candidates for s in samples]
    rows = np.vstack([s.first_rows if stage == "first" else s.second_rows for s in samples])
    kept = np.concatenate(
        [s.kept[i] if len(i) else [] for s, i in zip(samples, places, strict=False)]
    )
    weight = np.concatenate(
        [s.weight[i] if len(i) else [] for s, i in zip(samples, places, strict=False)]
    )
    return rows, kept.astype(float), weight


def fit(samples: Sequence[Sample], stage: str) -> Any:
    rows, kept, weight = _stack(samples, stage)
    known = weight > 0
    data = lightgbm.Dataset(rows[known], kept[known], weight=weight[known])
    if stage == "first":
        return lightgbm.train({**COMMON, **FIRST}, data, FIRST_ROUNDS)
    return lightgbm.train({**COMMON, **SECOND}, data, SECOND_ROUNDS)


def judge_out_of_fold(samples: Sequence[Sample], stage: str, folds: int) -> None:
    """Judge every page by a forest that learnt from other hosts."""
    for fold in range(folds):
        model = fit([s for s in samples if s.fold != fold], stage)
        for sample in samples:
            if sample.fold == fold:
                rows = sample.first_rows if stage == "first" else sample.second_rows
                found = model.predict(rows) if len(rows) else np.zeros(0)
                if stage == "first":
                    sample.judgements = found
                else:
                    sample.verdicts = found


def split(samples: Sequence[Sample], folds: int) -> None:
    hosts = sorted({sample.host for sample in samples})
    chosen = np.random.RandomState(0).randint(folds, size=len(hosts))
    fold_of = dict(zip(hosts, chosen, strict=False))
    for sample in samples:
        sample.fold = int(fold_of[sample.host])


def report(samples: Sequence[Sample], scorer: Any, worst: int) -> None:
    for corpus in CORPORA:
        mine = [sample for sample in samples if sample.corpus == corpus]
        found = {sample.identity: {"body": _text(sample)} for sample in mine}
        result, rows = scorer.score(found, [sample.truth for sample in mine], rounds=1)
        names = ("f1", "accuracy", "snip_f1")
        print(f"{corpus:12}", "  ".join(f"{n} {result[n]:.4f}" for n in names if n in result))
        read = [row for row in rows if "parts" in row]
        for row in sorted(read, key=lambda row: float(row["page_f1"]))[:worst]:
            _, surplus, lost = row["parts"]
            print(f"    {row['page_f1']:.3f}  surplus {surplus:.2f}  lost {lost:.2f}  {row['id']}")


def _text(sample: Sample) -> str:
    return "\n\n".join(
        sample.layout.blocks[i].text
        for i, verdict in zip(sample.candidates, sample.verdicts, strict=False)
        if verdict > 0.5
    )


def stored(model: Any, samples: Sequence[Sample], stage: str) -> list[Any]:
    """Return a model's trees in groups, with the bounds past which a sum is settled."""
    trees = [_tree(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    rows, _, _ = _stack(samples, stage)
    final = model.predict(rows, raw_score=True)
    groups = []
    for start in range(0, len(trees), GROUP):
        end = start + GROUP
        sums = model.predict(rows, raw_score=True, num_iteration=end)
        low = np.quantile(sums[final > 0], _TURNED)
        high = np.quantile(sums[final <= 0], 1 - _TURNED)
        # A first judgement is used as it is, so its sum must be whole.
        bounds = (float(low), float(high)) if stage == "second" else (-100.0, 100.0)
        groups.append([trees[start:end], *(round(bound, 2) for bound in bounds)])
    return groups


def _tree(node: dict[str, Any]) -> Any:
    if "leaf_value" in node and "split_feature" not in node:
        return round(node["leaf_value"], 4)
    return [
        node["split_feature"],
        float(f"{node['threshold']:.5g}"),
        _tree(node["left_child"]),
        _tree(node["right_child"]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--worst", type=int, default=0, help="list the pages read worst")
    parser.add_argument("--write", action="store_true", help="learn from all and write the data")
    options = parser.parse_args()
    labels = Labels(options.shared)
    barren = learn_barren(read_samples(options.shared, frozenset(), labels))
    samples = read_samples(options.shared, barren, labels)
    table = NameTable(learn_names(samples))
    split(samples, options.folds)
    make_first_rows(samples, table)
    judge_out_of_fold(samples, "first", options.folds)
    make_second_rows(samples)
    judge_out_of_fold(samples, "second", options.folds)
    report(samples, labels.scorer, options.worst)
    if options.write:
        first = fit(samples, "first")
        # The second forest learns from first judgements as a stranger's page gets them, and
        # from the surer ones that a page gets whose publisher was seen.
        known = [_as_known(sample, table, first) for sample in samples]
        everything = [*samples, *known]
        second = stored(fit(everything, "second"), everything, "second")
        write(barren, table, stored(first, samples, "first"), second)


def write(barren: frozenset[str], table: NameTable, first: list[Any], second: list[Any]) -> None:
    names = {token: table.score(token) for token in table.names}
    data = {
        "barren": sorted(barren),
        "names": {token: round(score, 2) for token, score in names.items() if score is not None},
        "first": first,
        "second": second,
    }
    lines = (f'"{key}": {json.dumps(value, separators=(",", ":"))}' for key, value in data.items())
    PATH.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
