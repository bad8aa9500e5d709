import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { type DeliveryParams, groupQueryOf } from "./params.ts";

type Group = Answered<"GET /deliveries/reasons">["groups"][number];

/** Shows what has not arrived, by status and reason: how many, since when, who acts, and the one remedy. */
export function Groups({ params }: { readonly params: DeliveryParams }) {
  const { words } = useLanguage();
  const { deliveries } = words;
  const { call } = useSession();
  const query = groupQueryOf(params);
  const asked = useQuery({
    queryKey: ["delivery-groups", query],
    queryFn: async ({ signal }) => (await call("GET /deliveries/reasons", { query, signal })).body.groups,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const groups = asked.data ?? [];
  if (groups.length === 0) return null;
  return (
    <section aria-label={deliveries.groups}>
      <h2>{deliveries.groups}</h2>
      <ul className="groups">
        {groups.map((group) => (
          <GroupCard key={`${group.status} ${group.reason}`} group={group} params={params} />
        ))}
      </ul>
    </section>
  );
}

function GroupCard({ group, params }: { readonly group: Group; readonly params: DeliveryParams }) {
  const { words, times } = useLanguage();
  const { deliveries } = words;
  const { status, reason, acts, count, oldestAt } = group;
  const isChosen = params.state === status && params.reason === reason;
  return (
    <li className={`line line-${status === "failed" ? "late" : "waits"}`}>
      <div className="line-head">
        <h3 className="line-name">
          {deliveries.status[status]}: {deliveries.reason[reason]}{" "}
          <span className="line-count">{deliveries.count(String(count))}</span>
        </h3>
        <span className="small">{deliveries.oldest(times.moment(oldestAt))}</span>
        <Link
          className="line-button"
          to="/deliveries"
          search={{ ...params, state: status, reason }}
          aria-current={isChosen ? "true" : undefined}
        >
          {words.today.acts.other} <span aria-hidden="true">→</span>
          <span className="unseen"> {deliveries.reason[reason]}</span>
        </Link>
      </div>
      <p className="small">
        <strong>{deliveries.acts[acts]}</strong> · {deliveries.remedy[reason]}
      </p>
    </li>
  );
}
