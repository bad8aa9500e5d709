import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Answered, Given } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { CellErrors } from "../findings/cell-errors.tsx";
import { ListNotes } from "../findings/list-notes.tsx";
import { Listed, usePages } from "../findings/pages.tsx";
import { DoneNote, WrongNote } from "../parts/notes.tsx";
import type { Words } from "../words/zh-CN.ts";
import type { Checked } from "./checked.ts";

type Tab = "errors" | "changes" | "consequences";
type Kind = NonNullable<NonNullable<Given<"GET /imports/{id}/changes">["query"]>["kind"]>;
type Change = Answered<"GET /imports/{id}/changes">["items"][number];
type Field = Change["fields"][number];

/** Shows what a check found: wrong cells with their addresses, every change with old and new, and what these lead to. */
export function CheckResult({ id, checked }: { readonly id: string; readonly checked: Checked }) {
  const { imports } = useWords();
  const [tab, setTab] = useState<Tab>(checked.errors > 0 ? "errors" : "changes");
  return (
    <section aria-label={imports.result} className="block">
      <h2>{imports.result}</h2>
      {checked.errors === 0 ? (
        <DoneNote text={imports.clean} />
      ) : (
        <WrongNote text={imports.wrong(checked.errors)}>
          <p>
            <a href={`/api/v1/imports/${id}/remarks.xlsx`} download>
              ⇩ {imports.remarks}
            </a>
          </p>
        </WrongNote>
      )}
      <div className="buttons block">
        {(["errors", "changes", "consequences"] as const).map((one) => (
          <button key={one} type="button" className="deed" aria-pressed={tab === one} onClick={() => setTab(one)}>
            {imports[one]} {checked[one].toLocaleString("en")}
          </button>
        ))}
      </div>
      {tab === "errors" ? <Errors id={id} /> : null}
      {tab === "changes" ? <Changes id={id} /> : null}
      {tab === "consequences" ? <Consequences id={id} /> : null}
      <ListNotes notes={checked.notes} />
    </section>
  );
}

function Errors({ id }: { readonly id: string }) {
  const { call } = useSession();
  return (
    <CellErrors
      of={id}
      ask={async (after, signal) => {
        const query = after === undefined ? {} : { after };
        return (await call("GET /imports/{id}/errors", { params: { id }, query, signal })).body;
      }}
    />
  );
}

/** A value in words where it is a code of ours. */
export function shownValue({ people }: Words, field: string, value: string): string {
  if (field === "level" && value in people.levels) return people.levels[value as keyof typeof people.levels];
  return value.replace(/ \((primary|backup)\)$/, (_, role: keyof typeof people.roles) => ` (${people.roles[role]})`);
}

/** The table of every change of an import or of undoing one, old and new, by kind of list. */
export function Changes({ id }: { readonly id: string }) {
  const words = useWords();
  const { imports } = words;
  const { call } = useSession();
  const [kind, setKind] = useState<Kind | "">("");
  const pages = usePages(["changes", id, kind], async (after, signal) => {
    const query = { ...(after === undefined ? {} : { after }), ...(kind === "" ? {} : { kind }) };
    return (await call("GET /imports/{id}/changes", { params: { id }, query, signal })).body;
  });
  const says = ({ field, from, to }: Field) => {
    const [before, after] = [from, to].map((value) =>
      value === null ? imports.empty : shownValue(words, field, value),
    );
    return `${imports.fieldNames[field] ?? field}: ${before} → ${after}`;
  };
  return (
    <>
      <NativeSelect
        label={imports.kind}
        value={kind}
        data={[
          { value: "", label: imports.allKinds },
          ...Object.entries(imports.kinds).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => setKind(event.currentTarget.value as Kind | "")}
      />
      <Listed
        pages={pages}
        label={imports.changes}
        columns={[imports.who, imports.kind, imports.deed, imports.fields]}
        none={imports.noChanges}
        row={(one, at) => (
          <tr key={`${one.kind} ${one.code} ${at}`}>
            <th scope="row">
              <span className="number">{one.code}</span> {one.name}
            </th>
            <td data-label={imports.kind}>{imports.kinds[one.kind]}</td>
            <td data-label={imports.deed}>{imports.deeds[one.what]}</td>
            <td data-label={imports.fields}>{one.fields.map(says).join("; ")}</td>
          </tr>
        )}
      />
    </>
  );
}

/** The table of what an import or undoing one leads to. */
export function Consequences({ id }: { readonly id: string }) {
  const { imports } = useWords();
  const { call } = useSession();
  const pages = usePages(["consequences", id], async (after, signal) => {
    const query = after === undefined ? {} : { after };
    return (await call("GET /imports/{id}/consequences", { params: { id }, query, signal })).body;
  });
  return (
    <Listed
      pages={pages}
      label={imports.consequences}
      columns={[imports.who, imports.consequences, imports.deed]}
      none={imports.noConsequences}
      row={(one) => (
        <tr key={`${one.kind} ${one.code}`}>
          <th scope="row">
            <span className="number">{one.code}</span> {one.name}
          </th>
          <td data-label={imports.consequences}>⚠ {imports.gaps[one.kind]}</td>
          <td data-label={imports.deed}>{one.isNew ? imports.isNew : imports.isOld}</td>
        </tr>
      )}
    />
  );
}
