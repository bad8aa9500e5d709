import type { Sender } from "../channel.ts";
import type { ErrcodeApi } from "../errcode-api.ts";

const MAX_SCENE_BYTES = 128;
/** What the platform counts entries by; the scene itself is the parameter behind it. */
const SCENE = "liaison";

/** The link that opens the chat with the customer service and hands over a scene. */
export async function linkTo(api: ErrcodeApi, openKfId: string | null, scene: string): ReturnType<Sender["link"]> {
  const parameter = encodeURIComponent(scene);
  if (scene === "" || parameter.length > MAX_SCENE_BYTES)
    return { ok: false, reason: `a scene has 1 to ${MAX_SCENE_BYTES} bytes as part of an address` };
  const account = openKfId ?? (await firstAccount(api));
  if (typeof account !== "string") return account;
  const answer = await api.request("/cgi-bin/kf/add_contact_way", { open_kfid: account, scene: SCENE });
  if (!answer.ok) return { ok: false, reason: answer.failure.reason };
  const { url } = answer.fields;
  if (typeof url !== "string" || !URL.canParse(url)) return { ok: false, reason: "an answer without url" };
  return { ok: true, url: `${url}${url.includes("?") ? "&" : "?"}scene_param=${parameter}` };
}

async function firstAccount(api: ErrcodeApi): Promise<string | { readonly ok: false; readonly reason: string }> {
  const answer = await api.request("/cgi-bin/kf/account/list", { offset: 0, limit: 100 });
  if (!answer.ok) return { ok: false, reason: answer.failure.reason };
  const list: unknown[] = Array.isArray(answer.fields.account_list) ? answer.fields.account_list : [];
  const id: unknown = Object(list[0]).open_kfid;
  return typeof id === "string" && id !== ""
    ? id
    : { ok: false, reason: "the corporation has no customer-service account" };
}
