import { z } from "zod";
import type { PhoneMessage, ScreenContent } from "./screen.ts";
import { accountOf, personOf, type World } from "./world.ts";

const LINES_KEPT = 60;

const grant = z.object({ left: z.number(), until: z.coerce.date() }).nullable();
const kept = z.object({
  people: z.array(
    z.object({
      openid: z.string(),
      following: z.boolean(),
      ledger: z.object({ message: grant, brief: grant }),
      consents: z.array(z.tuple([z.string(), z.number()])),
      screen: z.array(
        z.object({
          id: z.number(),
          at: z.coerce.date(),
          direction: z.enum(["in", "out"]),
          state: z.enum(["sending", "accepted", "failed", "arrived"]),
          rung: z.enum(["direct", "template", "subscription", "passive"]).nullable(),
          content: z.custom<ScreenContent>((content) => typeof content === "object" && content !== null),
        }),
      ),
    }),
  ),
  tickets: z.array(z.tuple([z.string(), z.string()])),
  media: z.array(
    z.object({
      id: z.string(),
      contentType: z.string(),
      form: z.enum(["image", "voice", "video", "thumb"]),
      storedAt: z.coerce.date(),
      bytes: z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64"))),
    }),
  ),
});

/** The state of an account's people as text: who follows, what may be sent, the last lines of every chat. */
export function remember(world: World, accountName: string): string {
  const state = accountOf(world, accountName);
  return JSON.stringify({
    people: [...state.people.values()].map(({ openid, following, ledger, consents, screen }) => ({
      openid,
      following,
      ledger,
      consents: [...consents],
      screen: screen.slice(-LINES_KEPT),
    })),
    tickets: [...state.tickets],
    media: [...state.media].map(([id, one]) => ({ ...one, id, bytes: Buffer.from(one.bytes).toString("base64") })),
  });
}

/**
 * Restores what `remember` gave, before anybody uses a phone.
 *
 * What was on its way when the platform stopped counts as failed: nobody knows whether the account's server had it.
 * @returns false when the text is not understood; nothing is changed then
 */
export function recall(world: World, accountName: string, text: string): boolean {
  const state = accountOf(world, accountName);
  const parsed = kept.safeParse(jsonOf(text));
  if (!parsed.success) return false;
  const { people, tickets, media } = parsed.data;
  const lines: { readonly line: PhoneMessage; readonly screen: PhoneMessage[] }[] = [];
  for (const { openid, following, ledger, consents, screen } of people) {
    const person = personOf(state, openid);
    person.following = following;
    person.ledger = ledger;
    for (const [template, count] of consents) person.consents.set(template, count);
    for (const line of screen) lines.push({ line, screen: person.screen });
  }
  for (const { line, screen } of lines.sort((a, b) => a.line.id - b.line.id)) {
    screen.push({ ...line, id: world.nextId(), state: line.state === "sending" ? "failed" : line.state });
  }
  for (const [ticket, scene] of tickets) state.tickets.set(ticket, scene);
  for (const { id, ...one } of media) state.media.set(id, one);
  return true;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
