import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { understandingLabels } from "../../../db/schema/layers.ts";
import { users } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import { hasName } from "../../domain/text/names.ts";
import type { Agreement } from "../../domain/understanding/local/agreement.ts";
import { MARK_NAMES } from "../../domain/understanding/marks.ts";
import { ACTS, type Act } from "../../domain/understanding/meaning.ts";
import { type Refused, refused } from "../office/refusal.ts";
import { personName } from "../rules/author.ts";
import { findCandidates, type LearningServices } from "./candidates.ts";

/** A label as somebody of the office gives it. */
export type LabelGiven = {
  /** The number of the message. */
  readonly id: string;
  readonly act: string;
  readonly marks: readonly string[];
  /** Whether nothing private is left in the masked words. */
  readonly isMaskRight: boolean;
  /** Who gives it; of a sealed message, the e-mail address of a user of the office. */
  readonly by: string;
};

/** The result of a label: what people agree of the message now. */
export type Labelled = { readonly ok: true; readonly state: Agreement["state"] };

/** Notes a label of a candidate; of each person the last counts. @returns what people agree of the message now, or why not */
export async function labelCandidate(
  services: LearningServices,
  jurisdictionId: string,
  label: LabelGiven,
): Promise<Labelled | Refused> {
  return services.database.inCounty(jurisdictionId, (tx) => labelCandidateIn(services, tx, jurisdictionId, label));
}

/** Notes a label within a transaction of the county; see `labelCandidate`. */
export async function labelCandidateIn(
  services: Omit<LearningServices, "database">,
  tx: Transaction,
  jurisdictionId: string,
  { id, act, marks, isMaskRight, by }: LabelGiven,
): Promise<Labelled | Refused> {
  const name = personName(by);
  if (name === null) return refused("Say in 1 to 100 plain characters who gives the label.");
  if (!isAct(act))
    return refused(`There is no act ${JSON.stringify(act.slice(0, 40))}: it is one of ${ACTS.join(", ")}.`);
  const unknown = marks.find((mark) => !MARK_NAMES.includes(mark));
  if (unknown !== undefined) {
    return refused(
      `There is no mark ${JSON.stringify(unknown.slice(0, 40))}: each is one of ${MARK_NAMES.join(", ")}.`,
    );
  }
  const find = async () => (await findCandidates(services, tx, jurisdictionId)).find(({ seq }) => String(seq) === id);
  const candidate = await find();
  const isShown = candidate?.isSealed === false || (await maySeeSealed(services.vault, tx, jurisdictionId, name));
  if (candidate === undefined || !isShown) {
    return refused(`There is no candidate ${id.slice(0, 20)} for ${name}; "liaison understand candidates" lists them.`);
  }
  if (hasName(candidate.words, name)) return refused(`${name} is named in message ${id}: somebody else must label it.`);
  await tx.insert(understandingLabels).values({
    ...{ id: newId(), jurisdictionId, inboxSeq: candidate.seq, act, marks: [...new Set(marks)].sort() },
    ...{ isMaskRight, words: candidate.digest, by: name, at: services.now() },
  });
  return { ok: true, state: (await find())?.agreement.state ?? "none" };
}

/** Whether somebody may see what is sealed: users of the office, by the e-mail address with which they were added. */
export async function maySeeSealed(
  vault: Vault,
  tx: Transaction,
  jurisdictionId: string,
  name: string,
): Promise<boolean> {
  const emailIndex = vault.blindIndex(name.toLowerCase(), `user:${jurisdictionId}`);
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.emailIndex, emailIndex), eq(users.role, "office")));
  return user !== undefined;
}

function isAct(act: string): act is Act {
  return ACTS.some((one) => one === act);
}
