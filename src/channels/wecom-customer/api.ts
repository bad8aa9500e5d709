import type { TokenSource } from "../access-token.ts";
import type { SenderServices } from "../channel.ts";
import { type CorpCredentials, corpToken } from "../corp-token.ts";
import { type ErrcodeApi, openErrcodeApi } from "../errcode-api.ts";
import { failureOf, isDown, isTokenCode, restMs } from "./errors.ts";

/** The calls of an account in a second, well below what a corporation may make in a minute. */
export const CALLS_PER_SECOND = 50;

/** A page of messages is the longest answer. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_MEDIA_BYTES = 20 * 1024 * 1024;

/** Opens the platform's API for an account (protocols-more.md 2). */
export function openApi(credentials: CorpCredentials, services: SenderServices): ErrcodeApi {
  return openErrcodeApi(
    {
      base: credentials.apiBase,
      tokens: customerToken(credentials, services),
      failureOf,
      ...{ isDown, restMs, perSecond: CALLS_PER_SECOND },
      ...{ maxAnswerBytes: MAX_ANSWER_BYTES, maxMediaBytes: MAX_MEDIA_BYTES },
    },
    services,
  );
}

/** The access token of the app that manages the customer service. */
export function customerToken(credentials: CorpCredentials, services: SenderServices): TokenSource {
  return corpToken({ name: "wecom-customer-token", failureOf, isTokenRefused: isTokenCode }, credentials, services);
}
