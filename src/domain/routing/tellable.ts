import type { Decision, PassedOver } from "./route.ts";

/** A reason for passing somebody over that says nothing ill about anybody. */
type HarmlessReason = "away" | "term-ended" | "returned";
const HARMLESS: readonly PassedOver["why"][] = ["away", "term-ended", "returned"] satisfies HarmlessReason[];

/** The part of a decision that anybody may be told. */
export type Tellable = {
  readonly gridDeputies: readonly string[];
  readonly passedOver: readonly { readonly deputy: string; readonly why: HarmlessReason }[];
};

/**
 * The part of a decision that may be told to a resident: names, and of those passed over only neutral reasons. An
 * accused deputy appears nowhere in it.
 */
export function tellable({ facts, passedOver }: Decision): Tellable {
  const unspeakable = new Set(passedOver.filter((one) => !isHarmless(one.why)).map((one) => one.deputy));
  const known = [
    ...[
      facts.byHand?.deputy ?? null,
      facts.holder ?? null,
      facts.scannedDeputy,
      ...facts.gridDeputies,
      ...facts.stationDeputies,
    ].filter((one) => one !== null),
    ...[...(facts.target?.deputies ?? []), ...(facts.substitutes ?? [])],
    ...[...(facts.border?.gridDeputies ?? []), ...(facts.border?.stationDeputies ?? [])],
  ];
  const gridDeputies = facts.gridDeputies.filter((one) => !unspeakable.has(one.code)).map((one) => one.name);
  return {
    gridDeputies: [...new Set(gridDeputies)],
    passedOver: passedOver.flatMap(({ deputy, why }) => {
      const name = known.find((one) => one.code === deputy)?.name;
      return name === undefined || !isHarmless(why) || unspeakable.has(deputy) ? [] : [{ deputy: name, why }];
    }),
  };
}

/** Whether a deputy, and not the office, gave the case to the one who has it. */
export function isPassedOn({ facts }: Decision): boolean {
  return facts.byHand?.by.startsWith("deputy:") === true;
}

/** Whether the case went to the deputy who answered first, of two who were told of a danger. */
export function isTaken({ facts }: Decision): boolean {
  return facts.byHand?.deputy != null && facts.byHand.by === `deputy:${facts.byHand.deputy.code}`;
}

function isHarmless(why: PassedOver["why"]): why is HarmlessReason {
  return HARMLESS.includes(why);
}
