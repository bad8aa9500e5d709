import type { Database } from "../../db/database.ts";
import { type CaseSummary, type CaseView, listCases, viewCase } from "../casework/case-view.ts";

type Output = { readonly out: (line: string) => void; readonly err: (line: string) => void };

/** `liaison cases`: the cases of a county, as a list to read or as JSON. */
export async function runCases(
  { out }: Output,
  database: Database,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<0> {
  const found = await database.inCounty(jurisdictionId, listCases);
  if (options.json) out(JSON.stringify(found, null, 2));
  else for (const one of found) out(line(one));
  return 0;
}

/** `liaison case NUMBER`: one case whole. */
export async function runCase(
  { out, err }: Output,
  database: Database,
  jurisdictionId: string,
  number: string,
  options: { readonly json: boolean },
): Promise<0 | 1> {
  const found = await database.inCounty(jurisdictionId, (tx) => viewCase(tx, number));
  if (!found.ok) {
    err(
      found.reason === "unknown"
        ? `There is no case ${number} in this county; "liaison cases" lists them.`
        : `${number} could be ${found.numbers.join(" or ")}: give the whole number.`,
    );
    return 1;
  }
  if (options.json) out(JSON.stringify(found.view, null, 2));
  else for (const one of told(found.view)) out(one);
  return 0;
}

function line(one: CaseSummary): string {
  const who = one.deputy ?? "office";
  return [one.number, one.outcome ?? one.state, who, one.grid ?? "-", `due ${one.dueOn}`, one.summary].join("  ");
}

function told(view: CaseView): string[] {
  return [
    line(view),
    ...view.messages.map((message) => {
      const delivery = message.delivery === null ? "" : ` [${message.delivery}]`;
      return `${message.at}  ${message.party} ${message.direction === "in" ? ">" : "<"} ${message.text}${delivery}`;
    }),
    ...view.events.map((event) => `${event.at}  ${event.type} by ${event.by}`),
  ];
}
