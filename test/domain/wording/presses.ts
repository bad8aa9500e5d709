import type { DeputyCase, Wording } from "../../../src/domain/wording/sentences.ts";

/** Every sentence about the buttons of a case's card, by a name of its own. */
export function presses(say: Wording, line: DeputyCase): [string, string][] {
  const { number } = line;
  const faces = [
    say.caseCard({ line, isReopened: false, category: "路灯照明" }),
    say.caseCard({ line: { ...line, priority: false, isByMinor: true }, isReopened: true, category: null }),
  ];
  return [
    ["pressOverClosed", say.pressOver({ number, isClosed: true })],
    ["pressOverGone", say.pressOver({ number, isClosed: false })],
    ["wordsNotAsked", say.wordsNotAsked({ number })],
    ...(["reply", "refer", "close"] as const).flatMap((deed): [string, string][] => [
      [`askWords-${deed}`, say.askWords({ number, deed })],
      [`wordsStillAsked-${deed}`, say.wordsStillAsked({ number, deed })],
    ]),
    ...faces.map(({ title, facts }, index): [string, string] => [
      `caseCard-${index}`,
      [title, ...facts.map((fact) => fact.join("："))].join("\n"),
    ]),
  ];
}
