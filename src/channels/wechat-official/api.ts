import type { SenderServices } from "../channel.ts";
import { type ErrcodeApi, openErrcodeApi } from "../errcode-api.ts";
import { failureOf, isDown, restMs } from "./errors.ts";
import { type Credentials, wechatToken } from "./token.ts";

/** The platform's API for one account. No call throws for what the platform or the network does. */
export type Api = ErrcodeApi;

const MAX_MEDIA_BYTES = 10 * 1024 * 1024;

/** The most calls in a second, below what an account may do in a minute; the platform tells its limit only by refusing (45011). */
export const CALLS_PER_SECOND = 300;

/** Opens the platform's API for an account (protocols.md 2). */
export function openApi(credentials: Credentials, services: SenderServices): Api {
  return openErrcodeApi(
    {
      base: credentials.apiBase,
      tokens: wechatToken(credentials, services),
      failureOf: (code, message) => failureOf(code, message, services.now()),
      ...{ isDown, restMs, perSecond: CALLS_PER_SECOND, maxMediaBytes: MAX_MEDIA_BYTES },
    },
    services,
  );
}
