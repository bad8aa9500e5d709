/** A matter that a grid platform has. */
export type Matter = {
  readonly number: string;
  readonly county: string;
  readonly by: "webhook" | "georeport";
  /** Its number here. */
  readonly externalId: string;
  /** The id under which it came. */
  readonly id: string;
  readonly place: string;
  readonly text: string;
  readonly dueOn: string | null;
  readonly reply: string | null;
  readonly token: string;
  readonly receivedAt: string;
  status: string;
  notes: string;
  updatedAt: string;
  isTakenBack: boolean;
  readonly updates: Update[];
};

/** An update of a matter, as GeoReport lists it. */
type Update = { readonly id: string; readonly status: string; readonly text: string; readonly at: string };

/** A call that reached the platform: path, headers and body as they came, and the status that it got. */
export type Captured = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  status: number | null;
};

/** A fault: an answer in place of the right one, no answer at all, or an answer only after the matter was taken down. */
export type GridFault =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "hang" }
  | { readonly kind: "cut-after" }
  | { readonly kind: "redirect"; readonly to: string };

/** The world of a simulated grid platform: all that it knows. */
export type World = {
  readonly secret: string;
  readonly apiKey: string;
  readonly now: () => Date;
  readonly givesTokens: boolean;
  /** By number here. */
  readonly matters: Map<string, Matter>;
  readonly captured: Captured[];
  fault: GridFault | null;
  last: number;
};

/** Creates an empty world. */
export function createWorld(about: Pick<World, "secret" | "apiKey" | "now" | "givesTokens">): World {
  return { ...about, matters: new Map(), captured: [], fault: null, last: 0 };
}

/** Takes a matter down, or gives the one that came under this id before. */
export function takeDown(
  world: World,
  came: Pick<Matter, "number" | "county" | "by" | "id" | "place" | "text" | "dueOn" | "reply">,
): Matter {
  const known = [...world.matters.values()].find(({ id }) => id === came.id);
  if (known !== undefined) return known;
  world.last += 1;
  const externalId = `WG-${String(world.last).padStart(4, "0")}`;
  const at = world.now().toISOString();
  const matter: Matter = {
    ...came,
    ...{ externalId, token: `t${world.last}`, receivedAt: at, status: "open", notes: "", updatedAt: at },
    ...{ isTakenBack: false, updates: [] },
  };
  world.matters.set(externalId, matter);
  return matter;
}

/** The matter of a number, ours or the caller's, the latest one. */
export function matterOf(world: World, number: string): Matter | undefined {
  return [...world.matters.values()].findLast((one) => one.number === number || one.externalId === number);
}
