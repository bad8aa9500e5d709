import type { FetchedMedia, SenderServices } from "../channel.ts";
import { exchange } from "../exchange.ts";
import { notFetched } from "../failure.ts";
import { idIn } from "../json-fields.ts";
import type { Api } from "./api.ts";

const DOWNLOAD_PATH = "/v1.0/robot/messageFiles/download";
const MAX_BYTES = 20 * 1024 * 1024;
/** The hosts from which the platform gives files: its own, and the store in which it keeps what is sent in chats. */
const HOSTS: readonly RegExp[] = [
  /^(?:[a-z0-9-]+\.)+dingtalk\.com$/,
  /^(?:wukong|lippi|dingtalk|zjk-wukong|sh-wukong)[a-z0-9-]*\.oss-cn-[a-z0-9-]+\.aliyuncs\.com$/,
];

/** Fetches a file of a message: its code is exchanged for an address, which serves for some minutes and must be the platform's own. */
export async function fetchFile(
  api: Api,
  code: string,
  { apiBase, timeoutMs, fetch }: Pick<SenderServices, "apiBase" | "timeoutMs" | "fetch">,
): Promise<FetchedMedia> {
  const answer = await api.request(DOWNLOAD_PATH, { downloadCode: code, robotCode: api.robotCode });
  if (!answer.ok) return notFetched(answer);
  const url = URL.parse(idIn(answer.fields, "downloadUrl"));
  if (url === null || !isPlatforms(url, apiBase))
    return { ok: false, reason: "an address that is none of the platform's", retryable: false };
  const file = await exchange(url, { method: "GET" }, { timeoutMs, maxBytes: MAX_BYTES, fetch });
  if (file.kind === "too-large") return { ok: false, reason: file.reason, retryable: false, isTooLarge: true };
  if (file.kind !== "response") return { ok: false, reason: file.reason, retryable: true };
  if (file.status === 200) return { ok: true, bytes: file.bytes, contentType: file.contentType };
  return { ok: false, reason: `HTTP ${file.status}`, retryable: file.status >= 500 };
}

/** Whether an address is one of the platform's, over TLS; where another stands in for its API, that one's own are too. */
export function isPlatforms(url: URL, apiBase: string | undefined): boolean {
  if (apiBase !== undefined && url.host === URL.parse(apiBase)?.host) return url.username === "" && url.password === "";
  const isSecure = (url.protocol === "https:" || url.protocol === "wss:") && url.port === "" && url.username === "";
  return isSecure && HOSTS.some((host) => host.test(url.hostname));
}
