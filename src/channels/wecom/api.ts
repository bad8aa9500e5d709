import type { SenderServices } from "../channel.ts";
import { type CorpCredentials, corpToken } from "../corp-token.ts";
import { type ErrcodeApi, openErrcodeApi } from "../errcode-api.ts";
import { failureOf, isDown, isTokenCode, restMs } from "./errors.ts";

/** The most calls of an app in a second: well below the 10,000 a minute that a corporation may make. */
export const CALLS_PER_SECOND = 50;

const MAX_MEDIA_BYTES = 20 * 1024 * 1024;

/** Opens the platform's API for an app (protocols.md 3.2). */
export function openApi(credentials: CorpCredentials, services: SenderServices): ErrcodeApi {
  const token = { name: "wecom-token", failureOf, isTokenRefused: isTokenCode };
  return openErrcodeApi(
    {
      base: credentials.apiBase,
      tokens: corpToken(token, credentials, services),
      failureOf,
      ...{ isDown, restMs, perSecond: CALLS_PER_SECOND, maxMediaBytes: MAX_MEDIA_BYTES },
    },
    services,
  );
}
