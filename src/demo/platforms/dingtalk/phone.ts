import type { Deed, Phone } from "../face/platform.ts";
import type { Gateway } from "./gateway.ts";
import { type ChatMessage, chatOf, lineOf, type Robot, show, tellLine, type World } from "./world.ts";

const MESSAGES = "/v1.0/im/bot/messages/get";
const CORP = "dingcorp1";

/** The phone of a member in their chat with a robot. */
export function pickUpPhone(world: World, gateway: Gateway, robot: Robot, person: string): Phone {
  const chat = chatOf(robot, person);

  const send = async (
    type: string,
    said: object,
    shown: Pick<ChatMessage, "text"> & Partial<ChatMessage>,
  ): Promise<Deed> => {
    const line = show(world, robot, chat, { by: "person", state: "sending", ...shown });
    const answered = chat.messages.find(({ id }) => id === line.answers);
    const quoted = answered?.by === "service" ? { originalProcessQueryKey: answered.id } : {};
    const message = {
      ...{ msgId: line.id, msgtype: type, createAt: line.at.getTime(), conversationId: `cid${person}`, ...quoted },
      ...{ conversationType: "1", senderId: `$:LWCP_v1:$${person}`, senderStaffId: person, senderNick: "Ann" },
      ...{
        robotCode: robot.robotCode,
        chatbotUserId: "robot",
        chatbotCorpId: CORP,
        senderCorpId: CORP,
        isAdmin: false,
      },
      ...said,
    };
    const told = { person, type: "CALLBACK", topic: MESSAGES, data: JSON.stringify(message) } as const;
    const accepted = await gateway.tell(robot, told);
    line.state = accepted ? "arrived" : "failed";
    tellLine(world, robot, chat, line);
    return { accepted };
  };
  const keep = (bytes: Uint8Array, contentType: string): string => {
    const code = `${world.nextId("code")}+/=`;
    world.files.set(code, { bytes, contentType });
    return code;
  };
  const nothing = async (): Promise<Deed> => ({ accepted: true });

  return {
    say: (text, answering) => send("text", { text: { content: ` ${text}` } }, { text, answers: answering?.id ?? null }),
    press: () => Promise.reject(new Error("There are no buttons here.")),
    photo(bytes) {
      const downloadCode = keep(bytes, "image/jpeg");
      return send("picture", { content: { downloadCode } }, { text: "", picture: downloadCode });
    },
    voice(bytes, transcript) {
      const downloadCode = keep(bytes, "audio/amr");
      return send("audio", { content: { downloadCode, duration: 3000, recognition: transcript } }, { text: "" });
    },
    // A robot is told no places: what a person sends of them is a kind that it does not know.
    place: ({ label }) => send("location", {}, { text: label }),
    // Nobody is told that somebody opened a chat, or that a robot was hidden from them.
    open: nothing,
    async block() {
      chat.isVisible = false;
      return { accepted: true };
    },
    async unblock() {
      chat.isVisible = true;
      return { accepted: true };
    },
    lines: () => chat.messages.map((message) => lineOf(chat, message)),
  };
}
