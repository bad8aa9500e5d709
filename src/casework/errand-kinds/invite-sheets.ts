import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { canonicalCode } from "../../domain/dialog/invite-code.ts";
import { readCounty } from "../county/settings.ts";
import { drawInvite } from "../deputy/invite.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { hasChat } from "../people/list-deputies.ts";
import { type InviteSheet, writeInvites } from "../places/invite-pages.ts";
import { ofReader } from "../places/listed.ts";
import { sceneLinks } from "../places/scene-links.ts";

const ASKED = z.strictObject({
  station: z.string().min(1).max(64),
  /** The ids of the stations to which it is limited; null for the whole county. */
  own: z.array(z.uuid()).nullable().default(null),
});

/** The errand that makes invitations for the deputies of a station who have bound no chat; nobody but who asked sees its file. */
export const INVITE_SHEETS = errandKind({
  name: "invite-sheets",
  roles: ["office", "station"],
  seenBy: [],
  shape: ASKED,
  async refuse(tx, caller, { station, own }) {
    const isOwn = own?.every((id) => caller.stations.includes(id));
    if (caller.role === "station" ? isOwn !== true : own !== null) return "Ask for them by POST /api/v1/invite-sheets.";
    return (await stationOf(tx, station, own)) === null ? "There is no such station." : null;
  },
  async run(run, { station, own }) {
    const { jurisdictionId, runtime, signal, progress } = run;
    const today = dayIn(runtime.now(), runtime.timeZone);
    const links = await sceneLinks(runtime, jurisdictionId);
    // The codes are drawn together at the end: one that is not printed would be good for nobody.
    const drawn = await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const found = await stationOf(tx, station, own);
      if (found === null) throw new ErrandFailed("There is no such station.");
      const { name: county } = await readCounty(tx);
      const sheets: { name: string; code: string; until: Date }[] = [];
      for (const { id, name } of await withoutChat(tx, found.id, today))
        sheets.push({ name, ...(await drawInvite(runtime, tx, { jurisdictionId, id })) });
      return { county, station: found.name, sheets };
    });
    const sheets: InviteSheet[] = [];
    for (const { name, code } of drawn.sheets) {
      signal.throwIfAborted();
      progress(sheets.length, drawn.sheets.length);
      const link = await links?.of(`i:${canonicalCode(code)}`);
      sheets.push({ name, code, link: link?.ok === true ? link.url : null });
    }
    const [first] = drawn.sheets;
    if (first === undefined) throw new ErrandFailed("Everybody there has a chat.");
    const until = dayIn(first.until, runtime.timeZone);
    const content = await writeInvites(sheets, { ...drawn, until, made: runtime.now() });
    const file = { name: `${drawn.county}-${station}-绑定单.pdf`, contentType: "application/pdf", content };
    return { answer: { pages: sheets.length }, file };
  },
});

async function stationOf(
  tx: Transaction,
  code: string,
  own: readonly string[] | null,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const reader = { id: "", role: own === null ? "office" : "station", stations: own ?? [], deputyId: null } as const;
  const [found] = await tx.execute<{ id: string; name: string }>(
    sql`select s.id, s.name from stations s where s.code = ${code} and ${ofReader(reader, sql`s.id`)}`,
  );
  return found ?? null;
}

/** The deputies in office of a station or its grids who have bound no chat. */
function withoutChat(
  tx: Transaction,
  stationId: string,
  today: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return tx.execute<{ id: string; name: string }>(sql`
    select d.id, d.name from deputies d where ${notEnded(sql`d.until_on`, today)} and not ${hasChat}
      and exists (select from assignments a left join grids g on g.id = a.grid_id where a.deputy_id = d.id
        and coalesce(a.station_id, g.station_id) = ${stationId} and ${holdsOn(sql`a`, today)})
    order by d.code`);
}
