import { inviteDeputy } from "../casework/deputy/invite.ts";
import { inviteRole } from "../casework/deputy/invite-role.ts";
import { bindMember } from "../casework/deputy/members/bind-member.ts";
import { addAccount } from "../casework/office/channel-accounts.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { channelOf } from "../channels/registry.ts";
import { convertDatum } from "../domain/place/datum.ts";
import { boundDeputies, stationsOf, unitsOf } from "./page-data.ts";
import { openidOf } from "./people.ts";
import type { SimulatedPlatform } from "./platforms/face/platform.ts";

/** A platform beside WeChat in a demo, with one account of the practice county, and everybody's phone on it. */
export type BesidePlatform = {
  readonly type: string;
  /** What people call it. */
  readonly title: string;
  readonly account: string;
  readonly platform: SimulatedPlatform;
  /** The id by which the platform knows a person of the page. */
  personOf(openid: string): string;
};

/** WeChat itself, and the page of our own: they are there without a simulated platform of this kind. */
const WECHAT = "wechat-official";
const WEB = "web";
const ACCOUNT = "qinghe";

type Starting = { start(now: () => Date): Promise<SimulatedPlatform>; personOf(openid: string): string };

const STARTS: Readonly<Record<string, Starting>> = {
  wecom: {
    start: async (now) => (await import("./platforms/wecom.ts")).startWecom({ now }),
    personOf: (openid) => openid,
  },
  telegram: {
    start: async (now) =>
      (await import("./platforms/telegram.ts")).startTelegram({
        now,
        toSatellites: (longitude, latitude) => convertDatum([longitude, latitude], "gcj02", "wgs84"),
      }),
    personOf: numberOf,
  },
};

/**
 * Starts the platforms beside WeChat that a demo is to have.
 *
 * @param names as `LIAISON_DEMO_PLATFORMS` has them
 * @throws Error with a plain sentence where a name is none
 */
export async function startBesidePlatforms(names: readonly string[], now: () => Date): Promise<BesidePlatform[]> {
  const known = [WECHAT, WEB, ...Object.keys(STARTS)];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`LIAISON_DEMO_PLATFORMS names ${unknown}: there is ${known.join(", ")}.`);
  if (!names.includes(WECHAT)) throw new Error(`LIAISON_DEMO_PLATFORMS must name ${WECHAT}: the page begins there.`);
  return Promise.all(
    [...new Set(names)].flatMap((type) => {
      const { start, personOf } = STARTS[type] ?? {};
      if (start === undefined || personOf === undefined) return [];
      const title = channelOf(type)?.names["zh-CN"] ?? type;
      return [start(now).then((platform) => ({ type, title, account: ACCOUNT, platform, personOf }))];
    }),
  );
}

/** Whether a demo is to have the page of our own. */
export function hasWebPage(names: readonly string[]): boolean {
  return names.includes(WEB);
}

/** The addresses of these platforms, by the names of their channels' variables. */
export function apiBasesOf(platforms: readonly BesidePlatform[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    platforms.flatMap(({ type, platform }) => {
      const variable = channelOf(type)?.apiBaseVariable;
      return variable === undefined ? [] : [[variable, platform.url]];
    }),
  );
}

/** Opens the practice county's account at each of these platforms; what the platform knew of an earlier start is gone with it. */
export async function openBesideAccounts(
  runtime: Runtime,
  jurisdictionId: string,
  platforms: readonly BesidePlatform[],
  serviceUrl: string,
): Promise<void> {
  for (const { type, account, platform } of platforms) {
    const channel = channelOf(type);
    if (channel === null) throw new Error(`There is no channel ${type}.`);
    const options = await platform.openAccount(account, `${serviceUrl}/webhooks/${type}/${account}`);
    const added = await addAccount(runtime, jurisdictionId, { channel, name: account, options });
    if (!added.ok) throw new Error(added.problems.join(" "));
  }
}

/**
 * Opens the account's chat on somebody's phone, as they do who change over to another platform: a deputy, or somebody of a unit or a
 * station, is bound there as their office would, and hears of what is new there from then on.
 */
export async function openChat(
  runtime: Runtime,
  jurisdictionId: string,
  { type, account, platform, personOf }: BesidePlatform,
  openid: string,
): Promise<void> {
  const phone = platform.phone(account, personOf(openid));
  const isNew = phone.lines().length === 0;
  if (isNew) await phone.open(null);
  const channel = channelOf(type);
  const deputy = [...(await boundDeputies(runtime.database, jurisdictionId))].find((code) => openidOf(code) === openid);
  if (deputy !== undefined && channel?.memberId !== undefined) {
    await bindMember(runtime, jurisdictionId, { deputy, channel, account, member: personOf(openid) });
  } else if (isNew) {
    const invite =
      deputy === undefined
        ? await roleInvite(runtime, jurisdictionId, openid)
        : await inviteDeputy(runtime, jurisdictionId, deputy);
    if (invite !== null) await phone.say(`绑定 ${invite}`);
  }
  await phone.open(null);
}

async function roleInvite(runtime: Runtime, jurisdictionId: string, openid: string): Promise<string | null> {
  const [units, stations] = await Promise.all(
    [unitsOf, stationsOf].map((list) => list(runtime.database, jurisdictionId)),
  );
  const unit = units?.find((one) => one.openid === openid);
  if (unit !== undefined) return inviteRole(runtime, jurisdictionId, { role: "unit", ref: unit.code });
  const station = stations?.find((one) => one.openid === openid);
  return station === undefined ? null : inviteRole(runtime, jurisdictionId, { role: "station", ref: station.code });
}

/** A number of a person for platforms whose ids are numbers: the same for the same openid. */
function numberOf(openid: string): string {
  const digest = [...openid].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 900_000_007, 7);
  return String(7_000_000_000 + digest);
}
