// Search, filters and sorting of the table of claims; without this script the table is whole and in its order.
document.addEventListener("DOMContentLoaded", () => {
  const table = document.getElementById("claims");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const field = (name) => document.getElementById(name);
  const names = ["search", "paper", "kind", "verdict", "errata"];

  const show = () => {
    const words = field("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const matches =
        words.every((word) => texts.get(row).includes(word)) &&
        ["paper", "kind", "verdict"].every((name) => !field(name).value || row.dataset[name] === field(name).value) &&
        (!field("errata").checked || row.dataset.erratum === "yes");
      row.hidden = !matches;
      shown += matches;
    }
    field("shown").textContent = shown === rows.length ? `${shown} claims` : `${shown} of ${rows.length} claims`;
  };

  const sort = (header, descending) => {
    const column = header.cellIndex;
    const value = (row) => {
      const cell = row.cells[column];
      if (!("value" in cell.dataset)) return cell.textContent.trim();
      return cell.dataset.value === "" ? NaN : Number(cell.dataset.value);
    };
    const compare = (a, b) => {
      if (typeof a === "string") return a.localeCompare(b);
      return Number.isNaN(a) || Number.isNaN(b) ? 0 : a - b;
    };
    const missing = (x) => typeof x === "number" && Number.isNaN(x);
    const sorted = [...rows].sort((r, s) => {
      const [a, b] = [value(r), value(s)];
      if (missing(a) || missing(b)) return missing(a) - missing(b);
      return descending ? compare(b, a) : compare(a, b);
    });
    body.append(...sorted);
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  };

  for (const header of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener("click", () => sort(header, header.getAttribute("aria-sort") === "ascending"));
  }
  for (const name of names) {
    for (const event of ["input", "change"]) field(name).addEventListener(event, show);
  }
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  field("filters").hidden = false;
  show();
});
