#!/usr/bin/env python3
"""The same questions put to others: `compare.py FOLDER`. SQLite's FTS5 alone, with BM25 over every hit, and FAISS flat
when it is installed. Prints rows as `aloud bench search` does."""
import json
import os
import pathlib
import re
import sqlite3
import sys
import tempfile
import time


def figures(name, queries, ask):
    for query in queries[:10]:
        ask(query)
    times, five, ten, rank = [], 0.0, 0.0, 0.0
    for query in queries:
        began = time.perf_counter()
        found = ask(query)
        times.append((time.perf_counter() - began) * 1000)
        relevant = set(query["relevant"])
        five += len(relevant & set(found[:5])) / len(relevant)
        ten += len(relevant & set(found[:10])) / len(relevant)
        rank += next((1 / (place + 1) for place, one in enumerate(found[:10]) if one in relevant), 0)
    times.sort()
    count = len(queries)
    at = lambda share: times[min(count - 1, -(-int(count * share * 1000) // 1000) - 1)]
    print(f"{name:<11}{five / count:8.3f}{ten / count:11.3f}{rank / count:8.3f}{at(0.5):10.3f}{at(0.95):10.3f}")
    return at(0.95)


def fts5(passages, queries):
    path = tempfile.mktemp(suffix=".db")
    database = sqlite3.connect(path)
    began = time.perf_counter()
    database.execute("CREATE VIRTUAL TABLE passage USING fts5 (id UNINDEXED, title, text, "
                     "tokenize = 'porter unicode61 remove_diacritics 2')")
    database.executemany("INSERT INTO passage VALUES (?, ?, ?)",
                         [(row["id"], row["title"], row["text"]) for row in passages])
    database.commit()
    took = time.perf_counter() - began

    def ask(query):
        words = re.findall(r"\w+", query["text"])
        if not words:
            return []
        rows = database.execute("SELECT id FROM passage WHERE passage MATCH ? ORDER BY bm25(passage) LIMIT 10",
                                (" OR ".join(f'"{word}"' for word in words),))
        return [row[0] for row in rows]
    worst = figures("FTS5 alone", queries, ask)
    print(f"           indexed in {took:.3f} s, {os.path.getsize(path)} bytes in the file")
    os.remove(path)
    return worst


def faiss_flat(folder, queries):
    try:
        import faiss
        import numpy
    except ImportError:
        print("FAISS flat  not measured: faiss-cpu is not installed")
        return
    names, rows, asked = [], [], {}
    for line in open(folder / "vectors.jsonl"):
        row = json.loads(line)
        if "id" in row:
            names.append(row["id"])
            rows.append(row["v"])
        else:
            asked[row["qid"]] = numpy.array([row["v"]], dtype="float32")
    vectors = numpy.array(rows, dtype="float32")
    faiss.omp_set_num_threads(1)
    began = time.perf_counter()
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    took = time.perf_counter() - began
    figures("FAISS flat", queries, lambda query: [names[one] for one in index.search(asked[query["qid"]], 10)[1][0]])
    print(f"           indexed in {took:.3f} s, {vectors.nbytes} bytes in memory, one thread")


def main(folder):
    folder = pathlib.Path(folder)
    passages = [json.loads(line) for line in open(folder / "passages.jsonl")]
    queries = [json.loads(line) for line in open(folder / "queries.jsonl")]
    fts5(passages, queries)
    faiss_flat(folder, queries)


if __name__ == "__main__":
    main(sys.argv[1])
