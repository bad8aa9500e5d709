import type { WirePage } from "./wire.ts";

/** The platform on which a demo begins. */
const FIRST_PLATFORM = "wechat-official";

/** The id of somebody's phone on a platform. */
export function phoneId(openid: string, platform: string | undefined): string {
  return platform === undefined || platform === FIRST_PLATFORM ? openid : `${platform}~${openid}`;
}

/** The person and the platform that the id of a phone names. */
export function ofPhone(id: string): { readonly openid: string; readonly platform: string } {
  const [first = "", openid] = id.split("~");
  return openid === undefined ? { openid: first, platform: FIRST_PLATFORM } : { openid, platform: first };
}

/** The name of the account as a platform shows it. */
export function titleOn({ accountTitle, platforms }: WirePage, platform: string | undefined): string {
  const other = platforms.find(({ type }) => type === platform && type !== FIRST_PLATFORM);
  return other === undefined ? accountTitle : `${accountTitle}（${other.title}）`;
}

/** The choice of the platform on which a phone is looked at; nothing where there is one alone. */
export function PlatformSelect(props: {
  readonly platforms: WirePage["platforms"];
  readonly chosen: string | undefined;
  readonly onChoose: (type: string) => void;
}) {
  const { platforms, chosen = FIRST_PLATFORM, onChoose } = props;
  if (platforms.length < 2) return null;
  return (
    <label className="platform">
      用哪个软件
      <select data-testid="platform-select" value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {platforms.map(({ type, title }) => (
          <option key={type} value={type}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
