import { offerReading } from "./speak.ts";
import { base, element, look } from "./words.ts";

/** Fetches what is new and shows it: lines that are there stay as they are, so that nothing is read out twice. */
export async function showFresh(): Promise<void> {
  const response = await fetch(`${base}/fresh${look}`, { cache: "no-store" });
  if (!response.ok) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = await response.text();
  const lines = document.getElementById("lines");
  const newLines = fresh.content.getElementById("lines");
  if (lines === null || newLines === null) return;
  const given = [...newLines.children];
  const ids = new Set(given.map(({ id }) => id));
  // What the service does not give any more was erased.
  for (const line of [...lines.children]) if (!ids.has(line.id)) line.remove();
  for (const line of given) {
    const shown = document.getElementById(line.id);
    if (shown === null) lines.append(line);
    // A question that something else was said after cannot be answered with a touch any more.
    else if (shown.querySelector("form") !== null && line.querySelector("form") === null) shown.replaceWith(line);
  }
  lines.dataset.newest = newLines.dataset.newest;
  replace("cases", fresh.content, element("fresh"));
  if (lines.lastElementChild?.classList.contains("service") === true) document.getElementById("nothing-yet")?.remove();
  offerReading();
  lines.lastElementChild?.scrollIntoView({ block: "nearest" });
}

function replace(id: string, from: DocumentFragment, into: HTMLElement): void {
  const [before, after] = [document.getElementById(id), from.getElementById(id)];
  if (after === null) before?.remove();
  else if (before === null) into.prepend(after);
  else if (before.innerHTML !== after.innerHTML) before.replaceWith(after);
}
