"""The same questions to `dossier serve`, and to Tantivy and SQLite FTS5 behind a Python server (robyn): beside.py COLLECTION
[SECONDS] [CONNECTIONS].

COLLECTION is a folder of JSON Lines, as `generate-records collection` writes it. The others answer with the ids and names of
ten records and the exact count, over the text of all fields in one: all words, phrases in quotes. They have no thesaurus, no
stems, no names, no snippets, and cut no Chinese: what they do is less. Each has two processes, the client a third.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import load
from server import Server, program

SERVER = '''
import json, os, sqlite3, sys, threading
from robyn import Robyn, Request
kind, path, port = os.environ["BESIDE"].split("|")
app = Robyn(__file__)
local = threading.local()
if kind == "tantivy":
    import tantivy
    index = tantivy.Index.open(path)
    searcher = index.searcher()

def terms(query):
    words, inside = [], False
    for part in query.split('"'):
        if inside and part.strip():
            words.append('"' + part.strip() + '"')
        elif not inside:
            words += part.split()
        inside = not inside
    return words

@app.get("/v1/search")
def search(request: Request):
    words = terms(request.query_params.get("q", ""))
    if kind == "tantivy":
        query = index.parse_query(" ".join("+" + word for word in words), ["text"])
        found = searcher.search(query, 10, count=True)
        hits = [{"id": doc["id"][0], "name": doc["name"][0], "score": score}
                for score, doc in ((score, searcher.doc(address)) for score, address in found.hits)]
        total = found.count
    else:
        if not hasattr(local, "db"):
            local.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        match = " ".join(word if word.startswith('"') else '"' + word + '"' for word in words)
        hits = [{"id": row[0], "name": row[1], "score": row[2]} for row in local.db.execute(
            "select id, name, rank from records where records match ? order by rank limit 10", (match,))]
        total = local.db.execute("select count(*) from records where records match ?", (match,)).fetchone()[0]
    return json.dumps({"total": total, "hits": hits}, ensure_ascii=False)

app.start(host="127.0.0.1", port=int(port))
'''


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)


def records(collection):
    for path in sorted(Path(collection).glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                yield record["id"], record.get("name") or record.get("title") or record.get("enterprise") or "", " ".join(texts(record))


def fill_tantivy(collection, path):
    import tantivy
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw") \
        .add_text_field("name", stored=True).add_text_field("text").build()
    os.makedirs(path)
    index = tantivy.Index(schema, path=path)
    writer = index.writer(256 << 20, 1)
    for name, title, text in records(collection):
        writer.add_document(tantivy.Document(id=name, name=str(title), text=text))
    writer.commit()
    writer.wait_merging_threads()


def fill_sqlite(collection, path):
    database = sqlite3.connect(path)
    database.execute("create virtual table records using fts5(id unindexed, name unindexed, text)")
    database.executemany("insert into records values (?, ?, ?)", records(collection))
    database.execute("insert into records(records) values ('optimize')")
    database.commit()
    database.close()


def serve_other(folder, kind, path, port):
    script = Path(folder) / "other.py"
    script.write_text(SERVER)
    process = subprocess.Popen(
        [sys.executable, str(script), "--processes", "2", "--workers", "1", "--log-level", "ERROR"],
        env={**os.environ, "BESIDE": f"{kind}|{path}|{port}"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/search?q=lead", timeout=10).read()
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{kind}: the server did not begin")


class Address:
    def __init__(self, port):
        self.port = port

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


def main():
    collection = sys.argv[1]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "10"
    connections = sys.argv[3] if len(sys.argv) > 3 else "16"
    with tempfile.TemporaryDirectory() as folder:
        load.write_mix(folder)
        others = []
        for kind, fill in (("tantivy", fill_tantivy), ("sqlite", fill_sqlite)):
            began = time.monotonic()
            fill(collection, f"{folder}/{kind}")
            print(f"{kind}: filled in {time.monotonic() - began:.0f} s", flush=True)
            others.append(kind)
        named = os.environ.get("DOSSIER_INDEX")
        if not named:
            os.environ["DOSSIER_INDEX"] = f"{folder}/index"
            for file in sorted(Path(collection).glob("*.jsonl")):
                kind = {"enterprises": "enterprise", "inspections": "inspection", "directives": "directive"}[file.stem]
                subprocess.run([program(), "index", str(file), "--kind", kind, "--index", f"{folder}/index"], check=True,
                               capture_output=True)
        # By turns: what disturbs the machine disturbs all.
        for turn in range(2):
            with Server("--rate", "0", "--quiet") as server:
                load.measure(server, folder, connections, "3")
                print("dossier:", load.measure(server, folder, connections, seconds), flush=True)
            for place, kind in enumerate(others):
                process = serve_other(folder, kind, f"{folder}/{kind}", 18_200 + place)
                try:
                    address = Address(18_200 + place)
                    load.measure(address, folder, connections, "3")
                    print(f"{kind}:", load.measure(address, folder, connections, seconds), flush=True)
                finally:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


main()
