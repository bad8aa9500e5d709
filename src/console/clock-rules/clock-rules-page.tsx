import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";
import { DecideDialog, type Decision } from "./decide-dialog.tsx";
import { ProposalTable } from "./proposal-table.tsx";
import { ProposeDialog } from "./propose-dialog.tsx";
import { RuleTable } from "./rule-table.tsx";
import { type Proposal, type Rule, sayRule } from "./say-rule.ts";

type Open =
  | { readonly what: "propose"; readonly before: Rule | null }
  | { readonly what: Decision; readonly proposal: Proposal };

/** The page of the rules of deadlines: those that wait for a review, those that hold, and those that begin later. */
export function ClockRulesPage() {
  const { words } = useLanguage();
  const { clockRules } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const asked = useQuery({
    queryKey: ["clock-rules"],
    queryFn: async ({ signal }) => (await call("GET /clock-rules", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const catalogue = useQuery({
    queryKey: ["categories"],
    queryFn: async ({ signal }) => (await call("GET /categories", { signal })).body,
    retry: mayAskAgain,
  });
  const { data } = asked;
  const categories = catalogue.data?.items ?? [];
  const nameOf = (code: string) => categories.find((one) => one.code === code)?.name ?? code;
  const mayWrite = mayAsk(me, "POST /clock-rules/proposals");
  const close = (said: string | null) => {
    setOpen(null);
    setDone(said);
    void asked.refetch();
    void queries.invalidateQueries({ queryKey: ["today"] });
  };
  const begin = (next: Open) => {
    setDone(null);
    setOpen(next);
  };
  return (
    <>
      <h1>{clockRules.title}</h1>
      <p>{clockRules.text}</p>
      {mayWrite ? (
        <p>
          <button type="button" className="deed" onClick={() => begin({ what: "propose", before: null })}>
            ＋ {clockRules.propose}
          </button>
        </p>
      ) : mayAsk(me, "POST /clock-rules/proposals/{id}/publish") ? null : (
        <p className="small">{clockRules.looksOnly}</p>
      )}
      {done === null ? null : <DoneNote text={done} />}
      <Asked asked={asked} rows={6} />
      {data === undefined ? null : (
        <>
          <h2>{clockRules.waiting}</h2>
          {data.proposals.some(({ state }) => state === "waiting") ? (
            <ProposalTable
              proposals={data.proposals.filter(({ state }) => state === "waiting")}
              name={clockRules.waiting}
              nameOf={nameOf}
              onDecide={(what, proposal) => begin({ what, proposal })}
            />
          ) : (
            <EmptyNote text={clockRules.noneWaiting} />
          )}
          <h2>{clockRules.inForce}</h2>
          <RuleTable
            rules={data.inForce}
            name={clockRules.inForce}
            nameOf={nameOf}
            onReplace={mayWrite ? (before) => begin({ what: "propose", before }) : null}
          />
          {data.coming.length === 0 ? null : (
            <>
              <h2>{clockRules.coming}</h2>
              <RuleTable rules={data.coming} name={clockRules.coming} nameOf={nameOf} onReplace={null} />
            </>
          )}
          {data.proposals.every(({ state }) => state === "waiting") ? null : (
            <>
              <h2>{clockRules.decided}</h2>
              <ProposalTable
                proposals={data.proposals.filter(({ state }) => state !== "waiting")}
                name={clockRules.decided}
                nameOf={nameOf}
                onDecide={null}
              />
            </>
          )}
        </>
      )}
      {open?.what === "propose" && data !== undefined ? (
        <ProposeDialog
          before={open.before}
          today={data.today}
          categories={categories}
          onDone={() => close(clockRules.sent)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === null || open.what === "propose" ? null : (
        <DecideDialog
          proposal={open.proposal}
          decision={open.what}
          said={sayRule(open.proposal, words, nameOf)}
          onDone={() => close(open.what === "publish" ? clockRules.published : clockRules.ended)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
