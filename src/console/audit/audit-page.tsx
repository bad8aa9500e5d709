import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Chain } from "./chain.tsx";
import { Lines } from "./lines.tsx";
import { type AuditParams, readAuditParams, VIEWS, type View } from "./params.ts";

/** Shows who read what, what happened, what changed about people, and whether the chain of records is whole. */
export function AuditPage() {
  const { audit } = useWords();
  const { me } = useSession();
  const navigate = useNavigate();
  const params = readAuditParams(useSearch({ strict: false }));
  const asks = {
    readings: "GET /audit/readings",
    events: "GET /audit/events",
    staff: "GET /staff/changes",
    chain: "GET /audit/head",
  } as const;
  const views = VIEWS.filter((view) => mayAsk(me, asks[view]));
  const view: View = params.view ?? views[0] ?? "chain";
  return (
    <>
      <h1>{audit.title}</h1>
      <nav className="presets" aria-label={audit.title}>
        {views.map((one) => (
          <Link key={one} to="/audit" search={{ view: one }} aria-current={one === view ? "true" : undefined}>
            {audit.views[one]}
          </Link>
        ))}
      </nav>
      <p className="small">{audit.about[view]}</p>
      {view === "readings" || view === "events" ? (
        <Conditions key={view} params={params} onFind={(next) => void navigate({ to: "/audit", search: next })} />
      ) : null}
      {view === "chain" ? <Chain /> : <Lines view={view} params={params} />}
    </>
  );
}

function Conditions(props: { readonly params: AuditParams; readonly onFind: (params: AuditParams) => void }) {
  const { audit } = useWords();
  const { params } = props;
  const [by, setBy] = useState(params.by ?? "");
  const [number, setNumber] = useState(params.case ?? "");
  const [from, setFrom] = useState(params.from ?? "");
  const [to, setTo] = useState(params.to ?? "");
  return (
    <form
      className="span audit-filter"
      onSubmit={(event) => {
        event.preventDefault();
        const asked = { by: by.trim(), case: number.trim(), from, to };
        props.onFind(readAuditParams({ view: params.view, ...asked }));
      }}
    >
      <TextInput label={audit.by} value={by} onChange={(event) => setBy(event.currentTarget.value)} />
      <TextInput label={audit.case} value={number} onChange={(event) => setNumber(event.currentTarget.value)} />
      <TextInput type="date" label={audit.from} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
      <TextInput type="date" label={audit.to} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      <Button type="submit" variant="default" className="at-end">
        {audit.find}
      </Button>
    </form>
  );
}
