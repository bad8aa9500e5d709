import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { DoneNote, EmptyNote } from "../parts/notes.tsx";
import { ExchangesDialog } from "./exchanges-dialog.tsx";
import { FailedList } from "./failed-list.tsx";
import type { Partner } from "./partner.ts";
import { PartnerDialog } from "./partner-dialog.tsx";
import { PartnerTable } from "./partner-table.tsx";

/** The case systems of others: how each answers, what could not be sent, and what was exchanged. */
export function PartnersPage() {
  const { partners } = useWords();
  const { me, call } = useSession();
  const [chosen, setChosen] = useState<Partner | "new" | null>(null);
  const [shown, setShown] = useState<Partner | null>(null);
  /** What was done last; it stays when its row leaves the list. */
  const [done, setDone] = useState<"saved" | "sentAgain" | null>(null);
  const asked = useQuery({
    queryKey: ["partners"],
    queryFn: async ({ signal }) => (await call("GET /partners", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const items = asked.data?.items ?? [];
  const failed = asked.data?.failed ?? [];
  const again = () => void asked.refetch();
  return (
    <>
      <h1>{partners.title}</h1>
      <p>{partners.text}</p>
      {mayAsk(me, "PUT /partners/{name}") && asked.data !== undefined ? (
        <p>
          <button type="button" className="deed" onClick={() => setChosen("new")}>
            ＋ {partners.add}
          </button>
        </p>
      ) : null}
      {done === null ? null : <DoneNote text={partners[done]} />}
      <Asked asked={asked} rows={3} />
      {failed.length === 0 ? null : (
        <FailedList
          items={failed}
          onAgain={(isSent) => {
            setDone(isSent ? "sentAgain" : null);
            again();
          }}
        />
      )}
      {asked.isSuccess && items.length === 0 ? <EmptyNote text={partners.empty} /> : null}
      {items.length === 0 ? null : (
        <PartnerTable items={items} onChange={setChosen} onShow={setShown} onChanged={again} />
      )}
      {shown === null ? null : <ExchangesDialog partner={shown} onClose={() => setShown(null)} />}
      {chosen === null ? null : (
        <PartnerDialog
          partner={chosen === "new" ? null : chosen}
          onDone={() => {
            setChosen(null);
            setDone("saved");
            again();
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}
