import { base, look, tellState, words } from "../words.ts";

/** The service's answer to an opening. */
type Opened = { readonly ok: boolean; readonly sentence?: string; readonly address?: string };

/**
 * Offers to open the link with one touch: by itself nothing is opened, for chats and virus scanners look at links too. The link leaves
 * the address at once.
 */
export function offerOpening(): void {
  const form = document.getElementById("open") as HTMLFormElement | null;
  if (form === null) return;
  const token = /^#k=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, "", location.pathname + look);
  const button = document.getElementById("open-now") as HTMLButtonElement;
  const paste = document.getElementById("paste") as HTMLElement;
  const key = (form.elements.namedItem("key") as HTMLInputElement).value;
  button.hidden = false;
  paste.hidden = true;
  button.addEventListener("click", () => {
    button.disabled = true;
    void open({ token, key }).then(({ ok, sentence, address }) => {
      if (ok && address !== undefined) return location.replace(address);
      button.disabled = false;
      tellState(sentence ?? words.noNetwork ?? "", true);
    });
  });
}

async function open(fields: Readonly<Record<string, string>>): Promise<Opened> {
  try {
    const headers = { accept: "application/json" };
    const response = await fetch(`${base}/open${look}`, { method: "POST", body: new URLSearchParams(fields), headers });
    return (await response.json()) as Opened;
  } catch {
    return { ok: false };
  }
}
