import type { Fault, ListMistake, ListPlace, MistakeCode, MistakeSentences, MistakeValues } from "./values.ts";

const AGAIN = "format the column as text and write it again";
const ADVICE = {
  xlsx: "save it as .xlsx",
  csv: "save it as CSV UTF-8",
  geojson: "save it as .geojson",
  "xlsx-or-geojson": "save it as .xlsx, or as .geojson if it is a map",
  "xlsx-or-csv": "save it as .xlsx, or as CSV UTF-8",
  unpack: "unpack it",
  "name-folder": "name it too if it holds lists",
  "only-these": "only .csv, .xlsx and .geojson are",
} as const;

/** The English sentences of mistakes; most are the end of one that begins with the column. */
const SENTENCES: MistakeSentences<string> = {
  "cannot-be-read": ({ said }) => `cannot be read (${said})`,
  "wrong-ending": ({ todo }) => `give a .csv, .xlsx or .geojson file${also(todo)}`,
  "wrong-path": ({ todo }) => `give a folder, or a .csv, .xlsx or .geojson file${also(todo)}`,
  "empty-folder": () => "holds no .csv, .xlsx or .geojson file",
  "not-read": ({ isFolder, todo }) =>
    `${isFolder ? "is a folder inside this one and was not read" : "was not read"}: ${ADVICE[todo ?? "only-these"]}`,
  "wrong-encoding": () => "is neither UTF-8 nor GB18030; save it as CSV UTF-8",
  "no-table": () => "holds no table",
  "wrong-commas": () => "has its columns parted by something else than commas; save it as CSV UTF-8, with commas",
  "bad-csv": ({ said }) => `is no valid CSV: ${said}`,
  "no-geojson": () => "is no GeoJSON FeatureCollection",
  "no-excel": () => "cannot be read as .xlsx: it is another kind of file under that name; save it as .xlsx",
  "broken-excel": ({ said }) => `cannot be read as .xlsx (${said})`,
  password: () => "is protected by a password: save it without one",
  "old-excel": () => "is an old Excel or WPS file under that name: open it and save it as .xlsx",
  "same-kind": ({ kind, other }) => `is a second list of ${kind}: ${other} is one too`,
  "unknown-list": () =>
    "it cannot be told what this table holds: call it grids 网格, stations 联络站, deputies 代表, units 单位, places 地名 or receptions 接待日",
  "above-columns": ({ said }) => `“${said}” stands above the columns and is no title: put it below them or take it out`,
  "title-alone": ({ said }) => `“${said}” is a title: the first row must name the columns`,
  "column-missing": ({ name, known }) => `the column ${name} is missing${known === "" ? "" : ` (${known})`}`,
  "unknown-column": ({ header, known }) => `the column “${header}” is not known (${known})`,
  "column-twice": ({ header }) => `the column “${header}” is there twice`,
  "no-header": () => "has a value in a column without a header",
  "no-succession-table": () => "holds no table of who follows whom: take the template",
  "nobody-follows": () => "holds no row in which somebody follows",
  "too-many-rows": ({ most }) => `has more than ${most} rows`,
  "new-without-column": ({ code, name }) => `${code} is new, and there is no column ${name}`,
  "zero-lost": ({ code, like }) => `${code} is new and ${like} is known: a zero in front may be lost; ${AGAIN}`,
  twice: ({ key, before }) => `${key} is already in ${before}`,
  "unknown-station": ({ code }) => `there is no station ${code}`,
  "unknown-grid": ({ code }) => `there is no grid ${code}`,
  "unknown-deputy": ({ code }) => `there is no deputy ${code}`,
  "wrong-name": ({ code }) => `${code} is the code of somebody of another name`,
  "followed-already": ({ code, before }) => `${code} is already in ${before}`,
  "planned-already": ({ code, day }) => `${code} is already in what is planned for ${day}`,
  "not-ahead": ({ day }) => `${day} is not after today: a succession is planned ahead.`,
  "term-ends": ({ code, day }) => `the term of ${code} ends on ${day}, before that day`,
  "same-deputy": ({ code }) => `${code} cannot follow themselves`,
  "not-serving": ({ code, place }) => `${code} does not serve at ${place}`,
  "leaves-too": ({ from, to }) => `${to} follows ${from} and leaves on the same day`,
  empty: () => "is empty",
  covered: ({ from, to }) => `is covered by the merged cell ${from}:${to}: take it apart`,
  "covered-from": ({ row }) => `is covered by the merged cell that begins in row ${row}`,
  "formula-unsaved": () =>
    "is a formula without a stored value: open the file in Excel or WPS, save it, and import that",
  "formula-nothing": () =>
    "is a formula that gives 0, which is what it gives for an empty cell: write the value, or leave the cell empty for none",
  formula: ({ said }) => `is the formula “${said}” and not its value: write the value`,
  "text-missing": () => "refers to a text that is not in the file",
  "error-value": ({ said }) => `is the error “${said}”: mend the formula, or write the value`,
  "too-narrow": ({ said }) => `is “${said}”, a value in too narrow a column: write the value`,
  "nothing-word": ({ said }) => `is “${said}”, which a program writes for nothing: leave the cell empty for none`,
  "lost-signs": ({ said }) => `is “${said}”, in which characters were lost: write it again`,
  "logical-value": ({ said }) => `is the logical value ${said}: ${AGAIN}`,
  "unknown-type": ({ said }) => `is of the unknown type “${said}”: write it again`,
  "no-number": ({ said }) => `is “${said}”, which is no number: write it again`,
  percentage: ({ said }) => `is the percentage ${said}: ${AGAIN}`,
  "time-of-day": () => `is a time of day: ${AGAIN}`,
  "made-number": ({ said }) => `was turned into the number ${said}: ${AGAIN}`,
  "made-date": ({ said }) => `was turned into the date ${said}: ${AGAIN}`,
  "zero-gone": ({ said }) => `was turned into the number ${said} and lacks the zero in front: ${AGAIN}`,
  "none-word": ({ said }) => `“${said}” is no value: leave the cell empty for none`,
  "too-long": ({ most }) => `has more than ${most} characters`,
  separators: ({ said }) => `“${said}” has a space or one of ; : , 、 ' " in it`,
  "no-phone": ({ said }) => `“${said}” is no phone number`,
  "no-post": ({ said }) => `“${said}” is not understood: write G1 or G1:backup`,
  "named-twice": ({ code }) => `names ${code} twice`,
  "no-level": ({ said }) =>
    `“${said}” is no level: write township 乡, county 县, city 市, provincial 省 or national 全国`,
  "no-day": ({ said, day }) =>
    `“${said}” is no day: ${day === null ? "" : `Excel keeps ${day} as this number; format the column as a date, or `}write it as 2031-12-31`,
  "no-time": ({ said }) => `“${said}” is no time of day: write it as 09:00`,
  "ends-before": () => "is not after the time at which it begins",
  "no-degrees": ({ said }) => `“${said}” is no number of degrees: write it as 119.4132`,
  "half-position": () => "longitude and latitude: one of both is missing",
  "no-shape": () => "the shape has no Polygon or MultiPolygon",
  "few-corners": () => "the shape has a ring of fewer than three corners",
  "ring-crosses": () => "the shape has a ring that crosses itself",
  "ring-flat": () => "the shape has a ring without area",
  "hole-outside": () => "the shape has a hole that is not inside its outer ring",
  "all-holes": () => "the shape has holes that leave nothing of it: no point lies in it",
  swapped: ({ of, longitude, latitude }) =>
    `the ${of} has longitude and latitude swapped (${longitude}, ${latitude}): longitude comes first`,
  "outside-china": ({ of, longitude, latitude }) =>
    `the ${of} lies outside China (${longitude}, ${latitude}): longitude and latitude in degrees are wanted`,
  other: ({ said }) => said,
};

/** Those that stand behind the column as a sentence of their own. */
const AFTER_COLON: ReadonlySet<MistakeCode> = new Set<MistakeCode>([
  ...([
    "unknown-station",
    "unknown-grid",
    "unknown-deputy",
    "wrong-name",
    "followed-already",
    "planned-already",
  ] as const),
  ...(["not-ahead", "term-ends", "same-deputy", "not-serving", "leaves-too"] as const),
]);
/** Those that name the code themselves. */
const ALONE: ReadonlySet<MistakeCode> = new Set<MistakeCode>(["zero-lost", "twice"]);

/** Says a mistake in English, after its place. */
export function mistakeText({ column, code, values }: Fault & { readonly column: string | null }): string {
  const text = faultText({ code, values } as Fault);
  if (column === null || ALONE.has(code)) return text;
  return `${column}${AFTER_COLON.has(code) ? ":" : ""} ${text}`;
}

/** Says in English what is wrong with something, as the end of a sentence that begins with it. */
export function faultText({ code, values }: Fault): string {
  // Code and parameters belong together by their type.
  return (SENTENCES[code] as (values: MistakeValues[MistakeCode]) => string)(values);
}

/** A place as lists of mistakes name it: `file:row`. */
export function placeText({ file, row }: ListPlace): string {
  return row === null ? file : `${file}:${row}`;
}

/** A mistake as the command line shows it: `file:row: what is wrong`. */
export function sayListMistake(mistake: ListMistake): string {
  return `${placeText(mistake)}: ${mistakeText(mistake)}`;
}

function also(todo: keyof typeof ADVICE | null): string {
  return todo === null ? "" : `; ${ADVICE[todo]}`;
}
