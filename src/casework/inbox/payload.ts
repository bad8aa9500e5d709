import type { Vault } from "../../../db/vault.ts";
import type { Inbound } from "../../domain/messages/message.ts";

/** What a channel handed over, as it lies sealed in its inbox row. */
export function readPayload(vault: Vault, row: { readonly accountId: string; readonly payload: Uint8Array }): Inbound {
  const stored: Inbound & { sentAt: string } = JSON.parse(vault.open(row.payload, payloadPurpose(row.accountId)));
  return { ...stored, sentAt: new Date(stored.sentAt) };
}

/** A message as it lies sealed in its inbox row. */
export function sealPayload(vault: Vault, accountId: string, message: Inbound): Uint8Array {
  return vault.seal(JSON.stringify(message), payloadPurpose(accountId));
}

const payloadPurpose = (accountId: string) => `inbox:${accountId}`;
