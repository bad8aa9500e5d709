import { and, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { partnerExchanges, partnerMessages } from "../../../db/schema/outbox.ts";
import { type PartnerRecord, partners } from "../../../db/schema/people.ts";
import { OPEN_HANDOVER_STATES } from "../../domain/acts/handover.ts";
import type { OpenMatter, PollResult } from "../../partners/partner.ts";
import { PARTNERS } from "../../partners/registry.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { accountOf, meansOf } from "./account.ts";
import { noteHealth } from "./settle.ts";
import { takeNews } from "./take-news.ts";

/** A partner that does not call is asked so often. */
const PAUSE_MS = 60_000;
/** Its clock may be behind. */
const OVERLAP_MS = 10 * 60_000;
const AT_ONCE = 200;

/**
 * Asks those partners of a county for news that do not call by themselves, each once a minute while it has something of ours.
 *
 * @returns the conversations that now have something to deliver
 */
export async function pollPartners(runtime: Runtime, jurisdictionId: string): Promise<readonly string[]> {
  const asked = await runtime.database.inCounty(jurisdictionId, (tx) => claimPolls(tx, runtime.now()));
  const told: string[] = [];
  const means = meansOf(runtime);
  for (const { partner, ago, open } of asked) {
    const poll = PARTNERS[partner.type].poll;
    if (poll === null || open.length === 0) continue;
    const since = new Date(means.now().getTime() - ago);
    const result = await poll(accountOf(runtime, partner), since, open, means);
    runtime.countExchange?.("poll", result.ok ? "asked" : "failed");
    told.push(...(await take(runtime, jurisdictionId, partner, result)));
  }
  return told;
}

/** A partner to be asked for what happened so many milliseconds ago or later. */
type Asking = { readonly partner: PartnerRecord; readonly ago: number; readonly open: readonly OpenMatter[] };

/** Takes those that are due, so that no other process asks too. */
async function claimPolls(tx: Transaction, now: Date): Promise<readonly Asking[]> {
  const types = Object.values(PARTNERS).flatMap(({ type, poll }) => (poll === null ? [] : type));
  const isDue = or(isNull(partners.polledAt), lt(partners.polledAt, new Date(now.getTime() - PAUSE_MS)));
  const before = await tx
    .select()
    .from(partners)
    .where(
      and(
        inArray(partners.type, types),
        isNull(partners.pausedAt),
        or(isNull(partners.restsUntil), lt(partners.restsUntil, now)),
        isDue,
      ),
    )
    .for("no key update", { skipLocked: true });
  return Promise.all(
    before.map(async (partner) => {
      await tx.update(partners).set({ polledAt: now }).where(eq(partners.id, partner.id));
      const ago = now.getTime() - (partner.polledAt ?? partner.addedAt).getTime() + OVERLAP_MS;
      return { partner, ago, open: await openAt(tx, partner.id) };
    }),
  );
}

/** What a partner has of ours, the longest unasked first. */
async function openAt(tx: Transaction, partnerId: string): Promise<readonly OpenMatter[]> {
  return tx
    .select({ id: partnerMessages.id, externalId: partnerMessages.externalId, token: partnerMessages.token })
    .from(partnerMessages)
    .innerJoin(handovers, eq(handovers.id, partnerMessages.handoverId))
    .innerJoin(cases, eq(cases.id, handovers.caseId))
    .where(
      and(
        eq(partnerMessages.partnerId, partnerId),
        eq(partnerMessages.kind, "handed_over"),
        sql`(${partnerMessages.externalId} is not null or ${partnerMessages.token} is not null)`,
        inArray(handovers.state, [...OPEN_HANDOVER_STATES]),
        isNull(cases.closedAt),
      ),
    )
    .orderBy(sql`${partnerMessages.saidAt} nulls first`, partnerMessages.madeAt)
    .limit(AT_ONCE);
}

/** Each piece of news is a transaction of its own; one that fails keeps nobody from the others. */
async function take(
  runtime: Runtime,
  jurisdictionId: string,
  partner: PartnerRecord,
  result: PollResult,
): Promise<readonly string[]> {
  const { database, now } = runtime;
  const partnerId = partner.id;
  await database.inCounty(jurisdictionId, async (tx) => {
    await noteHealth(tx, partnerId, result.ok, now());
    if (!result.ok) {
      const failed = { direction: "poll", outcome: "failed", status: result.status, reason: result.reason } as const;
      await tx.insert(partnerExchanges).values({ jurisdictionId, partnerId, at: now(), ...failed });
      return;
    }
    for (const { id, externalId } of result.numbered) {
      await tx.update(partnerMessages).set({ externalId }).where(eq(partnerMessages.id, id));
    }
  });
  if (!result.ok) return [];
  const told: string[] = [];
  for (const news of result.news) {
    const conversations = await database
      .inCounty(jurisdictionId, async (tx) => {
        const { outcome, handoverId, reason, conversations: some } = await takeNews(runtime, tx, partner, news);
        // What is asked each minute says the same most of the time.
        if (outcome === "nothing-new" || outcome === "too-late") return [];
        if (outcome === "unknown-state" && (await wasNoted(tx, handoverId, reason))) return [];
        const noted = { direction: "poll", status: result.status, outcome, handoverId, reason } as const;
        await tx.insert(partnerExchanges).values({ jurisdictionId, partnerId, at: now(), ...noted });
        return some;
      })
      .catch((error) => {
        runtime.log.error({ err: error, partner: partner.name }, "news of a partner could not be taken in");
        return [];
      });
    told.push(...conversations);
  }
  return told;
}

async function wasNoted(tx: Transaction, handoverId: string | null, reason: string | null): Promise<boolean> {
  if (handoverId === null || reason === null) return false;
  const rows = await tx
    .select({ seq: partnerExchanges.seq })
    .from(partnerExchanges)
    .where(and(eq(partnerExchanges.handoverId, handoverId), eq(partnerExchanges.reason, reason)))
    .limit(1);
  return rows.length > 0;
}
