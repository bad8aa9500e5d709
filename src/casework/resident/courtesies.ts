import type { CaseRecord } from "../../../db/schema/cases.ts";
import { BURST_MS } from "../../domain/dialog/belonging.ts";
import { isNod } from "../../domain/dialog/courtesy.ts";
import { isFacesOnly } from "../../domain/text/faces.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { keepWords } from "../actions/add-words.ts";
import { ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { deputiesCalledIn } from "../county/deputy-names.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { deputiesNamed } from "../routing/accused.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Said, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/**
 * Passes a resident's thanks on to the deputy whom they call by name, else to the one of the latest case that somebody
 * answered; they are counted apart and open no case.
 *
 * Thanks to a deputy who has no case of this resident reach no other; whoever is called by the whole name gets them all the same. Those
 * of which nobody is known stay with what waits to be read by the office.
 */
export async function passThanks(turn: Turn, said: Said): Promise<Outcome> {
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).thanksNoted() });
  // The 谢 of 谢谢代表 is nobody's family name.
  const called = await deputiesCalledIn(turn.tx, said.text.replace(/[谢謝]{2}|感[谢謝]|多[谢謝]/g, ","));
  const held = (await ownCases(turn)).filter(
    ({ deputyId, sealed, outcome }) =>
      deputyId !== null && !sealed && outcome !== "withdrawn" && (called.length === 0 || called.includes(deputyId)),
  );
  const helped = held.find((one) => one.state === "answered" || one.state === "closed") ?? held[0];
  if (helped === undefined || helped.deputyId === null) return passThanksByName(turn, said, called);
  const { number } = helped;
  addToThread(turn, helped, { direction: "in", party: "resident", ...said });
  record(turn, helped, "message_added", "resident", { thanks: true });
  // "Thank you" right behind one's own trouble is only how people end a message.
  if (!endsTheirWords(turn, helped)) {
    const text = quoteMasked(workingText([said], helped));
    await tellDeputy(turn, helped.deputyId, (wording) => ({
      kind: "deputy-news",
      mustKnow: false,
      subject: helped,
      words: wording.residentThanks({ number, text }),
    }));
  }
  return { kind: "courtesy", caseId: helped.id };
}

/** A family name beside the office may be somebody else's: without a case only a whole name tells whom they thank. */
async function passThanksByName(turn: Turn, said: Said, called: readonly string[]): Promise<Outcome> {
  const [deputyId, another] = called;
  if (deputyId === undefined || another !== undefined) return { kind: "courtesy" };
  if ((await deputiesNamed(turn, said.text)).length !== 1) return { kind: "courtesy" };
  const text = quoteMasked(said.text);
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-news",
    mustKnow: false,
    subject: null,
    words: wording.residentThanks({ number: null, text }),
  }));
  return { kind: "courtesy" };
}

/**
 * Receives a greeting, which waits for what follows; within a burst it belongs to what was said, and no deputy is told
 * of it.
 *
 * A nod to news of a case is not answered.
 */
export async function receiveGreeting(turn: Turn, said: Said): Promise<Outcome> {
  const mine = await ownCases(turn);
  const recent = mine.find((one) => one.closedAt === null && isInBurst(turn, one));
  if (recent !== undefined) {
    await keepWords(turn, recent, [said]);
    return { kind: "case", caseId: recent.id };
  }
  if (mine.length > 0 && (isNod(said.text) || isFacesOnly(said.text))) return { kind: "courtesy" };
  turn.conversation.dialog = { ...turn.conversation.dialog, greetedAt: turn.now.toISOString() };
  tell(turn, {
    kind: "prompt",
    subject: null,
    words: wordingFor(turn).askToGoOn(),
    notBefore: new Date(turn.now.getTime() + BURST_MS),
  });
  return { kind: "courtesy" };
}

function endsTheirWords(turn: Turn, subject: CaseRecord): boolean {
  return subject.state === "assigned" && isInBurst(turn, subject);
}
