import { useLanguage } from "../client/language.tsx";
import { useFreshness } from "./freshness.ts";
import { useLiveState } from "./live-updates.ts";

/** Says how fresh the page is: live, or asked for again each half minute; nobody shall take the one for the other. */
export function PollMark() {
  const { words, times } = useLanguage();
  const { at, trouble } = useFreshness();
  const live = useLiveState();
  if (at === 0) return <span className="poll" />;
  const clock = times.clock(new Date(at));
  if (trouble !== "none") return <span className="poll poll-stale">{words.shell.stale(clock)}</span>;
  return <span className="poll">{live === "live" ? `● ${words.shell.live(clock)}` : words.shell.polled(clock)}</span>;
}
