import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import { categories } from "../../../db/schema/categories.ts";
import { LONGEST_WORD, NO_CATEGORY, type Topic } from "../../domain/categories/model.ts";
import { faultText, sayListMistake } from "../../domain/wording/mistakes/en.ts";
import type { ListNote } from "../../domain/wording/mistakes/list-notes.ts";
import { shownText } from "./cells.ts";
import { layoutOf } from "./layout.ts";
import { NO_CELL, type RawTable } from "./spreadsheet/cell.ts";
import { readPaths } from "./spreadsheet/read-paths.ts";

/** The result of an import of categories: how many the county has now, or every error as `file:row: what is wrong`. */
export type CatalogueImported =
  | { readonly ok: true; readonly categories: number; readonly notes: readonly ListNote[] }
  | { readonly ok: false; readonly errors: readonly string[] };

/** The columns by their English name, with what else means them. */
const COLUMNS = {
  code: ["code", "编号", "代码"],
  name: ["name", "名称", "类别"],
  words: ["words", "词", "词语", "关键词"],
  examples: ["examples", "例句", "例子"],
} as const;
type ColumnName = keyof typeof COLUMNS;

const CODE = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;
const MOST_CATEGORIES = 200;
const LONGEST_NAME = 40;
const LONGEST_EXAMPLE = 200;
const PARTED = /[;；]/;

/**
 * Imports a county's own catalogue of categories from a table: `code, name, words, examples`, several words separated
 * by `;`.
 *
 * The new catalogue replaces the one before. Cases keep the category they have.
 * @returns every error at once; with any, nothing is changed
 */
export async function importCatalogue(
  { database }: { readonly database: Database },
  jurisdictionId: string,
  path: string,
): Promise<CatalogueImported> {
  const { tables, errors: unreadable, notes } = await readPaths([path]);
  if (unreadable.length > 0) return { ok: false, errors: unreadable.map(sayListMistake) };
  const [table, another] = tables;
  if (table === undefined || another !== undefined) {
    return { ok: false, errors: [`${path}: must hold one table of categories`] };
  }
  const { topics, errors, noted } = topicsIn(table);
  if (errors.length > 0) return { ok: false, errors };
  await database.inCounty(jurisdictionId, async (tx) => {
    await tx.delete(categories);
    await tx.insert(categories).values(
      topics.map(({ code, name, words, examples }, position) => ({
        id: newId(),
        jurisdictionId,
        code,
        name,
        words: [...words],
        examples: [...examples],
        position,
      })),
    );
  });
  return { ok: true, categories: topics.length, notes: [...notes, ...noted] };
}

function topicsIn(table: RawTable): {
  readonly topics: Topic[];
  readonly errors: readonly string[];
  readonly noted: readonly ListNote[];
} {
  const { file } = table;
  const {
    headers,
    headerRow,
    rows,
    errors,
    notes: noted,
  } = layoutOf(table, (names) => Object.keys(placesOf(names)).length);
  const places = placesOf(headers);
  const missing = (Object.keys(COLUMNS) as ColumnName[]).filter((name) => places[name] === undefined);
  if (missing.length > 0) {
    return {
      topics: [],
      noted,
      errors: [`${file}:${headerRow}: lacks the column ${missing.join(", ")}; it has ${headers.join(", ")}`],
    };
  }
  if (rows.length === 0 || rows.length > MOST_CATEGORIES) {
    return {
      topics: [],
      noted,
      errors: [`${file}:${headerRow}: must have 1 to ${MOST_CATEGORIES} categories, not ${rows.length}`],
    };
  }
  const topics: Topic[] = [];
  const found = errors.map(sayListMistake);
  for (const { row, cells } of rows) {
    const unreadable: string[] = [];
    const cell = (name: ColumnName) => {
      const said = shownText(cells[places[name] ?? -1] ?? NO_CELL);
      if (!said.ok) unreadable.push(`${name} ${faultText(said.fault)}`);
      return said.ok ? said.value.trim() : "";
    };
    const topic = {
      code: cell("code"),
      name: cell("name"),
      words: parted(cell("words")),
      examples: parted(cell("examples")),
    };
    const faults = unreadable.length > 0 ? unreadable : topicFaults(topic, topics);
    found.push(...faults.map((fault) => `${file}:${row}: ${fault}`));
    topics.push(topic);
  }
  return { topics, errors: found, noted };
}

/** The faults of a topic that is to stand in a county's catalogue, beside the topics before it. */
export function topicFaults({ code, name, words, examples }: Topic, before: readonly Topic[]): string[] {
  const longWord = words.find((word) => word.length > LONGEST_WORD);
  const longExample = examples.find((example) => example.length > LONGEST_EXAMPLE);
  const faults: readonly (string | false)[] = [
    !CODE.test(code) && `the code ${JSON.stringify(code)} must have 1 to 32 letters, digits and -`,
    code === NO_CATEGORY && `the code ${NO_CATEGORY} stands for no category at all`,
    before.some((one) => one.code === code) && `the code ${code} stands twice`,
    (name === "" || name.length > LONGEST_NAME) && `the name must have 1 to ${LONGEST_NAME} characters`,
    words.length + examples.length === 0 && "has neither words nor examples: no message could be about it",
    longWord !== undefined && `the word ${longWord} has more than ${LONGEST_WORD} characters; make an example of it`,
    longExample !== undefined && `the example ${longExample.slice(0, 20)}… has more than ${LONGEST_EXAMPLE} characters`,
  ];
  return faults.filter((fault) => fault !== false);
}

function placesOf(headers: readonly string[]): Partial<Record<ColumnName, number>> {
  const said = headers.map((header) => header.normalize("NFKC").replace(/\s/g, "").toLowerCase());
  const found = (Object.keys(COLUMNS) as ColumnName[]).map((name) => [
    name,
    said.findIndex((header) => (COLUMNS[name] as readonly string[]).includes(header)),
  ]);
  return Object.fromEntries(found.filter(([, index]) => index !== -1));
}

function parted(text: string): string[] {
  const parts = text
    .split(PARTED)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return [...new Set(parts)];
}
