"""slowhttptest in its three modes against a server, and a good client beside it. Called by slow.sh."""

import subprocess
import sys
import threading
import time

from server import Server

MODES = [("heads", ["-H"]), ("bodies", ["-B"]), ("readers", ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"])]


def main():
    count = sys.argv[1] if len(sys.argv) > 1 else "1000"
    seconds = sys.argv[2] if len(sys.argv) > 2 else "30"
    worst = 0
    with Server("--rate", "0", "--quiet", "--per-address", "20000") as server:
        server.get("/v1/search?q=lead")
        for name, flags in MODES:
            path = "/v1/search?q=lead&limit=1000" if name == "readers" else "/v1/search"
            target = server.url(path)
            process = subprocess.Popen(
                ["slowhttptest", "-c", count, *flags, "-i", "2", "-r", "500", "-t",
                 "POST" if name == "bodies" else "GET", "-u", target, "-l", seconds, "-p", "3",
                 *(["-f", "application/json"] if name == "bodies" else [])],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times = []
            while process.poll() is None:
                start = time.monotonic()
                server.get("/v1/search?q=lead+coating")
                times.append(time.monotonic() - start)
                time.sleep(0.05)
            time.sleep(2)
            print(f"slow {name}, {count} connections, {seconds} s: a good client's median "
                  f"{sorted(times)[len(times) // 2] * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms over {len(times)}")
            worst = max(worst, max(times))
        if not server.is_running():
            raise SystemExit("the server ended")
    if worst >= 0.1:
        raise SystemExit("a good client waited 100 ms or longer")


main()
