import { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { signsWithoutShape } from "../../print/signs.ts";
import { readCounty } from "../county/settings.ts";
import { ErrandFailed, type ErrandRun, errandKind } from "../errands/kind.ts";
import { POSTER_SIZES, type Poster, writePosters } from "../places/poster-pages.ts";
import { type PosterRow, type PosterWish, posterOf, posterRows } from "../places/poster-rows.ts";
import { type PosterLinks, posterLinks } from "../places/scene-links.ts";
import { topicPosterRows } from "../places/topic-posters.ts";

const MOST = 2000;
const scene = z.string().regex(/^[gst]:.{1,62}$/);

/** The shape of what is asked of posters; the stations are those of whoever asked, where they see no others. */
const ASKED = z.strictObject({
  scenes: z.array(scene).min(1).max(MOST).optional(),
  township: z.string().min(1).max(64).optional(),
  station: z.string().min(1).max(64).optional(),
  size: z.enum(POSTER_SIZES),
  /** The ids of the stations to which it is limited; null for the whole county. */
  own: z.array(z.uuid()).nullable().default(null),
});

/** The answer: how many pages, and the signs that could not be printed, by scene. */
type PostersMade = {
  readonly pages: number;
  readonly withoutShape: readonly { readonly scene: string; readonly signs: readonly string[] }[];
};

/** The errand that makes posters with QR codes, a page each, as one PDF. */
export const POSTERS = errandKind({
  name: "posters",
  roles: ["office", "station"],
  seenBy: ["office"],
  shape: ASKED,
  async refuse(tx, caller, asked) {
    const named = [asked.scenes, asked.township, asked.station].filter((one) => one !== undefined);
    if (named.length !== 1) return "Name scenes, a township or a station: one of the three.";
    // What a station asks for is limited to itself by whoever takes the request, never by the request.
    const isOwn = asked.own?.every((id) => caller.stations.includes(id));
    if (caller.role === "station" ? isOwn !== true : asked.own !== null)
      return "Ask for posters by POST /api/v1/posters.";
    const rows = await rowsOf(tx, caller, asked, null);
    if (rows.length === 0) return "There is no grid, station or open topic of that.";
    return rows.length > MOST ? `At most ${MOST} posters at once.` : null;
  },
  async run(run, asked) {
    const { jurisdictionId, runtime } = run;
    const { database, vault } = runtime;
    const reader = readerOf(run, asked.own);
    const { county, rows } = await database.inCounty(jurisdictionId, async (tx) => ({
      county: (await readCounty(tx)).name,
      rows: await rowsOf(tx, reader, asked, dayIn(runtime.now(), runtime.timeZone)),
    }));
    if (rows.length === 0) throw new ErrandFailed("There is no grid, station or open topic of that any more.");
    const links = await posterLinks(runtime, jurisdictionId, rows[0]?.scene ?? "");
    if (links === null) throw new ErrandFailed("This county has no channel account yet.");
    const posters = await withLinks(
      run,
      links,
      rows.map((row) => posterOf(row, vault, jurisdictionId)),
    );
    const { size } = asked;
    const content = await writePosters(posters, { county, size, by: links, made: runtime.now() });
    const withoutShape = posters.flatMap((one) => {
      const signs = signsWithoutShape(`${county}${one.name}${one.township}${one.station ?? ""}${one.contact}`);
      return signs.length === 0 ? [] : [{ scene: one.scene, signs }];
    });
    const answer: PostersMade = { pages: posters.length, withoutShape };
    const name = `${[county, asked.township ?? asked.station, size].filter(Boolean).join("-")}.pdf`;
    return { answer, file: { name, contentType: "application/pdf", content } };
  },
});

/** The rows of the wanted posters, those of topics last. @param today null before they are made: for any day */
async function rowsOf(
  tx: Transaction,
  reader: Reader,
  wish: PosterWish,
  today: string | null,
): Promise<readonly PosterRow[]> {
  const places = await posterRows(tx, reader, wish, today);
  return [...places, ...(await topicPosterRows(tx, reader, wish.scenes ?? []))];
}

/** Whoever asked, as far as it decides which places there are. */
function readerOf({ by }: Pick<ErrandRun, "by">, own: readonly string[] | null): Reader {
  return { id: by.id, role: own === null ? "office" : "station", stations: own ?? [], deputyId: null };
}

async function withLinks(
  { signal, progress }: ErrandRun,
  links: PosterLinks,
  rows: readonly Omit<Poster, "link">[],
): Promise<Poster[]> {
  const posters: Poster[] = [];
  for (const row of rows) {
    signal.throwIfAborted();
    progress(posters.length, rows.length);
    const code = await links.of(row.scene);
    if (!code.ok) throw new ErrandFailed(`The platform gives no code for ${row.scene}: ${code.reason}.`);
    posters.push({ ...row, link: code.url });
  }
  return posters;
}
