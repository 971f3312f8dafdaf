/// The script of the page: type-ahead, keys, steps from match to match, copying. Nothing needs it.
enum PageScript {
  static let text: StaticString = #"""
    "use strict";
    (() => {
      const $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
      const narrow = matchMedia("(max-width: 48rem)");
      const fold = $(".fold");
      if (fold && narrow.matches) fold.open = false;
      if (fold) narrow.addEventListener("change", () => { fold.open = !narrow.matches; });

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
          if (list.hidden) return;
          const n = found.length;
          if (e.key === "ArrowDown") { mark(chosen + 1 < n ? chosen + 1 : -1); e.preventDefault(); }
          else if (e.key === "ArrowUp") { mark(chosen < 0 ? n - 1 : chosen - 1); e.preventDefault(); }
          else if (e.key === "Escape") { close(); e.preventDefault(); }
          else if (e.key === "Enter" && chosen >= 0) { go(found[chosen]); e.preventDefault(); }
        });
      }

      // Steps from match to match.
      const marks = $$(".para mark");
      let at = -1;
      const step = by => {
        if (!marks.length) return;
        if (at >= 0) marks[at].classList.remove("current");
        at = (at + by + marks.length) % marks.length;
        marks[at].classList.add("current");
        marks[at].scrollIntoView({block: "center"});
      };
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

      // The newest end of a long timeline is seen first.
      for (const d of $$(".drawing")) d.scrollLeft = d.scrollWidth;

      // Keys.
      const hits = $$(".hits > .hit, tr.hit");
      let hit = -1;
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
          t: () => { const t = $("#timeline"); if (t) { t.scrollIntoView(); $(".drawing", t).focus({preventScroll: true}); } },
          n: () => step(1), p: () => step(-1), "?": () => { location.href = "/help" + (location.search.match(/[?&](lang=\w+)/) || ["", ""])[1].replace(/^(?=.)/, "?") + "#keys"; }
        }[e.key];
        if (act) { act(); e.preventDefault(); }
      });
    })();
    """#
}
