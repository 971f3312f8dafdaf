/// The script of the page: type-ahead, narrowing and paging without a reload, keys, steps from match to match, copying.
/// Nothing needs it.
enum PageScript {
  static let text: StaticString = #"""
    "use strict";
    (() => {
      const $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
      const narrow = matchMedia("(max-width: 48rem)");
      let fold, marks, at, hits, hit;
      narrow.addEventListener("change", () => { if (fold) fold.open = !narrow.matches; });

      // Type-ahead: a list under the box, by kind.
      const box = $("#q"), form = box && box.form;
      let list, chosen = -1, found = [], timer, asked = "";
      const close = () => { if (list) list.hidden = true; chosen = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
      const mark = i => {
        chosen = i;
        [...list.children].forEach((li, n) => li.setAttribute("aria-selected", n === i));
        if (i >= 0) { box.setAttribute("aria-activedescendant", "s" + i); list.children[i].scrollIntoView({block: "nearest"}); }
        else box.removeAttribute("aria-activedescendant");
      };
      const go = s => {
        const kept = new URLSearchParams(), here = new URLSearchParams(location.search);
        for (const name of ["lang", "collection"]) if (here.has(name)) kept.set(name, here.get(name));
        const tail = kept.size ? "?" + kept : "";
        if (s.id && s.kind === "enterprise") location.href = "/enterprises/" + encodeURIComponent(s.id) + tail;
        else if (s.id && s.kind === "directive") location.href = "/directives/" + encodeURIComponent(s.id) + tail;
        else { box.value = s.query; form.submit(); }
      };
      const show = items => {
        found = items;
        if (!items.length) return close();
        list.replaceChildren(...items.map((s, i) => {
          const li = document.createElement("li");
          li.id = "s" + i; li.setAttribute("role", "option"); li.setAttribute("aria-selected", "false");
          for (const [name, text] of [["of", s.kind], ["text", s.text], ["count", s.count]]) {
            const span = document.createElement("span");
            span.className = name; span.textContent = text; li.append(span);
          }
          li.addEventListener("mousedown", e => { e.preventDefault(); go(s); });
          return li;
        }));
        list.hidden = false; chosen = -1; box.setAttribute("aria-expanded", "true");
      };
      const ask = async () => {
        const text = box.value.trim();
        if (text === asked) return;
        asked = text;
        if (text.length < 2) return close();
        try {
          const address = new URL(box.dataset.suggest, location.href);
          address.searchParams.set("prefix", text);
          const answer = await fetch(address, {headers: {accept: "application/json"}});
          if (answer.ok && box.value.trim() === text) show((await answer.json()).suggestions || []);
        } catch { close(); }
      };
      if (box) {
        list = document.createElement("ul");
        list.className = "suggest"; list.id = "suggestions"; list.hidden = true;
        list.setAttribute("role", "listbox"); list.setAttribute("aria-label", box.labels[0].textContent);
        form.append(list);
        for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "suggestions"], ["aria-expanded", "false"]]) box.setAttribute(name, value);
        box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
        box.addEventListener("blur", close);
        box.addEventListener("keydown", e => {
          if (list.hidden) { if (e.key === "Escape") { box.blur(); e.preventDefault(); } return; }
          const n = found.length;
          if (e.key === "ArrowDown") { mark(chosen + 1 < n ? chosen + 1 : -1); e.preventDefault(); }
          else if (e.key === "ArrowUp") { mark(chosen < 0 ? n - 1 : chosen - 1); e.preventDefault(); }
          else if (e.key === "Escape") { close(); e.preventDefault(); }
          else if (e.key === "Enter" && chosen >= 0) { go(found[chosen]); e.preventDefault(); }
        });
      }

      // Steps from match to match.
      const step = by => {
        if (!marks.length) return;
        if (at >= 0) marks[at].classList.remove("current");
        at = (at + by + marks.length) % marks.length;
        marks[at].classList.add("current");
        marks[at].scrollIntoView({block: "center"});
      };

      // What stands in the main part, when it has come.
      const ready = () => {
        fold = $(".fold"); marks = $$(".para mark"); hits = $$(".hits > .hit, tr.hit"); at = hit = -1;
        if (fold && narrow.matches) fold.open = false;
        for (const e of $$(".steps")) e.hidden = false;
        for (const b of $$("[data-step]")) b.addEventListener("click", () => step(at < 0 && b.dataset.step < 0 ? 0 : +b.dataset.step));
        // Copying a citation.
        if (navigator.clipboard) for (const b of $$("[data-copy]")) {
          b.hidden = false;
          b.addEventListener("click", async () => {
            await navigator.clipboard.writeText($("#" + b.dataset.copy).value);
            b.textContent += " ✓"; setTimeout(() => { b.textContent = b.textContent.replace(" ✓", ""); }, 1500);
          });
        }
      };
      ready();

      // Narrowing and paging without a reload: the same address is fetched, and its main part shown.
      const said = document.createElement("p");
      said.className = "hidden"; said.setAttribute("role", "status"); document.body.append(said);
      const where = () => location.pathname + location.search;
      let shown = where(), going;
      const swap = async (address, y, from) => {
        if (going) going.abort();
        const now = going = new AbortController();
        const main = $("main");
        main.setAttribute("aria-busy", "true");
        try {
          const answer = await fetch(address, {headers: {accept: "text/html"}, signal: now.signal});
          if (!/^text\/html/.test(answer.headers.get("content-type"))) throw 0;
          const next = new DOMParser().parseFromString(await answer.text(), "text/html");
          if (now.signal.aborted) return;
          const open = $$(".more[open]").map(d => d.dataset.of), wide = fold && fold.open;
          const parent = from && from.closest(".left, .readas, .right"), label = from && from.textContent;
          if (y === null) {
            history.replaceState({y: scrollY}, "");
            history.pushState({}, "", answer.url);
          }
          shown = where();
          document.title = next.title;
          document.body.className = next.body.className;
          for (const s of ["main", ".places", ".foot", ".tongue", ".ask input[type=hidden]"]) {
            const news = $$(s, next).map(e => document.adoptNode(e)), olds = $$(s);
            if (news.length && olds.length) olds[0].before(...news);
            else if (news.length) form.append(...news);
            for (const e of olds) e.remove();
          }
          if (box) { box.value = asked = $("#q", next).value; close(); }
          ready();
          if (fold && wide !== undefined) fold.open = wide;
          for (const d of $$(".more")) if (open.includes(d.dataset.of)) d.open = true;
          const same = parent && $$("." + parent.classList[0] + " a").find(a => a.textContent === label);
          (same || $("main")).focus({preventScroll: true});
          scrollTo(0, y !== null ? y : from && from.closest(".pages") ? 0 : Math.min(scrollY, 200));
          const total = $(".total");
          if (total) { total.removeAttribute("role"); said.textContent = total.textContent; }
          else said.textContent = document.title;
        } catch {
          if (!now.signal.aborted) { if (y === null) location.href = address; else location.reload(); }
        }
      };
      document.addEventListener("click", e => {
        const a = e.target.closest("main a[href]");
        if (!a || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
        if (!document.body.classList.contains("search") || a.origin !== location.origin || a.pathname !== location.pathname || a.hash || a.search === location.search) return;
        if (/[?&]format=/.test(a.search)) return;
        e.preventDefault();
        swap(a.href, null, a);
      });
      document.addEventListener("submit", e => {
        if (!e.target.matches("main form.span")) return;
        e.preventDefault();
        swap(e.target.action.split("?")[0] + "?" + new URLSearchParams(new FormData(e.target)), null, null);
      });
      addEventListener("popstate", e => { if (where() !== shown) swap(location.href, (e.state && e.state.y) || 0, null); });

      // Keys.
      const move = by => {
        if (!hits.length) return;
        if (hit >= 0) hits[hit].classList.remove("current");
        hit = Math.max(0, Math.min(hits.length - 1, hit + by));
        hits[hit].classList.add("current");
        const link = $("h2 a, th a", hits[hit]);
        if (link) link.focus({preventScroll: true});
        hits[hit].scrollIntoView({block: "nearest"});
      };
      document.addEventListener("keydown", e => {
        if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
        const act = {
          "/": () => { box.focus(); box.select(); }, j: () => move(1), k: () => move(-1),
          f: () => { if (fold) { fold.open = true; const a = $(".values a", fold); if (a) a.focus(); } },
          t: () => { const t = $("#timeline"); if (t) { t.scrollIntoView(); const a = $(".drawing a", t); if (a) a.focus({preventScroll: true}); } },
          n: () => step(1), p: () => step(-1), "?": () => { location.href = "/help" + (location.search.match(/[?&](lang=\w+)/) || ["", ""])[1].replace(/^(?=.)/, "?") + "#keys"; }
        }[e.key];
        if (act) { act(); e.preventDefault(); }
      });
    })();
    """#
}
