import type { Deed, Phone } from "../face/platform.ts";
import { happen } from "./callback.ts";
import { type Account, type ChatMessage, customerOf, lineOf, newId, show, tellLine, type World } from "./world.ts";

const ALLOWED = 5;
const WELCOME_MS = 20_000;
const TWO_DAYS_MS = 48 * 3_600_000;
const FROM_CUSTOMER = 3;
const FROM_PLATFORM = 4;

/** The phone of a person in plain WeChat, in their chat with a customer-service account. */
export function pickUpPhone(world: World, account: Account, person: string): Phone {
  const customer = customerOf(account, person);

  const send = async (shown: Pick<ChatMessage, "text" | "picture">, type: string, said: object): Promise<Deed> => {
    customer.wroteAt = world.now().getTime();
    customer.left = ALLOWED;
    if (customer.state === 4) customer.state = 0;
    const line = show(world, account, customer, { ...shown, by: "person", state: "sending", menu: [] });
    const row = { external_userid: person, origin: FROM_CUSTOMER, msgtype: type, [type]: said };
    const accepted = await happen(world, account, person, row);
    line.state = accepted ? "arrived" : "failed";
    tellLine(world, account, customer, line);
    return { accepted };
  };
  const event = async (said: object): Promise<Deed> => {
    const row = {
      origin: FROM_PLATFORM,
      msgtype: "event",
      event: { open_kfid: account.openKfId, external_userid: person, ...said },
    };
    return { accepted: await happen(world, account, person, row) };
  };
  const keep = (bytes: Uint8Array, contentType: string) => {
    const id = newId("media_");
    account.files.set(id, { bytes, contentType });
    return id;
  };

  return {
    say: (text) => send({ text, picture: null }, "text", { content: text }),
    async press(line, key, times = 1) {
      const item = customer.messages.find(({ id }) => id === line.id)?.menu.find(({ id }) => id === key);
      if (item === undefined) throw new Error(`There is no ${key} on the line ${line.id} of this phone.`);
      const said = { content: item.content, menu_id: item.id };
      const ends = await Promise.all(
        Array.from({ length: times }, () => send({ text: item.content, picture: null }, "text", said)),
      );
      return { accepted: ends.every(({ accepted }) => accepted) };
    },
    photo(bytes) {
      const id = keep(bytes, "image/jpeg");
      return send({ text: "", picture: id }, "image", { media_id: id });
    },
    voice: (bytes) => send({ text: "", picture: null }, "voice", { media_id: keep(bytes, "audio/amr") }),
    place: ({ latitude, longitude, label }) =>
      send({ text: label, picture: null }, "location", { latitude, longitude, name: label, address: "" }),
    open(scene) {
      const now = world.now().getTime();
      const isRecent = (at: number | null) => at !== null && now - at < TWO_DAYS_MS;
      const isWelcome = !isRecent(customer.welcomedAt) && !isRecent(customer.wroteAt);
      const code = newId("CODE");
      if (isWelcome) {
        customer.welcomedAt = now;
        customer.codes.push({ code, until: now + WELCOME_MS });
      }
      return event({
        event_type: "enter_session",
        scene: "liaison",
        ...(scene !== null && { scene_param: scene }),
        ...(isWelcome && { welcome_code: code }),
      });
    },
    block() {
      customer.refuses = true;
      return event({ event_type: "reject_customer_msg_switch_change", reject_switch: 1 });
    },
    unblock() {
      customer.refuses = false;
      return event({ event_type: "reject_customer_msg_switch_change", reject_switch: 0 });
    },
    lines: () => customer.messages.map(lineOf),
  };
}

/** Ends somebody's session, as a person of the staff or time does: the platform gives a code for a last message. */
export function endSession(world: World, account: Account, person: string): Promise<boolean> {
  const customer = customerOf(account, person);
  const code = newId("CODE");
  customer.state = 4;
  customer.codes.push({ code, until: world.now().getTime() + WELCOME_MS });
  const change = { event_type: "session_status_change", change_type: 3, msg_code: code };
  const event = { open_kfid: account.openKfId, external_userid: person, ...change };
  return happen(world, account, person, { origin: FROM_PLATFORM, msgtype: "event", event });
}
