import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { useFreshness } from "./freshness.ts";
import { useIsOld } from "./new-version.ts";

/** The notices that everybody, or this person, has to know before anything else. */
export function Banners() {
  const { words, times } = useLanguage();
  const { me } = useSession();
  const [isUnderstood, setUnderstood] = useState(false);
  const { failures } = me;
  const { trouble } = useFreshness();
  const isOld = useIsOld();
  return (
    <>
      {isOld ? (
        <div className="note note-banner" role="status">
          {words.shell.newVersion}{" "}
          <button type="button" className="link-button" onClick={() => location.reload()}>
            {words.shell.reload}
          </button>
        </div>
      ) : null}
      {trouble === "database-away" ? (
        <p className="note note-refusal" role="status">
          {words.shell.databaseAway}
        </p>
      ) : null}
      {me.notices.map((notice) => (
        <p key={notice} className="note note-banner">
          {words.shell.notices[notice]}
        </p>
      ))}
      {failures === null || failures.count === 0 || isUnderstood ? null : (
        <div className="note note-refusal" role="status">
          <p>{words.shell.failures(failures.count, times.moment(failures.since), failures.from.join(", "))}</p>
          <button type="button" className="link-button" onClick={() => setUnderstood(true)}>
            {words.shell.understood}
          </button>
        </div>
      )}
    </>
  );
}
