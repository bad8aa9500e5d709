import { newKey } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

const MARKS = ["asked", "explained"] as const;

/** Marks a reading: that its reader was asked about it, or explained it; each mark stays beside those before it. */
export function MarkButtons(props: { readonly seq: number; readonly onDone: () => void }) {
  const { words } = useLanguage();
  const { call } = useSession();
  const working = useWorking();
  const put = (mark: (typeof MARKS)[number]) =>
    working.run(async () => {
      const params = { seq: String(props.seq) };
      await call("POST /audit/readings/{seq}/marks", { params, body: { mark }, key: newKey() });
      props.onDone();
    });
  return (
    <span className="block">
      {MARKS.map((mark) => (
        <button
          key={mark}
          type="button"
          className="link-button"
          disabled={working.isBusy}
          onClick={() => void put(mark)}
        >
          {words.audit.putMark[mark]}
        </button>
      ))}
      <RefusalNote error={working.error} />
    </span>
  );
}
