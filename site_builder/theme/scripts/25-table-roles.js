// Says what each part of a table is: where it is shown as cards, Safari takes it for no table. Not in
// the mark-up, where HTML forbids to say of a cell that it is a cell.
(function () {
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const role = (part) => ROLES[part.tagName] || (part.scope === "col" ? "columnheader" : "rowheader");
  for (const table of document.querySelectorAll("table.cards")) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) {
      part.setAttribute("role", role(part));
    }
  }
})();
