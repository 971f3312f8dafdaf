"""slowhttptest in its three modes against a server, and a good client beside it. Called by slow.sh."""

import socket
import subprocess
import sys
import threading
import time

from server import Server

MODES = [("heads", ["-H"]), ("bodies", ["-B"]), ("readers", ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"])]


HEAD = b"Host: 127.0.0.1\r\n"
# What is sent at first, what follows ten times a second (None: nothing, and nothing is read), and the seconds within which
# the connection has to end: the server's patience and one more, as Limits has it.
CUTS = {
    "a head that never ends": (b"GET / HT", b"x", 11),
    "a body of 10 bytes a second": (
        b"POST /v1/search HTTP/1.1\r\n" + HEAD + b"Content-Type: application/json\r\nContent-Length: 500000\r\n\r\n", b" ", 61),
    # More than the system's own buffers take.
    "a reader that never reads": ((b"GET /v1/export?q=*&format=jsonl HTTP/1.1\r\n" + HEAD + b"\r\n") * 20, None, 12),
    "a connection that says no more": (b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n", b"", 61),
}


def is_open(client, port):
    """Whether the server still holds the other end: a reader that reads nothing is not told."""
    ends = (f":{port:04X}", f":{client.getsockname()[1]:04X}")
    with open("/proc/net/tcp") as lines:
        states = [line.split()[3] for line in lines if line.split()[1].endswith(ends[0]) and line.split()[2].endswith(ends[1])]
    return states == ["01"]


def cut(port, first, drip, patience):
    """Seconds until the server ends the connection; None when it has not within twice its patience."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.settimeout(0.1)
        began = time.monotonic()
        client.sendall(first)
        while time.monotonic() - began < patience * 2:
            try:
                if drip is None:
                    time.sleep(0.1)
                    if not is_open(client, port):
                        return time.monotonic() - began
                elif client.recv(4096) == b"":
                    return time.monotonic() - began
            except TimeoutError:
                try:
                    client.sendall(drip)
                except OSError:
                    return time.monotonic() - began
            except OSError:
                return time.monotonic() - began
    return None


def cuts(server):
    """Whether slow connections are cut on time, one of each kind, all at a time."""
    seen = {}
    threads = [threading.Thread(target=lambda name=name, what=what: seen.update({name: cut(server.port, *what)}))
               for name, what in CUTS.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, taken in seen.items():
        print(f"{name}: " + ("still open" if taken is None else f"cut after {taken:.1f} s") + f" ({CUTS[name][2]} allowed)")
    return all(taken is not None and taken <= CUTS[name][2] for name, taken in seen.items())


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
        on_time = cuts(server)
        if not server.is_running():
            raise SystemExit("the server ended")
    if not on_time:
        raise SystemExit("a slow connection was not cut on time")
    if worst >= 0.1:
        raise SystemExit("a good client waited 100 ms or longer")


main()
