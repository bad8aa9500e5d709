import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mayAskAgain } from "../client/asking.ts";
import type { Call } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { NextPage } from "../parts/asking/next-page.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import type { Words } from "../words/zh-CN.ts";
import { MarkButtons } from "./mark-buttons.tsx";
import type { AuditParams, View } from "./params.ts";

type Line = {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly what: string;
  readonly marks: readonly string[];
  readonly case: string | null;
  readonly isOpen: boolean;
  readonly about: string;
};

type LinesPage = { readonly items: readonly Line[]; readonly next: string | null };

/** Shows one list of audit, newest first, page by page. */
export function Lines({ view, params }: { readonly view: Exclude<View, "chain">; readonly params: AuditParams }) {
  const { words, times } = useLanguage();
  const { audit, shell } = words;
  const { me, call } = useSession();
  const mayMark = mayAsk(me, "POST /audit/readings/{seq}/marks");
  const found = useInfiniteQuery({
    queryKey: ["audit", view, params, words],
    queryFn: ({ pageParam, signal }) => ask(call, view, params, { after: pageParam, signal, words }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: LinesPage) => next,
    retry: mayAskAgain,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const { columns } = audit;
  const last = view === "staff" ? audit.subject : columns.reason;
  return (
    <>
      <Asked asked={found} rows={6} />
      {found.isSuccess && rows.length === 0 ? <EmptyNote text={audit.empty} /> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={audit.views[view]}>
          <TableHead names={[columns.at, columns.by, columns.what, columns.case, last]} />
          <tbody>
            {rows.map((row) => (
              <tr key={row.seq}>
                <th scope="row" className="number">
                  {times.moment(row.at)}
                </th>
                <td data-label={columns.by}>{row.by}</td>
                <td data-label={columns.what}>
                  {row.what}
                  {row.marks.map((mark) => (
                    <span key={mark} className="small block mark-late">
                      {mark}
                    </span>
                  ))}
                </td>
                <td data-label={columns.case} className="number">
                  {row.case === null ? (
                    shell.nothing
                  ) : row.isOpen ? (
                    <Link to="/cases/$number" params={{ number: row.case }}>
                      {row.case}
                    </Link>
                  ) : (
                    row.case
                  )}
                </td>
                <td data-label={last}>
                  {row.about === "" ? shell.nothing : row.about}
                  {view === "readings" && mayMark ? (
                    <MarkButtons seq={row.seq} onDone={() => void found.refetch()} />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <NextPage list={found} text={audit.more} />
    </>
  );
}

type Asking = { readonly after: string | null; readonly signal: AbortSignal; readonly words: Words };

async function ask(
  call: Call,
  view: Exclude<View, "chain">,
  { view: _view, ...conditions }: AuditParams,
  { after, signal, words }: Asking,
): Promise<LinesPage> {
  const { audit, account, verbs, unread, understanding, events, shell } = words;
  const later = after === null ? {} : { after };
  const query = { ...conditions, ...later };
  const none = { marks: [], case: null, isOpen: false, about: "" };
  if (view === "readings") {
    const { items, next } = (await call("GET /audit/readings", { query, signal })).body;
    const reasons: Readonly<Record<string, string>> = { ...verbs.readingReasons, ...audit.pageReasons };
    const withoutCase: Readonly<Record<string, string>> = { unread: unread.title, corrections: understanding.title };
    const lines = items.map((row) => ({
      ...{
        seq: row.seq,
        at: row.at,
        by: `${row.who} · ${row.role === "deputy" ? audit.deputy : shell.roles[row.role]}`,
      },
      // Messages that became no case have none whose opening could be named.
      what: withoutCase[row.reason ?? ""] ?? account.what[row.what],
      marks: [
        ...row.unusual.map((one) => audit.unusual[one]),
        ...row.marks.map(({ mark, by }) => `${audit.marks[mark]} · ${by}`),
      ],
      case: row.isSealed && row.case !== null ? `${audit.sealed} ${row.case}` : row.case,
      isOpen: !row.isSealed,
      about: [
        row.reason === null || withoutCase[row.reason] !== undefined ? null : (reasons[row.reason] ?? row.reason),
        row.note,
      ]
        .filter((part) => part !== null)
        .join(": "),
    }));
    return { items: lines, next };
  }
  if (view === "events") {
    const { items, next } = (await call("GET /audit/events", { query, signal })).body;
    const known: Readonly<Record<string, (details: Record<string, never>) => string>> = events;
    const lines = items.map(({ seq, at, by, type, case: number }) => ({
      ...none,
      ...{ seq, at, by, case: number, isOpen: true },
      what: (known[type] ?? events.other)({}),
    }));
    return { items: lines, next };
  }
  const { items, next } = (await call("GET /staff/changes", { query: later, signal })).body;
  const lines = items.map(({ seq, at, by, what, name }) => ({
    ...none,
    ...{ seq, at, by, what: audit.changes[what], about: name },
  }));
  return { items: lines, next };
}
