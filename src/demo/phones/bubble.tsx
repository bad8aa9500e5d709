import type { WireMessage } from "./wire.ts";

const RUNGS = { direct: "客服消息", template: "模板消息", subscription: "订阅通知", passive: "被动回复" } as const;
const STATES = { sending: "发送中…", accepted: "已收下", failed: "未送达", arrived: "" } as const;

/** What can be done with the buttons of a line. */
type Pressing = { readonly onChoose: (id: string) => void; readonly onPress: (line: number, key: string) => void };

function Body({ line, onChoose, onPress }: { readonly line: WireMessage } & Pressing) {
  const { content } = line;
  switch (content.kind) {
    case "text":
    case "act":
    case "notice":
      return <p className="text">{content.text}</p>;
    case "menu":
      return (
        <>
          {content.head !== "" && <p className="text">{content.head}</p>}
          <ul className="choices">
            {content.choices.map((choice) => (
              <li key={choice.id}>
                <button type="button" data-testid="choice" data-choice={choice.id} onClick={() => onChoose(choice.id)}>
                  {choice.label}
                </button>
              </li>
            ))}
          </ul>
          {content.tail !== "" && <p className="text">{content.tail}</p>}
        </>
      );
    case "buttons":
      return (
        <>
          <p className="text">{content.text}</p>
          {content.revised !== null && (
            <p className="revised" data-testid="revised">
              {content.revised}
            </p>
          )}
          <ul className="choices">
            {content.buttons.map(({ key, label }) => (
              <li key={key}>
                <button type="button" data-testid="card-button" onClick={() => onPress(line.id, key)}>
                  {label}
                </button>
              </li>
            ))}
          </ul>
        </>
      );
    case "picture":
      return <img className="picture" src={`/media/${encodeURIComponent(content.mediaId)}`} alt="聊天里的照片" />;
    case "voice":
      return <p className="text">〔语音〕</p>;
    case "video":
      return <p className="text">〔视频〕</p>;
    case "place":
      return (
        <div className="place">
          <p className="place-label">{content.label}</p>
          <p className="place-point">
            北纬 {content.latitude.toFixed(5)}　东经 {content.longitude.toFixed(5)}
          </p>
          <div className="place-map" aria-hidden="true" />
        </div>
      );
    case "article":
      return (
        <div className="card">
          <p className="card-title">{content.title}</p>
          <p className="text">{content.description}</p>
        </div>
      );
    case "card":
      return (
        <div className="card">
          <p className="card-title">{content.title}</p>
          <dl>
            {content.rows.map((row) => (
              <div key={row.key}>
                <dt>{row.label}</dt>
                <dd>{row.value}</dd>
              </div>
            ))}
          </dl>
        </div>
      );
  }
}

/** A line of the chat: a bubble with its avatar, a card, or a grey note. */
export function Bubble(
  props: { readonly line: WireMessage; readonly owner: string; readonly accountTitle: string } & Pressing,
) {
  const { line, owner, accountTitle, onChoose, onPress } = props;
  const { direction, content, rung, state } = line;
  const marks = {
    "data-testid": "message",
    "data-direction": direction,
    "data-kind": content.kind,
    "data-state": state,
  };
  if (content.kind === "act" || content.kind === "notice") {
    return (
      <div className="line-note" {...marks}>
        {content.text}
        {content.kind === "act" && state === "failed" && `（${STATES.failed}）`}
      </div>
    );
  }
  const who = direction === "out" ? owner : accountTitle;
  const status = direction === "out" ? STATES[state] : rung === null ? "" : RUNGS[rung];
  const isFramed = content.kind !== "picture" && content.kind !== "card" && content.kind !== "place";
  return (
    <div className="line" {...marks} data-rung={rung ?? undefined}>
      <span className={direction === "out" ? "avatar avatar-person" : "avatar avatar-account"} aria-hidden="true">
        {direction === "out" ? who.slice(-1) : who.slice(0, 1)}
      </span>
      <div className="line-body">
        <span className="visually-hidden">{who}：</span>
        <div className={isFramed ? "bubble" : "bubble bubble-bare"}>
          <Body line={line} onChoose={onChoose} onPress={onPress} />
        </div>
        {status !== "" && <span className="status">{status}</span>}
      </div>
    </div>
  );
}
