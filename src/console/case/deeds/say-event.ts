import type { Since } from "../../client/refused.ts";
import type { Words } from "../../words/zh-CN.ts";

/** The name of the deputy or unit with a code; null where the page does not know it. */
export type NameOf = (code: string) => string | null;

/** Says what happened to a case, in one sentence. */
export function sayEvent(
  event: { readonly type: string; readonly details?: Readonly<Record<string, unknown>> },
  words: Words,
  nameOf: NameOf = () => null,
): string {
  const known: Readonly<Record<string, (details: Readonly<Record<string, unknown>>) => string>> = words.events;
  const details = event.details ?? {};
  const named = Object.fromEntries(
    Object.entries(details).map(([key, value]) => {
      const isNamed = (key === "deputy" || key === "unit") && typeof value === "string";
      return [key, isNamed ? (nameOf(value) ?? value) : value];
    }),
  );
  return (known[event.type] ?? words.events.other)(named);
}

/** Says who did something: `office:赵敏` is a person of the office, `deputy:D014` a deputy, `unit:U01` somebody of a unit, `station:ST01` of a station, `grid-worker:G01` the worker of a grid. */
export function sayBy(by: string, { shell, onePage }: Words, nameOf: NameOf): string {
  const [kind = "", name] = by.split(/:(.*)/s);
  if (kind === "deputy" && name !== undefined) return nameOf(name) ?? onePage.byDeputy(name);
  if (kind === "unit" && name !== undefined) return nameOf(name) ?? `${shell.unit} ${name}`;
  if (kind === "station" && name !== undefined) return `${shell.atStation} ${name}`;
  if (kind === "grid-worker" && name !== undefined) return `${shell.gridWorker} ${name}`;
  if (kind === "office") return name === undefined || name === "" ? shell.office : name;
  const known: Readonly<Record<string, string>> = { resident: shell.resident, service: shell.service };
  return known[by] ?? by;
}

/** Says what happened since somebody looked, each with who and when. */
export function saySince(since: readonly Since[], words: Words, clock: (at: string) => string): string[] {
  return since.map((event) => `${clock(event.at)} ${sayBy(event.by, words, () => null)}: ${sayEvent(event, words)}`);
}
