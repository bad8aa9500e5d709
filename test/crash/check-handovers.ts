import { type HandedOver, type History, tokensIn, type Violation } from "./history.ts";

/**
 * HANDED-OVER-ONCE: whatever failed, each hand-over to another case system was sent under one id alone, is said to be sent only where it was
 * taken down there, and has come to an end when everything stands again.
 */
export function handedOverOnce({ handedOver, platformCalls }: History): Violation[] {
  const broken = (text: string, { number }: { readonly number: string }): Violation => ({
    ...{ invariant: "HANDED-OVER-ONCE", text, about: number },
  });
  const known = new Map(handedOver.map((one) => [one.id, one]));
  const taken = new Set(platformCalls.flatMap(({ id, isTaken }) => (isTaken ? [id] : [])));
  const strangers = platformCalls.filter(({ type, id, number }) => {
    return type === "case.handed_over" && known.get(id)?.number !== number;
  });
  return [
    ...strangers.map((call) => broken(`the id ${call.id} is that of no hand-over of this case`, call)),
    ...handedOver.flatMap((one): Violation[] => {
      const { message } = one;
      if (message === null) return [];
      if (message.state === "sent" && !taken.has(one.id)) return [broken("is said to be sent, and is not there", one)];
      if (message.state === "withdrawn" || message.state === "sent") return [];
      return [broken(`is ${message.state} after ${message.tries} tries though all stands again`, one)];
    }),
  ];
}

/** SEALED-NEVER-OUT: no hand-over is of a sealed case, and no word of an accusation and no number of a sealed case stands in a call to others. */
export function sealedNeverOut(history: History): Violation[] {
  const sealed = new Set(history.cases.flatMap((one) => (one.isSealed ? [`${one.county} ${one.number}`] : [])));
  const accusing = new Set(history.sent.flatMap(({ token, accused }) => (accused.length > 0 ? (token ?? []) : [])));
  const broken = (text: string, about: string): Violation => ({ invariant: "SEALED-NEVER-OUT", text, about });
  const isSealed = ({ county, number }: HandedOver) => sealed.has(`${county} ${number}`);
  return [
    ...history.handedOver.filter(isSealed).map(({ number }) => broken("a sealed case was handed over", number)),
    ...history.platformCalls.flatMap(({ body, number }) => {
      const token = tokensIn(body).find((one) => accusing.has(one));
      if (token !== undefined) return [broken("an accusation left for another case system", token)];
      const isOut = history.handedOver.some((one) => one.number === number && one.message !== null && isSealed(one));
      return isOut ? [broken("a sealed case left for another case system", number)] : [];
    }),
  ];
}

/** The words by which a resident is told that something is so, and the events without one of which nobody may say it. */
const CLAIMS = [
  { words: /办结了/, of: (events: Events) => events.some(({ type }) => type === "closed") },
  { words: /代表去看过/, of: (events: Events) => events.some(({ details }) => details.how === "visit") },
  { words: /单位说|建设局说|平台说/, of: (events: Events) => events.some(({ type }) => type === "unit_reported") },
] as const;

type Events = History["cases"][number]["events"];

/**
 * CLAIM-NEVER-STRONGER: no word that a resident reads is stronger than the acts behind it, and what a unit or another case system says closes
 * nothing.
 */
export function claimNeverStronger({ cases, outgoing }: History): Violation[] {
  return cases.flatMap(({ county, number, openid, events }): Violation[] => {
    const broken = (text: string): Violation => ({ invariant: "CLAIM-NEVER-STRONGER", text, about: number });
    const closings = events.filter(({ type, by }) => type === "closed" && /^(?:unit|partner):/.test(by));
    const read = outgoing.filter((row) => {
      return row.county === county && row.caseNumber === number && row.openid === openid && row.kind !== "status";
    });
    return [
      ...closings.map(({ by }) => broken(`was closed by ${by}`)),
      ...read.flatMap(({ seq, text }) => {
        const said = CLAIMS.filter(({ words, of }) => words.test(text) && !of(events));
        return said.map(({ words }) =>
          broken(`outgoing ${seq} says ${words.source}, and nothing happened that says so`),
        );
      }),
    ];
  });
}
