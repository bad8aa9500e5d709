import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import type { GridShape } from "../../../db/schema/places.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { OUTLINE_UNIT, outlineOf } from "../../domain/place/outline.ts";
import { atlasVersion } from "../county/atlas-store.ts";
import { ofReader } from "./listed.ts";

/** The shapes of a county as they travel: compressed JSON, with their version. */
type KeptShapes = { readonly etag: string; readonly zipped: Uint8Array };

/** The shapes of counties, made once a version. */
export type ShapeStore = {
  /** The shapes that exist for a reader, in the transaction of their county. */
  of(tx: Transaction, reader: Reader & { readonly jurisdictionId: string }, today: string): Promise<KeptShapes>;
};

/** Creates a store that keeps the shapes of each whole county; a station's few are made anew each time. */
export function createShapeStore(): ShapeStore {
  const known = new Map<string, { readonly etag: string; readonly shapes: Promise<KeptShapes> }>();
  return {
    async of(tx, reader, today) {
      const { jurisdictionId, role, stations } = reader;
      const version = `${await atlasVersion(tx, jurisdictionId)} ${await lastEnd(tx, today)}`;
      const part = role === "station" ? [...stations].sort().join() : "all";
      const etag = `s${createHash("sha256").update(`${jurisdictionId} ${version} ${part}`).digest("hex").slice(0, 16)}`;
      if (role === "station") return make(tx, { reader, etag, today });
      const before = known.get(jurisdictionId);
      if (before?.etag === etag) return before.shapes;
      const shapes = make(tx, { reader, etag, today });
      known.set(jurisdictionId, { etag, shapes });
      shapes.catch(() => {
        if (known.get(jurisdictionId)?.etag === etag) known.delete(jurisdictionId);
      });
      return shapes;
    },
  };
}

const zip = promisify(gzip);

/** The last day on which a grid ended; "" where none has ended yet. */
async function lastEnd(tx: Transaction, today: string): Promise<string> {
  const [row] = await tx.execute<{ day: string | null }>(
    sql`select max(until_on)::text as day from grids where until_on < ${today}`,
  );
  return row?.day ?? "";
}

async function make(
  tx: Transaction,
  { reader, etag, today }: { readonly reader: Reader; readonly etag: string; readonly today: string },
): Promise<KeptShapes> {
  const rows = await tx.execute<{ code: string; name: string; township: string; shape: GridShape | null }>(
    sql`select g.code, g.name, g.township, g.shape from grids g where ${ofReader(reader, sql`g.station_id`)}
      and ${notEnded(sql`g.until_on`, today)} order by g.code`,
  );
  const grids = rows.flatMap(({ code, name, township, shape }) => {
    const rings = shape === null ? [] : outlineOf(shape);
    return rings.length === 0 ? [] : [{ code, name, township, rings }];
  });
  const body = { unit: OUTLINE_UNIT, grids, withoutShape: rows.length - grids.length };
  return { etag, zipped: await zip(JSON.stringify(body)) };
}
