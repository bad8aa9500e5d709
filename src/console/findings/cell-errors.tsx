import { ZH_MISTAKES } from "../../domain/wording/import-mistakes.ts";
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
  const says = ({ code, text }: Errors["items"][number]) =>
    isChinese && code in ZH_MISTAKES ? ZH_MISTAKES[code as keyof typeof ZH_MISTAKES].wrong : text;
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
          <td data-label={imports.what}>
            {says(one)}
            {one.code === "other" && isChinese ? <span className="small"> {one.text}</span> : null}
          </td>
          {isChinese ? <td data-label={imports.wanted}>{one.wanted}</td> : null}
        </tr>
      )}
    />
  );
}
