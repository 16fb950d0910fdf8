// [data-package] shows how far a package of evidence is, with speed and time left. Without this file the page shows how far it was.
import { size, time, fill } from "./units.js";

const pause = 2000;

for (const progress of document.querySelectorAll("[data-package]")) {
  const bar = progress.querySelector("progress");
  const [sent, speed] = progress.querySelectorAll("span");
  const { package: address, state, of, left } = progress.dataset;
  let before = null;

  const ask = async () => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) {
      const now = { ...(await answer.json()), at: performance.now() };
      if (now.state !== state && now.state !== "arriving") return location.reload();
      bar.value = 100 * now.arrived / Math.max(1, now.length);
      sent.textContent = fill(of, size(now.arrived), size(now.length));
      const perSecond = before ? 1000 * (now.arrived - before.arrived) / (now.at - before.at) : 0;
      speed.textContent = perSecond > 0 ? fill(left, size(perSecond, true), time((now.length - now.arrived) / perSecond)) : "";
      before = now;
    }

    setTimeout(ask, pause);
  };

  setTimeout(ask, pause);
}
