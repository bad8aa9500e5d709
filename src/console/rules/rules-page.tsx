import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { rulesIn } from "../../domain/rules/finding-place.ts";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { Conflicts } from "./conflicts.tsx";
import { NewDraft } from "./new-draft.tsx";
import { useOpenVersions } from "./use-open-versions.ts";
import { VersionRow } from "./version-row.tsx";

/** The versions of the rules: what is in force, what is written, what waits for its review, each with its next step. */
export function RulesPage() {
  const { words } = useLanguage();
  const { rules } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isNew, setNew] = useState(false);
  const found = useQuery({
    queryKey: ["rulesets"],
    queryFn: async ({ signal }) => (await call("GET /rulesets", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const versions = found.data ?? [];
  const published = versions.find(({ state }) => state === "published") ?? null;
  const open = useOpenVersions(versions);
  const mayWrite = mayAsk(me, "POST /rulesets");
  return (
    <>
      <div className="toolbar">
        <h1>{rules.title}</h1>
        {mayWrite && found.isSuccess ? <Button onClick={() => setNew(true)}>＋ {rules.newDraft}</Button> : null}
      </div>
      <p className="small">{rules.about}</p>
      <nav className="presets" aria-label={rules.title}>
        <Link to="/rules/use">{rules.use}</Link>
        <Link to="/rules/simulate">{rules.simulate}</Link>
        <Link to="/rules/compare">{rules.compare}</Link>
        <Link to="/coverage">{rules.coverage}</Link>
      </nav>
      <Asked asked={found} rows={5} />
      {published === null ? null : <InForce version={published} />}
      <Conflicts open={open} />
      {found.isSuccess && published === null ? (
        <EmptyNote text={rules.none}>
          {mayWrite && versions.length === 0 ? <Button onClick={() => setNew(true)}>{rules.firstStep}</Button> : null}
        </EmptyNote>
      ) : null}
      {versions.length === 0 ? null : (
        <table className="table cards versions" aria-label={rules.title}>
          <TableHead names={Object.values(rules.columns)} />
          <tbody>
            {versions.map((version) => (
              <VersionRow key={version.number} version={version} open={open.get(version.number) ?? null} />
            ))}
          </tbody>
        </table>
      )}
      {isNew ? (
        <NewDraft
          published={published?.number ?? null}
          onClose={() => setNew(false)}
          onMade={(number) => {
            void queries.invalidateQueries({ queryKey: ["rulesets"] });
            void navigate({ to: "/rules/$number", params: { number: String(number) } });
          }}
        />
      ) : null}
    </>
  );
}

/** What is in force, with what of it needs a look: rules that end next month, and those that took nothing. */
function InForce({ version }: { readonly version: Answered<"GET /rulesets">[number] }) {
  const { words, times } = useLanguage();
  const { rules } = words;
  const { call } = useSession();
  const number = String(version.number);
  const whole = useQuery({
    queryKey: ["ruleset-in-force", number],
    queryFn: async ({ signal }) => (await call("GET /rulesets/{number}", { params: { number }, signal })).body.content,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const use = useQuery({
    queryKey: ["rules-use"],
    queryFn: async ({ signal }) => (await call("GET /rules/use", { query: {}, signal })).body,
  });
  const written = rulesIn(whole.data);
  const next = nextMonth(times.dayOf(new Date()));
  const expiring = written.filter((rule) => String((rule as { expires?: unknown }).expires ?? "").startsWith(next));
  const unused = (use.data?.rules ?? []).filter(({ hits }) => hits === 0);
  return (
    <div className="card">
      <p>
        <strong>
          {rules.inForce(
            version.number,
            version.name,
            written.length,
            version.publishedAt === null ? "" : times.moment(version.publishedAt),
            version.reviewer ?? "–",
          )}
        </strong>
      </p>
      <p className="small">
        {rules.expiring(expiring.length)} · <Link to="/rules/use">{rules.unused(unused.length)}</Link>
      </p>
    </div>
  );
}

/** The month after a day, as days begin: `2026-12`. */
function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${nextYear}-${String(next).padStart(2, "0")}`;
}
