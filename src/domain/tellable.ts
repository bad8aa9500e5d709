import type { Decision, PassedOver } from "./routing.ts";

/** What of a decision anybody may be told. */
export type Tellable = {
  readonly gridDeputies: readonly string[];
  readonly passedOver: readonly { readonly deputy: string; readonly why: Exclude<PassedOver["why"], "accused"> }[];
};

/**
 * The part of a decision that may be told to a resident: names, and of those passed over only reasons that say nothing
 * ill. An accused deputy appears nowhere in it.
 */
export function tellable({ facts, passedOver }: Decision): Tellable {
  const accused = new Set(passedOver.filter((one) => one.why === "accused").map((one) => one.deputy));
  const known = [facts.scannedDeputy, ...facts.gridDeputies, ...facts.stationDeputies].filter((one) => one !== null);
  const gridDeputies = facts.gridDeputies.filter((one) => !accused.has(one.code)).map((one) => one.name);
  return {
    gridDeputies: [...new Set(gridDeputies)],
    passedOver: passedOver.flatMap(({ deputy, why }) => {
      const name = known.find((one) => one.code === deputy)?.name;
      return name === undefined || why === "accused" || accused.has(deputy) ? [] : [{ deputy: name, why }];
    }),
  };
}
