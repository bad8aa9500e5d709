import { eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { joinCase } from "../actions/add-words.ts";
import { refuseShown } from "../actions/writer/minor.ts";
import { rolesOf } from "../bindings/roles.ts";
import { lockCase } from "../cases/load.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { answer } from "./answer.ts";
import { byStation, speakingForStation } from "./speaking.ts";

/**
 * Receives a photo of somebody who speaks for a station, right behind what they took down: it belongs to that matter. Of a child none is kept.
 *
 * @returns null where it is a resident's, a deputy's, or a unit's
 */
export async function receiveShownAtStation(turn: Turn, said: Said): Promise<Outcome | null> {
  const { takenDown, unitMatter, question } = turn.conversation.dialog;
  if (said.kind !== "image" || takenDown === undefined) return null;
  const at = Date.parse(takenDown.at);
  const isLater = (other: { readonly at: string } | undefined) => other !== undefined && Date.parse(other.at) > at;
  if (turn.now.getTime() - at > ILLUSTRATION_MS || isLater(unitMatter) || isLater(question)) return null;
  const bound = (await rolesOf(turn)).find(({ role, ref }) => role === "station" && ref === takenDown.ref);
  const [found] = await turn.tx.select({ id: cases.id }).from(cases).where(eq(cases.number, takenDown.number));
  if (bound === undefined || found === undefined) return null;
  const subject = await lockCase(turn, found.id);
  const wording = stationWordingOf(turn.conversation.locale);
  const { number } = subject;
  if (subject.minor) {
    await refuseShown(turn, [said]);
    return answer(turn, wording.howToldMinor({ number }), subject.id);
  }
  if (subject.closedAt !== null) return null;
  await byStation(turn, speakingForStation(turn, bound), (acting) =>
    joinCase(acting, subject, [said], { quietly: true }),
  );
  return answer(turn, wording.photoTaken({ number }), subject.id);
}
