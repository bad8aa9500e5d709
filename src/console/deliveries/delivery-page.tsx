import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { AskCallDialog } from "../parts/ask-call-dialog.tsx";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote } from "../parts/notes.tsx";
import { DecideDialog } from "./decide-dialog.tsx";
import { sayKind, sayTo } from "./delivery-table.tsx";

type One = Answered<"GET /deliveries/{id}">;

/** Shows what happened to one message: every call of the platform, what people decided, and what can be done now. */
export function DeliveryPage() {
  const { words } = useLanguage();
  const { deliveries } = words;
  const { me, call } = useSession();
  const queries = useQueryClient();
  const { id = "" } = useParams({ strict: false });
  const [action, setAction] = useState<"retry" | "put-aside" | "call" | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [done, setDone] = useState<"retry" | "put-aside" | null>(null);
  const asked = useQuery({
    queryKey: ["delivery", id],
    queryFn: async ({ signal }) => (await call("GET /deliveries/{id}", { params: { id }, signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const one = asked.data;
  const isUncertain = one?.status === "uncertain";
  const isOpen = one !== undefined && one.status !== "delivered" && one.settled === null;
  const mayDecide = isOpen && mayAsk(me, "POST /deliveries/{id}/retry");
  return (
    <>
      <p>
        <Link to="/deliveries">← {deliveries.title}</Link>
      </p>
      <h1>{deliveries.history}</h1>
      <Asked asked={asked} rows={4} />
      {isAsked ? <DoneNote text={words.phone.made} /> : null}
      {done === null ? null : <DoneNote text={deliveries.done[done]} />}
      {one === undefined ? null : (
        <>
          <Facts one={one} />
          {mayDecide ? (
            <p className="deeds">
              {isUncertain && me.role !== "office" ? null : (
                <button type="button" className="deed" onClick={() => setAction("retry")}>
                  {deliveries.retry}
                </button>
              )}{" "}
              <button type="button" className="deed" onClick={() => setAction("put-aside")}>
                {deliveries.putAside}
              </button>{" "}
              {one.case !== null && one.to.party === "resident" && mayAsk(me, "POST /cases/{number}/phone-task") ? (
                <button type="button" className="deed" onClick={() => setAction("call")}>
                  {words.phone.makeTask}
                </button>
              ) : null}
            </p>
          ) : null}
          <History one={one} />
        </>
      )}
      {action === "call" && one?.case != null ? (
        <AskCallDialog
          number={one.case}
          onClose={() => setAction(null)}
          onDone={() => {
            setAction(null);
            setAsked(true);
          }}
        />
      ) : null}
      {action === null || action === "call" || one === undefined ? null : (
        <DecideDialog
          about={{ kind: "delivery", id, isUncertain }}
          action={action}
          onClose={() => setAction(null)}
          onDone={() => {
            setDone(action);
            setAction(null);
            void asked.refetch();
            void queries.invalidateQueries({ queryKey: ["deliveries"] });
            void queries.invalidateQueries({ queryKey: ["delivery-groups"] });
          }}
        />
      )}
    </>
  );
}

function Facts({ one }: { readonly one: One }) {
  const { words, times } = useLanguage();
  const { me } = useSession();
  const { deliveries } = words;
  const { columns } = deliveries;
  const isArrived = one.status === "delivered";
  return (
    <section className="card">
      <h2>
        {deliveries.status[one.status]}
        {one.settled === null ? "" : ` · ${deliveries.settled[one.settled]}`}
      </h2>
      <p>{deliveries.says[one.status]}</p>
      {isArrived ? null : (
        <p>
          <strong>{deliveries.reason[one.reason]}</strong>
          {one.platformCode === null ? "" : ` (${deliveries.code(one.platformCode)})`}
          <br />
          {deliveries.acts[one.acts]} · {deliveries.remedy[one.reason]}
        </p>
      )}
      <dl className="fact-list">
        <dt>{columns.to}</dt>
        <dd>{sayTo(words, one)}</dd>
        <dt>{columns.kind}</dt>
        <dd>{sayKind(words, one.kind)}</dd>
        <dt>{columns.case}</dt>
        <dd>
          {one.case === null ? (
            me.role === "operator" ? (
              words.shell.nothing
            ) : (
              deliveries.noCase
            )
          ) : (
            <Link to="/cases/$number" params={{ number: one.case }}>
              {one.case}
            </Link>
          )}
        </dd>
        {one.nextTryAt === null ? null : (
          <>
            <dt>{columns.tried}</dt>
            <dd>{deliveries.next(times.moment(one.nextTryAt))}</dd>
          </>
        )}
      </dl>
      {one.repeats === null ? null : (
        <p>
          <Link to="/deliveries/$id" params={{ id: one.repeats }}>
            {deliveries.repeats} →
          </Link>
        </p>
      )}
      {one.repeatedBy === null ? null : (
        <p>
          <Link to="/deliveries/$id" params={{ id: one.repeatedBy }}>
            {deliveries.repeatedBy} →
          </Link>
        </p>
      )}
    </section>
  );
}

/** The calls and the decisions in the order in which they were. */
function History({ one }: { readonly one: One }) {
  const { words, times } = useLanguage();
  const { deliveries, codes } = words;
  const rungs: Readonly<Record<string, string>> = codes.rung;
  const calls = one.history.map((call) => ({
    at: call.startedAt,
    text:
      call.movedTo !== null
        ? deliveries.movedTo(call.movedTo)
        : [
            `${deliveries.attempt} · ${rungs[call.rung] ?? call.rung}: ${deliveries.outcome[call.outcome]}`,
            ...(call.outcome === "delivered" || call.reason === "none" ? [] : [deliveries.reason[call.reason]]),
            ...(call.platformCode === null ? [] : [deliveries.code(call.platformCode)]),
          ].join(" · "),
  }));
  const decisions = one.decisions.map(({ action, reason, by, at }) => ({
    at,
    text: [`${by}: ${deliveries.decided[action]}`, ...(reason === null ? [] : [reason])].join(" · "),
  }));
  const all = [{ at: one.createdAt, text: deliveries.made }, ...calls, ...decisions];
  return (
    <section className="card">
      <h2>{deliveries.steps}</h2>
      <ol className="events">
        {all
          .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
          .map(({ at, text }) => (
            <li key={`${at} ${text}`}>
              <time dateTime={at}>{times.moment(at)}</time> {text}
            </li>
          ))}
      </ol>
      {calls.length === 0 ? <p>{deliveries.noAttempts}</p> : null}
    </section>
  );
}
