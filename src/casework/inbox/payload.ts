import type { Vault } from "../../../db/vault.ts";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Inbound } from "../../domain/messages/message.ts";

/** Opens the message that a channel handed over from its inbox row; what an older version did not write is filled in. */
export function readPayload(vault: Vault, row: { readonly accountId: string; readonly payload: Uint8Array }): Inbound {
  const stored: Inbound & { sentAt: string } = JSON.parse(vault.open(row.payload, payloadPurpose(row.accountId)));
  return inboundOf({ ...stored, sentAt: new Date(stored.sentAt) });
}

/** The sealed payload of a message, for its inbox row. */
export function sealPayload(vault: Vault, accountId: string, message: Inbound): Uint8Array {
  return vault.seal(JSON.stringify(message), payloadPurpose(accountId));
}

const payloadPurpose = (accountId: string) => `inbox:${accountId}`;
