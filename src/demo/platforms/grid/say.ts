import { randomUUID } from "node:crypto";
import { sign } from "./sign.ts";
import { type Matter, matterOf, type World } from "./world.ts";

/** The way in which something is said: with words, as the last thing, more than once, under an id or a time of its own, or signed wrongly. */
export type SayOptions = {
  readonly text?: string;
  readonly isFinal?: boolean;
  readonly times?: number;
  readonly id?: string;
  /** When it was so, by this platform's clock. */
  readonly at?: Date;
  /** The moment for which it is signed. */
  readonly signedAt?: Date;
  readonly secret?: string;
  /** Another number than the matter's. */
  readonly number?: string;
};

/** Says how far the platform is with a matter. @returns the status of each answer; none where it is only told when it is asked */
export async function sayStatus(
  world: World,
  number: string,
  status: string,
  options: SayOptions = {},
): Promise<number[]> {
  const matter = matterOf(world, number);
  if (matter === undefined) throw new Error(`the platform has no matter ${number}`);
  const at = (options.at ?? world.now()).toISOString();
  Object.assign(matter, { status, notes: options.text ?? "", updatedAt: at });
  matter.updates.push({ id: randomUUID(), status, text: options.text ?? "", at });
  if (matter.by === "georeport" || matter.reply === null) return [];
  return callBack(world, matter, matter.reply, { status, at, options });
}

async function callBack(
  world: World,
  { number, externalId }: Matter,
  reply: string,
  { status, at, options }: { readonly status: string; readonly at: string; readonly options: SayOptions },
): Promise<number[]> {
  const { text = "", isFinal = false, times = 1, id = randomUUID(), secret = world.secret } = options;
  const data = { number: options.number ?? number, externalId, status, text, at, final: isFinal };
  const body = JSON.stringify({ type: "case.status", timestamp: at, data });
  const stamp = String(Math.floor((options.signedAt ?? world.now()).getTime() / 1000));
  const headers = {
    "content-type": "application/json",
    ...{ "webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": sign(secret, id, stamp, body) },
  };
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const answer = await fetch(reply, { method: "POST", headers, body });
    await answer.arrayBuffer();
    statuses.push(answer.status);
  }
  return statuses;
}
