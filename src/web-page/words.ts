/** The sentences of the page, as the service has put them there in the language of its reader. */
export const words: Readonly<Record<string, string>> = JSON.parse(
  (document.getElementById("say") as HTMLTemplateElement).content.textContent ?? "{}",
);

/** The element with an id; the page has it. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found as T;
}

/** The address of the account's page. */
export const base = document.body.dataset.base ?? "";

/** The query behind the address, so that answers come in the same language and size; the scene that was scanned counts once. */
export const look = lookOf(new URLSearchParams(location.search));

function lookOf(query: URLSearchParams): string {
  query.delete("s");
  const words = query.toString();
  return words === "" ? "" : `?${words}`;
}

/** Says how things are, to eyes and to screen readers. @param isFault whether something was not taken */
export function tellState(sentence: string, isFault = false): void {
  const state = element("state");
  state.textContent = sentence;
  state.className = isFault ? "state fault" : "state";
}

/** A new key for a message. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
