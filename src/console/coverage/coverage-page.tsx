import { NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { mayAskAgain } from "../client/asking.ts";
import type { Given } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { NextPage } from "../parts/asking/next-page.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { Gaps } from "./gaps.tsx";
import { GridTable } from "./grid-table.tsx";

type Query = NonNullable<Given<"GET /coverage">["query"]>;
type Only = NonNullable<Query["only"]>;

const PAGE = 50;

/** The page of who answers for each grid, one after the other, on a day and under a version of the rules. */
export function CoveragePage() {
  const { words, times } = useLanguage();
  const { coverage, proof } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const textOf = (name: string) => (typeof search[name] === "string" ? search[name] : "");
  const [on, version] = [textOf("on"), textOf("version")];
  const only = Object.keys(coverage.onlys).find((one) => one === search.only && one !== "all") as Only | undefined;
  const mayChoose = mayAsk(me, "GET /rulesets");
  const versions = useQuery({
    queryKey: ["rulesets"],
    queryFn: async ({ signal }) => (await call("GET /rulesets", { signal })).body,
    enabled: mayChoose,
    retry: mayAskAgain,
  });
  const wanted: Query = {
    ...(on === "" ? {} : { on }),
    ...(version === "" ? {} : { version }),
    ...(only === undefined ? {} : { only }),
  };
  const found = useInfiniteQuery({
    queryKey: ["coverage", wanted],
    queryFn: async ({ pageParam, signal }) =>
      (
        await call("GET /coverage", {
          query: { ...wanted, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) },
          signal,
        })
      ).body,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    retry: mayAskAgain,
    placeholderData: (before) => before,
  });
  const first = found.data?.pages[0];
  const grids = found.data?.pages.flatMap((page) => page.grids) ?? [];
  const go = (change: Readonly<Record<string, string>>) =>
    void navigate({
      to: "/coverage",
      search: Object.fromEntries(
        Object.entries({ on, version, only: only ?? "", ...change }).filter(([, value]) => value !== ""),
      ),
    });
  return (
    <>
      <h1>{coverage.title}</h1>
      <p>{coverage.about}</p>
      <div className="toolbar toolbar-start card">
        <TextInput
          type="date"
          label={coverage.on}
          description={coverage.onHint}
          value={on}
          min={times.dayOf(new Date())}
          onChange={(event) => go({ on: event.currentTarget.value })}
        />
        {mayChoose ? (
          <NativeSelect
            label={coverage.version}
            value={version}
            data={[
              { value: "", label: coverage.inForce },
              ...(versions.data ?? []).map(({ number, name, state }) => ({
                value: String(number),
                label: `${proof.version(number, name)} ${proof.states[state]}`,
              })),
            ]}
            onChange={(event) => go({ version: event.currentTarget.value })}
          />
        ) : null}
        <NativeSelect
          label={coverage.only}
          value={only ?? "all"}
          data={Object.entries(coverage.onlys).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => go({ only: value === "all" ? "" : value })}
        />
      </div>
      <Asked asked={found} rows={8} />
      {first === undefined ? null : (
        <div className={found.isPlaceholderData ? "greyed" : undefined}>
          <div role="status">
            {first.withoutPerson.length === 0 ? (
              <p className="note note-done">{coverage.ok}</p>
            ) : (
              <p className="note note-refusal">{coverage.notOk(first.withoutPerson.length.toLocaleString("en"))}</p>
            )}
            {first.unreachable.length === 0 ? null : (
              <p className="note note-banner">{coverage.unreachable(first.unreachable.length.toLocaleString("en"))}</p>
            )}
          </div>
          <Gaps gaps={first.gaps} />
          {grids.length === 0 ? <EmptyNote text={coverage.none} /> : <GridTable grids={grids} />}
          <NextPage list={found} text={`${coverage.more} · ${coverage.shown(grids.length)}`} />
        </div>
      )}
    </>
  );
}
