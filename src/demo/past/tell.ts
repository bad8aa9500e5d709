import { desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { deputies } from "../../../db/schema/people.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { findWaiting } from "../../casework/backlog/waiting.ts";
import { deliver } from "../../casework/delivery/deliver.ts";
import { createInbox } from "../../casework/inbox/accept.ts";
import { receive } from "../../casework/receive/receive.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import { WORDS_ONLY } from "../../channels/abilities.ts";
import type { ChannelAccount, Sender } from "../../channels/channel.ts";
import { inboundOf } from "../../domain/messages/inbound.ts";
import { atOnce } from "./atomic.ts";
import { doAtOffice } from "./office-deeds.ts";
import type { Step, Story } from "./plan.ts";

/** A place whose deputy has a chat, as the stories name it. */
export type Ground = { readonly place: string; readonly deputy: string };

/** The place where stories are told: the county, its account, who acts for the office, and the grounds. */
export type Stage = {
  readonly runtime: Runtime;
  readonly account: ChannelAccount;
  readonly caller: Caller;
  readonly grounds: readonly Ground[];
  /** The id at the platform of the chat of a deputy, by code. */
  readonly chatOf: (deputy: string) => string;
};

const HOUR_MS = 3_600_000;
const WINDOW = { messages: 5, durationMs: 48 * HOUR_MS };
const COMMANDS = { reply: "回复", close: "办结", return: "退回", refer: "转办", deny: "退回" } as const;
const UNIT = "住房和城乡建设局";

/** The places of the county that one name means alone, in grids whose deputies have a chat, by name. */
export async function groundsOf(tx: Transaction): Promise<Ground[]> {
  const rows = await tx.execute<Ground>(sql`
    select p.name as place, min(d.code) as deputy
    from places p
      join assignments a on a.grid_id = p.grid_id and a.until_on is null and a.role = 'primary'
      join deputies d on d.id = a.deputy_id
    where exists (select from conversations c where c.deputy_id = d.id)
      and (select count(distinct o.grid_id) from places o where o.name = p.name) = 1
    group by p.name order by p.name`);
  return [...rows];
}

/** The keys of the stories that were told before. */
export async function toldBefore(tx: Transaction, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ key: inbox.dedupeKey })
    .from(inbox)
    .where(
      inArray(
        inbox.dedupeKey,
        keys.map((key) => `${key}-0`),
      ),
    );
  return new Set(rows.map(({ key }) => key.replace(/-0$/, "")));
}

/**
 * Tells one story: everything in it happens by the service's own ways, by a clock of then, in one transaction.
 *
 * Nothing leaves for a platform: what would be sent is taken, or refused, as the story says. The deputies' chats are afterwards as
 * they were, so that what they are shown today is not about the past.
 */
export async function tellStory({ runtime, account, caller, grounds, chatOf }: Stage, story: Story): Promise<void> {
  const { jurisdictionId } = account;
  const real = runtime.now();
  let moment = new Date(real.getTime() - story.hoursAgo * HOUR_MS);
  const ground = grounds[(story.place ?? 0) % grounds.length];
  const neighbour = grounds.find(({ deputy }) => deputy !== ground?.deputy)?.deputy ?? "";
  await atOnce(runtime.database, jurisdictionId, async (database, tx) => {
    const before = await tx.select().from(conversations).where(isNotNull(conversations.deputyId));
    const sender = senderFor(story);
    const then: Runtime = {
      ...runtime,
      database,
      now: () => moment,
      random: () => 0.5,
      accounts: {
        find: runtime.accounts.find,
        named: runtime.accounts.named,
        async byId(county, id) {
          const found = await runtime.accounts.byId(county, id);
          return found === null ? null : { ...found, account, sender, note: () => undefined };
        },
      },
    };
    const hear = async (from: string, key: string, text: string): Promise<void> => {
      const intake = createInbox({ database, vault: runtime.vault, now: then.now, announce: () => undefined });
      const content = { kind: "text", text } as const;
      const said = inboundOf({ dedupeKey: key, sender: from, sentAt: moment, window: WINDOW, content });
      await intake.accept(account, [said]);
      await receive(then, {
        jurisdictionId,
        accountId: account.id,
        peer: runtime.vault.blindIndex(from, account.id),
      });
      await sendAll(then, jurisdictionId);
    };
    const resident = `oPast-${story.key}`;
    await hear(
      resident,
      `${story.key}-0`,
      story.place === null ? story.words : `${ground?.place ?? ""}，${story.words}`,
    );
    for (const [index, step] of story.steps.entries()) {
      moment = new Date(moment.getTime() + step.afterHours * HOUR_MS);
      if (moment >= real) break;
      const one = await caseOf(tx, account.id, runtime.vault.blindIndex(resident, account.id));
      if (one === null) break;
      const key = `${story.key}-${index + 1}`;
      if (step.who === "resident") await hear(resident, key, step.says);
      else if (step.who === "deputy") {
        if (one.deputy !== null) await hear(chatOf(one.deputy), key, commandOf(step, one.number));
      } else {
        const { does, text } = step;
        await database.inCounty(jurisdictionId, (inner) =>
          doAtOffice(then, inner, { caller, number: one.number, does, text, neighbour }),
        );
        await sendAll(then, jurisdictionId);
      }
    }
    for (const { id, ...row } of before) await tx.update(conversations).set(row).where(eq(conversations.id, id));
  });
}

function commandOf({ says, text }: Extract<Step, { who: "deputy" }>, number: string): string {
  const serial = Number(number.slice(-6));
  return says === "refer" ? `${COMMANDS[says]} ${serial} ${UNIT} ${text}` : `${COMMANDS[says]} ${serial} ${text}`;
}

async function caseOf(
  tx: Transaction,
  accountId: string,
  peer: string,
): Promise<{ readonly number: string; readonly deputy: string | null } | null> {
  const [found] = await tx
    .select({ number: cases.number, deputy: deputies.code })
    .from(cases)
    .innerJoin(conversations, eq(conversations.id, cases.conversationId))
    .leftJoin(deputies, eq(deputies.id, cases.deputyId))
    .where(sql`${conversations.accountId} = ${accountId} and ${conversations.peer} = ${peer}`)
    .orderBy(desc(cases.number))
    .limit(1);
  return found ?? null;
}

/** Lets everything leave that is due at this moment of the story. */
async function sendAll(then: Runtime, jurisdictionId: string): Promise<void> {
  const waiting = await findWaiting(then.database, jurisdictionId, { now: then.now(), unprocessedSince: then.now() });
  for (const key of waiting.deliver) await deliver(then, key);
}

/** A platform that takes everything, but refuses this resident where the story says so. */
function senderFor({ isUndeliverable, key }: Story): Sender {
  const resident = `oPast-${key}`;
  return {
    abilities: WORDS_ONLY,
    split: (text) => [text],
    pause: () => null,
    send: async (_rung, to) =>
      isUndeliverable && to.id === resident
        ? { outcome: "refused", reason: "43004 require subscribe", blocks: "person" }
        : { outcome: "delivered", platformId: null },
    revise: async () => ({ outcome: "spent" }),
    fetchMedia: async () => ({ ok: false, reason: "no media here", retryable: false }),
    link: async () => ({ ok: false, reason: "no codes here" }),
  };
}
