import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mayAskAgain, pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { DoneNote, Skeleton } from "../parts/notes.tsx";
import { PageFailure } from "../shell/failures.tsx";
import { ListedPeople } from "./listed-people.tsx";
import { SwitchDialog } from "./switch-dialog.tsx";

/** The county's trial: whether it is on, who is listed, what was held back, and the two switches. */
export function TrialPart({ onSwitched }: { readonly onSwitched?: () => void }) {
  const { words, times } = useLanguage();
  const { trialMode } = words;
  const { me, call, renew } = useSession();
  const queries = useQueryClient();
  const [switching, setSwitching] = useState<"begin" | "end" | null>(null);
  const [done, setDone] = useState<"begun" | "ended" | null>(null);
  const asked = useQuery({
    queryKey: ["trial-mode"],
    queryFn: async ({ signal }) => (await call("GET /trial", { signal })).body,
    refetchInterval: pollEvery,
    retry: mayAskAgain,
  });
  const { data } = asked;
  if (data === undefined)
    return asked.error === null ? (
      <Skeleton rows={5} isLoading />
    ) : (
      <PageFailure error={asked.error} again={() => void asked.refetch()} />
    );
  const { held } = data;
  const count = held.toResidents + held.toDeputies;
  const mayChange = mayAsk(me, "POST /trial/begin");
  const stands = data.isOn ? trialMode.isOn : trialMode.wasEnded;
  return (
    <div className="stack">
      {trialMode.about.map((one) => (
        <p key={one} className="small">
          {one}
        </p>
      ))}
      <p>
        <strong>{data.at === null ? trialMode.isOff : stands(times.moment(data.at), data.by ?? "")}</strong>
      </p>
      {done === null ? null : <DoneNote text={trialMode[done]} />}
      <ListedPeople trial={data} onSaved={() => void asked.refetch()} />
      <section aria-label={trialMode.held}>
        <h2>{trialMode.held}</h2>
        <p>
          {count === 0
            ? trialMode.nothingHeld
            : trialMode.heldLine(held.toResidents, held.toDeputies, times.moment(held.oldestAt ?? ""))}{" "}
          {mayAsk(me, "GET /deliveries") ? (
            <Link to="/deliveries" search={{ state: "held" }}>
              {trialMode.look}
            </Link>
          ) : null}
        </p>
      </section>
      {mayChange ? (
        <div>
          <Button onClick={() => setSwitching(data.isOn ? "end" : "begin")}>
            {data.isOn ? trialMode.end : trialMode.begin}
          </Button>
        </div>
      ) : (
        <p className="small">{trialMode.looksOnly}</p>
      )}
      {switching === null ? null : (
        <SwitchDialog
          what={switching}
          trial={data}
          onLook={async () => void (await asked.refetch())}
          onClose={() => setSwitching(null)}
          onDone={() => {
            setDone(switching === "begin" ? "begun" : "ended");
            setSwitching(null);
            void asked.refetch();
            void renew();
            void queries.invalidateQueries({ queryKey: ["setup"] });
            onSwitched?.();
          }}
        />
      )}
    </div>
  );
}
