import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { caseEvents, caseNumbers, cases } from "../../db/schema/cases.ts";
import { caseNumber } from "../domain/case.ts";
import { dueDate } from "../domain/deadline.ts";
import type { PlaceFinding } from "../domain/place.ts";
import { excerpt, mask } from "../domain/privacy.ts";
import { assign, findResponsible, NOWHERE } from "./assign.ts";
import { askWhere, whereaboutsOf } from "./place.ts";
import { addToThread, type CaseRecord, eventRow, keyPurpose, later, type Sitting, wordingFor } from "./sitting.ts";
import { tell, tellDeputy } from "./tell.ts";

/** Something a resident said or showed, on its way into a case. */
export type Said = {
  readonly seq: number;
  readonly at: Date;
  readonly kind: "text" | "image" | "voice" | "video" | "location" | "link";
  readonly text: string;
  /** The `media` row of what was shown. */
  readonly mediaId: string | null;
};

type Flags = {
  readonly priority?: boolean;
  /** Goes to the county office alone, with a neutral receipt. */
  readonly sealed?: boolean;
  /** Not to be placed by anybody but the office. */
  readonly toOffice?: boolean;
  /** Other words than the usual receipt. */
  readonly receipt?: (number: string, dueOn: string) => string;
};

/** Within how many working days a resident hears from somebody, where the county sets nothing else. */
const WORKING_DAYS = 5;
const WORKING_DAYS_OF_PRIORITY = 1;
const SUMMARY_LENGTH = 60;

/**
 * Opens a case for what was said: finds who is responsible, or asks where it is, and gives the receipt.
 */
export async function openCase(
  sitting: Sitting,
  said: readonly Said[],
  finding: PlaceFinding,
  flags: Flags = {},
): Promise<CaseRecord> {
  const where = flags.sealed === true || flags.toOffice === true ? NOWHERE : await whereaboutsOf(sitting, finding);
  const responsible = where === null ? null : await findResponsible(sitting, where, { sealed: flags.sealed === true });
  const subject = await createCase(sitting, said, flags);
  for (const one of said) addToThread(sitting, subject, { direction: "in", party: "resident", ...one });
  sitting.conversation.dialog = withoutDraft(sitting.conversation.dialog);
  if (responsible === null) {
    askWhere(sitting, subject, finding, { turn: 1, mediaOnly: said.every((one) => one.kind !== "text") });
    return subject;
  }
  await assign(sitting, subject, responsible, { text: workingText(said) });
  await showToDeputy(sitting, subject, said);
  tell(sitting, {
    kind: "receipt",
    subject,
    words:
      flags.receipt?.(subject.number, subject.dueOn) ??
      wordingFor(sitting).receipt({
        number: subject.number,
        holder: responsible.holder,
        dueOn: subject.dueOn,
        priority: subject.priority,
      }),
  });
  return subject;
}

/** Sends the deputy of a case the photos in what was said. */
export async function showToDeputy(sitting: Sitting, subject: CaseRecord, said: readonly Said[]): Promise<void> {
  if (subject.deputyId === null || subject.sealed) return;
  for (const one of said) {
    if (one.kind !== "image" || one.mediaId === null) continue;
    const { mediaId } = one;
    await tellDeputy(sitting, subject.deputyId, () => ({ kind: "photo", subject, words: "", mediaId }));
  }
}

/** The day by which a resident hears from somebody; a year that the calendar lacks is logged. */
export function dueDay(sitting: Sitting, priority: boolean): string {
  const { workingDays = WORKING_DAYS, holidays = {} } = sitting.county.settings;
  const { day, warning } = dueDate(sitting.today, priority ? WORKING_DAYS_OF_PRIORITY : workingDays, holidays);
  if (warning !== null) sitting.house.log.warn({ warning }, "the holiday calendar is incomplete");
  return day;
}

export function workingText(said: readonly Said[]): string {
  return mask(
    said
      .map((one) => one.text)
      .filter((text) => text !== "")
      .join("\n"),
  );
}

async function createCase(sitting: Sitting, said: readonly Said[], flags: Flags): Promise<CaseRecord> {
  const { vault } = sitting.house;
  const priority = flags.priority === true;
  const subject: CaseRecord = {
    id: newId(),
    jurisdictionId: sitting.jurisdictionId,
    number: await nextNumber(sitting),
    conversationId: sitting.conversation.id,
    state: "clarifying",
    outcome: null,
    category: null,
    priority,
    sealed: flags.sealed === true,
    summary: excerpt(workingText(said), SUMMARY_LENGTH),
    gridId: null,
    gridCode: null,
    stationId: null,
    deputyId: null,
    unitId: null,
    receivedAt: said[0]?.at ?? sitting.now,
    dueOn: dueDay(sitting, priority),
    lastSpokenAt: sitting.now,
    closedAt: null,
    rating: null,
    reopenings: 0,
    keyWrapped: vault.newKey(keyPurpose(sitting.jurisdictionId)).wrapped,
  };
  later(sitting, sitting.tx.insert(cases).values(subject));
  later(
    sitting,
    sitting.tx
      .insert(caseEvents)
      .values(eventRow(sitting, subject.id, "opened", "resident", { priority, sealed: subject.sealed })),
  );
  sitting.cases?.unshift(subject);
  return subject;
}

/** The next number of this county and year; the row is locked until the commit, so that none is left out. */
async function nextNumber(sitting: Sitting): Promise<string> {
  const year = Number(sitting.today.slice(0, 4));
  const [row] = await sitting.tx
    .insert(caseNumbers)
    .values({ jurisdictionId: sitting.jurisdictionId, year, last: 1 })
    .onConflictDoUpdate({
      target: [caseNumbers.jurisdictionId, caseNumbers.year],
      set: { last: sql`${caseNumbers.last} + 1` },
    })
    .returning({ last: caseNumbers.last });
  if (row === undefined) throw new Error("no case number was given");
  return caseNumber(year, row.last);
}

function withoutDraft(dialog: Sitting["conversation"]["dialog"]): Sitting["conversation"]["dialog"] {
  const { draft: _draft, scene: _scene, greetedAt: _greetedAt, ...rest } = dialog;
  return rest;
}
