import { eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { gridWordingOf } from "../../domain/wording/bound.ts";
import { rolesOf } from "../bindings/roles.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { mayShowToGrid } from "../handovers/grid-worker.ts";
import { showToDeputy } from "../outbox/photos.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Receives a photo of a grid worker, right behind a case of their grid of which they spoke: whoever has the case sees it, its resident does not.
 *
 * @returns null where it is a resident's, a deputy's, a unit's or a station's
 */
export async function receiveShownOnSite(turn: Turn, said: Said): Promise<Outcome | null> {
  const { siteMatter, unitMatter, takenDown, question } = turn.conversation.dialog;
  if (said.kind !== "image" || siteMatter === undefined) return null;
  const at = Date.parse(siteMatter.at);
  const isLater = (other: { readonly at: string } | undefined) => other !== undefined && Date.parse(other.at) > at;
  if (turn.now.getTime() - at > ILLUSTRATION_MS || [unitMatter, takenDown, question].some(isLater)) return null;
  const grid = (await rolesOf(turn)).find(({ role, ref }) => role === "grid-worker" && ref === siteMatter.ref);
  const [found] = await turn.tx.select({ id: cases.id }).from(cases).where(eq(cases.number, siteMatter.number));
  if (grid === undefined || found === undefined) return null;
  const subject = await lockCase(turn, found.id);
  if (subject.gridId !== grid.id || !(await mayShowToGrid(turn, subject))) return null;
  const { number, deputyId } = subject;
  addToThread(turn, subject, { direction: "in", party: "grid-worker", ...said });
  record(turn, subject, "site_noted", `grid-worker:${grid.ref}`, { grid: grid.ref, shown: "photo" });
  if (deputyId !== null) {
    await tellDeputy(turn, deputyId, (_, locale) => ({
      kind: "deputy-news",
      subject,
      words: gridWordingOf(locale).shows({ number, grid: grid.name }),
    }));
    await showToDeputy(turn, subject, [said]);
  }
  const words = gridWordingOf(turn.conversation.locale).photoTaken({ number, isWithDeputy: deputyId !== null });
  tell(turn, { kind: "handover-answer", subject: null, words });
  return { kind: "command", caseId: subject.id };
}
