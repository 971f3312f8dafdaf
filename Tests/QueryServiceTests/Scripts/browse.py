"""Uses the page as people do, in a headless Chromium: python3 browse.py.

Claims: the keys (/, j, k, Enter, Escape, f, t, ?) do what the help says; facets and pages come without a reload, with the
address, the count said, Back and Forward; from the start page to an event of a history by keys alone; nothing scrolls sideways at 360 pixels; all of it works without script; an error is a page with the query still in the box;
nothing on the console, no request elsewhere. Ends with 1 when one does not hold; where Chromium or playwright is missing it
says so and ends with 0.
"""

import os
import shutil
import sys
import time

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    print("skipped: playwright is not installed for python3")
    sys.exit(0)

from server import Server

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
faults = []


def claim(name, holds, seen=""):
    if not holds:
        faults.append(name)
        print(f"FAULT {name} {seen}")


def active(page):
    return page.evaluate("[document.activeElement.tagName, document.activeElement.id, document.activeElement.textContent.slice(0, 60)]")


def keys(page, server):
    page.goto(server.url("/?q=lead+coating"))
    page.keyboard.press("j")
    claim("j goes to the first hit", page.locator(".hit.current").count() == 1 and page.locator("#h1.current").count() == 1)
    page.keyboard.press("j")
    claim("j goes on", page.locator("#h2.current").count() == 1)
    page.keyboard.press("k")
    claim("k goes back", page.locator("#h1.current").count() == 1)
    target = page.locator("#h1 h2 a").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + target.split("?")[0] + "*")
    claim("Enter opens the hit", target.split("?")[0] in page.url, page.url)
    page.go_back()
    page.keyboard.press("/")
    claim("/ goes to the box", active(page)[1] == "q", active(page))
    page.keyboard.type("j")
    claim("letters in the box are text", page.input_value("#q") == "j" and page.locator(".hit.current").count() == 0)
    page.fill("#q", "")
    page.keyboard.type("hongda")
    page.wait_for_selector("#suggestions li")
    page.keyboard.press("ArrowDown")
    claim("the arrow chooses a suggestion", page.locator("#suggestions li[aria-selected=true]").count() == 1)
    page.keyboard.press("Escape")
    claim("Escape closes the suggestions", page.locator("#suggestions").is_hidden()
          and page.get_attribute("#q", "aria-expanded") == "false")
    page.keyboard.press("Escape")
    claim("Escape again leaves the box", active(page)[1] != "q", active(page))
    page.keyboard.press("f")
    claim("f goes to the facets", page.evaluate("!!document.activeElement.closest('.values')"), active(page))
    page.keyboard.press("?")
    page.wait_for_url("**/help*")
    claim("? shows the keys", page.url.endswith("#keys"), page.url)


def swaps(page, server):
    page.goto(server.url("/?q=lead"))
    page.evaluate("window.same = true")
    first = page.locator(".total").inner_text()
    link = page.locator("#facets .values a").first
    link.click()
    page.wait_for_function("t => document.querySelector('.total').innerText !== t", arg=first)
    second, address = page.locator(".total").inner_text(), page.url
    claim("a facet comes without a reload", page.evaluate("window.same === true"))
    claim("the address has the clause", ":" in address, address)
    claim("the box has the clause", ":" in page.input_value("#q"), page.input_value("#q"))
    claim("the count is said once", page.locator("body > p[role=status]").inner_text() == second
          and page.locator("[role=status]").count() == 1)
    claim("the focus is on the page", active(page)[0] in ("A", "MAIN"), active(page))
    claim("the answer is that of the address", second == page_text(page.context, address))
    page.go_back()
    page.wait_for_function("t => document.querySelector('.total').innerText === t", arg=first)
    claim("Back brings the earlier answer", page.input_value("#q") == "lead" and page.evaluate("window.same === true"))
    page.go_forward()
    page.wait_for_function("t => document.querySelector('.total').innerText === t", arg=second)
    claim("Forward brings the later one", page.url == address)
    page.goto(server.url("/?q=lead"))
    page.evaluate("window.same = true")
    title = page.locator("#h1 h2").inner_text()
    page.locator("a[rel=next]").click()
    page.wait_for_function("t => document.querySelector('#h1 h2').innerText !== t", arg=title)
    claim("the next page comes without a reload, from its top",
          page.evaluate("window.same === true") and page.evaluate("scrollY") == 0)
    page.keyboard.press("j")
    claim("keys know the new hits", page.locator("#h1.current").count() == 1)
    page.go_back()
    page.wait_for_function("t => document.querySelector('#h1 h2').innerText === t", arg=title)
    page.locator("#since").fill("2007-03")
    page.locator("form.span button").click()
    page.wait_for_function("() => document.querySelector('#q').value.includes('since:2007-03')")
    claim("dates come without a reload", page.evaluate("window.same === true"), page.url)
    # The way away from the view is a reload, and Back from there shows the last answer.
    address = page.url
    page.locator("#h1 h2 a").click()
    page.wait_for_url("**/records/**")
    page.go_back()
    page.wait_for_selector("#h1")
    claim("Back from a record", page.url == address, page.url)


def journey(page, server):
    """From the start page to an event of an enterprise's history, and nothing but keys."""
    page.goto(server.url("/"))
    page.keyboard.press("Tab")
    claim("the first stop skips to the content", "skip" in page.evaluate("document.activeElement.className")
          and page.evaluate("document.activeElement.getBoundingClientRect().left >= 0"))
    for _ in range(4):
        if active(page)[1] == "q":
            break
        page.keyboard.press("Tab")
    claim("the box is among the first stops", active(page)[1] == "q", active(page))
    page.keyboard.type("lead coating")
    # What is suggested meanwhile is not taken unless it is chosen.
    page.keyboard.press("Enter")
    page.wait_for_url("**q=lead**")
    before = page.locator(".total").inner_text()
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    page.wait_for_function("t => document.querySelector('.total').innerText !== t", arg=before)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/**")
    stops = 0
    while active(page)[2] != "history" and stops < 40:
        page.keyboard.press("Tab")
        stops += 1
        claim("every stop is seen", page.evaluate(
            "(e => { const s = getComputedStyle(e), r = e.getBoundingClientRect();"
            " return s.outlineStyle !== 'none' && r.width > 0 && r.right > 0; })(document.activeElement)"), active(page))
    claim("the history is a stop", active(page)[2] == "history", active(page))
    page.keyboard.press("Enter")
    page.wait_for_url("**/enterprises/**")
    page.keyboard.press("t")
    claim("t goes to the timeline", page.evaluate("!!document.activeElement.closest('.drawing')"), active(page))
    page.keyboard.press("Enter")
    claim("a cell leads to its event", page.evaluate("!!location.hash && document.querySelector(':target') !== null"), page.url)


def narrow(page, server):
    """The same at 360 pixels: nothing scrolls sideways, and what was folded opens."""
    page.set_viewport_size({"width": 360, "height": 800})
    for address in ["/enterprises/4419-0004", "/duties", "/trace?q=plush+toy", "/pivot?a=category&b=province", "/?q=lead"]:
        page.goto(server.url(address))
        width = page.evaluate("document.documentElement.scrollWidth")
        claim("no sideways scroll at 360 px", width <= 360, (address, width))
    claim("facets are folded", not page.locator("#facets .values").first.is_visible())
    page.locator("#facets summary").first.click()
    claim("facets open", page.locator("#facets .values").first.is_visible())
    page.set_viewport_size({"width": 1280, "height": 900})


def page_text(context, address):
    other = context.new_page()
    other.goto(address)
    text = other.locator(".total").inner_text()
    other.close()
    return text


def errors(page, server):
    reply = page.goto(server.url("/?q=lead+since:2007-13&lang=zh"))
    claim("a wrong question is 400", reply.status == 400)
    claim("the box keeps it", page.input_value("#q") == "lead since:2007-13")
    claim("it is said in Chinese", "第 13 月" in page.locator("main").inner_text(), page.locator("main").inner_text())
    reply = page.goto(server.url("/nothing/here?lang=en"))
    claim("what is not there is 404, and a page", reply.status == 404 and page.locator("h1").count() == 1)
    claim("it names the request", reply.headers["x-request-id"] in page.locator("main").inner_text())


def plain(context, server):
    page = context.new_page()
    page.goto(server.url("/?q=lead"))
    page.locator("#facets .values a").first.click()
    claim("facets without script", ":" in page.input_value("#q"), page.url)
    page.goto(server.url("/?q=lead"))
    page.locator("a[rel=next]").click()
    claim("pages without script", "cursor=" in page.url and page.locator("#h1").count() == 1)
    page.fill("#q", "formaldehyde")
    page.locator(".ask button").click()
    claim("the box without script", "formaldehyde" in page.url and page.locator("#h1").count() == 1)


def main():
    if not CHROMIUM:
        print("skipped: chromium is not installed")
        return 0
    began = time.monotonic()
    with Server() as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        page = context.new_page()
        said, elsewhere = [], []
        page.on("console", lambda message: said.append(message.text) if message.type == "error"
                and "status of 40" not in message.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(server.url("/")) else elsewhere.append(request.url))
        for part in (keys, swaps, journey, narrow, errors):
            part(page, server)
        claim("nothing on the console", not said, said)
        claim("no request elsewhere", not elsewhere, elsewhere)
        plain(browser.new_context(java_script_enabled=False), server)
        browser.close()
    print(f"{len(faults)} faults, {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


sys.exit(main())
