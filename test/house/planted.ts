import { dirname, relative } from "node:path";
import { LADDER, type Part } from "./ladder.ts";

/** A file to be planted, with what it names and whether each name must be refused. */
export type Planted = {
  readonly file: string;
  readonly names: readonly { readonly name: string; readonly mustRefuse: boolean }[];
};

type Place = { readonly path: string; readonly part: Part; readonly step: number };

/** A folder that the ladder does not name: what is said of every unnamed folder is tried on it. */
const UNNAMED = "some-folder";

const isFile = (path: string): boolean => path.endsWith(".ts");

const PLACES: readonly Place[] = LADDER.flatMap((part) => {
  if (part.steps === undefined) return [{ path: part.path, part, step: 0 }];
  return part.steps.flatMap((step, index) =>
    Object.keys(step).map((name) => ({ path: pathOf(part, name), part, step: index })),
  );
});

function pathOf({ path }: Part, name: string): string {
  if (name === ".") return path;
  return `${path}/${name === "*" ? UNNAMED : name}`;
}

/** For each place of the ladder files that name every other place, from the place itself and from a folder inside it. */
export function plantedFromLadder(): Planted[] {
  return PLACES.flatMap((place) => {
    const others = PLACES.filter(({ path }) => path !== place.path);
    const namedFrom = (file: string, named: readonly Place[]): Planted => ({
      file,
      names: named.map((other) => ({ name: specifier(file, other.path), mustRefuse: !mayImport(place, other) })),
    });
    if (isFile(place.path)) return [namedFrom(place.path, others)];
    const isNamedFolder = place.path !== place.part.path && !place.part.steps?.some((step) => "*" in step);
    // The patterns tell a part's own files from those of src by the folders between, so only for a file on the folder's first level.
    const besideFiles = others.filter(({ path }) => path !== place.part.path);
    return [
      namedFrom(`${place.path}/planted.ts`, others),
      ...(isNamedFolder ? [namedFrom(`${place.path}/deeper/planted.ts`, besideFiles)] : []),
    ];
  });
}

function mayImport(place: Place, other: Place): boolean {
  return other.part === place.part ? other.step < place.step : place.part.mayImport.includes(other.part.path);
}

/** How one file names another, or some file of a folder. */
function specifier(from: string, to: string): string {
  const path = relative(dirname(from), isFile(to) ? to : `${to}/x.ts`);
  return path.startsWith(".") ? path : `./${path}`;
}
