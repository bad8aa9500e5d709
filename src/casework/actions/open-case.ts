import { v7 as newId } from "uuid";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import { type Due, dueOf } from "../../domain/calendar/due.ts";
import { caseNumber } from "../../domain/case/case.ts";
import type { EventDetails } from "../../domain/case/case-event.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL, REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
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
import { findResponsible } from "../routing/responsible.ts";
import { NOWHERE, whereaboutsOf, withHome } from "../routing/whereabouts.ts";
import { type Said, summaryOf, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { askTownship, askWhere } from "./ask-where.ts";
import { assign } from "./assign.ts";

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
  const subject = await createCase(turn, said, { ...flags, ...filed, isAsked: responsible === null });
  if (responsible === null) {
    if (flags.isReception === true) await askTownship(turn, subject);
    else if (flags.isAskedWithAnother !== true) askWhere(turn, subject, finding, { turn: 1, shown: shownIn(said) });
    if (subject.priority) await tellDuty(turn, subject);
    return subject;
  }
  await assign(turn, subject, responsible, { text: workingText(said), mayBeSeveral: flags.isDoubtful === true });
  await showToDeputy(turn, subject, said);
  tell(turn, {
    kind: "receipt",
    subject,
    words:
      flags.receipt?.(subject.number, dueOf(subject), responsible.holder) ??
      wordingFor(turn).receipt({
        number: subject.number,
        holder: responsible.holder,
        dueOn: dueOf(subject),
        priority: subject.priority,
        isSpoken: turn.account.channel === DESK_CHANNEL,
        ...understood(subject, responsible.decision.facts),
      }),
  });
  if (subject.priority) await tellDuty(turn, subject);
  return subject;
}

/** What came without a word, the last of it; null when something was said. */
function shownIn(said: readonly Said[]): "photo" | "voice" | "video" | null {
  if (said.some((one) => one.text !== "")) return null;
  const kind = said.at(-1)?.kind;
  return kind === "voice" || kind === "video" ? kind : "photo";
}

function matterIn(turn: Turn, said: readonly Said[], category: string | null): Matter {
  return {
    text: workingText(said),
    category,
    hasPhoto: said.some((one) => one.kind === "image"),
    receivedAt: said[0]?.at ?? turn.now,
    conversationId: turn.conversation.id,
    caseId: null,
  };
}

/** What differs where a case is made of what somebody else's case has in it. */
type OfAnother = {
  /** Whose case it is; of the person who speaks where it is left out. */
  readonly conversationId?: string;
  /** Whose first words stand in lists; the resident's where it is left out. */
  readonly summaryOf?: readonly Said[];
};

/** Creates a case with what was said in its thread; nobody is responsible yet, and nobody was told. */
export async function createCase(
  turn: Turn,
  said: readonly Said[],
  flags: Omit<Flags, "category"> & Filed & OfAnother,
): Promise<CaseRecord> {
  const { vault } = turn.runtime;
  const priority = flags.priority === true;
  const reply = clockFrom(turn, "reply", { category: flags.category, priority });
  const subject: CaseRecord = {
    id: newId(),
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
    summary: summaryOf(flags.summaryOf ?? said),
    gridId: null,
    gridCode: null,
    stationId: null,
    deputyId: null,
    unitId: null,
    receivedAt: said[0]?.at ?? turn.now,
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
