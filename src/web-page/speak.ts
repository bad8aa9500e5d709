import { words } from "./words.ts";

/** Offers to read lines out, where the browser can speak. */
export function offerReading(): void {
  if (!("speechSynthesis" in window)) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>("button.read[hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => read(button));
  }
}

function read(button: HTMLButtonElement): void {
  const isReading = button.dataset.reads === "yes";
  speechSynthesis.cancel();
  if (isReading) return;
  const spoken = new SpeechSynthesisUtterance(button.closest("article")?.querySelector("p.words")?.textContent ?? "");
  spoken.lang = words.lang ?? "zh-CN";
  spoken.rate = 0.9;
  const end = (): void => {
    button.dataset.reads = "";
    button.textContent = words.read ?? "";
  };
  spoken.addEventListener("end", end);
  spoken.addEventListener("error", end);
  button.dataset.reads = "yes";
  button.textContent = words.stopReading ?? "";
  speechSynthesis.speak(spoken);
}
