// Over a map, the shape's <title> at the pointer at once; the browser's own slow tooltip is held back meanwhile.
for (const map of document.querySelectorAll(".p-map svg")) {
  let tip, shape, title, home;
  const leave = () => {
    home?.prepend(title);
    tip?.remove();
    tip = shape = title = home = undefined;
  };
  map.addEventListener("pointermove", event => {
    const over = event.target.closest("path, circle, a");
    if (over !== shape) {
      leave();
      const found = over?.querySelector("title");
      if (!found) return;
      [shape, title, home] = [over, found, found.parentElement];
      title.remove();
      tip = document.createElement("div");
      tip.className = "p-tip";
      tip.setAttribute("aria-hidden", "true");
      tip.textContent = title.textContent;
      document.body.append(tip);
    }
    if (!tip) return;
    const x = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    const y = event.clientY + 18 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 18;
    tip.style.transform = `translate(${Math.max(8, x)}px, ${y}px)`;
  });
  map.addEventListener("pointerleave", leave);
}
