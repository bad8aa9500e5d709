import { randomBytes } from "node:crypto";
import type { Deed, Phone } from "../face/platform.ts";
import { callBack } from "./callbacks.ts";
import {
  type App,
  type AppMessage,
  type CallbackFields,
  lineOf,
  memberOf,
  show,
  tellLine,
  type World,
} from "./world.ts";

/** The phone of a member of the corporation, in the app. */
export function pickUpPhone(world: World, app: App, person: string): Phone {
  const member = memberOf(app, person);
  const head = (): CallbackFields => ({
    ToUserName: app.corpId,
    FromUserName: member.id,
    CreateTime: String(Math.floor(world.now().getTime() / 1000)),
  });

  const send = async (shown: Pick<AppMessage, "text" | "picture">, fields: CallbackFields): Promise<Deed> => {
    if (!member.seesApp) throw new Error(`${person} does not see the app: nothing can be sent.`);
    const line = show(world, app, member, { ...shown, by: "person", state: "sending", card: null });
    const id = { MsgId: `70000000000${world.nextId()}`, AgentID: app.agentId };
    const accepted = await callBack(world, app, member.id, { ...head(), ...fields, ...id });
    line.state = accepted ? "arrived" : "failed";
    tellLine(world, app, member, line);
    return { accepted };
  };
  const happen = async (event: string, fields: CallbackFields = {}): Promise<Deed> => ({
    accepted: await callBack(world, app, member.id, {
      ...head(),
      ...{ MsgType: "event", Event: event, EventKey: "", AgentID: app.agentId },
      ...fields,
    }),
  });
  const keep = (bytes: Uint8Array, contentType: string) => {
    const id = `MEDIA_${world.nextId()}`;
    world.files.set(id, { bytes, contentType });
    return id;
  };

  return {
    say: (text) => send({ text, picture: null }, { MsgType: "text", Content: text }),
    async press(line, key, times = 1) {
      const message = member.messages.find(({ id }) => id === line.id);
      const card = message?.card;
      if (message === undefined || card == null) throw new Error(`There is no card ${line.id} on this phone.`);
      // As its person saw it: what changes on the way to the platform does not take the press back.
      if (!line.buttons.some((button) => button.key === key))
        throw new Error(`There is no button ${key} on this card any more.`);
      const ends = await Promise.all(
        Array.from({ length: times }, () => {
          const code = randomBytes(24).toString("base64url");
          app.codes.set(code, { message, member, at: world.now(), isUsed: false });
          const { taskId: TaskId } = card;
          return happen("template_card_event", {
            ...{ EventKey: key, TaskId, CardType: "button_interaction", ResponseCode: code },
          });
        }),
      );
      return { accepted: ends.every(({ accepted }) => accepted) };
    },
    photo(bytes) {
      const id = keep(bytes, "image/jpeg");
      return send({ text: "", picture: id }, { MsgType: "image", PicUrl: `https://example.org/${id}`, MediaId: id });
    },
    voice(bytes) {
      const id = keep(bytes, "audio/amr");
      return send({ text: "[语音]", picture: null }, { MsgType: "voice", MediaId: id, Format: "amr" });
    },
    place: ({ latitude, longitude, label }) =>
      send(
        { text: label, picture: null },
        {
          ...{ MsgType: "location", Location_X: String(latitude), Location_Y: String(longitude) },
          ...{ Scale: "16", Label: label, AppType: "wxwork" },
        },
      ),
    open() {
      member.seesApp = true;
      const isFirst = !member.hasOpened;
      member.hasOpened = true;
      return happen(isFirst ? "subscribe" : "enter_agent");
    },
    block() {
      member.seesApp = false;
      return happen("unsubscribe");
    },
    unblock() {
      member.seesApp = true;
      return happen("subscribe");
    },
    lines: () => member.messages.map(lineOf),
  };
}
