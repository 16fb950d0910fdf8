// "/" goes to the search field, unless one is typing.
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector(".p-search__input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
