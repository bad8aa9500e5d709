import { MOST_PHOTOS } from "../domain/web-chat/said.ts";
import { showFresh } from "./fresh.ts";
import { smallPhotos } from "./photos.ts";
import { forgetPlace } from "./place.ts";
import { prove } from "./proof.ts";
import { base, element, look, newKey, tellState, words } from "./words.ts";

/** What the service answers. */
type Answer = {
  readonly ok: boolean;
  readonly sentence?: string;
  readonly emergency?: string;
  readonly challenge?: string;
  readonly isPageUsed?: boolean;
};

/** The words that wait for the network survive that the page is left or loaded anew, as long as it is open. */
const KEPT = `lw-draft ${base}`;

/** What an old phone's network sends within the time that a request may take. */
const MOST_BYTES_AT_ONCE = 600 * 1024;

let isSending = false;
/** Set while there was no network: the form goes out by itself when there is. */
let waits = false;

/** Sends forms without leaving the page: what has not gone out stays in its field, and goes out when the network is back. */
export function sendFromPage(): void {
  const form = element<HTMLFormElement>("form");
  const text = element<HTMLTextAreaElement>("text");
  keepDraft(form, text);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
  document.addEventListener("submit", (event) => {
    const quick = event.target as HTMLFormElement;
    if (!quick.classList.contains("quick")) return;
    event.preventDefault();
    void send(quick, (event as SubmitEvent).submitter as HTMLButtonElement | null);
  });
  window.addEventListener("online", () => {
    if (!waits) return;
    tellState(words.backAgain ?? "");
    void send(form);
  });
}

/** Keeps what is written, with the key under which it was sent or will be, so that the same message is not another one after loading. */
function keepDraft(form: HTMLFormElement, text: HTMLTextAreaElement): void {
  const key = form.elements.namedItem("key") as HTMLInputElement;
  const [, keptKey, keptText] = /^(\S+) ([\s\S]+)$/.exec(sessionStorage.getItem(KEPT) ?? "") ?? [];
  if (keptKey !== undefined && keptText !== undefined && text.value === "")
    [key.value, text.value] = [keptKey, keptText];
  text.addEventListener("input", () => {
    if (text.value === "") sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, `${key.value} ${text.value}`);
  });
}

async function send(form: HTMLFormElement, pressed: HTMLButtonElement | null = null): Promise<void> {
  // A second tap on the button, while the first one is on its way.
  if (isSending) return;
  isSending = true;
  const button = pressed ?? form.querySelector<HTMLButtonElement>("button:not([type])");
  button?.setAttribute("aria-disabled", "true");
  tellState(words.sending ?? "");
  try {
    await sendNow(form, pressed);
  } finally {
    isSending = false;
    button?.removeAttribute("aria-disabled");
  }
}

async function sendNow(form: HTMLFormElement, pressed: HTMLButtonElement | null): Promise<void> {
  const data = new FormData(form);
  if (pressed !== null) data.set(pressed.name, pressed.value);
  const files = data.getAll("photo").filter((one): one is File => one instanceof File && one.size > 0);
  data.delete("photo");
  const photos = await smallPhotos(files, MOST_PHOTOS);
  const text = String(data.get("text") ?? "");
  // Words need not wait for a photo that cannot be sent: they may be of a danger.
  const refused = "refused" in photos ? photos.refused : null;
  if (refused !== null && text.trim() === "") return tellState(refused, true);
  let answer: Answer | null = { ok: true };
  for (const part of partsOf(data, "refused" in photos ? [] : photos))
    if (answer?.ok === true) answer = await sendPart(part);
  await settle(form, answer, text);
  if (answer?.ok === true && refused !== null) tellState(`${refused}\n${words.wordsWent}`, true);
}

/** A message in as many requests as a slow network needs: each must arrive within some seconds. All have one key, and are told apart by what they hold. */
function partsOf(data: FormData, photos: readonly Blob[]): readonly FormData[] {
  const withPhotos = (form: FormData, some: readonly Blob[]): FormData => {
    for (const [index, photo] of some.entries()) form.append("photo", photo, `${index + 1}.jpg`);
    return form;
  };
  const bytes = photos.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= MOST_BYTES_AT_ONCE || photos.length === 0) return [withPhotos(data, photos)];
  const others = photos.map((photo) => {
    const form = new FormData();
    form.set("key", String(data.get("key")));
    return withPhotos(form, [photo]);
  });
  const isBare = String(data.get("text")).trim() === "" && data.get("lat") === "";
  return isBare ? others : [data, ...others];
}

async function sendPart(data: FormData, isLast = false): Promise<Answer | null> {
  const answer = await post(data);
  if (answer?.isPageUsed === true && !isLast) {
    // The page is an old one, brought back from before: its words go out as those of a new one.
    data.set("key", newKey());
    return sendPart(data, true);
  }
  if (answer?.challenge === undefined) return answer;
  tellState(words.proving ?? "");
  data.set("challenge", answer.challenge);
  data.set("nonce", await prove(answer.challenge));
  return post(data);
}

async function settle(form: HTMLFormElement, answer: Answer | null, sent: string): Promise<void> {
  if (answer === null) {
    waits = form.id === "form";
    return tellState(words.noNetwork ?? "", true);
  }
  if (!answer.ok)
    return tellState([answer.emergency, answer.sentence ?? words.notStored].filter(Boolean).join("\n"), true);
  const key = form.elements.namedItem("key") as HTMLInputElement;
  key.value = newKey();
  if (form.id === "form") {
    const text = form.elements.namedItem("text") as HTMLTextAreaElement;
    // What was written while the rest was on its way is the beginning of the next message.
    if (text.value === sent) text.value = "";
    if (text.value === "") sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, `${key.value} ${text.value}`);
    (form.elements.namedItem("photo") as HTMLInputElement).value = "";
    (form.elements.namedItem("scene") as HTMLInputElement).value = "";
    forgetPlace();
  }
  tellState(words.sent ?? "");
  // The first message brings the link, which stands on the page of whoever has said something.
  if (document.getElementById("lines") === null) location.replace(`${base}/mine${look}`);
  else await showFresh();
}

/** Sends what was said. @returns null where it did not arrive, as far as can be known; it is the same message when it is sent again */
async function post(data: FormData): Promise<Answer | null> {
  try {
    const response = await fetch(`${base}/say${look}`, {
      ...{ method: "POST", body: data, headers: { accept: "application/json" } },
    });
    const answer = (await response.json().catch(() => ({ ok: false }))) as Answer;
    return { ...answer, isPageUsed: response.status === 409 };
  } catch {
    return null;
  }
}
