/** The views of the page about places. */
export const VIEWS = ["map", "grids", "stations", "places", "groups", "units"] as const;
/** A view of the page about places. */
export type View = (typeof VIEWS)[number];

/** The layers of the map, each one number for a grid. */
export const LAYERS = ["answering", "open", "medianDays", "isSilent", "reopenedShare"] as const;
/** A layer of the map. */
export type Layer = (typeof LAYERS)[number];

/** The view of the page and what its map shows, as the address says it. */
export type PlaceParams = {
  readonly view?: View | undefined;
  readonly layer?: Layer | undefined;
  readonly township?: string | undefined;
  readonly grid?: string | undefined;
};

/** Reads an address; what is nothing of that is left out. */
export function readPlaceParams(search: Readonly<Record<string, unknown>>): PlaceParams {
  const text = (name: string) => (typeof search[name] === "string" ? (search[name] as string) : undefined);
  const view = VIEWS.find((one) => one === search.view);
  const layer = LAYERS.find((one) => one === search.layer);
  const [township, grid] = [text("township"), text("grid")];
  return {
    ...(view === undefined ? {} : { view }),
    ...(layer === undefined ? {} : { layer }),
    ...(township === undefined ? {} : { township }),
    ...(grid === undefined ? {} : { grid }),
  };
}
