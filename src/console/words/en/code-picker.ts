import type * as zh from "../zh/code-picker.ts";

/** The English words for choosing from the county's lists. */
export const codePicker: typeof zh.codePicker = {
  search: "Type a name or code",
  change: "Choose another",
  none: "Nothing found. Try another name, or look into the lists",
  allChosen: "All are chosen",
  more: (count) => `${count} more: type more of the name`,
  drop: (name) => `Take away ${name}`,
  noName: (code) => `${code} (not in the lists)`,
  grids: (count) => `${count} grids`,
};
