import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote } from "../parts/notes.tsx";

/** Takes a version out of its review; its content goes on as a new draft, whose number `onDone` is told. */
export function WithdrawDialog(props: {
  readonly number: number;
  readonly onDone: (made: number) => void;
  readonly onClose: () => void;
}) {
  const { rules, shell } = useWords();
  const { call } = useSession();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const { number } = props;
  const withdrawn = useMutation({
    mutationFn: async () =>
      (await call("POST /rulesets/{number}/withdraw", { params: { number: String(number) }, key })).body.number,
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ["rulesets"] });
      props.onDone(made);
    },
  });
  return (
    <Dialog title={rules.withdrawTitle(number)} onClose={props.onClose}>
      <p>{rules.withdrawText(number)}</p>
      <RefusalNote error={withdrawn.error} />
      <div className="buttons">
        <Button onClick={() => withdrawn.mutate()} loading={withdrawn.isPending}>
          {rules.withdrawGo}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {shell.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
