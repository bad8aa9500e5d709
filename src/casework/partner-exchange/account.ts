import type { PartnerRecord } from "../../../db/schema/people.ts";
import type { Means, PartnerAccount } from "../../partners/partner.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** A partner's answer is waited for so long. */
const ANSWER_LIMIT_MS = 10_000;

/** The purpose for which a partner's secret is sealed; see `vault.ts`. */
export function partnerPurpose(id: string): string {
  return `partner:${id}`;
}

/** A partner as its type needs it, with its secret opened. */
export function accountOf(
  { vault, publicUrl }: Pick<Runtime, "vault" | "publicUrl">,
  partner: PartnerRecord,
): PartnerAccount {
  const { name, url, jurisdictionCode, services } = partner;
  const secret = vault.open(partner.secret, partnerPurpose(partner.id));
  return { name, url, secret, jurisdictionCode, services, replyUrl: publicUrl ?? null };
}

/** The means by which this process calls partners. Signatures carry the time that the other side has too. */
export function meansOf({ now, unmoved, callPartner }: Pick<Runtime, "now" | "unmoved" | "callPartner">): Means {
  return { fetch: callPartner ?? fetch, timeoutMs: ANSWER_LIMIT_MS, now: unmoved ?? now };
}
