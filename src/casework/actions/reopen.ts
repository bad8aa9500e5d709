import type { Position } from "../../domain/messages/message.ts";
import type { Decision } from "../../domain/routing/route.ts";
import { holderOf, lastDecision, noticeOf, openingWords, residentsWords, threadOf } from "../cases/describe.ts";
import { wasRefused } from "../cases/own-cases.ts";
import { isAvailable } from "../county/deputies.ts";
import { showAllToDeputy, showToDeputy } from "../outbox/photos.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { fileByMoreWords } from "../routing/categorise.ts";
import { findResponsible, NOWHERE, type Whereabouts, whereaboutsBefore } from "../routing/responsible.ts";
import { whereaboutsOf, withHome } from "../routing/whereabouts.ts";
import { addToThread, type CaseRecord, record, type Sitting, wordingFor } from "../turn/turn.ts";
import { assign, deputyCase, placeName } from "./assign.ts";
import { type Said, summaryOf, workingText } from "./open-case.ts";
import { findPlace, notePlace } from "./place-case.ts";
import { dueDay } from "./raise-priority.ts";

/**
 * Adds what a resident says to their own case: the deputy reads it, a closed case is open again at the same deputy.
 *
 * @param quietly part of the same breath: no second receipt
 */
export async function joinCase(
  sitting: Sitting,
  subject: CaseRecord,
  said: readonly Said[],
  options: { readonly quietly: boolean; readonly position?: Position },
): Promise<void> {
  keepWords(sitting, subject, said);
  await fileByMoreWords(sitting, subject);
  if (subject.state === "closed") {
    await reopen(sitting, subject, said, options.position);
    return;
  }
  const text = workingText(said);
  const isPhotoAlone = text === "" && said.some((one) => one.kind === "image");
  if (subject.deputyId !== null && !subject.sealed && isPhotoAlone && !options.quietly) {
    await tellDeputy(sitting, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentShows({ number: subject.number }),
    }));
  }
  await showToDeputy(sitting, subject, said);
  if (subject.deputyId !== null && !subject.sealed && text !== "") {
    await tellDeputy(sitting, subject.deputyId, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.residentAdded({ number: subject.number, text }),
    }));
  }
  if (!options.quietly) {
    tell(sitting, {
      kind: "courtesy",
      subject,
      words: wordingFor(sitting).followUpNoted({ number: subject.number, holder: await holderOf(sitting, subject) }),
    });
  }
}

/** Adds what a resident says to their own case, for whoever reads it later; nobody is told. */
export function keepWords(sitting: Sitting, subject: CaseRecord, said: readonly Said[]): void {
  for (const one of said) addToThread(sitting, subject, { direction: "in", party: "resident", ...one });
  record(
    sitting,
    subject,
    "message_added",
    "resident",
    { kinds: said.map((one) => one.kind) },
    { lastSpokenAt: sitting.now, ...(subject.summary === "" ? { summary: summaryOf(said) } : {}) },
  );
}

/** Opens a closed case again, at the deputy who had it if that deputy is there, with a new day to be heard by. */
export async function reopen(
  sitting: Sitting,
  subject: CaseRecord,
  said: readonly Said[],
  position?: Position,
): Promise<void> {
  const before = {
    deputyId: subject.deputyId,
    decision: await lastDecision(sitting, subject),
    wasRefused: wasRefused(subject),
  };
  const again = { reopenings: subject.reopenings + 1, dueOn: dueDay(sitting, subject.priority) };
  record(sitting, subject, "reopened", "resident", again, {
    ...again,
    outcome: null,
    closedAt: null,
    rating: null,
    lastSpokenAt: sitting.now,
  });
  const text = workingText(said) || subject.summary;
  if (before.deputyId !== null && before.decision !== null && (await isAvailable(sitting, before.deputyId))) {
    const { decision } = before;
    const holder = await holderOf(sitting, subject);
    const story = openingWords(await threadOf(sitting, subject)) || subject.summary;
    await tellDeputy(sitting, before.deputyId, (wording) => ({
      kind: "deputy-case",
      subject,
      words: wording.newCase({
        line: deputyCase(subject, withWords(story, text), placeName(decision.facts), sitting.today),
        isReopened: true,
      }),
      isAnswer: true,
      notice: noticeOf(subject, holder),
    }));
    await showToDeputy(sitting, subject, said);
  } else {
    const where = await whereaboutsAgain(sitting, subject, before, position);
    const responsible = await findResponsible(sitting, where, {
      sealed: subject.sealed,
      filed: subject,
      barred: subject.sealed ? (before.decision?.passedOver ?? []) : [],
      matter: before.wasRefused ? null : matterOf(sitting, subject),
    });
    if (before.decision === null) notePlace(sitting, subject, where, responsible);
    const all = withWords(await wholeStory(sitting, subject), text);
    await assign(sitting, subject, responsible, { text: all, isReopened: before.decision !== null });
    await showAllToDeputy(sitting, subject);
  }
  tell(sitting, {
    kind: "receipt",
    subject,
    words: wordingFor(sitting).reopened({
      number: subject.number,
      holder: await holderOf(sitting, subject),
      dueOn: subject.dueOn,
    }),
    isAnswer: true,
  });
}

/** The story with these words at its end, unless it tells them already. */
function withWords(story: string, words: string): string {
  return story.includes(words) ? story : `${story}\n${words}`;
}

/** Where it was before; what was refused as nothing for a deputy comes to the office, which looks at it again. */
async function whereaboutsAgain(
  sitting: Sitting,
  subject: CaseRecord,
  before: { readonly decision: Decision | null; readonly wasRefused: boolean },
  position?: Position,
): Promise<Whereabouts> {
  if (before.decision !== null) return whereaboutsBefore(before.decision.facts);
  return before.wasRefused ? NOWHERE : placeOfAll(sitting, subject, position);
}

/** The place of a case that never had one, from all that its resident said; nowhere if that still tells nothing. */
async function placeOfAll(sitting: Sitting, subject: CaseRecord, position?: Position): Promise<Whereabouts> {
  const story = await wholeStory(sitting, subject);
  const finding = await findPlace(sitting, { texts: [story], position: position ?? null });
  return withHome(sitting, (await whereaboutsOf(sitting, finding)) ?? NOWHERE, story);
}

async function wholeStory(sitting: Sitting, subject: CaseRecord): Promise<string> {
  return residentsWords(await threadOf(sitting, subject));
}
