import { useCallback, useEffect, useRef } from "react";
import { Bubble } from "./bubble.tsx";
import { perform } from "./calls.ts";
import { Composer } from "./composer.tsx";
import { shortTime } from "./times.ts";
import type { Scene, WireMessage } from "./wire.ts";

const PAUSE_MS = 300_000;

/** A one-tap suggestion above the input. */
export type Hint = { readonly text: string; readonly act: () => void };

/** A person's phone with the account's chat open. */
export function Phone(props: {
  readonly owner: { readonly openid: string; readonly name: string };
  readonly accountTitle: string;
  readonly lines: readonly WireMessage[];
  readonly typing: boolean;
  readonly phrases: readonly string[];
  readonly scenes?: readonly Scene[] | undefined;
  readonly onCodes?: (() => void) | undefined;
  readonly hint?: Hint | undefined;
  readonly onDraft?: ((draft: string) => void) | undefined;
}) {
  const { owner, accountTitle, lines, typing, phrases, scenes, onCodes, hint, onDraft } = props;
  const log = useRef<HTMLDivElement>(null);
  const count = lines.length + (typing ? 1 : 0);

  const showNewest = useCallback(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }, []);
  useEffect(() => {
    if (log.current === null) return;
    const size = new ResizeObserver(showNewest);
    size.observe(log.current);
    return () => size.disconnect();
  }, [showNewest]);
  useEffect(() => {
    if (count > 0) showNewest();
  }, [count, showNewest]);

  return (
    <div className="phone">
      <div className="phone-head">
        <h2>{accountTitle}</h2>
        <p>{typing ? "对方正在输入…" : `${owner.name}的手机`}</p>
      </div>
      <div
        className="chat"
        ref={log}
        onLoadCapture={showNewest}
        role="log"
        aria-live="polite"
        aria-label={`${owner.name}的聊天记录`}
      >
        {lines.length === 0 && <p className="line-note">已关注「{accountTitle}」，说点什么吧</p>}
        {lines.map((line, index) => {
          const before = lines[index - 1];
          const isLater = before === undefined || Date.parse(line.at) - Date.parse(before.at) > PAUSE_MS;
          return (
            <div key={line.id}>
              {isLater && <time className="line-note">{shortTime(line.at)}</time>}
              <Bubble
                line={line}
                owner={owner.name}
                accountTitle={accountTitle}
                onChoose={(id) => void perform(owner.openid, { deed: "choose", id })}
                onPress={(pressed, key) => void perform(owner.openid, { deed: "press", line: pressed, key })}
              />
            </div>
          );
        })}
        {typing && <p className="line-note">对方正在输入…</p>}
      </div>
      {hint !== undefined && (
        <button type="button" className="hint" data-testid="hint" onClick={hint.act}>
          {hint.text}
        </button>
      )}
      <Composer owner={owner} phrases={phrases} scenes={scenes} onCodes={onCodes} onDraft={onDraft} />
    </div>
  );
}
