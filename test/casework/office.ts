import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, isNull } from "drizzle-orm";
import { pino } from "pino";
import { v7 as newId } from "uuid";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { channelAccounts } from "../../db/schema/county.ts";
import { deputies } from "../../db/schema/people.ts";
import { findWaiting } from "../../src/casework/backlog/waiting.ts";
import { tick } from "../../src/casework/clock/tick.ts";
import { createAtlasStore } from "../../src/casework/county/atlas-store.ts";
import type { County } from "../../src/casework/county/counties.ts";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import { importFiles } from "../../src/casework/import/import-files.ts";
import { createInbox } from "../../src/casework/inbox/accept.ts";
import { type Claimed, claimNext } from "../../src/casework/receive/claim.ts";
import { receive, receiveNext } from "../../src/casework/receive/receive.ts";
import { mediaStore } from "../../src/casework/runtime/media-store.ts";
import { openReader } from "../../src/casework/runtime/open-reader.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";
import { WORDS_ONLY } from "../../src/channels/abilities.ts";
import type { ChannelAccount, Sender, SendOutcome } from "../../src/channels/channel.ts";
import { desk } from "../../src/channels/desk/channel.ts";
import { rehearsal } from "../../src/channels/rehearsal/channel.ts";
import { inboundOf } from "../../src/domain/messages/inbound.ts";
import type { InboundContent, Outbound } from "../../src/domain/messages/message.ts";
import { bareSender } from "../bare-channel.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { slowClock, tenOnAWorkday } from "../slow-clock.ts";

type Platform = (to: string, outbound: Outbound) => SendOutcome | Promise<SendOutcome>;

/** The casework of one county on a real database, without queue, HTTP and platform: time passes when it is told to. */
export type Office = {
  readonly db: TestDatabase;
  readonly runtime: Runtime;
  readonly county: County;
  /** Everything that was sent, oldest first. */
  readonly sent: { readonly to: string; readonly text: string; readonly labels: readonly string[] }[];
  /** What becomes of calls to the platform; every one is delivered until somebody says otherwise. */
  answerCalls(answer: Platform): void;
  /** Stores what a person says, as a webhook does. */
  accept(person: string, said: string | InboundContent): Promise<void>;
  /** Lets everybody be heard and be sent to, as sweeps at this moment would. */
  work(): Promise<void>;
  /** Accepts and works. */
  say(person: string, said: string | InboundContent): Promise<void>;
  /** Makes a person the deputy with this code. */
  bind(person: string, code: string): Promise<void>;
  /** Puts the clock forward, which hardly goes otherwise; then what time brings happens. */
  pass(ms: number): Promise<void>;
  peer(person: string): string;
  close(): Promise<void>;
};

const NO_SERVICES = {
  apiBase: undefined,
  publicUrl: "",
  store: { get: async () => null, set: async () => undefined, deleteIfEqual: async () => undefined },
  now: () => new Date(),
  timeoutMs: 1,
};

const WINDOW = { messages: 5, durationMs: 48 * 3_600_000 };

/**
 * Opens the office of the county 清河 with its grids, stations and deputies, at ten o'clock of a day on which people work.
 * @param equipment what its runtime has otherwise
 */
export async function openOffice(
  equipment: Partial<Pick<Runtime, "reader" | "voter" | "countVote">> = {},
): Promise<Office> {
  const db = await testDatabase({ counties: [QINGHE.code] });
  const { database, vault } = db;
  const folder = await mkdtemp(join(tmpdir(), "liaison-office-"));
  const id = await db.county(QINGHE.code);
  let answer: Platform = () => ({ outcome: "delivered", platformId: null });
  const sent: { to: string; text: string; labels: string[] }[] = [];
  const { now, advance } = slowClock(tenOnAWorkday());
  const account: ChannelAccount = {
    id: newId(),
    jurisdictionId: id,
    channel: "office",
    name: "office",
    settings: {},
    secrets: {},
  };
  const sender: Sender = bareSender({
    abilities: { ...WORDS_ONLY, media: { image: 10 * 1024 * 1024, voice: 2 * 1024 * 1024 } },
    async send(_rung, { id: to }, outbound) {
      const outcome = await answer(to, outbound);
      if (outcome.outcome === "delivered" && "text" in outbound) {
        const labels = outbound.kind === "choices" ? outbound.choices.map((choice) => choice.label) : [];
        sent.push({ to, text: outbound.text, labels });
      }
      return outcome;
    },
  });
  const runtime: Runtime = {
    database,
    vault,
    now,
    random: () => 0,
    timeZone: "Asia/Shanghai",
    accounts: {
      find: async () => account,
      named: async () => [],
      async byId(_county, accountId) {
        const own = { account, sender, names: { "zh-CN": "微信", en: "WeChat" }, note: () => undefined };
        if (accountId === account.id) return own;
        const [row] = await database.inCounty(id, (tx) =>
          tx.select().from(channelAccounts).where(eq(channelAccounts.id, accountId)),
        );
        const channel = row?.channel === rehearsal.type ? rehearsal : desk;
        const without = { ...account, id: accountId, channel: channel.type };
        return { ...own, account: without, sender: channel.connect(without, NO_SERVICES) };
      },
    },
    atlases: createAtlasStore(),
    reader: openReader(),
    media: mediaStore(join(folder, "media")),
    log: pino({ level: "silent" }),
    ...equipment,
  };
  await writeFixture(QINGHE, join(folder, "files"));
  const imported = await importFiles(runtime, id, [join(folder, "files")], { coordinates: "wgs84", dryRun: false });
  if (!imported.ok) throw new Error(imported.errors.join("\n"));
  const { secrets: _secrets, ...row } = account;
  await database.inCounty(id, (tx) =>
    tx.insert(channelAccounts).values({ ...row, secrets: new Uint8Array(), createdAt: now() }),
  );
  const intake = createInbox({ database, vault, now, announce: () => undefined });
  const peer = (person: string) => vault.blindIndex(person, account.id);

  const office: Office = {
    db,
    runtime,
    county: { id, code: QINGHE.code, name: QINGHE.code },
    sent,
    peer,
    answerCalls(next) {
      answer = next;
    },
    async accept(person, said) {
      const content = typeof said === "string" ? ({ kind: "text", text: said } as const) : said;
      const given = { dedupeKey: newId(), sender: person, sentAt: now(), window: WINDOW, content };
      await intake.accept(account, [inboundOf(given)]);
    },
    async work() {
      const later = new Date(now().getTime() + 1);
      for (let isMore = true; isMore; ) {
        const heard = await receiveNext(runtime, id, { limit: 1, order: "oldest" });
        for (const person of heard.apart) await receive(runtime, person);
        isMore = heard.isMore;
      }
      const { deliver: toSend } = await findWaiting(database, id, { now: now(), unprocessedSince: later });
      for (const key of toSend) await deliver(runtime, key);
    },
    async say(person, said) {
      await office.accept(person, said);
      await office.work();
    },
    async bind(person, code) {
      await office.say(person, "帮助");
      await database.inCounty(id, async (tx) => {
        const [deputy] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code));
        await tx
          .update(conversations)
          .set({ deputyId: deputy!.id })
          .where(eq(conversations.peer, peer(person)));
      });
    },
    async pass(ms) {
      advance(ms);
      await tick(runtime, id);
      await office.work();
    },
    async close() {
      await intake.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return office;
}

/** Whom a worker would hear next, in order; nothing is done about them. */
export async function whoIsNext({ db, runtime, county }: Office): Promise<Claimed[]> {
  const choice = { now: runtime.now(), limit: 1000, order: "oldest" as const };
  return db.database.inCounty(county.id, (tx) => claimNext(tx, county.id, choice));
}

/** The messages of one person that wait, by their numbers, oldest first. */
export async function waitingOf(office: Office, person: string): Promise<number[]> {
  const rows = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ seq: inbox.seq })
      .from(inbox)
      .where(and(eq(inbox.peer, office.peer(person)), isNull(inbox.processedAt)))
      .orderBy(inbox.seq),
  );
  return rows.map((row) => row.seq);
}
