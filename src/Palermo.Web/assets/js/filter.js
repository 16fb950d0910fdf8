// input[data-filter="table-id"] narrows that table while one types; data-filter-count="element-id" says how many are left.
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

for (const input of document.querySelectorAll("input[data-filter]")) {
  const table = document.getElementById(input.dataset.filter);
  const count = document.getElementById(input.dataset.filterCount ?? "");
  if (!table) continue;
  const rows = [...table.tBodies].flatMap(body => [...body.rows]).map(row => ({ row, text: plain(row.textContent) }));
  const narrow = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every(word => text.includes(word));
      if (!row.hidden) left++;
    }
    if (count) count.textContent = (count.dataset.text ?? "{0} / {1}")
      .replace("{0}", left.toLocaleString(document.documentElement.lang || undefined))
      .replace("{1}", rows.length.toLocaleString(document.documentElement.lang || undefined));
  };
  input.addEventListener("input", narrow);
  if (input.value) narrow();
}
