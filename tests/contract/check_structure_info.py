#!/usr/bin/env python3
"""Checks a structural-extraction result (ZIP or StructureInfo.json) against contract/structure-info.md.

One line per violation; exit status 1 if there is any. --vendor: the vendor's own output, so only what its published
file shows is demanded. The JSON Schema is used if the jsonschema package is installed; everything else needs only Python."""
import argparse, hashlib, json, pathlib, re, struct, sys, unicodedata, zipfile
try: import jsonschema
except ImportError: jsonschema = None

SCHEMA = pathlib.Path(__file__).resolve().parent / "structure-info.schema.json"
PICTURES = ("originalTableImagePaths", "originalImagePaths", "originalFormulaImagePaths")


def squash(text): return " ".join(text.split())
def letters(text): return re.sub(r"[\s\-\u00ad\u2010]", "", text)  # what line ends and hyphens do not change
def regions(e): return e.get("regions") or ([e["region"]] if e.get("region") else [])
def cells(e): return ((e.get("content") or {}).get("body") or {}).get("cells", []) if e.get("type") == "table" else []
def text_of(e): return (e.get("content") or {}).get("text", "")
def nested(e): return e["content"].get("paragraphs", []) if e.get("type") == "sidebar" else [c["paragraph"] for c in cells(e)]


def inside(inner, outer):
    a, b = inner["boundingBox"], outer["boundingBox"]
    return inner["page"] == outer["page"] and all(a[i] >= b[i] - 1 for i in (0, 1)) and all(a[i] <= b[i] + 1 for i in (4, 5))


def walk(node, path=""):
    yield path, node
    for key, child in (node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()):
        yield from walk(child, f"{path}/{key}")


class Check:
    def __init__(self, document, vendor, schema, archive=None):
        self.vendor, self.schema, self.archive, self.document, self.found = vendor, schema, archive, document, []
        self.result = r = document["analyzeResult"]
        self.pages, self.elements = {p["pageNumber"]: p for p in r["pages"]}, r["elements"]
        self.all = [p for e in self.elements for p in [e, *nested(e)]]  # depth first
        self.by_id = {e.get("id"): e for e in self.all}

    def bad(self, where, message):
        self.found.append(f"{where}: {message}")

    def need(self, condition, where, message):
        if not condition: self.bad(where, message)

    def run(self):
        ours = [] if self.vendor else [self.references, self.offsets, self.chains, self.accounting]
        for step in [self.against_schema, self.numbering, self.boxes, self.tables, self.values, *ours, self.files]:
            try:
                step()
            except Exception as error:  # only a file that breaks the schema gets here
                self.bad(step.__name__, f"cannot be checked, the structure is broken ({type(error).__name__}: {error})")
        return self.found

    def against_schema(self):
        if not jsonschema: return
        schema = json.loads(self.schema.read_text(encoding="utf-8"))
        if self.vendor: schema = {"$schema": schema["$schema"], "$ref": "#/$defs/vendor", "$defs": schema["$defs"]}
        for error in jsonschema.Draft202012Validator(schema).iter_errors(self.document):
            self.bad("schema /" + "/".join(map(str, error.absolute_path)), error.message[:200])

    def numbering(self):
        last = {}
        for e in self.all:
            kind = e.get("type", "paragraph")  # the vendor leaves the type of an empty cell's paragraph out
            last[kind] = number = last.get(kind, 0) + 1
            self.need(e.get("id") == f"{kind}{number}", e.get("id"), f"expected {kind}{number} here (unique, dense, in array order, cells included)")
            if kind != "title" and (kind in ("head", "paragraph", "table") or not self.vendor):
                self.need(e.get(kind + "Order") == number, e.get("id"), f"{kind}Order is not {number}")
        info, pages = self.result["info"], self.result["pages"]
        self.need(info["basicInfo"]["elementCounts"] == last, "elementCounts", f"counted {last}")
        self.need([p["pageNumber"] for p in pages] == list(range(1, info["extendedMetadata"]["pageCount"] + 1)), "pages", "not 1 to pageCount")
        self.need(info["basicInfo"]["analyzedPageCount"] == sum(p["state"] != "failed" for p in pages), "analyzedPageCount", "differs from the pages that did not fail")

    def boxes(self):
        integer = self.vendor or self.result["version"].get("coordinates") == "integer"
        first = [regions(e)[0]["page"] for e in self.elements]
        self.need(first == sorted(first), "elements", "page numbers fall along the array")
        for path, node in walk(self.elements, "elements"):
            if not isinstance(node, dict) or "boundingBox" not in node: continue
            x1, y1, x2, y2, x3, y3, x4, y4 = box = node["boundingBox"]
            self.need(x1 == x4 <= x2 == x3 and y1 == y2 <= y3 == y4, path, f"box not upright: {box}")
            self.need(not integer or all(isinstance(v, int) for v in box), path, f"coordinates are not whole numbers: {box}")
            if "page" in node:
                size = self.pages.get(node["page"], {}).get("size", {"width": 0, "height": 0})
                self.need(min(box) >= 0 and x3 <= size["width"] and y3 <= size["height"], path, f"not inside page {node['page']}: {box}")
        for e in self.elements:
            for part in cells(e) if e["type"] == "table" else nested(e):
                for r in part.get("regions") or [part["region"]]:
                    self.need(any(inside(r, o) for o in regions(e)), e["id"], f"part outside its owner: {r}")
            self.need(all(c["paragraph"]["region"] == c["region"] for c in cells(e)), e["id"], "a cell's paragraph has another region than the cell")

    def tables(self):
        for e in (e for e in self.elements if e["type"] == "table"):
            body, name, taken = e["content"]["body"], e["id"], set()
            rows, columns = body["rowCount"], body["columnCount"]
            for c in body["cells"]:
                for at in ((r, k) for r in range(c["rowIndex"], c["rowIndex"] + c["rowSpan"]) for k in range(c["columnIndex"], c["columnIndex"] + c["columnSpan"])):
                    self.need(at not in taken, name, f"row {at[0]} column {at[1]} is covered twice")
                    self.need(at[0] < rows and at[1] < columns, name, f"row {at[0]} column {at[1]} is outside the {rows} x {columns} grid")
                    taken.add(at)
            self.need(len(taken) >= rows * columns, name, f"{rows * columns - len(taken)} grid positions have no cell")
            self.need(body["cells"] == sorted(body["cells"], key=lambda c: (c["rowIndex"], c["columnIndex"])), name, "cells are not row by row")
            self.need(len(e["regions"]) == len(e["scores"]), name, "regions and scores differ in length")
            if not self.vendor: self.table_parts(e, name, body, e["content"]["parts"])

    def table_parts(self, e, name, body, parts):
        named, row = [p["file"] for p in parts if "file" in p], 0
        self.need(len(parts) == len(e["regions"]), name, "regions and parts differ in length")
        self.need(e["region"] == e["regions"][0] and e["score"] == min(e["scores"]), name, "region and score do not follow from regions and scores")
        self.need(e["originalTableImagePaths"] == named and e["content"].get("file") == (named or [None])[0], name, "file names differ")
        self.need(body.get("headerRowCount", 0) <= body["rowCount"] and body.get("headerColumnCount", 0) <= body["columnCount"], name, "too many header rows or columns")
        for number, (part, region) in enumerate(zip(parts, e["regions"])):
            where, repeated = f"{name} part {number}", part["repeatedHeaderRows"]
            self.need(part["firstRow"] == row, where, f"starts at row {part['firstRow']}, expected {row}")
            self.need(bool(repeated) == ("repeatedHeaderText" in part), where, "repeated header rows and their text go together")
            strips, grid = part["rowCount"] + repeated + bool(part.get("continuesRow")), part.get("grid")
            self.need(not grid or (len(grid["x"]), len(grid["y"])) == (body["columnCount"] + 1, strips + 1), where, "grid has the wrong length")
            self.need(not grid or all(v == sorted(v) for v in grid.values()), where, "grid does not ascend")
            row += part["rowCount"]
            for c in (c for c in body["cells"] if part["firstRow"] <= c["rowIndex"] < row):
                self.need(c["region"]["page"] == region["page"], c["paragraph"]["id"], "lies on another page than its part")
        self.need(row == body["rowCount"], name, f"parts hold {row} rows, rowCount is {body['rowCount']}")
        for c in body["cells"]:
            text, who = text_of(c["paragraph"]), c["paragraph"]["id"]
            self.need("\r\n" not in text or "paragraphs" in c, who, "several lines but no paragraphs[]")
            for b in c.get("paragraphs", []):
                self.need(letters(text[b["start"]:b["start"] + b["length"]]) == letters(b["text"]), who, f"block text differs: {b['text']!r}")

    def values(self):
        for path, v in walk(self.result):
            self.need(v is not None or path.rsplit("/", 1)[1] in ("value", "defaultValue"), path, "null")
            self.need(not isinstance(v, float) or abs(v) < float("inf"), path, "not a finite number")
            if isinstance(v, str):
                self.need(not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", v), path, "control character or lone surrogate")
                if path.endswith("/text") and not self.vendor:
                    self.need(v == unicodedata.normalize("NFC", v), path, "not NFC")
                    self.need("\r" not in v.replace("\r\n", "" if "/cells/" in path else "\r"), path, "carriage return outside a cell's line end")

    def references(self):
        keys = "elementId captionOf headLink hyperlink footnote parent owner group previous next captions notes contains".split()
        for path, node in walk([self.elements, self.result["info"].get("outline"), self.result.get("leftOut")]):
            for key in keys if isinstance(node, dict) else ():
                for name in node.get(key, []) if isinstance(node.get(key), list) else [node[key]] if key in node else []:
                    self.need(name in self.by_id, path, f"{key} names {name}, which does not exist")
        there, back = set(), set()
        for e in self.all:
            c, name = e["content"], e["id"]
            there |= {("caption", name, x) for x in c.get("captions", [])} | {("contains", name, x) for cell in cells(e) for x in cell.get("contains", [])}
            if "captionOf" in c: back.add(("caption", c["captionOf"], name))
            if self.by_id.get(e.get("parent"), {}).get("type") == "table": back.add(("contains", e["parent"], name))
            for kind, key in (("footnote", "references"), ("hyperlink", "anchors")):
                there |= {(kind, name, s[kind], s["start"], s["length"]) for s in c.get("spans", []) if kind in s}
                back |= {(kind, a["elementId"], name, a["start"], a["length"]) for a in c.get(key, []) if e["type"] == kind}
        for pair in sorted(there ^ back, key=str): self.bad("/".join(map(str, pair[1:])), f"{pair[0]} is not mutual")

    def offsets(self):
        def cut(name, a):
            text = text_of(self.by_id[name])
            self.need(0 <= a["start"] < a["start"] + a["length"] <= len(text), name, f"range {a['start']}+{a['length']} outside its text")
            return squash(text[a["start"]:a["start"] + a["length"]])
        for e in self.all:
            c, name, end = e["content"], e["id"], 0
            for s in c.get("spans", []):
                cut(name, s)
                self.need(s["start"] >= end, name, "spans overlap or are not sorted")
                end = s["start"] + s["length"]
            for part in [p for line in c.get("lines", []) for p in [line, *line.get("words", [])]]: cut(name, part)
            for owner in (c, c.get("marked", {})):
                said = " ".join(cut(a["elementId"], a) for a in owner.get("anchors", []))
                self.need(not owner.get("anchors") or said == squash(owner["text"]), name, f"anchors read {said!r}")
            for a in c.get("references", []):
                self.need(cut(a["elementId"], a) == c.get("marker"), name, f"call does not read {c.get('marker')!r}")
            for label, length in ((c.get("list", {}).get("label"), c.get("list", {}).get("labelLength")), (c.get("marker"), c.get("markerLength"))):
                self.need(not label or text_of(e)[:length].strip() == label, name, f"text does not start with {label!r}")

    def chains(self):
        for e in (e for e in self.all if "continuation" in e):
            c, name = e["continuation"], e["id"]
            other = self.by_id.get(c.get("next"), {}).get("continuation", {})
            self.need(c["part"] <= c["parts"] and ("next" in c) == (c["part"] < c["parts"]) and ("previous" in c) == (c["part"] > 1), name, "part numbers and links disagree")
            self.need("next" not in c or (other.get("previous"), other.get("part"), other.get("group")) == (name, c["part"] + 1, c["group"]), name, "next does not point back")
        heads = [e for e in self.elements if e["type"] == "head"]
        for before, e in zip([0] + [h["level"] for h in heads], heads):
            self.need(e["level"] <= before + 1, e["id"], f"level {e['level']} after level {before}")

    def accounting(self):
        left = self.result.get("leftOut", {"counts": {}, "items": []})
        missing = {"glyph", "ocrCharacter", "image", "annotation", "link", "widget"} - set(left["counts"])
        self.need(not missing, "leftOut", f"no counts of {sorted(missing)}")
        for kind, n in left["counts"].items():
            listed = sum(item["count"] for item in left["items"] if item["kind"] == kind)
            self.need(n["total"] == n["inElements"] + n["leftOut"], "leftOut " + kind, "total is not the sum")
            self.need(n["leftOut"] == listed, "leftOut " + kind, f"items add up to {listed}, counts say {n['leftOut']}")

    def files(self):
        used = {n for e in self.elements for key in PICTURES for n in e.get(key, [])}
        listed = {f["name"]: f for f in self.result["info"].get("files", [])}
        if not self.vendor:
            used |= {n["file"] for p, n in walk(self.elements) if isinstance(n, dict) and "file" in n and "/target" not in p}
            self.need(used == set(listed), "info.files", f"differs from the files used: {sorted(used ^ set(listed))}")
        if not self.archive: return
        names = self.archive.namelist()
        others = {n for n in names if not n.endswith("StructureInfo.json")}
        self.need(len(names) == len(others) + 1, "ZIP", "a name occurs twice")
        self.need(used <= others, "ZIP", f"missing: {sorted(used - others)}")
        if self.vendor: return
        self.need(names[0] == "StructureInfo.json" and not any("/" in n for n in names), "ZIP", "StructureInfo.json is not first, or there are folders")
        self.need(others <= used, "ZIP", f"not referenced: {sorted(others - used)}")
        self.need(all(i.date_time[:3] == (1980, 1, 1) for i in self.archive.infolist()), "ZIP", "time stamps are not fixed")
        data = {n: self.archive.read(n) for n in sorted(used & others)}
        for path, node in walk(self.result):
            name = node.get("file", node.get("name")) if isinstance(node, dict) else None
            if not isinstance(name, str) or name not in data: continue  # "name" occurs in fields and annotations too
            facts = node.get("rendition", node)
            self.need(facts.get("bytes", len(data[name])) == len(data[name]), path, f"{name} has {len(data[name])} bytes")
            self.need(facts.get("sha256", "") in ("", hashlib.sha256(data[name]).hexdigest()), path, f"hash of {name} differs")
            if "width" in facts: self.need(picture_size(data[name]) == (facts["width"], facts["height"]), path, f"{name} has other dimensions")


def picture_size(data):
    if data[:4] == b"\x89PNG": return struct.unpack(">II", data[16:24])
    at = 2  # JPEG: walk the segments to the frame header
    while at + 9 < len(data) and (data[at + 1] & 0xF0 != 0xC0 or data[at + 1] in (0xC4, 0xC8, 0xCC)):
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return struct.unpack(">HH", data[at + 5:at + 9])[::-1]


def check(path, vendor, schema):
    try:
        archive = zipfile.ZipFile(path) if zipfile.is_zipfile(path) else None
        name = archive and next(n for n in archive.namelist() if n.endswith("StructureInfo.json"))
        return Check(json.loads(archive.read(name) if archive else path.read_bytes()), vendor, schema, archive).run()
    except Exception as error:
        return [f"cannot be read ({type(error).__name__}: {error})"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("result", nargs="+", type=pathlib.Path)
    options.add_argument("--vendor", action="store_true")
    options.add_argument("--schema", type=pathlib.Path, default=SCHEMA)
    given = options.parse_args()
    lines = [f"{path.name}: {line}" for path in given.result for line in check(path, given.vendor, given.schema)]
    for line in lines: print(line)
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
