import { type FormEvent, useRef, useState } from "react";
import { perform, sendPhoto } from "./calls.ts";
import { CodePicker } from "./code-picker.tsx";
import { Icon } from "./icons.tsx";
import { PlacePicker } from "./place-picker.tsx";
import { drawSamplePhoto } from "./sample-photo.ts";
import type { Scene } from "./wire.ts";

type Open = "nothing" | "panel" | "map" | "codes";

/** The lower edge of a phone: quick phrases, the input, and behind + photos, places and codes. */
export function Composer(props: {
  readonly owner: { readonly openid: string; readonly name: string };
  readonly phrases: readonly string[];
  /** The codes that may be scanned; a phone without them shares no place either. */
  readonly scenes?: readonly Scene[] | undefined;
  /** Told when codes are looked at: new ones may have been made. */
  readonly onCodes?: (() => void) | undefined;
  readonly onDraft?: ((draft: string) => void) | undefined;
}) {
  const { owner, phrases, scenes, onCodes, onDraft } = props;
  const [draft, setDraft] = useState("");
  const [open, setOpen] = useState<Open>(scenes === undefined ? "nothing" : "panel");
  const openCodes = (): void => {
    onCodes?.();
    setOpen("codes");
  };
  const [problem, setProblem] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);

  const change = (text: string): void => {
    setDraft(text);
    onDraft?.(text);
  };
  const attempt = (deed: Promise<void>): void => {
    setProblem("");
    deed.catch(() => setProblem("没有发出去，请再试一次。"));
  };
  const say = (text: string): void => attempt(perform(owner.openid, { deed: "say", text }));
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (draft.trim() === "") return;
    say(draft);
    change("");
    input.current?.focus();
  };

  return (
    <div className="composer">
      {phrases.length > 0 && (
        <div className="phrases">
          {phrases.map((phrase) => (
            <button type="button" key={phrase} onClick={() => say(phrase)}>
              {phrase}
            </button>
          ))}
        </div>
      )}
      {problem !== "" && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <form className="entry" onSubmit={submit}>
        <textarea
          ref={input}
          data-testid="input"
          aria-label={`${owner.name}要说的话`}
          placeholder="说点什么"
          rows={1}
          value={draft}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            submit();
          }}
        />
        {draft.trim() === "" && (
          <button
            type="button"
            className="more"
            data-testid="more"
            aria-label="更多：照片、位置、扫码"
            aria-expanded={open === "panel"}
            onClick={() => setOpen(open === "panel" ? "nothing" : "panel")}
          >
            ＋
          </button>
        )}
        <button type="submit" className="send" data-testid="send" hidden={draft.trim() === ""}>
          发送
        </button>
      </form>
      {open !== "nothing" && (
        <div className="panel">
          <label className="tool">
            <input
              type="file"
              accept="image/*"
              className="visually-hidden"
              data-testid="photo"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file !== undefined) attempt(sendPhoto(owner.openid, file));
                event.target.value = "";
              }}
            />
            <Icon name="photo" />
            照片
          </label>
          <button
            type="button"
            className="tool"
            data-testid="sample-photo"
            onClick={() => attempt(drawSamplePhoto().then((photo) => sendPhoto(owner.openid, photo)))}
          >
            <Icon name="sample" />
            示例照片
          </button>
          {scenes !== undefined && (
            <>
              <button type="button" className="tool" data-testid="map-open" onClick={() => setOpen("map")}>
                <Icon name="place" />
                位置
              </button>
              <button type="button" className="tool" data-testid="scan-open" onClick={openCodes}>
                <Icon name="scan" />
                扫码
              </button>
            </>
          )}
        </div>
      )}
      {open === "map" && (
        <PlacePicker
          onClose={() => setOpen("panel")}
          onShare={(place) => attempt(perform(owner.openid, { deed: "share", ...place }))}
        />
      )}
      {open === "codes" && (
        <CodePicker
          scenes={scenes ?? []}
          onClose={() => setOpen("panel")}
          onScan={(scene) => attempt(perform(owner.openid, { deed: "scan", scene }))}
        />
      )}
    </div>
  );
}
