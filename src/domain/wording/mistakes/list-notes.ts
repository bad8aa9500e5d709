import { faultText, placeText } from "./en.ts";
import type { ListPlace, MistakeValues } from "./values.ts";
import { zhMistake } from "./zh.ts";

/** The parameters of each note about a list, by its code. */
type NoteValues = {
  readonly "not-read": MistakeValues["not-read"];
  readonly "hidden-sheet": object;
  readonly "hidden-rows": { readonly rows: string };
  readonly "hidden-columns": { readonly columns: string };
  readonly instructions: object;
  readonly "no-successions": object;
  readonly title: { readonly said: string };
  readonly sum: { readonly said: string };
  readonly "columns-again": object;
  readonly "merged-cell": { readonly column: string; readonly to: number; readonly said: string };
  readonly "for-readers": { readonly columns: string };
};
type NoteCode = keyof NoteValues;

/** A note about a list with its place: what was left out of it or filled in, in no language. */
export type ListNote = ListPlace & { [C in NoteCode]: { readonly code: C; readonly values: NoteValues[C] } }[NoteCode];

/** The end of an English sentence that begins with the place, and a Chinese sentence. */
const SENTENCES: { readonly [C in NoteCode]: (values: NoteValues[C]) => { readonly en: string; readonly zh: string } } =
  {
    "not-read": (values) => {
      const { wrong, right } = zhMistake({ code: "not-read", values });
      return { en: faultText({ code: "not-read", values }), zh: `${wrong}：${right}` };
    },
    "hidden-sheet": () => ({ en: "is a hidden sheet and was not read", zh: "是隐藏的工作表，没有读" }),
    "hidden-rows": ({ rows }) => ({
      en: `hidden rows were read all the same: ${rows}`,
      zh: `隐藏的行也读了：第 ${rows} 行`,
    }),
    "hidden-columns": ({ columns }) => ({
      en: `hidden columns were read all the same: ${columns}`,
      zh: `隐藏的列也读了：${columns} 列`,
    }),
    instructions: () => ({ en: "says how to fill in the others and was not read", zh: "是填表说明，没有读" }),
    "no-successions": () => ({
      en: "holds no list of who follows whom and was not read",
      zh: "里面没有谁接任谁的名单，没有读",
    }),
    title: ({ said }) => ({
      en: `“${said}” stands above the columns and was not read`,
      zh: `表头上面的“${said}”没有读`,
    }),
    sum: ({ said }) => ({ en: `is a sum (${said}) and was not read`, zh: `是合计（${said}），没有读` }),
    "columns-again": () => ({ en: "names the columns once more and was not read", zh: "又写了一遍表头，没有读" }),
    "merged-cell": ({ column, to, said }) => ({
      en: `${column} is one merged cell down to row ${to}: “${said}” was taken for each of these rows`,
      zh: `这一格一直合并到第 ${to} 行：每一行都当作“${said}”（${column}）`,
    }),
    "for-readers": ({ columns }) => ({
      en: `not read, for they are for whoever looks at the list: ${columns}`,
      zh: `这些列是给人看的，没有读：${columns}`,
    }),
  };

/** A note at its place. */
export function noteAt<C extends NoteCode>({ file, row }: ListPlace, code: C, values: NoteValues[C]): ListNote {
  return { file, row, code, values } as ListNote;
}

/** Says a note in English, as the command line shows it: `file:row: what was left out or filled in`. */
export function sayListNote(note: ListNote): string {
  return `${placeText(note)}: ${sentencesOf(note).en}`;
}

/** Says a note in Chinese, after its place. */
export function zhListNote(note: ListNote): string {
  return `${note.file}${note.row === null ? "" : ` 第 ${note.row} 行`}：${sentencesOf(note).zh}`;
}

function sentencesOf({ code, values }: ListNote): { readonly en: string; readonly zh: string } {
  // Code and parameters belong together by their type.
  return (SENTENCES[code] as (values: NoteValues[NoteCode]) => { readonly en: string; readonly zh: string })(values);
}
