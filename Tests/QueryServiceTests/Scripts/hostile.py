"""Hostile queries from many clients beside good ones (reliability D1): hostile.py [SECONDS] [CLIENTS] [MEGABYTES].

Nothing ends; every answer is one that the description knows; no answer takes longer than its deadline and 50 ms of the
server's own time; the good clients' 99th percentile is printed beside that of an idle server, and beside that of the same
clients of a server that does nothing, asked at the same time: what the machine itself makes everybody wait.

With MEGABYTES the server has no more memory than that, as its control group counts it (D2; root, cgroup v1; skipped
elsewhere, saying so): pages of files are given back there, its own memory is not, so that a server which took more would be
ended by the kernel.
"""

import http.client
import json
import multiprocessing
import os
import re
import socket
import sys
import threading
import time
import urllib.parse
from pathlib import Path

from server import Server

DEADLINE = 1_000

QUERIES = [
    " OR ".join(f"w{number}" for number in range(1_200)),
    " ".join(f"w{number}" for number in range(1_200)),
    "(" * 10_000 + "a" + ")" * 10_000,
    "(" * 10_000,
    "NOT " * 5_000 + "a",
    "*a*b*c*d*", "*", "**", "*e*", "*a* *e* *i* *o* *u*", "?" * 1_000, "?????*", "*?*?*?*?*", "a*", "a* b* c* d* e* f* g* h*",
    "/[ab]{1000}{1000}{1000}/", "/(((((((((a+)+)+)+)+)+)+)+)+)+$/", "/.*.*.*.*.*x/", "/" + "[" * 200 + "]" * 200 + "/",
    "/(a|aa)+$/", "/.{0,100}.{0,100}.{0,100}/", "/[^x]*/", "/" + "a?" * 120 + "a" * 120 + "/", "/.*/", "/./ /../ /.../",
    "a~2", "a~2 b~2 c~2 d~2", "lead~2 coating~2 paint~2", "~", "a~99", "formaldehyde~2 OR formaldehide~2",
    '"' + " ".join(["the"] * 5_000) + '"', '"' + " ".join(f"w{number}" for number in range(10_000)) + '"', '"the of and to"',
    '"lead * * * * * * * * * * paint"',
    "lead NEAR/1000000 paint", "a NEAR/5 b NEAR/5 c NEAR/5 d NEAR/5 e", "SAME PARA (a b c d e f g h i j k)",
    "SAME SENTENCE (" + " ".join(f"w{number}" for number in range(500)) + ")",
    "has(inspection: *)", "NOT has(inspection: *)", "has(inspection: has(enterprise: has(inspection: lead)))",
    "has(inspection: *e*) has(inspection: *a*) NOT has(inspection: *o*)", "by(enterprise: *) by(enterprise: *)",
    "violation(*)", "violation(severity:>=minor text:*e*)", "product(*)",
    "date:[0001 TO 9999]", "date:0000-00-00", "since:0001 until:9999", "date:99999999999999999999", "last:999999999999d",
    "id:*", "id:[* TO *]", "province:*", "text:(a OR b OR (c AND (d OR (e AND NOT f))))",
    "a^" + "9" * 400, "+a -a", "-a", "NOT a", "a" * 15_000, "\u0301" * 5_000, "\U0001F600" * 3_000, "甲" * 5_000, "的 的 的 的",
    " ".join("甲乙丙丁戊己庚辛"[place % 8] for place in range(4_000)), "\u202e\u2066" * 2_000, "a\u0000b", "\\" * 8_000,
    '"' * 8_001, "AND " * 3_000, "field:" * 2_000 + "a", "[" * 5_000, "a:b:c:d:e", "=" * 5_000, "kind:" + "x" * 8_000,
    "GB 6675-" + "2" * 5_000, "XK16-204-" * 1_000,
]
REQUESTS = [
    *[{"q": query, "timeout": DEADLINE} for query in QUERIES],
    {"q": "*", "limit": 10_000, "timeout": DEADLINE}, {"q": "*", "limit": 10_000, "explain": True, "timeout": DEADLINE},
    {"q": "*", "sort": "date", "limit": 10_000, "timeout": DEADLINE},
    {"q": "*", "facet": ["id", "text", "enterprise", "province", "rung", "kind"], "timeout": DEADLINE},
    {"q": "*", "collapse": "id", "limit": 10_000, "timeout": DEADLINE},
    {"q": "a OR e OR i", "any": True, "rungs": ["exact", "stem", "thesaurus", "name", "pinyin", "fuzzy"], "timeout": DEADLINE},
    {"q": "toys furniture electric motor paper food", "any": True, "explain": True, "limit": 1_000, "timeout": DEADLINE},
    {"q": "x" * 1_000_000, "timeout": DEADLINE}, {"q": "* " * 400_000, "timeout": DEADLINE},
    {"q": "a", "fields": ["text"] * 20_000, "timeout": DEADLINE},
]
GOOD = ["lead coating", "formaldehyde furniture", "甲醛 家具", '"quality files"', "product:toys export:yes", "severity:critical since:2007"]
# Slowest answers that are told of.
SLOWEST = 6
ALLOWED = {200, 400, 410, 413, 429, 503}


class Client(threading.Thread):
    def __init__(self, port, until, hostile, number):
        super().__init__(daemon=True)
        self.port, self.until, self.hostile, self.place = port, until, hostile, number * 7
        self.times, self.statuses, self.problems, self.slowest = [], {}, [], []

    def run(self):
        connection = None
        while time.monotonic() < self.until:
            self.place += 1
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                start = time.monotonic()
                if self.hostile:
                    body = json.dumps(REQUESTS[self.place % len(REQUESTS)])
                    connection.request("POST", "/v1/search", body, {"Content-Type": "application/json"})
                else:
                    query = urllib.parse.quote(GOOD[self.place % len(GOOD)])
                    connection.request("GET", f"/v1/search?q={query}")
                reply = connection.getresponse()
                data = reply.read()
                self.times.append(time.monotonic() - start)
                self.statuses[reply.status] = self.statuses.get(reply.status, 0) + 1
                timing = re.search(r"dur=([0-9.]+)", reply.headers.get("Server-Timing", ""))
                if timing and self.hostile:
                    self.slowest.append((float(timing[1]), len(data), body[:80]))
                    self.slowest = sorted(self.slowest, reverse=True)[:SLOWEST]
                if reply.status not in ALLOWED or not self.hostile and reply.status not in (200, 503):
                    self.problems.append((reply.status, data[:200]))
                if reply.headers.get("Connection") == "close":
                    connection = None
                if not self.hostile:
                    time.sleep(0.05)
            except (OSError, http.client.HTTPException) as error:
                connection = None
                self.problems.append(("connection", repr(error), REQUESTS[self.place % len(REQUESTS)]["q"][:40]))


class Nothing:
    """A server that does nothing: whatever it is asked, it sends the same answer, of the length of a page of hits."""

    FIELDS = "".join(f"X-Field-{number}: as long as most\r\n" for number in range(8))
    ANSWER = f"HTTP/1.1 200 OK\r\n{FIELDS}Content-Type: application/json\r\nContent-Length: 6000\r\n\r\n".encode() + b"x" * 6_000

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.process = multiprocessing.Process(target=self._serve, daemon=True)
        self.process.start()

    def _serve(self):
        while True:
            threading.Thread(target=self._answer, args=(self.listener.accept()[0],), daemon=True).start()

    @staticmethod
    def _answer(connection):
        asked = b""
        while True:
            piece = connection.recv(4_096)
            if not piece:
                return
            asked += piece
            if asked.endswith(b"\r\n\r\n"):
                asked = b""
                connection.sendall(Nothing.ANSWER)


class MemoryLimit:
    """A control group in which a process is started."""

    def __init__(self, megabytes):
        self.place = Path(f"/sys/fs/cgroup/memory/dossier-hostile-{os.getpid()}")
        self.prefix = ()
        if not megabytes:
            return
        try:
            self.place.mkdir()
            (self.place / "memory.limit_in_bytes").write_text(str(megabytes << 20))
            self.prefix = ("/bin/sh", "-c", f'echo $$ > {self.place}/cgroup.procs && exec "$@"', "sh")
        except OSError as error:
            print(f"skipped: the limit of {megabytes} MB: {error}")

    def kills(self):
        """Processes that were ended for want of memory; says what was used."""
        if not self.prefix:
            return 0
        kills = int(re.search(r"oom_kill (\d+)", (self.place / "memory.oom_control").read_text())[1])
        most = int((self.place / "memory.max_usage_in_bytes").read_text()) >> 20
        asked = int((self.place / "memory.failcnt").read_text())
        limit = int((self.place / "memory.limit_in_bytes").read_text()) >> 20
        print(f"under a limit of {limit} MB: at most {most} MB, pages of files among them, which were given back "
              f"{asked} times; ended for want of memory: {kills}")
        return kills

    def remove(self):
        if self.prefix:
            self.place.rmdir()


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1_000 if times else 0


class Group:
    """What a group of clients in one process has seen. Each good one has a process of its own: with others in it, it would wait
    for their interpreter (which changes threads every 5 ms), not for the server."""

    def __init__(self, port, seconds, kind, count, first=0):
        self.parent, child = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=Group._run, args=(child, port, seconds, kind, count, first))
        self.process.start()
        child.close()

    @staticmethod
    def _run(pipe, port, seconds, kind, count, first):
        until = time.monotonic() + seconds
        clients = [Client(port, until, kind == "hostile", first + number) for number in range(count)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        pipe.send([(client.times, client.statuses, client.problems, client.slowest) for client in clients])

    def results(self):
        found = [Result(*values) for values in self.parent.recv()]
        self.process.join()
        return found


class Result:
    def __init__(self, times, statuses, problems, slowest):
        self.times, self.statuses, self.problems, self.slowest = times, statuses, problems, slowest


def run(server, seconds, hostile, good):
    """What hostile clients have seen, good ones, and as many of a server that does nothing; the server's most memory."""
    nothing = Nothing()
    groups = [Group(server.port, seconds, "hostile", hostile)]
    groups += [Group(port, seconds, "good", 1, number) for port in (server.port, nothing.port) for number in range(good)]
    peak = 0
    while any(group.process.is_alive() and not group.parent.poll() for group in groups):
        if server.is_running():
            peak = max(peak, server.memory())
        time.sleep(0.2)
    found = [result for group in groups for result in group.results()]
    nothing.process.terminate()
    return found[:hostile], found[hostile:hostile + good], found[hostile + good:], peak


def told(name, idle, beside, hostile):
    """A line of what clients waited; how often their 99th percentile beside hostile ones is that of an idle server."""
    idle, beside = ([time for client in clients for time in client.times] for clients in (idle, beside))
    ratio = percentile(beside, .99) / percentile(idle, .99)
    print(f"{name}: idle median {percentile(idle, .5):.1f} ms, 99th {percentile(idle, .99):.2f} ms; beside {hostile} hostile ones "
          f"median {percentile(beside, .5):.1f} ms, 99th {percentile(beside, .99):.2f} ms, {ratio:.2f} times")


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    print(f"{len(REQUESTS)} hostile requests")
    failed = []
    limit = MemoryLimit(int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    with Server("--rate", "0", "--quiet", prefix=limit.prefix) as server:
        server.get("/v1/search?q=lead")
        # Each alone: how long it takes by itself.
        alone = []
        for request in REQUESTS:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            connection.request("POST", "/v1/search", json.dumps(request), {"Content-Type": "application/json"})
            reply = connection.getresponse()
            reply.read()
            timing = re.search(r"dur=([0-9.]+)", reply.headers.get("Server-Timing", ""))
            alone.append((float(timing[1]) if timing else 0, reply.status, request["q"][:50], request.get("limit", 10)))
        alone.sort(reverse=True)
        print("slowest alone:", *(f"{ms:.0f} ms {status} {query!r} limit {limit}" for ms, status, query, limit in alone[:6]), sep="\n  ")
        if alone[0][0] > DEADLINE + 50:
            failed.append("a deadline was passed by more than 50 ms")
        # What good clients ask is known before the first of them: a question asked for the first time is another matter.
        for query in GOOD:
            server.get("/v1/search?q=" + urllib.parse.quote(query))
        _, idle, idle_nothing, _ = run(server, min(60, seconds), 0, 4)
        hostile, good, nothing, peak = run(server, seconds, count, 4)
        statuses = {}
        for client in hostile + good:
            for status, number in client.statuses.items():
                statuses[status] = statuses.get(status, 0) + number
        problems = [problem for client in hostile + good for problem in client.problems]
        slowest = sorted((answer for client in hostile for answer in client.slowest), reverse=True)[:SLOWEST]
        told("good clients", idle, good, count)
        told("those of a server that does nothing, at the same time", idle_nothing, nothing, count)
        print(f"statuses {statuses}")
        print("slowest hostile answers, of the server's time:",
              *(f"{ms:.0f} ms, {length:,} bytes: {text!r}" for ms, length, text in slowest), sep="\n  ")
        print(f"anonymous memory at most {peak:.0f} MB; problems {len(problems)} {problems[:3]}")
        if problems:
            failed.append("answers that should not be")
        if not server.is_running():
            failed.append("the server ended")
        if limit.kills():
            failed.append("more memory than it may have")
    limit.remove()
    if failed:
        raise SystemExit("; ".join(failed))


main()
