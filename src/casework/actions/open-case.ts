import { v7 as newId } from "uuid";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import { type Due, dueOf } from "../../domain/calendar/due.ts";
import { caseNumber } from "../../domain/case/case.ts";
import type { EventDetails } from "../../domain/case/case-event.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL, REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import type { WriterSigns } from "../../domain/writer/signs.ts";
import { WITHHELD } from "../../domain/writer/without-writer.ts";
import { setFirstClocks } from "../cases/clocks.ts";
import { understood } from "../cases/describe.ts";
import { clockFrom, dayOf } from "../cases/due-day.ts";
import { eventRow } from "../cases/record.ts";
import { addToThread, keyPurpose } from "../cases/thread.ts";
import { tellDuty } from "../duty/tell-duty.ts";
import { showToDeputy } from "../outbox/photos.ts";
import { tell } from "../outbox/tell.ts";
import { barredFrom } from "../routing/accused.ts";
import type { Matter } from "../routing/ask-rules.ts";
import { type Filed, filedUnder } from "../routing/categorise.ts";
import { findResponsible, type Responsible } from "../routing/responsible.ts";
import { NOWHERE, whereaboutsOf, withHome } from "../routing/whereabouts.ts";
import { type Said, summaryOf, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { askTownship, askWhere } from "./ask-where.ts";
import { assign, type Prepared, prepareAssignment } from "./assign.ts";
import { refuseShown } from "./writer/minor.ts";
import { signsOf, signsOfNew } from "./writer/note-writer.ts";
import { notePetition } from "./writer/petition.ts";
import { tellWhatIsKept } from "./writer/unnamed.ts";

type Flags = {
  readonly priority?: boolean;
  /** Goes to the county office alone, with a neutral receipt. */
  readonly sealed?: boolean;
  /** Of what kinds the accusation is that seals it. */
  readonly sealedFor?: readonly string[];
  /** What was said before in another case, and tells whom a sealed one accuses. */
  readonly before?: string;
  /** Not to be placed by anybody but the office. */
  readonly toOffice?: boolean;
  readonly category?: string;
  /** Its place was asked for with that of another case: the answer places both. */
  readonly isAskedWithAnother?: boolean;
  /** The day on which deputies receive people there is asked for: its township is enough. */
  readonly isReception?: boolean;
  /** Its words may have several matters. */
  readonly isDoubtful?: boolean;
  /** Its resident is asked where it is, and nobody can go on before that is known. */
  readonly isAsked?: boolean;
  /** Closed as soon as it is opened: nobody waits for anything. */
  readonly isDeclined?: boolean;
  /** The message that the words are a part of, where they are one of its matters: what it says of its writer holds for each. */
  readonly whole?: string;
  /** Other words than the usual receipt. */
  readonly receipt?: (number: string, dueOn: Due, holder: Holder) => string;
};

/**
 * Opens a case for what was said: finds who is responsible, or asks where it is, and gives the receipt.
 */
export async function openCase(
  turn: Turn,
  said: readonly Said[],
  finding: PlaceFinding,
  flags: Flags = {},
): Promise<CaseRecord> {
  const isForOffice = flags.sealed === true || flags.toOffice === true;
  const where = isForOffice ? NOWHERE : await whereaboutsOf(turn, finding);
  const filed = await filedUnder(turn, workingText(said), flags);
  const isAsked = !isForOffice && flags.priority !== true;
  const responsible =
    where === null
      ? null
      : await findResponsible(turn, isForOffice ? where : withHome(turn, where, workingText(said)), {
          sealed: flags.sealed === true,
          ...(flags.sealedFor && { sealedFor: flags.sealedFor }),
          filed,
          barred:
            flags.sealed === true
              ? await barredFrom(turn, [...said.map((one) => one.text), flags.before].join("\n"))
              : [],
          matter: isAsked ? () => matterIn(turn, said, filed.category) : null,
        });
  const signs = await signsOfNew(turn, said, flags.whole);
  const id = newId();
  const text = workingText(said, { unnamed: signs.isUnnamed }) || (signs.isUnnamed ? WITHHELD : "");
  const prepared = responsible === null ? null : await prepare(turn, { id, said, signs, text, responsible }, flags);
  const subject = await createCase(turn, said, { ...flags, ...filed, id, signs, isAsked: responsible === null });
  const route = signs.isPetition ? notePetition(turn, subject) : null;
  if (responsible === null || prepared === null) {
    if (flags.isReception === true) await askTownship(turn, subject);
    else if (flags.isAskedWithAnother !== true)
      askWhere(turn, subject, finding, { turn: 1, shown: shownIn(said), route });
    else if (route !== null) tell(turn, { kind: "courtesy", mustKnow: true, subject, words: route });
  } else {
    await assign(turn, subject, responsible, { text, mayBeSeveral: flags.isDoubtful === true, prepared });
    await showToDeputy(turn, subject, said);
    const receipt =
      flags.receipt?.(subject.number, dueOf(subject), responsible.holder) ?? receiptOf(turn, subject, responsible);
    tell(turn, { kind: "receipt", subject, words: route === null ? receipt : `${receipt}\n${route}` });
  }
  if (subject.unnamed) tellWhatIsKept(turn, subject, []);
  if (subject.priority) await tellDuty(turn, subject);
  return subject;
}

/** A case that is about to be created. */
type Coming = {
  readonly id: string;
  readonly said: readonly Said[];
  readonly signs: WriterSigns;
  readonly text: string;
  readonly responsible: Responsible;
};

/** Looks up what the assignment of a case needs that has no number yet. */
function prepare(turn: Turn, { id, said, signs, text, responsible }: Coming, flags: Flags): Promise<Prepared> {
  const { jurisdictionId, conversation, account } = turn;
  const { deputyId, gridId } = responsible;
  const coming = {
    ...{ id, jurisdictionId, deputyId, gridId, conversationId: conversation.id, receivedAt: receivedAt(turn, said) },
    ...{ sealed: flags.sealed === true, priority: flags.priority === true },
    ...{ minor: signs.isMinor, unnamed: signs.isUnnamed },
    isRehearsal: account.channel === REHEARSAL_CHANNEL,
    hasShown: () => said.some(({ mediaId }) => mediaId !== null),
  };
  return prepareAssignment(turn, coming, responsible, text);
}

function receivedAt({ now }: Turn, said: readonly Said[]): Date {
  return said[0]?.at ?? now;
}

/** The receipt that the resident of a case reads once it is known who has it; a child reads what to keep to themselves. */
export function receiptOf(
  turn: Turn,
  subject: CaseRecord,
  { holder, decision }: Pick<Responsible, "holder" | "decision">,
): string {
  const { number, priority } = subject;
  const wording = wordingFor(turn);
  if (subject.minor && !subject.sealed) return wording.minorReceipt({ number, priority });
  return wording.receipt({
    ...{ number, holder, priority, dueOn: dueOf(subject) },
    isSpoken: turn.account.channel === DESK_CHANNEL,
    ...(subject.sealed ? { place: null, matter: "" as const } : understood(subject, decision.facts)),
  });
}

/** What came without a word, the last of it; null when something was said. */
function shownIn(said: readonly Said[]): "photo" | "voice" | "video" | "file" | null {
  if (said.some((one) => one.text !== "")) return null;
  const kind = said.at(-1)?.kind;
  return kind === "voice" || kind === "video" || kind === "file" ? kind : "photo";
}

function matterIn(turn: Turn, said: readonly Said[], category: string | null): Matter {
  return {
    text: workingText(said),
    category,
    hasPhoto: said.some((one) => one.kind === "image"),
    receivedAt: receivedAt(turn, said),
    conversationId: turn.conversation.id,
    caseId: null,
  };
}

/** What differs where a case is made of what somebody else's case has in it. */
type OfAnother = {
  /** Its id, where something was looked up for it before. */
  readonly id?: string;
  /** Whose case it is; of the person who speaks where it is left out. */
  readonly conversationId?: string;
  /** Whose first words stand in lists; the resident's where it is left out. */
  readonly summaryOf?: readonly Said[];
  /** What the words say of their writer; read from them where it is left out. */
  readonly signs?: WriterSigns;
};

/** Creates a case with what was said in its thread; nobody is responsible yet, and nobody was told. */
export async function createCase(
  turn: Turn,
  said: readonly Said[],
  flags: Omit<Flags, "category"> & Filed & OfAnother,
): Promise<CaseRecord> {
  const { vault } = turn.runtime;
  const priority = flags.priority === true;
  const { isMinor: minor, isUnnamed: unnamed } = flags.signs ?? signsOf(turn, said);
  const reply = clockFrom(turn, "reply", { category: flags.category, priority });
  const subject: CaseRecord = {
    id: flags.id ?? newId(),
    jurisdictionId: turn.jurisdictionId,
    number: await nextNumber(turn),
    conversationId: flags.conversationId ?? turn.conversation.id,
    state: "clarifying",
    outcome: null,
    category: flags.category,
    categoryConfidence: flags.categoryConfidence,
    movedBy: null,
    movedAt: null,
    priority,
    sealed: flags.sealed === true,
    minor,
    petition: false,
    unnamed,
    summary: summaryOf(flags.summaryOf ?? said, { unnamed }) || (unnamed ? WITHHELD : ""),
    gridId: null,
    gridCode: null,
    stationId: null,
    deputyId: null,
    unitId: null,
    receivedAt: receivedAt(turn, said),
    ...dayOf(reply),
    escalation: 0,
    lastSpokenAt: turn.now,
    closedAt: null,
    answeredBy: null,
    rating: null,
    verdictUntil: null,
    reopenings: 0,
    keyWrapped: vault.newKey(keyPurpose(turn.jurisdictionId)).wrapped,
  };
  turn.writes.insert(cases, subject);
  turn.writes.insert(caseEvents, eventRow(turn, subject.id, "opened", "resident", openingOf(subject)));
  const noted = (type: "marked_minor" | "marked_unnamed", details: EventDetails<typeof type>) =>
    turn.writes.insert(caseEvents, eventRow(turn, subject.id, type, "resident", details));
  if (minor) noted("marked_minor", { minor: true, why: "words" });
  if (unnamed) noted("marked_unnamed", {});
  if (minor) await refuseShown(turn, said);
  if (flags.isDeclined !== true) setFirstClocks(turn, subject, reply, { isAsked: flags.isAsked === true });
  for (const one of said) addToThread(turn, subject, { direction: "in", party: "resident", ...one });
  if (subject.conversationId !== turn.conversation.id) return subject;
  turn.cases?.unshift(subject);
  turn.conversation.dialog = withoutDraft(turn.conversation.dialog);
  return subject;
}

function openingOf(subject: CaseRecord): EventDetails<"opened"> {
  const { number, priority, sealed, category, receivedAt, dueOn, dueWithin } = subject;
  return { number, priority, sealed, category, receivedAt: receivedAt.toISOString(), dueOn, dueWithin };
}

async function nextNumber(turn: Turn): Promise<string> {
  const year = Number(turn.today.slice(0, 4));
  if (turn.account.channel === REHEARSAL_CHANNEL)
    return `${REHEARSAL_PREFIX}${caseNumber(year, await turn.lookups.rehearsalNumber(year))}`;
  return caseNumber(year, await turn.lookups.numbers.ask(year));
}

function withoutDraft(dialog: Turn["conversation"]["dialog"]): Turn["conversation"]["dialog"] {
  const { draft: _draft, scene: _scene, greetedAt: _greetedAt, ...rest } = dialog;
  return rest;
}
