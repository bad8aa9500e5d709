import { createHmac } from "node:crypto";
import type { WebhookRequest } from "../../../src/channels/channel.ts";
import type { Said } from "../conformance/driver.ts";

export const SECRET = "secret-of-the-suite-with-24";
const ROOM = { id: "9000@chatroom", title: "联络站的群" };
const LINE = "- - - - - - - - - - - - - - -";

/** A request as the bridge signs it. */
export function signed(body: string | Uint8Array, at: Date, secret = SECRET): WebhookRequest {
  const seconds = Math.floor(at.getTime() / 1000);
  const bytes = Buffer.from(body);
  const proof = createHmac("sha256", secret).update(`${seconds}.`).update(bytes).digest("hex");
  return withHeader(bytes, `t=${seconds},v1=${proof}`);
}

/** A request with this signature. */
export function withHeader(body: Uint8Array, value: string | null): WebhookRequest {
  const header = (name: string) => (name === "liaison-signature" ? value : null);
  return { method: "POST", query: new URLSearchParams(), header, body };
}

/** The message of the bridge that says this; null where it has nothing of the kind. */
export function messageOf(said: Said, at: Date): object | null {
  const message = (fields: object) => ({
    ...{ id: `m${said.id}`, at: at.getTime(), from: said.by ?? "1001", room: null, toUs: true, text: "" },
    ...fields,
  });
  switch (said.kind) {
    case "text": {
      const text = said.answers === undefined ? said.text : `「联络站：编号12」\n${LINE}\n${said.text}`;
      const inRoom = said.room && { room: ROOM, toUs: said.room === "to us" };
      return message({ kind: "text", text, ...inRoom });
    }
    case "image":
    case "voice":
    case "video":
    case "file":
      return message({ id: said.mediaId, kind: said.kind });
    case "place":
      return message({
        ...{ kind: "place", place: { latitude: said.latitude, longitude: said.longitude, label: said.label } },
      });
    case "link":
      return message({ kind: "link", link: { title: said.title, description: said.description, url: said.url } });
    case "recalled":
      return message({ kind: "recalled", text: String(said.id) });
    case "open":
      return message({ kind: "added" });
    case "unknown message":
      return message({ kind: "unknown", type: 9 });
    case "own":
      return message({ kind: "text", text: "编号12", self: true });
    default:
      return null;
  }
}
