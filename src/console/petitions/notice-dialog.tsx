import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Given, newKey } from "../client/call.ts";
import { useDraft } from "../client/drafts.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import type { Petition } from "./petition.ts";

type Body = Given<"POST /cases/{number}/petition-notice">["body"];

const LEAST_ORGAN = 2;

/** Writes the notice of a petition: to whom it belongs, by which article, and how it gets there. */
export function NoticeDialog(props: {
  readonly petition: Petition;
  readonly onClose: () => void;
  readonly onGiven: (number: string) => void;
}) {
  const { petitions, shell } = useWords();
  const { call } = useSession();
  const queries = useQueryClient();
  const { number, etag } = props.petition.case;
  const [organ, setOrgan] = useState("");
  const [article, setArticle] = useState<Body["article"]>("23");
  const [way, setWay] = useState<Body["way"]>("chat");
  const text = useDraft(`${number}/petition-notice`);
  const key = useRef(newKey());
  const { run, isBusy, error } = useWorking();
  const give = () =>
    run(async () => {
      const more = text.text.trim();
      const body = { organ: organ.trim(), article, way, text: more === "" ? null : more };
      const { body: done } = await call("POST /cases/{number}/petition-notice", {
        ...{ params: { number }, etag, key: key.current, body },
      });
      text.clear();
      await queries.invalidateQueries({ queryKey: ["petitions"] });
      await queries.invalidateQueries({ queryKey: ["today"] });
      props.onGiven(done.number);
    });
  const isReady = [...organ.trim()].length >= LEAST_ORGAN;
  return (
    <Dialog title={petitions.writeTitle(number)} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void give();
        }}
      >
        <p>{props.petition.case.summary}</p>
        <TextInput
          label={petitions.organ}
          description={petitions.organHint}
          value={organ}
          onChange={(event) => setOrgan(event.currentTarget.value)}
          maxLength={80}
          required
        />
        <NativeSelect
          label={petitions.article}
          value={article}
          data={Object.entries(petitions.articles).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setArticle(event.currentTarget.value as Body["article"])}
        />
        <Textarea
          label={petitions.more}
          value={text.text}
          onChange={(event) => text.write(event.currentTarget.value)}
          maxLength={1000}
          rows={3}
        />
        <NativeSelect
          label={petitions.way}
          value={way}
          data={Object.entries(petitions.ways).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setWay(event.currentTarget.value as Body["way"])}
        />
        <p className="small">{petitions.once}</p>
        <RefusalNote error={error} />
        <div className="buttons">
          <Button type="submit" disabled={!isReady} loading={isBusy}>
            {petitions.do}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {shell.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
