import { and, eq } from "drizzle-orm";
import { deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { placeCase } from "../actions/place-case.ts";
import { bindDeputy } from "../deputy/bind.ts";
import { tell } from "../outbox/tell.ts";
import { type Asked, askedCase } from "../resident/answer-where.ts";
import { findPlace } from "../routing/find-place.ts";
import { onlyGridOf, whereaboutsOf } from "../routing/whereabouts.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";

const KINDS = { g: "grid", s: "station", d: "deputy" } as const;

/** A scanned code (`g:`, `s:`, `d:`, `i:`) presets the place of what is said next; an unknown one only greets. */
export async function takeScene(sitting: Sitting, scene: string | null): Promise<Outcome> {
  const [, letter, code] = /^([gsdi]):(.+)$/.exec(scene?.trim() ?? "") ?? [];
  if (letter === "i" && code !== undefined) return bindDeputy(sitting, code);
  const kind = letter === "g" || letter === "s" || letter === "d" ? KINDS[letter] : null;
  const place = kind === null || code === undefined ? null : await nameOf(sitting, kind, code);
  if (kind !== null && code !== undefined && place !== null) {
    const asked = await askedCase(sitting);
    sitting.conversation.dialog = {
      ...sitting.conversation.dialog,
      scene: { kind, code, at: sitting.now.toISOString() },
    };
    sitting.conversation.homeGrid ??=
      kind === "grid" ? code : kind === "deputy" ? await onlyGridOf(sitting, code) : null;
    if (asked !== null && (await answerByScene(sitting, asked))) return { kind: "event" };
  }
  tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).welcome({ place }) });
  return { kind: "event" };
}

/** The code says where the case is that had been asked about. */
async function answerByScene(sitting: Sitting, { subject }: Asked): Promise<boolean> {
  const where = await whereaboutsOf(sitting, await findPlace(sitting, { texts: [] }));
  if (where === null) return false;
  const { scene: _scene, ...rest } = sitting.conversation.dialog;
  sitting.conversation.dialog = rest;
  await placeCase(sitting, subject, where);
  return true;
}

async function nameOf(sitting: Sitting, kind: "grid" | "station" | "deputy", code: string): Promise<string | null> {
  const { tx, jurisdictionId } = sitting;
  switch (kind) {
    case "grid": {
      const [row] = await tx
        .select({ township: grids.township, name: grids.name })
        .from(grids)
        .where(and(eq(grids.jurisdictionId, jurisdictionId), eq(grids.code, code)));
      return row === undefined ? null : `${row.township}${row.name}`;
    }
    case "station": {
      const [row] = await tx
        .select({ name: stations.name })
        .from(stations)
        .where(and(eq(stations.jurisdictionId, jurisdictionId), eq(stations.code, code)));
      return row?.name ?? null;
    }
    case "deputy": {
      const [row] = await tx
        .select({ name: deputies.name })
        .from(deputies)
        .where(and(eq(deputies.jurisdictionId, jurisdictionId), eq(deputies.code, code)));
      return row?.name ?? null;
    }
  }
}
