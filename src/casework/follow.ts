import { assign, deputyCase, findResponsible, isAvailable, NOWHERE, placeName } from "./assign.ts";
import { holderOf, lastDecision, noticeOf, threadOf } from "./describe.ts";
import { dueDay, type Said, showToDeputy, workingText } from "./open.ts";
import { addToThread, type CaseRecord, record, type Sitting, wordingFor } from "./sitting.ts";
import { tell, tellDeputy } from "./tell.ts";

/**
 * Adds what a resident says to their own case: the deputy reads it, a closed case is open again at the same deputy.
 *
 * @param quietly part of the same breath: no second receipt
 */
export async function joinCase(
  sitting: Sitting,
  subject: CaseRecord,
  said: readonly Said[],
  options: { readonly quietly: boolean },
): Promise<void> {
  for (const one of said) addToThread(sitting, subject, { direction: "in", party: "resident", ...one });
  record(
    sitting,
    subject,
    "message_added",
    "resident",
    { kinds: said.map((one) => one.kind) },
    { lastSpokenAt: sitting.now },
  );
  if (subject.state === "closed") {
    await reopen(sitting, subject, said);
    return;
  }
  await showToDeputy(sitting, subject, said);
  const text = workingText(said);
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

/** Opens a closed case again, at the deputy who had it if that deputy is there, with a new day to be heard by. */
export async function reopen(sitting: Sitting, subject: CaseRecord, said: readonly Said[]): Promise<void> {
  const before = { deputyId: subject.deputyId, decision: await lastDecision(sitting, subject) };
  record(
    sitting,
    subject,
    "reopened",
    "resident",
    { reopenings: subject.reopenings + 1 },
    {
      outcome: null,
      closedAt: null,
      rating: null,
      reopenings: subject.reopenings + 1,
      dueOn: dueDay(sitting, subject.priority),
      lastSpokenAt: sitting.now,
    },
  );
  const text = workingText(said) || subject.summary;
  if (before.deputyId !== null && before.decision !== null && (await isAvailable(sitting, before.deputyId))) {
    const { decision } = before;
    const holder = await holderOf(sitting, subject);
    const history = (await threadOf(sitting, subject)).find((line) => line.party === "resident");
    await tellDeputy(sitting, before.deputyId, (wording) => ({
      kind: "deputy-case",
      subject,
      words: wording.newCase({
        line: deputyCase(
          subject,
          [history?.text ?? subject.summary, text].filter((part, index, all) => all.indexOf(part) === index).join("\n"),
          placeName(decision.facts),
          sitting.today,
        ),
        isReopened: true,
      }),
      isAnswer: true,
      notice: noticeOf(subject, holder),
    }));
    await showToDeputy(sitting, subject, said);
  } else {
    const where =
      subject.gridCode === null
        ? NOWHERE
        : { ...NOWHERE, grid: subject.gridCode, by: "answer" as const, evidence: subject.gridCode };
    const responsible = await findResponsible(sitting, where, { sealed: subject.sealed });
    await assign(sitting, subject, responsible, { text, isReopened: true });
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
