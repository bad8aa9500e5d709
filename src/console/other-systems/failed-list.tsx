import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { useWorking } from "../parts/working.ts";
import type { PartnerList } from "./partner.ts";

/** The list of what did not arrive at other case systems, each with the button that sends it again. */
export function FailedList(props: {
  readonly items: PartnerList["failed"];
  /** Something was tried again, and goes out once more where `isSent`. */
  readonly onAgain: (isSent: boolean) => void;
}) {
  const { words, times } = useLanguage();
  const { partners } = words;
  const { me, call } = useSession();
  const { run, error } = useWorking();
  const key = useRef(newKey());
  const mayAgain = mayAsk(me, "POST /partner-messages/{id}/send-again");
  const again = async (id: string) => {
    const went = await run(async () => {
      await call("POST /partner-messages/{id}/send-again", { params: { id }, body: {}, key: key.current });
    });
    key.current = newKey();
    props.onAgain(went);
  };
  return (
    <section aria-label={partners.failed}>
      <h2>{partners.failed}</h2>
      <p className="small">{partners.failedText}</p>
      <RefusalNote error={error} />
      <ul className="today">
        {props.items.map((one) => (
          <li key={one.id} className="line line-waits">
            <p>
              <Link className="number" to="/cases/$number" params={{ number: one.case }}>
                {one.case}
              </Link>{" "}
              {partners.kinds[one.kind]} · {partners.failedLine(one.unitName)}
            </p>
            <p className="small">
              {partners.tries(one.tries)} · {partners.since(times.moment(one.since))}
              {one.reason === null ? "" : ` · ${one.reason}`}
            </p>
            {mayAgain ? <RowDeed does={partners.sendAgain} row={one.case} onClick={() => void again(one.id)} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
