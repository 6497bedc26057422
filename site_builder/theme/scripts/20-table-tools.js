// The tools of an official table: filter, sort, copy, download. The controls and all words stand in
// the page, made at build; the table is whole without this.
(function () {
  const FORMULA = /^[=+\-@\t\r]/;

  // What a reader types and what stands in the table, alike: digits, spaces, case, and the
  // spellings of Thai that look the same on the screen (ำ as one mark or two, แ as two เ).
  const alike = (text) =>
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50)
      .replace(/[\s.\u200b-\u200d\u2060\u00ad\ufeff]+/g, "")
      .replace(/เเ/g, "แ")
      .replace(/([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)า/g, "$1$2ำ");
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const escape = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  const harmless = (text) => (FORMULA.test(text) ? "'" + text : text);

  // The lines of a cell as a reader sees them: a bullet, or what stands between two breaks.
  function lines(cell) {
    const found = [[]];
    (function walk(node) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) found.at(-1).push(child);
        else if (child.nodeName === "BR") found.push([]);
        else if (child.nodeName === "LI") found.push([]), walk(child), found.push([]);
        else if (child.nodeName === "A") found.at(-1).push(child);
        else walk(child);
      }
    })(cell);
    return found.filter((line) => line.some((node) => node.textContent.trim()));
  }
  const plain = (cell) =>
    harmless(lines(cell).map((line) => tidy(line.map((n) => n.textContent).join(""))).join("\n"));

  function rich(cell) {
    const piece = (node) => {
      const words = escape(node.textContent.replace(/\s+/g, " "));
      return node.href ? `<a href="${escape(node.href)}">${words}</a>` : words;
    };
    const text = lines(cell).map((line) => line.map(piece).join("").trim());
    const guard = FORMULA.test(plain(cell).replace(/^'/, "")) ? "'" : "";
    // Excel makes a row of each line without the style.
    return guard + text.join('<br style="mso-data-placement:same-cell">');
  }

  function tools(form) {
    const table = form.nextElementSibling && form.nextElementSibling.querySelector("table");
    if (!table || !form.hidden) return;
    const words = JSON.parse(form.dataset.words);
    const columns = form.dataset.columns.split(" ");
    const frame = table.parentElement;
    const body = table.tBodies[0];
    const { text, unit, status, sort, copy, download } = form.elements;
    const statuses = [...status.options].map((option) => option.value);
    const rows = [...body.rows].map((row, at) => ({
      at,
      row,
      units: row.cells[0].dataset.unit.split(" "),
      called: tidy(row.cells[columns.indexOf("responsible_unit")].textContent),
      status: row.cells[0].dataset.standing,
      start: row.cells[0].dataset.start,
      text: [...row.cells].map((cell) => alike(cell.textContent)).join("\n") + "\n" + alike(row.cells[0].dataset.told),
    }));
    const part = (name) => form.querySelector(".table-" + name);
    const inThai = new Intl.Collator("th");
    const orders = {
      "": (a, b) => a.at - b.at,
      unit: (a, b) => inThai.compare(a.called, b.called),
      start: (a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0),
      status: (a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status),
    };
    let shown = rows;

    const say = (name, values) =>
      words[name].replace(/{(\w+)}/g, (_, key) =>
        typeof values[key] === "number"
          ? String(values[key]).replace(/\d/g, (digit) => words.digits[digit])
          : values[key]
      );
    const tell = (where, message) => {
      if (part(where).textContent !== message) part(where).textContent = message;
    };

    // A phrase is found as it is typed; where no row has it, the rows that have all its words.
    function having(typed) {
      const phrase = alike(typed);
      const whole = rows.filter((row) => row.text.includes(phrase));
      if (whole.length) return whole;
      const each = typed.split(/\s+/).map(alike);
      return rows.filter((row) => each.every((word) => row.text.includes(word)));
    }

    function show() {
      const standings = (status.selectedOptions[0].dataset.standings || status.value).split(" ");
      shown = having(text.value)
        .filter((row) => !unit.value || row.units.includes(unit.value))
        .filter((row) => !status.value || standings.includes(row.status))
        .sort((a, b) => orders[sort.value](a, b) || a.at - b.at);
      const seen = new Set(shown);
      for (const row of rows) row.row.hidden = !seen.has(row);
      body.append(...[...shown, ...rows.filter((row) => !seen.has(row))].map((row) => row.row));
      frame.hidden = !shown.length;
      part("empty").hidden = Boolean(shown.length);
      copy.disabled = download.disabled = !shown.length;

      const set = [text, unit, status, sort].filter((control) => control.value);
      const numbers = { shown: shown.length, all: rows.length };
      const count = say(shown.length < rows.length ? "some" : "all", numbers);
      tell("count", count);
      tell("done", "");
      // A print says what it leaves out.
      const conditions = set.map((control) => {
        const name = control.labels[0].textContent + " ";
        return name + (control === text ? `“${text.value}”` : control.selectedOptions[0].dataset.name);
      });
      tell("set", conditions.join(" · "));
      tell("printed", set.length ? say("printed", { count, conditions: conditions.join(" · ") }) : "");
      form.classList.toggle("table-tools-set", set.length > 0);
      for (const heading of table.tHead.rows[0].cells) heading.removeAttribute("aria-sort");
      const sorted = { unit: "responsible_unit", start: "period" }[sort.value];
      if (sorted) {
        table.tHead.rows[0].cells[columns.indexOf(sorted)].setAttribute("aria-sort", "ascending");
      }
    }

    // The address says what is shown, so that it can be sent on; anchors and all else in it stay.
    const NAMES = ["text", "unit", "status", "sort"];
    function remember() {
      const address = new URL(location.href);
      for (const name of NAMES) {
        if (form.elements[name].value) address.searchParams.set(name, form.elements[name].value);
        else address.searchParams.delete(name);
      }
      history.replaceState(history.state, "", address);
    }
    function recall() {
      const asked = new URL(location.href).searchParams;
      for (const name of NAMES) {
        const control = form.elements[name];
        const value = asked.get(name) || "";
        control.value = value;
        if (control.value === value || control === sort) continue;
        // A unit that the report no longer has: said, and nothing found, rather than all shown.
        const unknown = new Option(value, value, true, true);
        unknown.dataset.name = value;
        control.add(unknown);
      }
      if (!sort.value) sort.selectedIndex = 0;
    }

    function copyRows() {
      const header = [...table.tHead.rows[0].cells];
      const grid = [header, ...shown.map((row) => [...row.row.cells])];
      const quoted = (cell) => (/["\n\t]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
      const tabs = grid.map((cells) => cells.map(plain).map(quoted).join("\t")).join("\r\n");
      const cells = (row, tag) => row.map((cell) => `<${tag}>${rich(cell)}</${tag}>`).join("");
      const html =
        '<meta charset="utf-8"><table border="1" style="border-collapse:collapse"><thead><tr>' +
        `${cells(header, "th")}</tr></thead><tbody>` +
        grid.slice(1).map((row) => `<tr>${cells(row, "td")}</tr>`).join("") +
        "</tbody></table>";
      return written({ "text/html": html, "text/plain": tabs });
    }

    async function written(kinds) {
      try {
        const blob = ([kind, data]) => [kind, new Blob([data], { type: kind })];
        const item = new ClipboardItem(Object.fromEntries(Object.entries(kinds).map(blob)));
        await navigator.clipboard.write([item]);
        return true;
      } catch {
        // Without https there is no such clipboard: many offices have none.
        let done = false;
        const fill = (event) => {
          for (const [kind, data] of Object.entries(kinds)) event.clipboardData.setData(kind, data);
          event.preventDefault();
          done = true;
        };
        document.addEventListener("copy", fill);
        document.execCommand("copy");
        document.removeEventListener("copy", fill);
        return done;
      }
    }

    function save() {
      const grid = [table.tHead.rows[0], ...shown.map((row) => row.row)];
      const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
      const csv = grid.map((row) => [...row.cells].map(plain).map(quoted).join(",") + "\r\n");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", ...csv], { type: "text/csv" }));
      link.download = form.dataset.file + (shown.length < rows.length ? "-filtered" : "") + ".csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
    }

    const toggle = part("toggle");
    toggle.addEventListener("click", () => {
      toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
    });
    let waiting;
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      // Typing is awaited, so that a screen reader is not told of every letter.
      waiting = setTimeout(() => (show(), remember()), event.target === text ? 200 : 0);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const name of NAMES) form.elements[name].value = "";
      // The button pressed may be gone with what it cleared.
      const gone = part("empty").contains(document.activeElement);
      show();
      remember();
      if (gone) (text.offsetParent ? text : toggle).focus();
    });
    copy.addEventListener("click", async () => {
      const done = await copyRows();
      tell("done", say(done ? "copied" : "failed", { shown: shown.length }));
    });
    download.addEventListener("click", () => {
      save();
      tell("done", say("downloaded", { shown: shown.length }));
    });

    form.hidden = false;
    for (const part of form.querySelectorAll(":disabled:not(option)")) part.disabled = false;
    recall();
    show();
  }

  const start = () => document.querySelectorAll("form.table-tools").forEach(tools);
  // Material swaps pages without loading them where "instant navigation" is on.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
