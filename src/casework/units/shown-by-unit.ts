import { ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { type BoundRole, rolesOf } from "../bindings/roles.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { type HandedOver, lockHandover, openOfUnit, unitMatters } from "../handovers/of-unit.ts";
import { showToDeputy } from "../outbox/photos.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

type Meant = HandedOver & { readonly unit: BoundRole };

/**
 * Receives a photo of somebody who speaks for a unit: of the matter of which they spoke last, or of the only one that the unit has. The
 * deputy and the office see it; the resident only when the deputy passes it on.
 *
 * @returns null where it is a resident's, or a deputy's
 */
export async function receiveShownByUnit(turn: Turn, said: Said): Promise<Outcome | null> {
  if (said.kind !== "image") return null;
  const units = (await rolesOf(turn)).filter(({ role }) => role === "unit");
  const open = (
    await Promise.all(
      units.map(async (unit) => (await openOfUnit(turn, unit.id)).map((one): Meant => ({ ...one, unit }))),
    )
  ).flat();
  if (open.length === 0) return null;
  const { unitMatter, question } = turn.conversation.dialog;
  const isLately = unitMatter !== undefined && turn.now.getTime() - Date.parse(unitMatter.at) <= ILLUSTRATION_MS;
  const spoken = isLately ? open.find(({ subject }) => subject.number === unitMatter.number) : undefined;
  const mayBeAnothers = turn.conversation.deputyId !== null || question !== undefined;
  if (spoken === undefined && mayBeAnothers) return null;
  const [only, another] = open;
  if (spoken === undefined && another !== undefined) {
    const words = boundWordingOf(turn.conversation.locale).whosePhoto({ matters: await unitMatters(turn, open) });
    tell(turn, { kind: "handover-answer", subject: null, words });
    return { kind: "command" };
  }
  const meant = spoken ?? only;
  return meant === undefined ? null : keepShown(turn, meant, said);
}

async function keepShown(turn: Turn, { subject: { id }, unit }: Meant, said: Said): Promise<Outcome | null> {
  const subject = await lockCase(turn, id);
  const handover = await lockHandover(turn, subject, unit.id);
  if (handover === undefined || subject.unitId !== unit.id || subject.sealed || subject.closedAt !== null) return null;
  const { number, deputyId } = subject;
  addToThread(turn, subject, { direction: "in", party: "unit", ...said });
  record(turn, subject, "message_added", `unit:${unit.ref}`, { kinds: ["unit-photo"] });
  if (deputyId !== null) {
    await tellDeputy(turn, deputyId, (_, locale) => ({
      kind: "deputy-news",
      subject,
      words: boundWordingOf(locale).unitShows({ number, unit: unit.name }),
    }));
    await showToDeputy(turn, subject, [said]);
  }
  const words = boundWordingOf(turn.conversation.locale).photoTaken({ number, isWithDeputy: deputyId !== null });
  tell(turn, { kind: "handover-answer", subject: null, words });
  return { kind: "command", caseId: subject.id };
}
