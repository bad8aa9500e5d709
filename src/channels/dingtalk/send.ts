import type { Outbound, OutboundContent } from "../../domain/messages/message.ts";
import { WORDS_ONLY } from "../abilities.ts";
import { createAddressPace } from "../address-pace.ts";
import type { Abilities, Address, IsOurs, Sender, SenderServices, SendOutcome } from "../channel.ts";
import type { Failed } from "../failure.ts";
import { idIn } from "../json-fields.ts";
import { numbered } from "../numbered.ts";
import { splitText } from "../text-pieces.ts";
import { uploadedOnce } from "../uploads.ts";
import { type Answered, type Api, CALLS_PER_SECOND } from "./api.ts";
import { fetchFile } from "./media.ts";

type File = Extract<OutboundContent, { kind: "media" }>;
/** A message in the platform's form: the name of its template, and what goes into it. */
type Message = { readonly msgKey: string; readonly param: object };

const TO_PERSON = "/v1.0/robot/oToMessages/batchSend";
const TO_ROOM = "/v1.0/robot/groupMessages/send";
const MAX_TEXT_BYTES = 6000;
const MEBIBYTE = 1024 * 1024;
const FLOW_CONTROLLED_MS = 60_000;

const ABILITIES: Abilities = {
  ...WORDS_ONLY,
  window: "open",
  mustWriteFirst: false,
  joinsTexts: false,
  media: { image: 20 * MEBIBYTE, file: 20 * MEBIBYTE },
  rooms: true,
  pace: { perSecond: CALLS_PER_SECOND, perAddressPerMinute: 15 },
};

/** Opens the sender of a robot: it does what {@link Sender} promises, by the platform's API. */
export function openSender(api: Api, services: SenderServices): Sender {
  const pace = createAddressPace(services, ABILITIES.pace.perAddressPerMinute);
  return {
    abilities: ABILITIES,
    split: (text) => splitText(text, MAX_TEXT_BYTES),
    pause: api.pause,
    async send(rung, to, outbound, isOurs = () => true) {
      if (rung !== "direct") return { outcome: "refused", reason: `a robot has no ${rung} messages`, blocks: "rung" };
      if (outbound.kind === "notice")
        return { outcome: "refused", reason: "a notice has no direct form", blocks: "content" };
      const message = outbound.kind === "media" ? await fileMessage(api, services, outbound) : words(outbound);
      if ("outcome" in message) return message;
      const slow = pace.take(to.id);
      if (slow !== null) return slow;
      const end = ended(await post(api, to, message, isOurs));
      const caption = outbound.kind === "media" ? outbound.caption : "";
      if (end.outcome !== "delivered" || caption === "") return end;
      // The words of a picture are a message of their own here: without them it is not known to be whole.
      const said = ended(await post(api, to, words({ kind: "text", text: caption }), isOurs));
      return said.outcome === "delivered" ? end : { outcome: "uncertain", reason: "only the beginning arrived" };
    },
    revise: async () => ({ outcome: "refused", reason: "messages of a robot stay as they are", blocks: "content" }),
    fetchMedia: ({ mediaId }) => fetchFile(api, mediaId, services),
    link: async () => ({ ok: false, reason: "a link into this platform carries no scene" }),
  };
}

/** A question or a card is plain words: buttons need a template that the company has made at the platform. */
function words(content: Exclude<OutboundContent, File | { kind: "notice" }>): Message {
  const text = content.kind === "choices" ? numbered(content) : content.text;
  return { msgKey: "sampleText", param: { content: text } };
}

async function fileMessage(api: Api, { store }: SenderServices, file: File & Outbound): Promise<Message | SendOutcome> {
  const { form, bytes, fileName, contentType } = file;
  if ((form !== "image" && form !== "file") || bytes.byteLength > (ABILITIES.media[form] ?? 0)) {
    return { outcome: "refused", reason: `a ${form} that is too large, or cannot be sent here`, blocks: "content" };
  }
  const uploaded = await uploadedOnce(store, { account: `dingtalk\n${api.robotCode}\n${form}`, bytes }, async () => {
    const answer = await api.upload(form, () => {
      const content = new FormData();
      content.append("media", new Blob([new Uint8Array(bytes)], { type: contentType }), fileName);
      return content;
    });
    return answer.ok ? { ok: true, id: idIn(answer.fields, "media_id") } : answer;
  });
  if (!uploaded.ok) return uploaded.failure;
  if (form === "image") return { msgKey: "sampleImageMsg", param: { photoURL: uploaded.id } };
  const fileType = /\.(\w{1,8})$/.exec(fileName)?.[1] ?? "";
  return { msgKey: "sampleFile", param: { mediaId: uploaded.id, fileName, fileType } };
}

function post(api: Api, to: Address, { msgKey, param }: Message, isOurs: IsOurs): Promise<Answered | Failed> {
  const message = { robotCode: api.robotCode, msgKey, msgParam: JSON.stringify(param) };
  if (to.kind === "room") return api.send(TO_ROOM, { ...message, openConversationId: to.id }, isOurs);
  return api.send(TO_PERSON, { ...message, userIds: [to.id] }, isOurs);
}

/** A message for one person is delivered only where the answer names that person in no list of those who did not get it. */
function ended(answer: Answered | Failed): SendOutcome {
  if (!answer.ok) return answer.failure;
  const { fields } = answer;
  const isNamed = (list: string) => Array.isArray(fields[list]) && fields[list].length > 0;
  if (isNamed("invalidStaffIdList")) return { outcome: "refused", reason: "invalidStaffIdList", blocks: "person" };
  if (isNamed("flowControlledStaffIdList")) {
    return { outcome: "retry", reason: "flowControlledStaffIdList", afterMs: FLOW_CONTROLLED_MS, scope: "address" };
  }
  if (isNamed("filteredStaffIdList")) return { outcome: "refused", reason: "filteredStaffIdList", blocks: "rung" };
  const id = idIn(fields, "processQueryKey");
  return id === ""
    ? { outcome: "uncertain", reason: "an answer without a key" }
    : { outcome: "delivered", platformId: id };
}
