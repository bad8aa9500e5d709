import { NativeSelect } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { codesIn, useNames } from "../parts/naming/use-names.ts";
import { EmptyNote, RefusalNote, Skeleton } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { ChangeCard } from "./change-card.tsx";
import { PagesNav } from "./pages-nav.tsx";
import { useVersions, type VersionRow } from "./version/one-version.ts";
import { targetOf } from "./version/written-rule.ts";

/** The page that compares any two versions, rule by rule, and takes an older one back. */
export function ComparePage() {
  const words = useWords();
  const { compare, proof } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const versions = useVersions();
  const all = versions.data ?? [];
  const published = all.find(({ state }) => state === "published");
  const textOf = (value: unknown) => (typeof value === "string" && /^[1-9]\d*$/.test(value) ? value : "");
  const from = textOf(search.from) || (published === undefined ? "" : String(published.number));
  const to = textOf(search.to);
  const [isTaking, setTaking] = useState(false);
  const changes = useQuery({
    queryKey: ["rule-changes", to, from],
    queryFn: async ({ signal }) =>
      (await call("GET /rulesets/{number}/changes", { params: { number: to }, query: { against: from }, signal })).body
        .changes,
    enabled: from !== "" && to !== "" && from !== to,
    retry: mayAskAgain,
  });
  const found = changes.data ?? [];
  const targets = found.flatMap((one) => [targetOf(one.from), targetOf(one.to)]).filter((one) => one !== null);
  const nameOf = useNames(
    codesIn(
      found.flatMap((one) => [one.readFrom, one.readTo]),
      targets,
    ),
  );
  const older = all.find(({ number }) => String(number) === to);
  const mayTakeBack =
    mayAsk(me, "POST /rulesets/{number}/take-back") &&
    older?.state === "retired" &&
    older.publishedAt !== null &&
    String(published?.number) === from;
  const choose = (which: "from" | "to", value: string) =>
    void navigate({ to: "/rules/compare", search: { from, to, [which]: value } });
  const data = [
    { value: "", label: compare.choose },
    ...all.map(({ number, name, state }) => ({
      value: String(number),
      label: `${proof.version(number, name)} ${proof.states[state]}`,
    })),
  ];
  if (versions.error !== null) return <PageFailure error={versions.error} again={() => void versions.refetch()} />;
  return (
    <>
      <h1>{compare.title}</h1>
      <PagesNav />
      <div className="toolbar toolbar-start card">
        {(["from", "to"] as const).map((which) => (
          <NativeSelect
            key={which}
            label={compare[which]}
            value={which === "from" ? from : to}
            data={data}
            onChange={(event) => choose(which, event.currentTarget.value)}
          />
        ))}
      </div>
      {changes.error === null ? null : <PageFailure error={changes.error} again={() => void changes.refetch()} />}
      {from === to || to === "" || from === "" ? <EmptyNote text={compare.same} /> : null}
      <Skeleton rows={4} isLoading={changes.isLoading} />
      {mayTakeBack && older !== undefined ? (
        <div className="note note-banner">
          <p>{compare.takeBackAbout(older.number, published?.number ?? 0)}</p>
          <button type="button" className="deed" onClick={() => setTaking(true)}>
            {compare.takeBack(older.number)}
          </button>
        </div>
      ) : null}
      {changes.data === undefined ? null : (
        <p role="status">{found.length === 0 ? compare.none : compare.count(found.length)}</p>
      )}
      {found.map((change) => (
        <ChangeCard key={`${from} ${to} ${change.change}`} change={change} nameOf={nameOf} isOpen={found.length < 20} />
      ))}
      {isTaking && older !== undefined ? <TakeBack version={older} onClose={() => setTaking(false)} /> : null}
    </>
  );
}

/** Asks once more before an older version is taken back; the second factor's code is asked for then. */
function TakeBack({ version, onClose }: { readonly version: VersionRow; readonly onClose: () => void }) {
  const { compare, review } = useWords();
  const { call } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const take = () =>
    run(async () => {
      const made = await call("POST /rulesets/{number}/take-back", {
        params: { number: String(version.number) },
        key: key.current,
      });
      await queries.invalidateQueries({ queryKey: ["rulesets"] });
      void navigate({ to: "/rules/$number/review", params: { number: String(made.body.number) } });
    });
  return (
    <Dialog title={compare.takeBackTitle(version.number)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <p>{compare.takeBackText}</p>
        <p className="small">{review.publishCode}</p>
        <RefusalNote error={error} />
        <FormButtons doIt={compare.takeBackGo} isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
