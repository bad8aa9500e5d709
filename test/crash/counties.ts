import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Database, openDatabase } from "../../db/database.ts";
import { createVault, type Vault } from "../../db/vault.ts";
import { addCounty } from "../../src/casework/county/counties.ts";
import { changeSettings } from "../../src/casework/county/settings-change.ts";
import { inviteDeputy } from "../../src/casework/deputy/invite.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import { importFiles } from "../../src/casework/import/import-files.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { writePartner } from "../../src/casework/partner-exchange/manage.ts";
import { wechatOfficial } from "../../src/channels/wechat-official/channel.ts";
import type { SimulatedAccount } from "../../src/demo/platforms/wechat/account.ts";
import { BAISHI } from "../county/baishi.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { COUNTIES } from "./words.ts";

const PARTNER = COUNTIES[0].takers?.partner ?? { code: "grid", name: "网格平台" };

/** The counties of a run, as they stand in the database and at the platform. */
export type Counties = {
  readonly vault: Vault;
  /** The master key in base64. */
  readonly secret: string;
  readonly ids: ReadonlyMap<string, string>;
  readonly accountIds: ReadonlyMap<string, string>;
  readonly accounts: readonly SimulatedAccount[];
  /** A code by which a deputy binds a chat. */
  invite(county: string, deputy: string): Promise<string>;
  /** A code by which somebody speaks for a unit. */
  inviteUnit(county: string, unit: string): Promise<string>;
};

/**
 * Imports both fixture counties into a migrated database, with one account each that has the same name as its county.
 * @param folder for the import's files
 * @param platform the case system to which the first county's deputies hand over
 */
export async function installCounties(
  databaseUrl: string,
  folder: string,
  platform: { readonly hookUrl: string; readonly secret: string },
): Promise<Counties> {
  const master = randomBytes(32);
  const vault = createVault(master);
  const now = () => new Date();
  const ids = new Map<string, string>();
  const accountIds = new Map<string, string>();
  const accounts: SimulatedAccount[] = [];
  const database = await openDatabase({ url: databaseUrl, maxConnections: 2 });
  try {
    const runtime = { database, vault, now, timeZone: "Asia/Shanghai" };
    for (const county of [QINGHE, BAISHI]) {
      const added = await addCounty(database, { code: county.code, name: county.name }, now());
      if (!added.ok) throw new Error(added.reason);
      const files = join(folder, county.code);
      await writeFixture(county, files);
      const imported = await importFiles(runtime, added.county.id, [files], { coordinates: "wgs84", dryRun: false });
      if (!imported.ok) throw new Error(imported.errors.join("\n"));
      const account = newAccount(county.code);
      const opened = await addAccount(runtime, added.county.id, {
        channel: wechatOfficial,
        name: county.code,
        options: {
          "app-id": account.appId,
          "app-secret": account.appSecret,
          token: account.token,
          "aes-key": account.aesKey ?? undefined,
        },
      });
      if (!opened.ok) throw new Error(opened.problems.join(" "));
      if (county === QINGHE) await connect(database, vault, added.county.id, platform);
      ids.set(county.code, added.county.id);
      accountIds.set(county.code, opened.account.id);
      accounts.push(account);
    }
  } finally {
    await database.close();
  }
  return {
    vault,
    secret: master.toString("base64"),
    ids,
    accountIds,
    accounts,
    async inviteUnit(county, unit) {
      const open = await openDatabase({ url: databaseUrl, maxConnections: 1 });
      try {
        const code = await inviteRole(
          { database: open, vault, now, timeZone: "Asia/Shanghai" },
          ids.get(county) ?? "",
          {
            role: "unit",
            ref: unit,
          },
        );
        if (code === null) throw new Error(`${county} has no unit ${unit}`);
        return code;
      } finally {
        await open.close();
      }
    },
    async invite(county, deputy) {
      const open = await openDatabase({ url: databaseUrl, maxConnections: 1 });
      try {
        const code = await inviteDeputy({ database: open, vault, now }, ids.get(county) ?? "", deputy);
        if (code === null) throw new Error(`${county} has no deputy ${deputy}`);
        return code;
      } finally {
        await open.close();
      }
    },
  };
}

async function connect(
  database: Database,
  vault: Vault,
  jurisdictionId: string,
  { hookUrl, secret }: { readonly hookUrl: string; readonly secret: string },
): Promise<void> {
  const at = new Date();
  const set = await changeSettings(
    { database, now: () => at },
    jurisdictionId,
    { partnerNetworks: ["127.0.0.1"] },
    "crash run",
  );
  if (!set.ok) throw new Error(set.problems.join(" "));
  const { code: name, name: title } = PARTNER;
  const wanted = { name, type: "webhook", url: hookUrl, secret, title };
  const written = await database.inCounty(jurisdictionId, (tx) =>
    writePartner(tx, vault, { jurisdictionId, by: null, at }, wanted),
  );
  if (!written.ok) throw new Error(written.problems.join(" "));
}

function newAccount(name: string): SimulatedAccount {
  return {
    name,
    appId: `wx${randomBytes(8).toString("hex")}`,
    appSecret: randomBytes(16).toString("hex"),
    token: randomBytes(8).toString("hex"),
    aesKey: randomBytes(32).toString("base64").replace(/[+/=]/g, "x").slice(0, 43),
    webhookUrl: "http://127.0.0.1:9/",
    format: "xml",
    mode: "safe",
    kind: "verified-service",
  };
}
