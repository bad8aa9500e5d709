import { MOST_ANSWER_PHOTOS } from "../../domain/answer-page/limits.ts";
import { smallPhotos } from "../photos.ts";
import { tellState, words } from "../words.ts";

/** The service's answer to what was sent. */
type Answer = { readonly ok: boolean; readonly sentence?: string; readonly address?: string };

/** The words that wait for the network survive that the page is loaded anew, as long as it is open. */
const KEPT = `la-draft ${document.body.dataset.link ?? ""}`;

let isSending = false;

/** Sends the answer without leaving the page: what has not gone out stays in its field, under the same key. */
export function sendAnswer(): void {
  const form = document.getElementById("form") as HTMLFormElement | null;
  if (form === null) return;
  const text = form.elements.namedItem("text") as HTMLTextAreaElement;
  const key = form.elements.namedItem("key") as HTMLInputElement;
  const [, keptKey, keptText] = /^(\S+) ([\s\S]+)$/.exec(sessionStorage.getItem(KEPT) ?? "") ?? [];
  if (keptKey !== undefined && keptText !== undefined && text.value === "")
    [key.value, text.value] = [keptKey, keptText];
  text.addEventListener("input", () => sessionStorage.setItem(KEPT, `${key.value} ${text.value}`));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  // A second tap on the button, while the first one is on its way.
  if (isSending) return;
  isSending = true;
  const button = document.getElementById("send");
  button?.setAttribute("aria-disabled", "true");
  tellState(words.sending ?? "");
  try {
    await sendNow(form);
  } finally {
    isSending = false;
    button?.removeAttribute("aria-disabled");
  }
}

async function sendNow(form: HTMLFormElement): Promise<void> {
  const data = new FormData(form);
  const files = data.getAll("photo").filter((one): one is File => one instanceof File && one.size > 0);
  data.delete("photo");
  const photos = await smallPhotos(files, MOST_ANSWER_PHOTOS);
  if ("refused" in photos) return tellState(photos.refused, true);
  for (const [index, photo] of photos.entries()) data.append("photo", photo, `${index + 1}.jpg`);
  const answer = await post(form.action, data);
  if (answer === null) return tellState(words.noNetwork ?? "", true);
  if (!answer.ok || answer.address === undefined) return tellState(answer.sentence ?? words.notStored ?? "", true);
  sessionStorage.removeItem(KEPT);
  location.replace(answer.address);
}

/** Sends what was written. @returns null where it did not arrive, as far as can be known; it is the same answer when it is sent again */
async function post(address: string, data: FormData): Promise<Answer | null> {
  try {
    const response = await fetch(address, { method: "POST", body: data, headers: { accept: "application/json" } });
    return (await response.json().catch(() => ({ ok: false }))) as Answer;
  } catch {
    return null;
  }
}
