import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote, WrongNote } from "../parts/notes.tsx";
import { placeJson } from "../rule-content/json-places.ts";

/** Asks what a new draft begins with: the rules in force, nothing, or a file; and makes it. */
export function NewDraft(props: {
  /** The number of the version in force; null where there is none. */
  readonly published: number | null;
  readonly onMade: (number: number) => void;
  readonly onClose: () => void;
}) {
  const { words, times } = useLanguage();
  const { rules } = words;
  const { call } = useSession();
  const [key, setKey] = useState(newKey);
  const [wrong, setWrong] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const { published } = props;
  const made = useMutation({
    mutationFn: async (content: unknown) => (await call("POST /rulesets", { body: content, key })).body.number,
    onSuccess: props.onMade,
    onError: () => setKey(newKey()),
  });
  const fromPublished = useMutation({
    mutationFn: async (number: number) =>
      (await call("GET /rulesets/{number}", { params: { number: String(number) } })).body.content,
    onSuccess: (content) => made.mutate(content),
  });
  const empty = {
    name: rules.emptyName(times.dayOf(new Date()).slice(0, 4)),
    rules: [],
    otherwise: { assign: { grid: true } },
  };
  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const placed = placeJson((await chosen.text()).replace(/^\uFEFF/, ""));
    setWrong(placed.ok ? null : rules.notRules(placed.line));
    if (placed.ok) made.mutate(placed.value);
  };
  const isBusy = made.isPending || fromPublished.isPending;
  const isContent = made.error instanceof Refused && made.error.status === 422;
  return (
    <Dialog title={rules.newDraftTitle} onClose={props.onClose}>
      <div className="stack">
        {published === null ? null : (
          <Way hint={rules.from.publishedHint}>
            <Button loading={isBusy} onClick={() => fromPublished.mutate(published)}>
              {rules.from.published(published)}
            </Button>
          </Way>
        )}
        <Way hint={rules.from.emptyHint}>
          <Button
            variant={published === null ? "filled" : "default"}
            loading={isBusy}
            onClick={() => made.mutate(empty)}
          >
            {rules.from.empty}
          </Button>
        </Way>
        <Way hint={rules.from.fileHint}>
          <Button variant="default" loading={isBusy} onClick={() => file.current?.click()}>
            {rules.from.file}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            className="unseen"
            tabIndex={-1}
            aria-label={rules.chooseFile}
            onChange={(event) => {
              void read(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </Way>
        {wrong === null ? null : <WrongNote text={wrong} />}
        {isContent ? <WrongNote text={rules.fileRefused} /> : null}
        <RefusalNote error={made.error ?? fromPublished.error} />
      </div>
    </Dialog>
  );
}

function Way({ hint, children }: { readonly hint: string; readonly children: React.ReactNode }) {
  return (
    <div>
      {children}
      <p className="small">{hint}</p>
    </div>
  );
}
