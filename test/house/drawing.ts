import { LADDER, type Part } from "./ladder.ts";

const WIDTH = 22;

/**
 * The ladder drawn for CONTRIBUTING.md: the roof on top, the ground at the bottom, one line a folder.
 *
 * The number before a folder is its step; a folder imports those with lower numbers.
 */
function drawingOf(ladder: readonly Part[]): string {
  return ["```", ...[...ladder].reverse().flatMap(linesOf), "```"].join("\n");
}

function linesOf(part: Part): string[] {
  const may = part.mayImport.length === 0 ? "nothing of ours" : part.mayImport.map(shortened).join(" ");
  const inside = (part.steps ?? []).flatMap((step, index) =>
    Object.entries(step).map(([name, about]) => `  ${index + 1} ${name.padEnd(WIDTH - 4)}${about}`),
  );
  return [`${part.path.padEnd(WIDTH)}${part.about}`, `${"".padEnd(WIDTH)}► ${may}`, ...inside.reverse()];
}

const shortened = (path: string): string => path.replace(/^src\//, "").replace(/\.ts$/, "");

const BEGIN = "<!-- ladder: made by `npm run ladder` -->\n";
const END = "<!-- /ladder -->";

/** The text with the drawing between its two marks. */
export function withDrawing(text: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error("The marks of the ladder's drawing are missing.");
  return `${text.slice(0, begin + BEGIN.length)}${drawingOf(LADDER)}\n${text.slice(end)}`;
}
