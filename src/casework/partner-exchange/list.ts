import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import type { ExchangeOutcome, PartnerMessageKind, PartnerType } from "../../domain/acts/partner.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";

/** A partner in a list, without its secret. */
export type ListedPartner = {
  readonly name: string;
  readonly type: PartnerType;
  readonly url: string;
  readonly unit: string;
  readonly unitName: string;
  readonly revision: number;
  readonly addedAt: string;
  readonly pausedAt: string | null;
  /** Until when it is left alone because it did not answer; null while it is called. */
  readonly restsUntil: string | null;
  readonly failures: number;
  readonly waiting: number;
  readonly sent: number;
  readonly failed: number;
  readonly lastSentAt: string | null;
  readonly lastHeardAt: string | null;
};

/** An exchange with a partner, without a word of what was said. */
export type ListedExchange = {
  readonly id: string;
  readonly at: string;
  readonly direction: "out" | "in" | "poll";
  readonly status: number | null;
  readonly outcome: ExchangeOutcome;
  readonly reason: string | null;
  /** The number of the case, where it exists for whoever asks. */
  readonly case: string | null;
};

/** A message that was given up after all its tries. */
export type FailedMessage = {
  readonly id: string;
  readonly partner: string;
  readonly unitName: string;
  readonly case: string;
  readonly kind: PartnerMessageKind;
  readonly tries: number;
  readonly since: string;
  readonly reason: string | null;
};

const MOST = 100;
const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Lists the partners of a county. */
export async function listPartners(tx: Transaction): Promise<ListedPartner[]> {
  return tx.execute<ListedPartner>(sql`
    select p.name, p.type, p.url, u.code as unit, u.name as "unitName", p.revision, ${iso("p.added_at")} as "addedAt",
      ${iso("p.paused_at")} as "pausedAt", ${iso("p.rests_until")} as "restsUntil", p.failures,
      count(m.id) filter (where m.state in ('waiting', 'sending'))::int as waiting,
      count(m.id) filter (where m.state = 'sent')::int as sent,
      count(m.id) filter (where m.state = 'failed')::int as failed,
      ${iso("max(m.settled_at) filter (where m.state = 'sent')")} as "lastSentAt",
      (select ${iso("max(e.at)")} from partner_exchanges e where e.partner_id = p.id and e.direction in ('in', 'poll')
        and e.outcome <> 'failed') as "lastHeardAt"
    from partners p join units u on u.id = p.unit_id left join partner_messages m on m.partner_id = p.id
    group by p.id, u.id order by p.name`);
}

/** Lists the latest exchanges with a partner, newest first. */
export async function listExchanges(
  tx: Transaction,
  reader: Reader,
  { name, today }: { readonly name: string; readonly today: string },
): Promise<ListedExchange[]> {
  return tx.execute<ListedExchange>(sql`
    select e.seq::text as id, ${iso("e.at")} as at, e.direction, e.status, e.outcome, e.reason,
      (select ${cases.number} from handovers h join ${cases} on ${cases.id} = h.case_id
        where h.id = e.handover_id and ${countsAsOrdinary} and ${visibleTo(reader, today)}) as case
    from partner_exchanges e join partners p on p.id = e.partner_id
    where p.name = ${name} order by e.seq desc limit ${MOST}`);
}

/** Lists what was given up after all its tries and waits for somebody of the office, the oldest first. */
export async function listFailed(tx: Transaction, reader: Reader, today: string): Promise<FailedMessage[]> {
  return tx.execute<FailedMessage>(sql`
    select m.id, p.name as partner, u.name as "unitName", ${cases.number} as case, m.kind, m.tries, ${iso("m.made_at")} as since,
      (select e.reason from partner_exchanges e where e.handover_id = m.handover_id and e.direction = 'out' and e.outcome = 'failed'
        order by e.seq desc limit 1) as reason
    from partner_messages m join partners p on p.id = m.partner_id join units u on u.id = p.unit_id
      join handovers h on h.id = m.handover_id join ${cases} on ${cases.id} = h.case_id
    where m.state = 'failed' and ${countsAsOrdinary} and ${visibleTo(reader, today)}
    order by m.made_at, m.id limit ${MOST}`);
}
