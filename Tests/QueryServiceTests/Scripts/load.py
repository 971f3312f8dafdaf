"""wrk over a mix of queries, alone and while records come in. Called by load.sh.

load.py [SECONDS] [CONNECTIONS]; DOSSIER_QUERIES names a file, a query a line; DOSSIER_INDEX an index. While records come in,
the sample collection is written under other ids to a copy of the index, a commit every 200 records, and merged.
"""

import os
import subprocess
import shutil
import sys
import tempfile
import threading
import urllib.parse
from pathlib import Path

from server import ROOT, Server, program

WORDS = ("lead coating paint toys furniture formaldehyde board plush bear motor charger lamp wire food additive paper toy car "
         "seal fine rectify inspection licence quality file sample limit emission 甲醛 家具 玩具 铅 涂层 质量 档案").split()

LUA = """
local lines = {}
for line in io.lines(os.getenv("DOSSIER_PATHS")) do lines[#lines + 1] = line end
local place = math.random(#lines)
request = function()
  place = place % #lines + 1
  return wrk.format("GET", lines[place])
end
local threads = {}
done = function(summary, latency, requests)
  io.write(string.format("requests/s %.0f  p50 %.2f ms  p90 %.2f ms  p99 %.2f ms  not 2xx/3xx %d\\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(90) / 1e3,
    latency:percentile(99) / 1e3, summary.errors.status))
end
"""


def queries():
    named = os.environ.get("DOSSIER_QUERIES")
    if named:
        with open(named, encoding="utf-8") as file:
            return [line.strip() for line in file if line.strip()]
    made = []
    for number in range(1_000):
        first, second = WORDS[number % len(WORDS)], WORDS[(number * 7 + number // 37) % len(WORDS)]
        made.append(first if number % 3 == 0 else f'"{first} {second}"' if number % 10 == 1 else f"{first} {second}")
    return made


def measure(server, folder, connections, seconds):
    result = subprocess.run(
        ["wrk", "-t", "1", "-c", connections, "-d", seconds, "-s", f"{folder}/mix.lua", server.url("/")],
        env={**os.environ, "DOSSIER_PATHS": f"{folder}/paths"}, capture_output=True, text=True, check=True)
    return result.stdout.strip().splitlines()[-1]


def write(index, stop):
    """Writes records until it is told to stop: indexing and merging by turns."""
    text = (ROOT / "seeds/enterprises.jsonl").read_text()
    number = 0
    while not stop.exists():
        number += 1
        lines = text.replace('"id":"', f'"id":"copy{number}-')
        subprocess.run([program(), "index", "-", "--kind", "enterprise", "--commit-every", "200", "--index", index],
                       input=lines, text=True, capture_output=True)
        subprocess.run([program(), "merge", "--full", "--index", index], capture_output=True)
    return number


def write_mix(folder):
    with open(f"{folder}/paths", "w") as file:
        file.writelines(f"/v1/search?q={urllib.parse.quote(query)}\n" for query in queries())
    with open(f"{folder}/mix.lua", "w") as file:
        file.write(LUA)


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "20"
    connections = sys.argv[2] if len(sys.argv) > 2 else "16"
    with tempfile.TemporaryDirectory() as folder:
        write_mix(folder)
        named = os.environ.get("DOSSIER_INDEX")
        if named:
            # What is written to is a copy.
            shutil.copytree(named, f"{folder}/index")
            os.environ["DOSSIER_INDEX"] = f"{folder}/index"
        with Server("--rate", "0", "--quiet") as server:
            measure(server, folder, connections, "3")
            print("alone:", measure(server, folder, connections, seconds))
            stop = Path(folder) / "stop"
            writer = threading.Thread(target=write, args=(server.index, stop))
            writer.start()
            print("while records come in and are merged:", measure(server, folder, connections, seconds))
            stop.touch()
            writer.join()
            print(f"anonymous memory {server.memory():.0f} MB")


if __name__ == "__main__":
    main()
