"""Document generation: one merge, DOCX and PDF through the API, ten thousand invoices from the command line, beside docxtpl on the same
template in the same run. The invoice is our own: made with python-docx, ten lines, four totals, written once with the tags of each."""
import base64
import json
import pathlib
import statistics
import subprocess
import sys
import time

import docx
import requests

LINES = 10
INVOICES = 10_000
WARM_UP, DOCX_CALLS, PDF_CALLS, BASELINE_DOCUMENTS = 5, 200, 60, 200
BASELINE = """
import io, json, sys, time
from docxtpl import DocxTemplate
template, values, count = sys.argv[1], json.load(open(sys.argv[2])), int(sys.argv[3])
begun = time.perf_counter()
for _ in range(count):
    document = DocxTemplate(template)
    document.render(values)
    document.save(io.BytesIO())
print((time.perf_counter() - begun) / count)
"""


def invoice(path, ours):
    tag = (lambda name, switch="": f"{{{{ {name}{switch} }}}}") if ours else (lambda name, switch="": f"{{{{ {name} }}}}")
    money = ' \\# "$#,##0.00"'
    document = docx.Document()
    document.add_heading(f"Invoice {tag('number')}", 1)
    for line in (f"Customer: {tag('customer.name')}, {tag('customer.city')}", f"Date: {tag('date')}", f"Due: {tag('due')}"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=4, style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, ("No", "Description", "Quantity", "Amount")):
        cell.text = text
    if not ours:
        table.add_row().cells[0].text = "{%tr for item in items %}"
    row = table.add_row().cells
    row[0].text = "{{TableStart:items}}{{ROW_NUMBER}}" if ours else "{{ loop.index }}"
    row[1].text = "{{description}}" if ours else "{{ item.description }}"
    row[2].text = "{{quantity}}" if ours else "{{ item.quantity }}"
    row[3].text = f"{{{{amount{money}}}}}{{{{TableEnd:items}}}}" if ours else "{{ item.amount }}"
    if not ours:
        table.add_row().cells[0].text = "{%tr endfor %}"
    for name in ("subtotal", "tax", "shipping", "total"):
        row = table.add_row().cells
        row[2].text, row[3].text = name.capitalize(), tag(name, money)
    document.save(path)


def values_of(number):
    items = [{"description": f"Crossing {number}-{line} with a cabin & breakfast", "quantity": line + 1, "amount": 12.5 * (line + 1)} for line in range(LINES)]
    return {"number": f"INV-{number:05d}", "customer": {"name": f"Customer {number}", "city": "Harbour Town"}, "date": "2026-11-24", "due": "2026-12-24",
            "items": items, "subtotal": 687.5, "tax": 55, "shipping": 12.25, "total": 754.75}


def timed(command):
    begun = time.monotonic()
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def docxtpl(work):
    """Python of an environment with docxtpl; None where it cannot be had."""
    place = work / "docxtpl"
    made = subprocess.run([sys.executable, "-m", "venv", place], capture_output=True).returncode == 0
    got = made and subprocess.run([place / "bin" / "pip", "install", "-q", "docxtpl==0.20.2"], capture_output=True).returncode == 0
    return place / "bin" / "python" if got else None


def through_the_api(server, template, form, calls):
    request = {"base64FileString": base64.b64encode(template.read_bytes()).decode(), "documentValues": values_of(1), "outputFormat": form}
    times = []
    with requests.Session() as session:
        session.headers.update(client_id=server.pair[0], client_secret=server.pair[1])
        for number in range(WARM_UP + calls):
            begun = time.monotonic()
            answer = session.post(f"http://{server.address}/document-generation/api/GenerateDocumentBase64", json=request)
            times.append(1000 * (time.monotonic() - begun))
            assert answer.status_code == 200, answer.text[:200]
    times = sorted(times[WARM_UP:])
    return statistics.median(times), times[int(0.95 * len(times))]


def batch(binaries, template, work, count, *options):
    records = work / f"records-{count}.ndjson"
    records.write_text("".join(json.dumps(values_of(number)) + "\n" for number in range(1, count + 1)))
    return timed([binaries / "docwright", "generate", template, records, "-o", work / f"out-{count}", "--name", "{number}.docx", *options])


def docgen(binaries, work, running_server):
    template, values = work / "invoice.docx", work / "values.json"
    invoice(template, True)
    values.write_text(json.dumps(values_of(1)))
    print("\n| document generation, invoice with ten lines | |\n|---|---|")
    few, many = batch(binaries, template, work, 100, "--jobs", "1"), batch(binaries, template, work, 1_100, "--jobs", "1")
    merge = (many - few)  # ms for each of a thousand more: the start of the engine falls out
    print(f"| one merge, template read before, file written | {merge:.2f} ms |")
    server = running_server(binaries, work / "data-docgen", "--engines", "pdf,office")
    try:
        for form, calls in (("docx", DOCX_CALLS), ("pdf", PDF_CALLS)):
            half, most = through_the_api(server, template, form, calls)
            print(f"| {form.upper()} through the API, p50 / p95 | {half:.1f} / {most:.1f} ms |")
        text = requests.get(f"http://{server.address}/metrics").text
        figures = {line.split("{")[0]: float(line.split()[-1]) for line in text.splitlines() if 'operation="merge-template"' in line and "bucket" not in line}
        print(f"| of it one merge in a process of its own, mean | {1000 * figures['task_seconds_sum'] / figures['task_seconds_count']:.1f} ms |")
    finally:
        server.stop()
    seconds = batch(binaries, template, work, INVOICES)
    print(f"| {INVOICES} invoices as DOCX from the command line | {INVOICES / seconds:.0f} a second, {seconds:.1f} s |")
    python = docxtpl(work)
    if not python:
        print("| docxtpl | cannot be installed here |")
        return
    theirs = work / "theirs.docx"
    invoice(theirs, False)
    said = subprocess.run([python, "-c", BASELINE, theirs, values, str(BASELINE_DOCUMENTS)], check=True, capture_output=True, text=True).stdout
    each = 1000 * float(said)
    print(f"| docxtpl 0.20.2, the same invoice | {each:.1f} ms, {each / merge:.0f} times as long as one merge |")
