import { happen } from "./callback.ts";
import { type Account, type Customer, type MenuItem, newId, show, type World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Answer = { readonly errcode: number; readonly errmsg: string; readonly msgid?: string };

const HOUR_MS = 3_600_000;
/** Refused by the person, as the platform tells it later. */
const REFUSED = 10;
const MAX_TEXT_BYTES = 2048;
const MAX_MENU_BYTES = 1024;
const MAX_ITEMS = 10;
const MAX_ITEM_BYTES = 128;

const no = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg });
const bytesOf = (value: unknown) => Buffer.byteLength(String(value ?? ""));

/** Sends a message as an app may: five in the two days after the person's own, by an id that is taken once. */
export function sendMessage(world: World, account: Account, fields: Fields): Answer {
  const customer = account.customers.get(String(fields.touser));
  if (customer === undefined) return no(40096, "invalid external userid");
  if (fields.open_kfid !== account.openKfId) return no(95000, "invalid open_kfid");
  return take(world, account, customer, fields, () => {
    if (customer.state > 1) return no(95018, "send msg session status invalid");
    const isOver = customer.wroteAt === null || world.now().getTime() - customer.wroteAt > 48 * HOUR_MS;
    if (isOver) return no(95002, "send msg time limit");
    if (customer.left === 0) return no(95001, "send msg count limit");
    customer.left -= 1;
    return null;
  });
}

/** Sends one message by the code of an event; words and menus alone. */
export function sendOnEvent(world: World, account: Account, fields: Fields): Answer {
  const now = world.now().getTime();
  const customer = [...account.customers.values()].find(({ codes }) => codes.some(({ code }) => code === fields.code));
  const code = customer?.codes.find((one) => one.code === fields.code);
  if (customer === undefined || code === undefined || code.until < now) return no(40058, "invalid code");
  if (fields.msgtype !== "text" && fields.msgtype !== "msgmenu") return no(40008, "invalid message type");
  return take(world, account, customer, fields, () => {
    customer.codes = customer.codes.filter((one) => one !== code);
    return null;
  });
}

function take(world: World, account: Account, customer: Customer, fields: Fields, pay: () => Answer | null): Answer {
  const { msgid } = fields;
  if (msgid !== undefined && !/^[\w-]{1,32}$/.test(String(msgid))) return no(40058, "invalid msgid");
  const id = msgid === undefined ? newId("kfmsg_") : String(msgid);
  const taken = { errcode: 0, errmsg: "ok", msgid: id };
  if (account.sent.has(id)) return taken;
  const content = contentOf(account, fields);
  if ("errcode" in content) return content;
  const refusal = pay();
  if (refusal !== null) return refusal;
  account.sent.add(id);
  if (customer.refuses) {
    const event = { event_type: "msg_send_fail", external_userid: customer.person, fail_msgid: id, fail_type: REFUSED };
    account.late.push(() => happen(world, account, customer.person, { origin: 4, msgtype: "event", event }));
  } else show(world, account, customer, { by: "service", state: "arrived", ...content });
  return taken;
}

type Content = { readonly text: string; readonly picture: string | null; readonly menu: readonly MenuItem[] };

function contentOf(account: Account, fields: Fields): Content | Answer {
  const type = String(fields.msgtype);
  const said = Object(fields[type]) as Fields;
  if (type === "text") {
    const text = String(said.content ?? "");
    if (text === "" || bytesOf(text) > MAX_TEXT_BYTES) return no(45002, "content size out of limit");
    return { text, picture: null, menu: [] };
  }
  if (type === "msgmenu") return menuOf(said);
  if (!["image", "voice", "video", "file"].includes(type)) return no(40008, "invalid message type");
  const id = String(said.media_id);
  if (!account.files.has(id)) return no(40007, "invalid media_id");
  return { text: "", picture: type === "image" ? id : null, menu: [] };
}

function menuOf(said: Fields): Content | Answer {
  const { head_content: head, tail_content: tail } = said;
  const list = (Array.isArray(said.list) ? said.list : []) as { type: string; click: MenuItem }[];
  if (list.length > MAX_ITEMS) return no(95008, "menu item count out of limit");
  if (list.some(({ type }) => type !== "click")) return no(95009, "invalid menu item type");
  const isLong = list.some(({ click }) => bytesOf(click.content) > MAX_ITEM_BYTES) || bytesOf(head) > MAX_MENU_BYTES;
  if (isLong || bytesOf(tail) > MAX_MENU_BYTES) return no(45002, "content size out of limit");
  const text = [head, tail].filter((part) => part !== undefined && part !== "").join("\n");
  return { text, picture: null, menu: list.map(({ click }) => click) };
}
