import { LADDER, type Part, QUEUE_FILE, type Step } from "./ladder.ts";

/** A pattern of Biome's rule `noRestrictedImports`: what may not be imported, with exceptions behind `!`, and what to say then. */
type Pattern = { readonly group: readonly string[]; readonly message: string };

/** An override of `biome.json`: for some files, what they may not import. */
export type Override = {
  readonly includes: readonly string[];
  readonly linter: {
    readonly rules: {
      readonly style: {
        readonly noRestrictedImports: {
          readonly level: "error";
          readonly options: { readonly patterns: readonly Pattern[] };
        };
      };
    };
  };
};

/** Whether an override of `biome.json` is one of these. */
export const isDirection = (override: object): boolean => JSON.stringify(override).includes("noRestrictedImports");

const SEE = "see test/house/ladder.ts";

const isFile = (path: string): boolean => path.endsWith(".ts");
const isInside = (path: string, part: string): boolean => path.startsWith(`${part}/`);

/** The overrides of `biome.json` that refuse every import which the ladder does not allow. A later one replaces an earlier one. */
export function directionsOf(ladder: readonly Part[]): Override[] {
  const outerFirst = [...ladder].sort((one, other) => depthOf(one) - depthOf(other));
  return [
    ...outerFirst.flatMap((part) => [overrideOfPart(part, ladder), ...overridesOfSteps(part, ladder)]),
    ofQueue(),
  ];
}

const depthOf = ({ path }: Part): number => path.split("/").length;

function overrideOfPart(part: Part, ladder: readonly Part[]): Override {
  return override([isFile(part.path) ? part.path : `${part.path}/**`], patternsOfPart(part, ladder));
}

/** One override a step, and one for each of its names that is no folder; what is unnamed first, for the named is among it. */
function overridesOfSteps(part: Part, ladder: readonly Part[]): Override[] {
  const steps = part.steps ?? [];
  const all = steps.flatMap((step, index) => {
    const [folders, others] = parted(Object.keys(step), isFolder);
    const lower = namesIn(steps.slice(0, index));
    const above = namesIn(steps.slice(index));
    const groups = [...(folders.length === 0 ? [] : [folders]), ...others.map((name) => [name])];
    return groups.map((names) => ({ names, refused: refusedIn(names, lower, above) }));
  });
  const [unnamed, named] = parted(all, ({ names }) => names[0] === "*" || names[0] === ".");
  const message = `Inside ${part.path} imports go down the steps, never up or sideways: ${SEE}.`;
  return [...unnamed, ...named].map(({ names, refused }) =>
    override(
      names.map((name) => placeOf(part, name)),
      [...patternsOfPart(part, ladder), ...(refused.length === 0 ? [] : [{ group: refused, message }])],
    ),
  );
}

const isFolder = (name: string): boolean => !isFile(name) && name !== "." && name !== "*";
const namesIn = (steps: readonly Step[]): string[] => steps.flatMap((step) => Object.keys(step));

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

function placeOf({ path }: Part, name: string): string {
  if (isFile(name)) return `${path}/${name}`;
  if (name === ".") return `${path}/*.ts`;
  return name === "*" ? `${path}/*/**` : `${path}/${name}/**`;
}

/** What the files of some names of one step may not name: that step and those above, `lower` alone excepted. */
function refusedIn(names: readonly string[], lower: readonly string[], above: readonly string[]): string[] {
  const folders = above.filter(isFolder);
  const others = above.filter((name) => isFile(name) && !names.includes(name));
  const [own] = names;
  if (own === "." || (own !== undefined && isFile(own))) {
    const except = lower.filter(isFolder).map((name) => `!./${name}/**`);
    return [
      ...folderGlobs(["./"], folders),
      ...(above.includes("*") ? ["./*/**", ...except] : []),
      ...(own !== "." && above.includes(".") ? ["./*.ts"] : []),
      ...fileGlobs(["./"], others),
    ];
  }
  const allUnnamed = ["../*/**", "!../../**", ...lower.filter(isFolder).map((name) => `!../${name}/**`)];
  return [
    ...folderGlobs(["../", "../../"], folders),
    ...(above.includes("*") ? allUnnamed : []),
    ...(above.includes(".") ? ["../*.ts"] : []),
    ...fileGlobs(["../"], others),
  ];
}

/** What no file of a part may import: parts that it is not allowed, and libraries. */
function patternsOfPart(part: Part, ladder: readonly Part[]): Pattern[] {
  const not = ladder.filter(({ path }) => path !== part.path && !part.mayImport.includes(path));
  const refused = not.filter(({ path }) => !not.some((other) => isInside(path, other.path)));
  const around = refused.filter(({ path }) => isInside(part.path, path));
  const [files, folders] = parted(
    refused.filter((other) => !around.includes(other)).map(({ path }) => withoutSrc(path)),
    isFile,
  );
  const allowedInside = part.mayImport.filter((path) => refused.some((other) => isInside(path, other.path)));
  const ways = isFile(part.path) ? ["./"] : ["../", "../../", "../../../", "**/src/"];
  const may = part.mayImport.length === 0 ? "nothing of ours" : part.mayImport.join(", ");
  return [
    {
      group: [
        ...folderGlobs(["**/"], folders),
        ...allowedInside.map((path) => `!**/${withoutSrc(path)}/**`),
        ...fileGlobs(ways, files),
        ...around.flatMap(({ steps }) => besideGlobs(namesIn(steps ?? []).filter(isFolder))),
      ],
      message: `${part.path} imports ${may}: ${SEE}.`,
    },
    {
      group: [QUEUE_FILE.library, ...(part.refuses ?? [])],
      message: `${part.path} does not import this library: ${SEE}.`,
    },
  ];
}

const withoutSrc = (path: string): string => path.replace(/^src\//, "");

/** How a part that lies inside another would name the other's files and folders. */
function besideGlobs(folders: readonly string[]): string[] {
  return ["../*.ts", "../../*.ts", ...folderGlobs(["../", "../../"], folders)];
}

function folderGlobs(ways: readonly string[], paths: readonly string[]): string[] {
  const [nested, flat] = parted(paths, (path) => path.includes("/"));
  return ways.flatMap((way) => [...globOf(way, flat, "/**"), ...nested.map((path) => `${way}${path}/**`)]);
}

function fileGlobs(ways: readonly string[], names: readonly string[]): string[] {
  return ways.flatMap((way) =>
    globOf(
      way,
      names.map((name) => name.replace(/\.ts$/, "")),
      ".ts",
    ),
  );
}

/** One glob for several names, in braces, so that `biome.json` stays short. */
function globOf(way: string, names: readonly string[], ending: string): string[] {
  if (names.length === 0) return [];
  return [`${way}${names.length === 1 ? names[0] : `{${names.join(",")}}`}${ending}`];
}

/** The one file that may name the queue's library: otherwise it is like the rest of its part. */
function ofQueue(): Override {
  const part = LADDER.find(({ path }) => isInside(QUEUE_FILE.path, path));
  if (part === undefined) throw new Error(`${QUEUE_FILE.path} lies in no part of the ladder.`);
  return override([QUEUE_FILE.path], patternsOfPart(part, LADDER).slice(0, 1));
}

function override(includes: readonly string[], patterns: readonly Pattern[]): Override {
  return { includes, linter: { rules: { style: { noRestrictedImports: { level: "error", options: { patterns } } } } } };
}
