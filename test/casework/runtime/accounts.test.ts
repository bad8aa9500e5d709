import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../../db/database.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import {
  addCounty,
  countyByCode,
  ensureDefaultCounty,
  listCounties,
  onlyCounty,
} from "../../../src/casework/county/counties.ts";
import { readTrial } from "../../../src/casework/county/trial.ts";
import { addAccount, listAccounts } from "../../../src/casework/office/channel-accounts.ts";
import { type Accounts, createAccounts } from "../../../src/casework/runtime/accounts.ts";
import type { Channel, ChannelAccount, Sender } from "../../../src/channels/channel.ts";
import { bareChannel, bareSender } from "../../bare-channel.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { quietMsOf } from "../../quiet-time.ts";

const NOW = new Date("2026-11-23T08:00:00Z");
let db: TestDatabase;
let east: string;
let west: string;
let reads = 0;
let isDatabaseAway = false;
let refusals = 0;
let isSlow = false;
let isReading = false;
let letRead = (): void => undefined;
let accounts: Accounts;

const sender = (account: ChannelAccount): Sender =>
  bareSender({ send: async () => ({ outcome: "delivered", platformId: account.secrets.token ?? null }) });
const postcards: Channel = bareChannel({
  type: "postcards",
  configure: ({ token, replies }) =>
    token === undefined
      ? { ok: false, problems: ["--token is missing."] }
      : {
          ok: true,
          settings: { ...(replies === undefined ? {} : { replies }) } as Record<string, string>,
          secrets: { token },
        },
  connect: sender,
});
const add = (county: string, name: string, options: Record<string, string>) =>
  addAccount({ database: db.database, vault: db.vault, now: () => NOW }, county, { channel: postcards, name, options });

beforeAll(async () => {
  db = await testDatabase();
  [east, west] = [await db.county("east"), await db.county("west")];
  const counting: Database = {
    ...db.database,
    inDirectory: (work) => {
      reads += 1;
      if (isDatabaseAway) {
        refusals += 1;
        return Promise.reject(new Error("no connection"));
      }
      if (!isSlow) return db.database.inDirectory(work);
      // What was read is given when somebody lets it.
      isReading = true;
      const read = db.database.inDirectory(work);
      return new Promise<void>((resolve) => {
        letRead = resolve;
      })
        .then(() => read)
        .finally(() => {
          isReading = false;
        });
    },
  };
  accounts = createAccounts({
    database: counting,
    vault: db.vault,
    channels: [postcards],
    apiBases: {},
    store: () => ({ get: async () => null, set: async () => undefined, deleteIfEqual: async () => undefined }),
    now: () => NOW,
    timeoutMs: 1000,
  });
});
afterAll(() => db.close());

describe("a channel account", () => {
  test("is found by the address of its webhook, and by its county alone otherwise", async () => {
    const added = await add(east, "oa", { token: "secret-token", replies: "passive" });
    if (!added.ok) throw new Error(added.problems.join());
    const { id } = added.account;
    expect(await accounts.find("postcards", "oa")).toEqual({
      id,
      jurisdictionId: east,
      channel: "postcards",
      name: "oa",
      settings: { replies: "passive" },
      secrets: { token: "secret-token" },
    });
    expect((await accounts.byId(east, id))?.account.name).toBe("oa");
    expect(await accounts.byId(west, id)).toBeNull();
    expect(await accounts.find("telegraph", "oa")).toBeNull();
  });

  test("keeps one sender, until its secrets change", async () => {
    const { id } = (await accounts.find("postcards", "oa"))!;
    const first = await accounts.byId(east, id);
    expect((await accounts.byId(east, id))?.sender).toBe(first?.sender);
    await add(east, "oa", { token: "renewed" });
    await expect
      .poll(async () => (await accounts.byId(east, id))?.account.secrets, { timeout: 60_000 })
      .toEqual({ token: "renewed" });
    expect((await accounts.byId(east, id))?.sender).not.toBe(first?.sender);
  });

  test("whose refusal this process noted stays refused, whatever was read before that was written", async () => {
    const { id } = (await accounts.find("postcards", "oa"))!;
    const until = new Date(NOW.getTime() + 3_600_000);
    const write = (value: Date | null) =>
      db.database.inCounty(east, (tx) =>
        tx.update(channelAccounts).set({ directRefusedUntil: value }).where(eq(channelAccounts.id, id)),
      );
    const refused = async () => (await accounts.byId(east, id))?.account.directRefusedUntil ?? null;
    // A look at the database is on its way when the note is made, and another one before the note is written.
    const first = (await accounts.byId(east, id))!;
    const before = reads;
    isSlow = true;
    try {
      await expect
        .poll(
          async () => {
            await accounts.byId(east, id);
            return reads;
          },
          { timeout: 60_000 },
        )
        .toBeGreaterThan(before);
      first.note(until);
      letRead();
      await expect.poll(() => isReading, { timeout: 60_000 }).toBe(false);
    } finally {
      isSlow = false;
      letRead();
    }
    expect(await refused()).toEqual(until);
    await write(until);
    await expect.poll(() => reads, { timeout: 60_000 }).toBeGreaterThan(before);
    expect(await refused()).toEqual(until);
    // Once it was read, what others write counts again.
    const again = reads;
    await expect
      .poll(
        async () => {
          await refused();
          return reads;
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(again);
    await write(null);
    await expect.poll(refused, { timeout: 60_000 }).toBeNull();
  });

  test("added beside a running service works within two seconds", async () => {
    expect(await accounts.find("postcards", "new")).toBeNull();
    await add(east, "new", { token: "t" });
    const found = () => expect.poll(() => accounts.find("postcards", "new"), { timeout: 60_000 }).not.toBeNull();
    expect(await quietMsOf(found)).toBeLessThan(2_000);
  });

  test("that does not exist costs no more than a query a second, however many ask", async () => {
    reads = 0;
    await Promise.all(Array.from({ length: 500 }, (_, index) => accounts.find("postcards", `guess-${index}`)));
    expect(reads).toBeLessThanOrEqual(2);
  });

  test("that is known is found while the database is away; a name that is not known cannot be told", async () => {
    isDatabaseAway = true;
    try {
      await expect
        .poll(
          async () => {
            expect(await accounts.find("postcards", "oa")).toMatchObject({ name: "oa" });
            return refusals;
          },
          { timeout: 60_000 },
        )
        .toBeGreaterThan(0);
      await expect(accounts.find("postcards", "nobody")).rejects.toThrow("no connection");
    } finally {
      isDatabaseAway = false;
    }
  });

  test("is refused with what is missing, with a bad name, or when another county has it", async () => {
    expect(await add(east, "x", {})).toEqual({ ok: false, problems: ["--token is missing."] });
    for (const name of ["a/b", "", "-a", "oa ", "公众号", "a".repeat(65)]) {
      expect([name, await add(east, name, { token: "t" })]).toEqual([
        name,
        {
          ok: false,
          problems: ["--account has 1 to 64 letters, digits, - and _, for it is part of the webhook's address."],
        },
      ]);
    }
    expect(await add(west, "oa", { token: "t" })).toEqual({
      ok: false,
      problems: ["Another county has the postcards account oa."],
    });
  });

  test("keeps its secrets sealed, and is listed without them", async () => {
    const rows = await db.database.inCounty(east, (tx) => tx.select().from(channelAccounts));
    for (const row of rows) expect(Buffer.from(row.secrets).toString("latin1")).not.toMatch(/renewed|secret-token/);
    expect(await listAccounts(db.database, east)).toEqual([
      { channel: "postcards", name: "new", settings: {} },
      { channel: "postcards", name: "oa", settings: {} },
    ]);
    expect(await listAccounts(db.database, west)).toEqual([]);
  });
});

describe("counties", () => {
  test("must be named where there are several, and are found by code", async () => {
    expect(await onlyCounty(db.database, undefined)).toEqual({
      ok: false,
      reason: "Say which county with --county: east, west.",
    });
    expect(await onlyCounty(db.database, "west")).toMatchObject({ ok: true, county: { id: west, code: "west" } });
    expect(await onlyCounty(db.database, "north")).toEqual({
      ok: false,
      reason: "There is no county north; there is east, west.",
    });
    expect(await countyByCode(db.database, "east")).toMatchObject({ id: east });
  });

  test("are added once, with a code that can be written", async () => {
    expect(await addCounty(db.database, { code: "east", name: "East" }, NOW)).toEqual({
      ok: false,
      reason: "There is a county east already.",
    });
    for (const code of ["no spaces", "", "_east", "东", "e".repeat(33)]) {
      expect([code, await addCounty(db.database, { code, name: "x" }, NOW)]).toEqual([
        code,
        {
          ok: false,
          reason: "A county's code has 1 to 32 letters, digits, - and _, and begins with a letter or digit.",
        },
      ]);
    }
    expect((await listCounties(db.database)).map((county) => county.code)).toEqual(["east", "west"]);
  });

  test("an empty database gets the county default, and only an empty one", async () => {
    const empty: TestDatabase = await testDatabase({ counties: [] });
    try {
      expect(await onlyCounty(empty.database, undefined)).toEqual({
        ok: false,
        reason: "There is no county yet: add one with `liaison county add`.",
      });
      await Promise.all([ensureDefaultCounty(empty.database, NOW), ensureDefaultCounty(empty.database, NOW)]);
      const [first, ...others] = await listCounties(empty.database);
      expect([first?.code, others]).toEqual(["default", []]);
      expect(await empty.database.inCounty(first?.id ?? "", (tx) => readTrial(tx))).toMatchObject({ isOn: false });
      expect(await onlyCounty(empty.database, undefined)).toMatchObject({ ok: true, county: { code: "default" } });
    } finally {
      await empty.close();
    }
    await ensureDefaultCounty(db.database, NOW);
    expect((await listCounties(db.database)).map((county) => county.code)).toEqual(["east", "west"]);
  });
});
