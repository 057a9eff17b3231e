#!/usr/bin/env python3
"""Makes src/extract/tables/judge_weights.inc: the weights by which the judge of tables weighs its features.

Two logistic models over the features of src/extract/tables/judge.h: "is it a table", and "is its grid right" (the share of
cell neighbours that agree with the truth). Both start from the weights in PRIOR, which say what is known without data, and
move away from them only as far as the samples insist (ridge around the prior). Its strength is chosen by cross-validation,
document by document; the numbers are printed. With few features and few documents that is what keeps them general.

    build/bin/table_candidates FILE.pdf... > CANDIDATES        (once more each with --without verticals and --without lines)
    script/train_tables.py --truth DIR... CANDIDATES... > src/extract/tables/judge_weights.inc

DIR holds *-str.xml files of the ICDAR 2013 table competition, or .md files with pipe and HTML tables of one-page documents.
"""
import argparse, html.parser, json, math, pathlib, re, sys, unicodedata, xml.etree.ElementTree as ET
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent
#              table  structure
PRIOR = {
    "Bias":       (-2.5, -0.5),
    "Rows":       (1.0, 0.0),
    "Columns":    (1.0, 0.0),
    "Filled":     (1.5, 1.0),
    "Values":     (1.5, 1.0),
    "LongTexts":  (-3.0, -1.0),
    "Aligned":    (2.0, 2.0),
    "Walls":      (3.0, 2.0),
    "OuterLines": (1.0, 0.5),
    "Captioned":  (1.0, 0.0),
    "Head":       (1.0, 0.5),
    "Markers":    (-5.0, -1.0),
    "CutWords":   (-3.0, -3.0),
    "Turned":     (-3.0, -2.0),
    "Drawn":      (-3.0, -1.0),
    "EmptyLines": (-2.0, -2.0),
    "Labels":     (0.5, 0.3),
    "Density":    (0.0, 0.0),
    "Stacked":    (-2.0, -4.0),
    "Gaps":       (-2.0, -4.0),
    "Contents":   (-5.0, 0.0),
    "CutLines":   (-2.0, -2.0),
    "BookRules":  (2.0, 0.0),
    "RunOn":      (-3.0, -1.0),
    "HalfRuled":  (0.5, 0.0),
    "Unruled":    (0.0, -0.3),
    "Tagged":     (4.0, 3.0),
}
STRENGTHS = (1.0, 3.0, 10.0)  # weaker ridges gain less than the folds scatter and drive weights far from what they mean
IS_TABLE, IS_NONE = 0.5, 0.15  # agreement with a true table from which on, or up to which, the case is clear
FOLDS = 9


def feature_names():
    header = (ROOT / "src/extract/tables/judge.h").read_text()
    body = re.search(r"enum class Feature[^{]*\{(.*?)\};", header, re.S).group(1)
    names = [n for n in re.findall(r"^\s*(\w+),", body, re.M) if n != "Count"]
    if set(names) != set(PRIOR):
        sys.exit(f"judge.h and PRIOR differ: {sorted(set(names) ^ set(PRIOR))}")
    return names


# ---- truth --------------------------------------------------------------------------------------

def plain(text):
    text = unicodedata.normalize("NFKC", text or "")
    return re.sub(r"[\s‐‑‒–—−\u00ad-]+", "", text).casefold()


def neighbours(cells):
    """Counter of pairs of cells that follow each other to the right or downwards, and how many blanks lie between."""
    grid = {}
    for row, row_end, column, column_end, text in cells:
        if plain(text):
            for r in range(row, row_end + 1):
                for c in range(column, column_end + 1):
                    grid.setdefault((r, c), (row, column, plain(text)))
    if not grid:
        return Counter()
    height, width = max(r for r, _ in grid) + 1, max(c for _, c in grid) + 1
    found = {}
    for way, lines in (("right", [[(r, c) for c in range(width)] for r in range(height)]),
                       ("down", [[(r, c) for r in range(height)] for c in range(width)])):
        for line in lines:
            before, blanks = None, 0
            for place in line:
                cell = grid.get(place)
                if cell is None:
                    blanks += 1
                    continue
                if before is not None and cell != before:
                    key = (before, cell, way)
                    found[key] = min(blanks, found.get(key, blanks))
                before, blanks = cell, 0
    return Counter((a[2], b[2], way, blanks) for (a, b, way), blanks in found.items())


def agreement(a, b):
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if a and b else 0.0


class HtmlTables(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.cell = [], None

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append({"cells": [], "taken": set(), "row": -1})
        if not self.tables:
            return
        table = self.tables[-1]
        if tag == "tr":
            table["row"] += 1
        if tag in ("td", "th"):
            attributes = dict(attributes)
            column = 0
            while (table["row"], column) in table["taken"]:
                column += 1
            rows, columns = int(attributes.get("rowspan", 1)), int(attributes.get("colspan", 1))
            table["taken"] |= {(table["row"] + r, column + c) for r in range(rows) for c in range(columns)}
            self.cell = [table["row"], table["row"] + rows - 1, column, column + columns - 1, ""]
            table["cells"].append(self.cell)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell:
            self.cell[4] += data


def markdown_tables(text):
    parser = HtmlTables()
    parser.feed("".join(re.findall(r"<table.*?</table>", text, re.S | re.I)))
    tables = [t["cells"] for t in parser.tables]
    rows = []
    for line in text.splitlines() + [""]:
        if line.strip().startswith("|"):
            rows.append([c.strip() for c in line.strip().strip("|").split("|")])
        elif rows:
            rows = [r for r in rows if not all(re.fullmatch(r":?-+:?", c) for c in r)]
            tables.append([(i, i, k, k, c) for i, r in enumerate(rows) for k, c in enumerate(r)])
            rows = []
    return tables


def read_truth(folders):
    """document -> page -> neighbours of each table; two accepted readings of a document are both in."""
    truth = {}
    for folder in map(pathlib.Path, folders):
        for path in sorted(folder.glob("*-str.xml")):
            name = re.sub(r"(?<=\d)[ab]$", "", path.name[:-len("-str.xml")])
            for region in ET.parse(path).getroot().iter("region"):
                cells = [(int(c.get("start-row")), int(c.get("end-row", c.get("start-row"))), int(c.get("start-col")),
                          int(c.get("end-col", c.get("start-col"))), c.findtext("content")) for c in region.iter("cell")]
                truth.setdefault(name, {}).setdefault(int(region.get("page")), []).append(neighbours(cells))
        for path in sorted(folder.glob("*.md")):
            if path.name != "README.md":
                truth.setdefault(path.stem, {})[None] = [neighbours(t) for t in markdown_tables(path.read_text())]
    return truth


# ---- the models ---------------------------------------------------------------------------------

def solve(matrix, vector):
    n = len(vector)
    rows = [row[:] + [v] for row, v in zip(matrix, vector)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            for c in range(i, n + 1):
                rows[r][c] -= factor * rows[i][c]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][c] * out[c] for c in range(i + 1, n))) / rows[i][i]
    return out


def probability(weights, features):
    return 1 / (1 + math.exp(-max(-30, min(30, sum(w * f for w, f in zip(weights, features))))))


def fit(samples, prior, strength):
    """Newton's method for logistic regression with a ridge around the prior. samples: (features, target, weight)."""
    weights, n = prior[:], len(prior)
    for _ in range(30):
        gradient = [strength * (w - p) for w, p in zip(weights, prior)]
        curvature = [[strength if i == k else 0.0 for k in range(n)] for i in range(n)]
        for features, target, weight in samples:
            p = probability(weights, features)
            slope, bend = weight * (p - target), weight * max(p * (1 - p), 1e-6)
            for i in range(n):
                if features[i]:
                    gradient[i] += slope * features[i]
                    for k in range(n):
                        curvature[i][k] += bend * features[i] * features[k]
        step = solve(curvature, gradient)
        weights = [w - s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-5:
            break
    return weights


def loss(samples, weights):
    total = sum(w for _, _, w in samples)
    sum_ = 0.0
    for features, target, weight in samples:
        p = min(1 - 1e-9, max(1e-9, probability(weights, features)))
        sum_ -= weight * (target * math.log(p) + (1 - target) * math.log(1 - p))
    return sum_ / total if total else 0.0


def train(name, samples, prior, report):
    """samples: (document, features, target). Every document counts the same."""
    counts = Counter(d for d, _, _ in samples)
    weighted = [(d, f, t, 10 / counts[d]) for d, f, t in samples]
    documents = sorted(counts)
    best = None
    for strength in STRENGTHS:
        held = 0.0
        for fold in range(FOLDS):
            out = set(documents[fold::FOLDS])
            weights = fit([(f, t, w) for d, f, t, w in weighted if d not in out], prior, strength)
            held += loss([(f, t, w) for d, f, t, w in weighted if d in out], weights) / FOLDS
        if best is None or held < best[0]:
            best = (held, strength)
    everything = [(f, t, w) for _, f, t, w in weighted]
    weights = fit(everything, prior, best[1])
    report.append(f"{name}: {len(samples)} candidates of {len(documents)} documents; loss by the prior {loss(everything, prior):.3f}, "
                  f"held out {best[0]:.3f} with ridge {best[1]:g}, fitted {loss(everything, weights):.3f}")
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", nargs="+", required=True)
    parser.add_argument("candidates", nargs="+")
    arguments = parser.parse_args()
    names = feature_names()
    truth = read_truth(arguments.truth)
    table_samples, grid_samples = [], []
    for path in arguments.candidates:
        for line in open(path, encoding="utf-8"):
            candidate = json.loads(line)
            document = re.sub(r"(?<=\d)[ab]$", "", candidate["document"])
            if document not in truth:
                continue
            pages = truth[document]
            mine = neighbours(candidate["cells"])
            best = max([agreement(mine, t) for t in pages.get(candidate["page"], pages.get(None, []))], default=0.0)
            if best >= IS_TABLE or best <= IS_NONE:
                table_samples.append((document, candidate["features"], float(best >= IS_TABLE)))
            if best > IS_NONE:
                grid_samples.append((document, candidate["features"], best))
    report = []
    rows = [train("table", table_samples, [PRIOR[n][0] for n in names], report),
            train("structure", grid_samples, [PRIOR[n][1] for n in names], report)]
    print("// Made by script/train_tables.py; do not edit. Order of the features as in judge.h:")
    line = "//"
    for name in names:
        if len(line) + len(name) > 120:
            print(line)
            line = "//"
        line += " " + name
    print(line)
    for text in report:
        print("// " + text)
        print(text, file=sys.stderr)
    for weights in rows:
        print("{" + ", ".join(f"{w:.3f}" for w in weights) + "},")


if __name__ == "__main__":
    main()
