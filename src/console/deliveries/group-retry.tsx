import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

type Result = Answered<"POST /deliveries/bulk">["results"][number];

/** Tries several messages again, and says for each whether that could be done. */
export function GroupRetry(props: {
  readonly ids: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { deliveries, shell, refusals } = useWords();
  const { call } = useSession();
  // What was chosen stays so, though the list behind changes.
  const [ids] = useState(props.ids);
  const [results, setResults] = useState<readonly Result[] | null>(null);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const act = () =>
    run(async () => {
      const answered = await call("POST /deliveries/bulk", {
        body: { ids: [...ids], action: "retry" },
        key: key.current,
      });
      setResults(answered.body.results);
      props.onDone();
    });
  const said: Readonly<Record<string, string>> = refusals.byCode;
  const refused = (results ?? []).filter(({ code }) => code !== "done");
  const counts = Map.groupBy(refused, ({ code }) => code);
  return (
    <Dialog title={deliveries.retryTitle} onClose={props.onClose}>
      <div className="stack">
        {results === null ? (
          <p>{deliveries.groupRetryText(ids.length)}</p>
        ) : (
          <div role="status">
            <p>{deliveries.groupResult(results.length - refused.length, results.length)}</p>
            <ul>
              {[...counts].map(([code, those]) => (
                <li key={code}>
                  {deliveries.count(String(those.length))}: {said[code === "not-here" ? "not-found" : code] ?? code}
                </li>
              ))}
            </ul>
          </div>
        )}
        <RefusalNote error={error} />
        <div className="buttons">
          {results === null ? (
            <Button loading={isBusy} onClick={() => void act()}>
              {deliveries.retryGo}
            </Button>
          ) : null}
          <Button variant="default" onClick={props.onClose}>
            {results === null ? shell.cancel : shell.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
