/** The parts of the settings, in their order. */
export const PARTS = ["county", "calendar", "duty", "trial", "categories", "answers", "tokens", "about"] as const;
/** A part of the settings. */
export type Part = (typeof PARTS)[number];

/** The settings as an address says them. */
export type SettingsParams = { readonly part?: Part; readonly year?: string };

/** Reads an address as a part of the settings; what is none is left out. */
export function readSettingsParams({ part, year }: Readonly<Record<string, unknown>>): SettingsParams {
  const known = PARTS.find((one) => one === part);
  return {
    ...(known === undefined ? {} : { part: known }),
    ...(typeof year === "string" && /^20\d{2}$/.test(year) ? { year } : {}),
  };
}
