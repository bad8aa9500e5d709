import { type Contact, type Friendship, KINDS, type Message, type Room } from "./puppet.ts";
import type { WireMessage } from "./wire.ts";

/** A quote as puppets write it: who said what, a line of dashes, and the answer (protocols-more.md 3). */
const QUOTED = /^「([^：\n]{0,60})：[\s\S]*?」\n(?:- ?){5,}\n/;
/** What is said to us alone, with nobody named. */
const COMMAND = /^(?:\/[a-z]|绑定群)/i;

/** The kinds that hold a file. */
export const WITH_FILE: ReadonlySet<WireMessage["kind"]> = new Set(["image", "voice", "video", "file"]);

/** A message as the service gets it; null for talk in a room that is not to us, of which nothing is kept or written down. */
export async function describe(message: Message, self: Contact): Promise<WireMessage | null> {
  const room = message.room() ?? null;
  const kind = kindOf(message.type());
  const names = room === null ? [] : await ownNames(room, self);
  const text = kind === "text" ? message.text() : "";
  if (room !== null && !(await isToUs(message, text, names))) return null;
  const said = {
    ...{ id: message.id, at: message.date().getTime(), from: message.talker().id, toUs: true, kind },
    room: room === null ? null : { id: room.id, title: await room.topic().catch(() => "") },
    text: withoutName(text, names),
  };
  if (kind === "place") return { ...said, ...(await placeOf(message)) };
  if (kind === "link") return { ...said, ...(await linkOf(message)) };
  return kind === "unknown" ? { ...said, type: message.type() } : said;
}

/** The message that somebody has become a friend, which opens the chat; null for a request that still waits. */
export function describeFriend(friendship: Friendship, at: Date): WireMessage | null {
  const CONFIRMED = 1;
  if (friendship.type() !== CONFIRMED) return null;
  const from = friendship.contact().id;
  return { id: `friend-${friendship.id}`, at: at.getTime(), from, room: null, toUs: true, kind: "added", text: "" };
}

async function isToUs(message: Message, text: string, names: readonly string[]): Promise<boolean> {
  const [, quoted] = QUOTED.exec(text) ?? [];
  if (quoted !== undefined && names.includes(quoted)) return true;
  return COMMAND.test(text.trim()) || (await message.mentionSelf().catch(() => false));
}

/** The names under which the members of a room see us. */
async function ownNames(room: Room, self: Contact): Promise<readonly string[]> {
  return [self.name(), (await room.alias(self).catch(() => "")) ?? ""].filter((name) => name !== "");
}

/** The words without the name by which they were said to us: behind it stands a space of its own. */
function withoutName(text: string, names: readonly string[]): string {
  return names.reduce((left, name) => left.replaceAll(new RegExp(`@${literal(name)}(?:[\\u2005 ]|$)`, "g"), ""), text);
}

function literal(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function kindOf(type: number): WireMessage["kind"] {
  const known = Object.entries(KINDS).find(([, number]) => number === type);
  return known === undefined ? "unknown" : (known[0] as keyof typeof KINDS);
}

async function placeOf(message: Message): Promise<Pick<WireMessage, "place">> {
  const place = await message.toLocation();
  const label = [place.name(), place.address()].filter((part) => part !== "").join(" ");
  return { place: { latitude: place.latitude(), longitude: place.longitude(), label } };
}

async function linkOf(message: Message): Promise<Pick<WireMessage, "link">> {
  const link = await message.toUrlLink();
  return { link: { title: link.title(), description: link.description() ?? "", url: link.url() } };
}
