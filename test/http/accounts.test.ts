import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { channelAccounts } from "../../db/schema/county.ts";
import { staffChanges } from "../../db/schema/sign-in.ts";
import { unseal } from "../../src/casework/runtime/accounts.ts";
import { platforms } from "../../src/channels/registry.ts";
import { ROLES } from "../../src/domain/access/roles.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

const PUT = "PUT /accounts/wechat-official/qinghe";
const settings = { "app-id": "wx0123456789abcdef", replies: "direct" };
const secrets = { "app-secret": "an-app-secret-nobody-reads", token: "a-token-nobody-reads" };

let staff: StaffApi;
/** What platforms were told of the accounts that were written. */
const told: string[] = [];

beforeAll(async () => {
  const register = (channel: { type: string }, account: { name: string }, address: string) =>
    void told.push([channel.type, account.name, address].join(" "));
  staff = await staffApi({ register });
  const west = await staff.office.db.county("west");
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("west", "operator", { jurisdictionId: west });
  await staff.person("unconfirmed", "operator", { confirmedAt: null });
  await staff.program("program", "operator");
});

afterAll(() => staff.close());

const one = async (who = "operator") =>
  (await staff.ask(who, "GET /accounts")).body.items.find((row: { name: string }) => row.name === "qinghe");
const stored = () =>
  staff.office.db.database.inCounty(staff.office.county.id, async (tx) => {
    const [row] = await tx.select().from(channelAccounts).where(eq(channelAccounts.name, "qinghe"));
    return unseal(staff.office.runtime.vault, row!);
  });

describe("the county's accounts at platforms", () => {
  it("are the operator's alone, a person's, with a code of the second factor", async () => {
    const body = { settings, secrets };
    for (const role of ROLES.filter((other) => other !== "operator")) {
      expect((await staff.ask(role, "GET /accounts")).status).toBe(403);
      expect((await staff.ask(role, PUT, { body, match: '"new"' })).status).toBe(403);
    }
    expect((await staff.ask("program", PUT, { body, match: '"new"' })).status).toBe(403);
    expect((await staff.ask("unconfirmed", PUT, { body, match: '"new"' })).body.code).toBe("confirm-needed");
    expect((await staff.ask("operator", PUT, { body })).status).toBe(428);
  });

  it("say what is wrong with a setting or a secret, without quoting any", async () => {
    const bad = { settings: { "app-id": "not an id!" }, secrets: { ...secrets, token: "秘" } };
    const refused = await staff.ask("operator", PUT, { body: bad, match: '"new"' });
    expect(refused.status).toBe(422);
    expect(refused.body.findings.map(({ at }: { at: string }) => at)).toEqual(["body.app-id", "body.token"]);
    expect(JSON.stringify(refused.body)).not.toMatch(/not an id!|秘|nobody-reads/);
    expect((await staff.ask("operator", "PUT /accounts/pigeon/qinghe", { body: bad, match: '"new"' })).status).toBe(
      404,
    );
    expect(await one()).toBeUndefined();
  });

  it("take secrets and never give them back", async () => {
    staff.api.forgetLog();
    const made = await staff.ask("operator", PUT, { body: { settings, secrets }, match: '"new"' });
    expect(made).toMatchObject({
      status: 200,
      body: { settings, refusedUntil: null, webhook: "http://liaison.example/webhooks/wechat-official/qinghe" },
    });
    expect(made.body.secrets.map(({ name }: { name: string }) => name)).toEqual(["app-secret", "token"]);
    expect((await stored()).secrets).toEqual(secrets);
    const changes = await staff.ask("auditor", "GET /staff/changes");
    const everything = JSON.stringify([made.body, await one(), changes.body, staff.api.logged()]);
    expect(everything).not.toContain("nobody-reads");
    const [noted] = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(staffChanges).where(eq(staffChanges.what, "account-added")),
    );
    expect(noted).toMatchObject({ by: "operator", name: "wechat-official/qinghe" });
    expect(JSON.stringify(noted)).not.toContain("nobody-reads");
  });

  it("keep a secret that is left out, and tell the slower of two operators what happened", async () => {
    const { etag, secrets: before } = await one();
    const token = { token: "another-token-nobody-reads" };
    const body = { settings: { ...settings, replies: "passive" }, secrets: token };
    expect((await staff.ask("operator", PUT, { body, match: `"${etag}"` })).body.settings.replies).toBe("passive");
    expect((await stored()).secrets).toEqual({ ...secrets, ...token });
    const after = (await one()).secrets;
    expect(after[0]).toEqual(before[0]);
    expect(after[1].setAt > before[1].setAt).toBe(true);
    const slower = await staff.ask("operator", PUT, { body, match: `"${etag}"` });
    expect(slower).toMatchObject({
      status: 412,
      body: { code: "somebody-was-faster", since: [{ type: "account-changed", by: "operator" }] },
    });
  });

  it("say of each platform what its accounts are asked for, and tell it the address of one that was saved", async () => {
    const { platforms: listed } = (await staff.ask("operator", "GET /accounts")).body;
    expect(listed.map(({ type }: { type: string }) => type)).toEqual(platforms.map(({ type }) => type));
    for (const { type, options } of platforms) {
      const asked = listed.find((row: { type: string }) => row.type === type).options;
      expect(asked.map(({ name }: { name: string }) => name)).toEqual(options.map(({ name }) => name));
    }
    told.length = 0;
    const bot = { "bot-token": "4242:abcdefghijklmnopqrstuvwxyz0123456789", "secret-token": "a-secret-nobody-reads" };
    const body = { settings: {}, secrets: bot };
    expect((await staff.ask("operator", "PUT /accounts/telegram/bot", { body, match: '"new"' })).status).toBe(200);
    expect(told).toEqual(["telegram bot http://liaison.example/webhooks/telegram/bot"]);
    const refused = { settings: {}, secrets: { "secret-token": "short" } };
    await staff.ask("operator", "PUT /accounts/telegram/another", { body: refused, match: '"new"' });
    expect(told).toHaveLength(1);
    const page = { settings: { phone: "0536-1234567" }, secrets: {} };
    const made = await staff.ask("operator", "PUT /accounts/web/page", { body: page, match: '"new"' });
    expect(made.body.webhook).toBe("http://liaison.example/w/page");
  });

  it("of another county do not exist, but their names are taken", async () => {
    expect(await one("west")).toBeUndefined();
    expect(await staff.ask("west", PUT, { body: { settings, secrets }, match: '"new"' })).toMatchObject({
      status: 409,
      body: { code: "taken" },
    });
  });
});
