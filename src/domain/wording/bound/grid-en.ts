import { shortNumber } from "../days.ts";
import type { GridMatter, GridWording } from "./grid-sentences.ts";

const OFFICE = "deputies' affairs office of the county people's congress";

function holder(isWithDeputy: boolean): string {
  return isWithDeputy ? "deputy" : OFFICE;
}

function inHand(deputy: string | null): string {
  return deputy === null ? `with the ${OFFICE}` : `with Deputy ${deputy}`;
}

function line({ number, place, text, deputy }: GridMatter): string {
  return `No. ${shortNumber(number)} ${place}: ${text} (${inHand(deputy)})`;
}

function whole({ number, place, text }: GridMatter): string[] {
  return [`No. ${shortNumber(number)}`, `Place: ${place}`, `Matter: ${text}`];
}

function howTo(number: string): string {
  return `When you have looked, reply: on site ${shortNumber(number)} WHAT YOU SAW. You may send a photo after it.`;
}

/** The English sentences to grid workers, and to deputies about what they say. */
export const gridEn: GridWording = {
  boundAs: ({ grid, open }) =>
    `Bound: here you are the grid worker of ${grid}. Open in this grid: ${open}. Reply "list" to see them, "help" for what you can say.`,
  help: ({ grid }) =>
    [
      `Here you are the grid worker of ${grid}:`,
      "list: what is open in this grid",
      "12: shows No. 12",
      "on site 12 WHAT YOU SAW: for the deputy who has it, not for the resident; a photo after it belongs to it",
      "A matter of your own: just write it.",
    ].join("\n"),
  list: ({ grid, matters, more }) =>
    matters.length === 0
      ? `There is nothing open in ${grid} that you can see.`
      : [
          `Open in ${grid}: ${matters.length + more}`,
          ...matters.map(line),
          ...(more === 0 ? [] : [`${more} more are not listed.`]),
        ].join("\n"),
  matter: (one) => [...whole(one), `It is ${inHand(one.deputy)}.`, howTo(one.number)].join("\n"),
  notHere: ({ typed }) => `There is no No. ${typed}, or it is not of this grid.`,
  missingWords: ({ number }) =>
    `What you saw is missing; this was not noted. Please reply: on site ${shortNumber(number)} WHAT YOU SAW`,
  noted: ({ number, isWithDeputy }) =>
    `No. ${shortNumber(number)}: noted. The ${holder(isWithDeputy)} can see it, the resident cannot.`,
  photoTaken: ({ number, isWithDeputy }) =>
    `The photo of No. ${shortNumber(number)} has arrived. The ${holder(isWithDeputy)} can see it, the resident cannot.`,
  asked: ({ reason, ...matter }) => {
    const [, ...rest] = whole(matter);
    const by = matter.deputy === null ? `The ${OFFICE}` : `Deputy ${matter.deputy}`;
    return [
      `[Please look] No. ${shortNumber(matter.number)}: ${by} asks you to look on the spot`,
      ...rest,
      ...(reason === null ? [] : [`${by} says: ${reason}`]),
      howTo(matter.number),
    ].join("\n");
  },
  seen: ({ number, grid, text }) =>
    `The grid worker of ${grid} looked at No. ${shortNumber(number)}: ${text}\nThis is the grid worker's word; the resident does not know it yet. To tell them: reply ${shortNumber(number)} YOUR WORDS`,
  shows: ({ number, grid }) =>
    `The grid worker of ${grid} sends a photo of No. ${shortNumber(number)}. The resident has not seen it.`,
  askTaken: ({ number, grid }) =>
    `No. ${shortNumber(number)}: the grid worker of ${grid} is being asked to look. It stays with you, and you hear what they say.`,
  askNobody: ({ number, grid }) =>
    grid === null
      ? `It is not known in which grid No. ${shortNumber(number)} lies; no grid worker was asked. Please look yourself, or reply: return ${shortNumber(number)} REASON`
      : `No grid worker of ${grid} is here yet; nobody was asked about No. ${shortNumber(number)}. Please telephone, or ask the ${OFFICE}.`,
  askStays: ({ number }) =>
    `No. ${shortNumber(number)} is not for a grid worker; they were not told. Please look yourself, or ask the ${OFFICE}.`,
};
