import type { EmergencyTopic } from "../../domain/danger/emergency.ts";
import type { ResidentMeaning, Understood } from "../../domain/dialog/understand-resident.ts";
import { understandResident } from "../../domain/dialog/understand-resident.ts";
import type { Context } from "../../domain/understanding/policy.ts";
import { writerSigns } from "../../domain/writer/signs.ts";
import { isOnlyAboutWriter } from "../../domain/writer/without-writer.ts";
import { DATA_REQUEST, ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { deputiesNamed } from "../routing/accused.ts";
import { placeInWords } from "../routing/find-place.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

/** What was answered or closed so lately may still be spoken of without being named. */
const LATELY_MS = 14 * 86_400_000;

/** For so long words may be the verdict that was asked for; what is said later stands for itself. */
const VERDICT_MS = 30 * 86_400_000;

/** Understands a resident's words in the state of their conversation and cases. */
export async function understand(turn: Turn, { seq, text }: Pick<Said, "seq" | "text">): Promise<Understood> {
  const { dialog } = turn.conversation;
  return understandResident(
    text,
    {
      state: dialog,
      now: turn.now,
      deputies: await deputiesNamed(turn, text),
      context: await contextOf(turn),
      vote: turn.votes.get(seq) ?? null,
    },
    turn.reader,
  );
}

const NO_CASE: Context = { verdictOpen: false, whereOpen: false, open: 0, settledLately: 0 };

/** The dangers to life that words tell of, whoever says them; empty for most. */
export function dangersIn({ reader, now }: Pick<Turn, "reader" | "now">, text: string): readonly EmergencyTopic[] {
  const { meaning } = understandResident(text, { state: {}, now, context: NO_CASE }, reader);
  return meaning.kind === "emergency" ? meaning.topics : [];
}

async function contextOf(turn: Turn): Promise<Context> {
  const mine = (await ownCases(turn)).filter((one) => one.category !== DATA_REQUEST && one.outcome !== "withdrawn");
  const { question } = turn.conversation.dialog;
  const lately = (at: Date | null) => at !== null && turn.now.getTime() - at.getTime() <= LATELY_MS;
  return {
    verdictOpen: question?.kind === "rating" && turn.now.getTime() - Date.parse(question.at) <= VERDICT_MS,
    whereOpen: question?.kind === "where",
    open: mine.filter((one) => one.closedAt === null).length,
    settledLately: mine.filter((one) => lately(one.closedAt)).length,
  };
}

/**
 * A meaning in the light of what only the turn knows: whoever names a place of this county says something of it, and whoever goes
 * on within a minute is not asked whether they do.
 */
export async function settled(
  turn: Turn,
  said: Pick<Said, "text">,
  meaning: ResidentMeaning,
): Promise<ResidentMeaning> {
  const kept = await keptForWriter(turn, said, meaning);
  if (kept !== null) return kept;
  const { question } = turn.conversation.dialog;
  const isUrging = meaning.kind === "command" && !meaning.isExact && meaning.command === "remind";
  if (isUrging && (await ownCases(turn)).some((one) => one.closedAt === null && isInBurst(turn, one)))
    return { kind: "follow-up" };
  // What was asked about, and now its place: together they are a matter.
  const mayBePlace =
    meaning.kind === "follow-up" && question?.kind === "which-act" && question.options.includes("matter");
  if (!mayBePlace && !["unsure", "spam", "no-verdict", "nothing-yet"].includes(meaning.kind)) return meaning;
  const { namesPlace, namedGrid } = await placeInWords(turn, said.text);
  if (mayBePlace) return namesPlace ? { kind: "matter" } : meaning;
  if (meaning.kind === "no-verdict") {
    const closed = (await ownCases(turn)).find((one) => question?.kind === "rating" && one.number === question.case);
    return namesPlace && namedGrid !== closed?.gridCode ? { kind: "matter" } : meaning;
  }
  const goesOn = (await ownCases(turn)).some((one) => one.closedAt === null && isInBurst(turn, one));
  const isAsked = meaning.kind === "unsure" && !meaning.options.includes("matter");
  return (namesPlace || (goesOn && meaning.kind === "unsure")) && !isAsked ? { kind: "matter" } : meaning;
}

/** Meanings after which nothing of the words would be kept, or only after a question. */
const FORGETS: ReadonlySet<ResidentMeaning["kind"]> = new Set([
  "command",
  "nothing-yet",
  "service-question",
  "spam",
  "unsure",
]);

/**
 * Words that say who writes, or that a petition is meant, are never only answered: they go on with the person's case, or are a matter
 * of their own. Null where they say nothing of the kind, or are kept anyhow.
 */
async function keptForWriter(
  turn: Turn,
  { text }: Pick<Said, "text">,
  meaning: ResidentMeaning,
): Promise<ResidentMeaning | null> {
  const isBareWish = meaning.kind === "matter" && isOnlyAboutWriter(text);
  if (!isBareWish && (!FORGETS.has(meaning.kind) || (meaning.kind === "command" && meaning.isExact))) return null;
  const { isMinor, isUnnamed, isPetition } = writerSigns(text, turn.reader);
  if (!isMinor && !isUnnamed && !isPetition) return null;
  if (await hasOpenCase(turn)) return { kind: "follow-up" };
  return isPetition ? { kind: "matter" } : null;
}

/** Whether words say nothing but who their writer is, or that nobody shall learn it, beside an open case: whatever they look like, they accuse nobody. */
export async function isOfWriterAlone(turn: Turn, { text }: Pick<Said, "text">): Promise<boolean> {
  return isOnlyAboutWriter(text) && writerSigns(text, turn.reader).isUnnamed && (await hasOpenCase(turn));
}

async function hasOpenCase(turn: Turn): Promise<boolean> {
  return (await ownCases(turn)).some((one) => one.closedAt === null && !one.sealed);
}
