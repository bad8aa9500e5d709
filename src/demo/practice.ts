import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { count } from "drizzle-orm";
import { deputies } from "../../db/schema/people.ts";
import { addAccount } from "../casework/office/channel-accounts.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import type { ChannelAccount } from "../channels/channel.ts";
import { channelOf } from "../channels/registry.ts";
import type { NoticeTemplate, SimulatedAccount } from "./platforms/wechat/account.ts";

/** The channel of the practice county and its account's name there. */
const CHANNEL = "wechat-official";
const ACCOUNT = "qinghe";

const SEED = 20_261_124;
const NOTICE: NoticeTemplate = {
  id: "PRACTICE-NOTICE-1",
  title: "诉求办理进度通知",
  labels: { character_string1: "编号", thing2: "事项", name3: "代表", date4: "日期" },
};
const NOTICE_OPTION = `${NOTICE.id}:character_string1={number},thing2={summary},name3={deputy},date4={date}`;

/**
 * Imports the practice county where it is not there yet, as an office imports its own lists.
 * @param options.folder where the import's files are written, for whoever wants to look at them
 * @param options.size how many grids; Zhucheng's when left out
 */
export async function importPractice(
  runtime: Runtime,
  jurisdictionId: string,
  options: { readonly folder: string; readonly size: number | undefined; readonly say: (sentence: string) => void },
): Promise<void> {
  const [found] = await runtime.database.inCounty(jurisdictionId, (tx) => tx.select({ count: count() }).from(deputies));
  if (found !== undefined && found.count > 0) return;
  const [{ generateCounty, writeCounty }, { importFiles }] = await Promise.all([
    import("./county/generate.ts"),
    import("../casework/import/import-files.ts"),
  ]);
  const county = generateCounty({ seed: SEED, size: options.size });
  options.say(
    `Importing the practice county ${county.name}: ${county.grids.length} grids, ${county.stations.length} stations, ${county.deputies.length} deputies.`,
  );
  const folder = join(options.folder, "county");
  await writeCounty(county, folder);
  const imported = await importFiles(runtime, jurisdictionId, [folder], { coordinates: "wgs84", dryRun: false });
  if (!imported.ok)
    throw new Error(`The practice county cannot be imported: ${imported.errors.slice(0, 3).join("; ")}`);
}

/** Opens the practice county's page of the web chat. @returns its address below the service's */
export async function openPracticePage(runtime: Runtime, jurisdictionId: string): Promise<string> {
  const channel = channelOf("web");
  if (channel?.pageOf === undefined) throw new Error("There is no web chat.");
  const added = await addAccount(runtime, jurisdictionId, { channel, name: ACCOUNT, options: {} });
  if (!added.ok) throw new Error(added.problems.join(" "));
  return channel.pageOf(ACCOUNT);
}

/** Opens the practice county's account, which is added with new secrets where there is none. */
export async function openPracticeAccount(runtime: Runtime, jurisdictionId: string): Promise<ChannelAccount> {
  const known = await runtime.accounts.find(CHANNEL, ACCOUNT);
  if (known !== null) return known;
  const channel = channelOf(CHANNEL);
  if (channel === null) throw new Error(`There is no channel ${CHANNEL}.`);
  const added = await addAccount(runtime, jurisdictionId, {
    channel,
    name: ACCOUNT,
    options: {
      "app-id": `wx${randomBytes(8).toString("hex")}`,
      "app-secret": randomBytes(16).toString("hex"),
      token: randomBytes(12).toString("hex"),
      "aes-key": randomBytes(32).toString("base64").slice(0, 43),
      template: NOTICE_OPTION,
    },
  });
  if (!added.ok) throw new Error(added.problems.join(" "));
  return added.account;
}

/** The settings of the practice account in WeChat's own console: safe mode, a verified service account. */
export function simulatedAccount(account: ChannelAccount, county: string, serviceUrl: string): SimulatedAccount {
  return {
    name: account.name,
    title: `${county}人大代表联络站`,
    appId: account.settings["app-id"] ?? "",
    appSecret: account.secrets["app-secret"] ?? "",
    token: account.secrets.token ?? "",
    aesKey: account.secrets["aes-key"] ?? null,
    webhookUrl: `${serviceUrl}/webhooks/${account.channel}/${account.name}`,
    format: "xml",
    mode: "safe",
    kind: "verified-service",
    templates: [NOTICE],
  };
}
