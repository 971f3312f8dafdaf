"""Looks at the page in a real browser: python3 look.py DIRECTORY, which holds the views as files.

Served by a small server of its own, with the policy that the service sends. Rules (after those of axe): contrast of text at
least 4.5 to 1 in light and dark, no horizontal scroll at 320 px and at twice the size, of no table or drawing either, targets that can be hit, no two
elements of one id, every field with a name, one h1, nothing on the console. Prints each fault; ends with 1 when there is one.
"""

import functools
import glob
import http.server
import os
import sys
import threading

from playwright.sync_api import sync_playwright

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; frame-ancestors 'none'")

RULES = r"""
() => {
  const faults = [];
  const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
  const shown = e => { const r = e.getBoundingClientRect(); const s = getComputedStyle(e); return r.width > 1 && r.height > 1 && s.visibility !== "hidden" && s.clipPath === "none"; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, e = node.parentElement;
    if (!node.data.trim() || !e || e.closest("script, .skip, .hidden, option") || !shown(e)) continue;
    const s = getComputedStyle(e);
    const svg = e.closest("svg");
    const a = light(parse(svg ? s.fill : s.color).slice(0, 3)), b = light(ground(svg ? svg.parentElement : e).slice(0, 3));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${node.data.trim().slice(0, 40)} <${e.tagName} ${e.className}>`);
    const size = parseFloat(s.fontSize);
    if (size < 9.9) faults.push(`text of ${size}px: ${node.data.trim().slice(0, 40)}`);
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  for (const f of document.querySelectorAll("input:not([type=hidden]), select, textarea")) if (!f.labels.length && !f.getAttribute("aria-label")) faults.push("a field without a label");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push("the id twice: " + id);
  if (document.documentElement.scrollWidth > innerWidth) {
    faults.push(`horizontal scroll: ${document.documentElement.scrollWidth} in ${innerWidth}`);
    for (const e of document.querySelectorAll("main *")) {
      if (e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wide")) { faults.push(`  by <${e.tagName} ${e.className}>`); break; }
    }
  }
  for (const e of document.querySelectorAll(".wide, .drawing")) {
    if (e.scrollWidth > e.clientWidth + 1) faults.push(`a table or drawing scrolls sideways: ${e.scrollWidth} in ${e.clientWidth}`);
  }
  for (const e of document.querySelectorAll(".chart")) {
    const r = e.getBoundingClientRect();
    if (r.left < -1 || r.right > innerWidth + 1) faults.push(`a drawing is cut: ${Math.round(r.right)} in ${innerWidth}`);
  }
  for (const e of document.querySelectorAll("button, .remove")) {
    const r = e.getBoundingClientRect();
    if (shown(e) && (r.width < 16 || r.height < 16)) faults.push(`a target of ${Math.round(r.width)} by ${Math.round(r.height)}: ${e.className || e.textContent}`);
  }
  return faults;
}
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments):
        pass


# Milliseconds: what a page takes beside tests under a sanitizer on a busy machine is no fault of the page.
PATIENCE = 600_000


def main():
    directory = sys.argv[1]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=directory))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    bad = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"], timeout=PATIENCE)
        for scheme, width, scale in [("light", 1280, 1), ("dark", 1280, 1), ("light", 320, 1), ("dark", 640, 2)]:
            # Twice the size is half the width: that is how browsers enlarge.
            context = browser.new_context(
                viewport={"width": width // scale, "height": 800}, device_scale_factor=scale, color_scheme=scheme)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            said = []
            page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            for name in sorted(glob.glob(directory + "/*.html")):
                said.clear()
                page.goto(f"http://127.0.0.1:{server.server_address[1]}/{os.path.basename(name)}")
                faults = page.evaluate(RULES) + said
                for fault in faults[:6]:
                    print(os.path.basename(name), scheme, width, scale, fault)
                bad += len(faults)
            context.close()
        browser.close()
    print(f"{bad} faults")
    sys.exit(1 if bad else 0)


main()
