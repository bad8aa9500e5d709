import { element, words } from "./words.ts";

const KEPT = "lw-large";

/** Makes the letters larger or smaller without loading the page, and remembers it on this device. */
export function offerSize(): void {
  const { classList } = document.documentElement;
  const button = element<HTMLAnchorElement>("size");
  const show = (): void => {
    button.textContent = (classList.contains("large") ? words.smaller : words.larger) ?? "";
  };
  if (localStorage.getItem(KEPT) === "yes") classList.add("large");
  show();
  button.addEventListener("click", (event) => {
    event.preventDefault();
    classList.toggle("large");
    localStorage.setItem(KEPT, classList.contains("large") ? "yes" : "no");
    show();
  });
}
