"""wrk over a mix of queries. Called by load.sh. load.py [SECONDS] [CONNECTIONS]; DOSSIER_QUERIES names a file, a query a line."""

import os
import subprocess
import sys
import tempfile
import urllib.parse

from server import Server

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


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "20"
    connections = sys.argv[2] if len(sys.argv) > 2 else "16"
    with Server("--rate", "0", "--quiet") as server, tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/paths", "w") as file:
            file.writelines(f"/v1/search?q={urllib.parse.quote(query)}\n" for query in queries())
        with open(f"{folder}/mix.lua", "w") as file:
            file.write(LUA)
        for round_seconds in ("3", seconds):
            result = subprocess.run(
                ["wrk", "-t", "1", "-c", connections, "-d", round_seconds, "-s", f"{folder}/mix.lua", server.url("/")],
                env={**os.environ, "DOSSIER_PATHS": f"{folder}/paths"}, capture_output=True, text=True, check=True)
        print(result.stdout.strip().splitlines()[-1])
        print(f"anonymous memory {server.memory():.0f} MB")


main()
