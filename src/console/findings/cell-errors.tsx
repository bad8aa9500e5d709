import { mistakeText } from "../../domain/wording/mistakes/en.ts";
import { zhMistake } from "../../domain/wording/mistakes/zh.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { Listed, usePages } from "./pages.tsx";

type Errors = Answered<"GET /imports/{id}/errors">;

/** The table of what is wrong in uploaded lists, cell by cell. */
export function CellErrors(props: {
  /** The id of the check. */
  readonly of: string;
  readonly ask: (after: string | undefined, signal: AbortSignal) => Promise<Errors>;
}) {
  const { words, locale } = useLanguage();
  const { imports, shell } = words;
  const pages = usePages(["errors", props.of], props.ask);
  const isChinese = locale === "zh-CN";
  const says = (one: Errors["items"][number]) =>
    isChinese
      ? zhMistake(one).wrong
      : mistakeText({ ...one, column: one.column === "" || "header" in one.values ? null : one.column });
  const columns = [imports.cell, imports.file, imports.value, imports.what];
  return (
    <Listed
      pages={pages}
      label={imports.errors}
      columns={isChinese ? [...columns, imports.wanted] : columns}
      none={imports.noErrors}
      row={(one, at) => (
        <tr key={`${one.file} ${one.sheet} ${one.cell} ${at}`}>
          <th scope="row" className="number">
            {one.cell} <span className="small">{one.column}</span>
          </th>
          <td data-label={imports.file}>
            {one.file} {one.sheet === "" ? null : <span className="small">{one.sheet}</span>}
          </td>
          <td data-label={imports.value}>{one.value === "" ? shell.nothing : one.value}</td>
          <td data-label={imports.what}>{says(one)}</td>
          {isChinese ? <td data-label={imports.wanted}>{zhMistake(one).right}</td> : null}
        </tr>
      )}
    />
  );
}
