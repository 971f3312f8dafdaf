#!/usr/bin/env python3
"""Asks SQLite (FTS5 and ordinary columns) what `dossier-bench shapes` asks, and prints both side by side.

usage: beside_sqlite.py INDEX WORK [--runs N]

INDEX is a Dossier index of inspection notes, WORK a folder for the database, which is made once from `dossier export`.
DOSSIER and DOSSIER_BENCH name the two programs (.build/release/…). One process each, in turn, warm, one thread.
"""
import json, os, sqlite3, subprocess, sys, time

DOSSIER = os.environ.get("DOSSIER", ".build/release/dossier")
BENCH = os.environ.get("DOSSIER_BENCH", ".build/release/dossier-bench")


def make(index, path):
    database = sqlite3.connect(path + ".part")
    database.executescript("""
        pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192;
        create table notes (rowid integer primary key, id, enterprise, date, province, category, result, text, record);
        create virtual table words using fts5 (text, content = 'notes', content_rowid = 'rowid', tokenize = 'unicode61');
    """)
    export = subprocess.Popen(
        [DOSSIER, "export", "--index", index, "--kind", "inspection", "--format", "jsonl", "*"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    def rows():
        for number, line in enumerate(export.stdout, 1):
            note = json.loads(line)
            yield (number, note["id"], note.get("enterprise"), note.get("date"), note.get("province"), note.get("category"),
                   note.get("result"), note.get("text", ""), line)
    database.executemany("insert into notes values (?,?,?,?,?,?,?,?,?)", rows())
    database.executescript("""
        insert into words (rowid, text) select rowid, text from notes;
        insert into words (words) values ('optimize');
        create index by_province on notes (province, date);
        create index by_enterprise on notes (enterprise);
        create index by_date on notes (date);
        analyze;
    """)
    database.commit()
    database.close()
    os.rename(path + ".part", path)


def parts(question):
    """The words of a question, and its province and year where it has them."""
    words, province, year = [], None, None
    for part in question.split(" "):
        name, _, value = part.rpartition(":")
        if name == "province": province = value
        elif name == "date": year = value
        else: words.append(value)
    return " AND ".join(words), province, year


HIT = "select n.id, n.record, snippet(words, 0, '[', ']', '…', 24) from words join notes n on n.rowid = words.rowid where words match ?"


def ask(database, shape, question):
    """What a page of ten hits needs; the total last."""
    words, province, year = parts(question)
    run = lambda query, *values: database.execute(query, values).fetchall()
    count = "select count(*) from words where words match ?"
    if shape in ("words", "shipped"):
        run(HIT + " order by rank limit 10", words)
        return run(count, words)[0][0]
    if shape == "filter":
        only = " and n.province = ? and n.date >= ? and n.date < ?"
        values = (words, province, year, str(int(year) + 1))
        run(HIT + only + " order by rank limit 10", *values)
        return run("select count(*) from words join notes n on n.rowid = words.rowid where words match ?" + only, *values)[0][0]
    if shape == "facets":
        run(HIT + " order by rank limit 10", words)
        for field in ("province", "category", "result"):
            run(f"select n.{field}, count(*) c from words join notes n on n.rowid = words.rowid where words match ? "
                f"group by 1 order by c desc limit 10", words)
        return run(count, words)[0][0]
    if shape == "collapse":
        run("select enterprise, id, min(rank) r from (select n.enterprise, n.id, words.rank as rank from words join notes n on n.rowid = words.rowid "
            "where words match ?) group by 1 order by r limit 10", words)
        return run("select count(distinct n.enterprise) from words join notes n on n.rowid = words.rowid where words match ?", words)[0][0]
    if shape == "sort":
        run(HIT + " order by n.date desc limit 10", words)
        return run(count, words)[0][0]


def main():
    index, work = sys.argv[1], sys.argv[2]
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 5
    path = os.path.join(work, "beside.sqlite")
    if not os.path.exists(path):
        began = time.time()
        make(index, path)
        print(f"# database made in {time.time() - began:.0f} s", flush=True)
    print(f"# SQLite {sqlite3.sqlite_version}, {os.path.getsize(path) / 1e6:.0f} MB", flush=True)
    bench = subprocess.run([BENCH, "shapes", index, "--runs", str(max(10, runs))], capture_output=True, text=True, check=True)
    database = sqlite3.connect(path)
    database.execute("pragma mmap_size = 8000000000")
    database.execute("pragma cache_size = -1000000")
    shapes, alone = {}, {}
    print("shape\tquestion\ttotal\tSQLite total\tµs\tSQLite µs\tratio")
    for line in bench.stdout.splitlines()[1:]:
        shape, question, total, median, _ = line.split("\t")
        if shape in ("plain", "shipped"):
            alone.setdefault(question, {})[shape] = float(median)
            continue
        times, theirs = [], None
        for _ in range(runs):
            began = time.perf_counter()
            theirs = ask(database, shape, question)
            times.append((time.perf_counter() - began) * 1e6)
        own, other = float(median), sorted(times)[len(times) // 2]
        shapes.setdefault(shape, []).append((own, other))
        print(f"{shape}\t{question}\t{total}\t{theirs}\t{own:.0f}\t{other:.0f}\t{own / other:.3f}", flush=True)
    print("\nshape\tmean µs\tSQLite mean µs\tratio")
    for shape, pairs in shapes.items():
        own, other = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
        print(f"{shape}\t{own:.0f}\t{other:.0f}\t{own / other:.3f}")
    print("\nwords\tplain µs\tshipped µs\tratio")
    for question, times in alone.items():
        print(f"{question}\t{times['plain']:.0f}\t{times['shipped']:.0f}\t{times['shipped'] / times['plain']:.2f}")
    plain, shipped = (sum(times[name] for times in alone.values()) for name in ("plain", "shipped"))
    print(f"sum\t{plain:.0f}\t{shipped:.0f}\t{shipped / plain:.2f}")


main()
