import { addDays } from "../calendar/days.ts";
import { isInOffice } from "./nearness.ts";

/**
 * A step of a succession: `to` follows `from` in office, by codes, at the grids and stations of `places`, or everywhere
 * when left out.
 */
export type SuccessionStep = { readonly from: string; readonly to: string; readonly places?: readonly string[] };

/** The offices before a succession, as far as it concerns them. */
export type Offices = {
  readonly deputies: ReadonlyMap<
    string,
    {
      readonly name: string;
      readonly untilOn: string | null;
      /** Open cases today, by the code of the grid, or of the station where there is none; "" where there is neither. */
      readonly openAt: ReadonlyMap<string, number>;
    }
  >;
  /** Where each deputy serves on the day before, by the codes of grids and stations. */
  readonly placesOf: ReadonlyMap<string, readonly string[]>;
};

/** The preview of one step, which the office sees before it is planned. */
export type StepPreview = {
  readonly from: string;
  readonly to: string;
  readonly names: string;
  /** Where the successor answers from that day on. */
  readonly places: readonly string[];
  /** Where the predecessor has served, and nobody follows by this plan. */
  readonly left: readonly string[];
  /** Open cases of the predecessor that are in these places today. */
  readonly openCases: number;
};

/** The parameters of each mistake in a planned succession, by its code. */
type SuccessionFaults = {
  readonly "not-ahead": { readonly day: string };
  readonly empty: Readonly<Record<never, never>>;
  readonly "no-deputy": { readonly code: string };
  readonly "same-deputy": { readonly code: string };
  readonly "term-ends": { readonly code: string; readonly day: string };
  readonly "not-serving": { readonly code: string; readonly place: string };
  readonly "followed-twice": { readonly code: string; readonly place: string };
  readonly "leaves-too": { readonly from: string; readonly to: string };
};

/** A mistake in a planned succession: in which of its rows, from 0, null for the whole; its code with its parameters, and a sentence. */
export type SuccessionMistake = {
  [C in keyof SuccessionFaults]: {
    readonly row: number | null;
    readonly code: C;
    readonly values: SuccessionFaults[C];
    readonly text: string;
  };
}[keyof SuccessionFaults];

/** A mistake as a sentence that names its row, counted from 1. */
export function sayMistake({ row, text }: SuccessionMistake): string {
  return row === null ? text : `row ${row + 1}: ${text}`;
}

/**
 * Previews a succession, in which many deputies change on one day; or names every mistake in it.
 *
 * @param effectiveOn the first day on which the new ones answer, YYYY-MM-DD
 * @param today a succession cannot begin before the day after
 */
export function previewSuccession(
  steps: readonly SuccessionStep[],
  offices: Offices,
  { effectiveOn, today }: { readonly effectiveOn: string; readonly today: string },
):
  | { readonly ok: true; readonly steps: readonly StepPreview[] }
  | { readonly ok: false; readonly mistakes: readonly SuccessionMistake[] } {
  const mistakes: SuccessionMistake[] = [
    ...(effectiveOn <= today
      ? [
          mistake(
            null,
            "not-ahead",
            { day: effectiveOn },
            `${effectiveOn} is not after today: a succession is planned ahead.`,
          ),
        ]
      : []),
    ...(steps.length === 0 ? [mistake(null, "empty", {}, "There is no row in it.")] : []),
    ...steps.flatMap((step, row) => stepMistakes(step, row, offices, effectiveOn)),
    ...clashes(steps, offices),
  ];
  if (mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, steps: steps.map((step) => previewOf(step, steps, offices)) };
}

function mistake<C extends keyof SuccessionFaults>(
  row: number | null,
  code: C,
  values: SuccessionFaults[C],
  text: string,
): SuccessionMistake {
  return { row, code, values, text } as SuccessionMistake;
}

/** The last day on which the predecessor answers. */
export function lastDayBefore(effectiveOn: string): string {
  return addDays(effectiveOn, -1);
}

function stepMistakes(
  { from, to, places }: SuccessionStep,
  row: number,
  offices: Offices,
  effectiveOn: string,
): SuccessionMistake[] {
  const [before, after] = [offices.deputies.get(from), offices.deputies.get(to)];
  const served = offices.placesOf.get(from) ?? [];
  return [
    ...(before === undefined ? [mistake(row, "no-deputy", { code: from }, `there is no deputy ${from}`)] : []),
    ...(after === undefined
      ? [mistake(row, "no-deputy", { code: to }, `there is no deputy ${to}: import the new deputies first`)]
      : []),
    ...(from === to ? [mistake(row, "same-deputy", { code: from }, `${from} cannot follow themselves`)] : []),
    ...(after !== undefined && !isInOffice(after, effectiveOn)
      ? [
          mistake(
            row,
            "term-ends",
            { code: to, day: after.untilOn ?? "" },
            `the term of ${to} ends on ${after.untilOn}, before that day`,
          ),
        ]
      : []),
    ...(places ?? [])
      .filter((place) => !served.includes(place))
      .map((place) => mistake(row, "not-serving", { code: from, place }, `${from} does not serve at ${place}`)),
  ];
}

/** Two successors at one place, and people who follow each other in a circle. */
function clashes(steps: readonly SuccessionStep[], offices: Offices): SuccessionMistake[] {
  const taken = new Map<string, string>();
  const twice = steps.flatMap(({ from, to, places = offices.placesOf.get(from) ?? [] }) =>
    places.flatMap((place) => {
      const other = taken.get(`${from} ${place}`);
      taken.set(`${from} ${place}`, to);
      return other === undefined
        ? []
        : [
            mistake(
              null,
              "followed-twice",
              { code: from, place },
              `${other} and ${to} both follow ${from} at ${place}`,
            ),
          ];
    }),
  );
  const leaving = new Set(steps.filter(({ places }) => places === undefined).map(({ from }) => from));
  const circles = steps
    .filter(({ to }) => leaving.has(to))
    .map(({ from, to }) =>
      mistake(null, "leaves-too", { from, to }, `${to} follows ${from} and leaves on the same day`),
    );
  return [...new Map([...twice, ...circles].map((one) => [one.text, one])).values()];
}

function previewOf(
  step: SuccessionStep,
  steps: readonly SuccessionStep[],
  { deputies, placesOf }: Offices,
): StepPreview {
  const { from, to } = step;
  const served = placesOf.get(from) ?? [];
  const followed = new Set(steps.filter((one) => one.from === from).flatMap((one) => one.places ?? served));
  return {
    from,
    to,
    names: `${deputies.get(from)?.name ?? ""} → ${deputies.get(to)?.name ?? ""}`,
    places: step.places ?? served,
    left: served.filter((place) => !followed.has(place)),
    openCases: [...(deputies.get(from)?.openAt ?? [])]
      .filter(([place]) => step.places === undefined || step.places.includes(place))
      .reduce((sum, [, count]) => sum + count, 0),
  };
}
