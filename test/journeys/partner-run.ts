import { eq, sql } from "drizzle-orm";
import { jurisdictions } from "../../db/schema/county.ts";
import { partnerMessages } from "../../db/schema/outbox.ts";
import { exchangeWithPartners } from "../../src/casework/partner-exchange/exchange-due.ts";
import { type WantedPartner, writePartner } from "../../src/casework/partner-exchange/manage.ts";
import { type GridPlatform, startGridPlatform } from "../../src/demo/platforms/grid.ts";
import { impatientFetch } from "../impatient.ts";
import type { TestService } from "../service.ts";

const SECRET = "a secret of both sides, long enough";
const API_KEY = "key-of-georeport";

/** A simulated grid platform with the service's side of it: what time brings is done when a test says so. */
export type PartnerRun = {
  readonly platform: GridPlatform;
  /** Connects the county with the platform. */
  connect(
    wanted: Pick<WantedPartner, "name" | "type"> & Partial<WantedPartner>,
    county?: "qinghe" | "baishi",
  ): Promise<void>;
  /** Sends and asks what is due, delivers what that gave people to hear, and waits until all is settled. */
  exchange(): Promise<void>;
  /** Ends the lease of every call that is out, as if its process had died long ago. */
  endLeases(): Promise<void>;
  close(): Promise<void>;
};

export async function startPartnerRun(service: TestService, givesTokens = false): Promise<PartnerRun> {
  const impatient = impatientFetch();
  const platform = await startGridPlatform({
    ...{ secret: SECRET, apiKey: API_KEY, now: service.runtime.now, givesTokens },
    onHang: (path) => impatient.hangs(path, null),
  });
  const runtime = { ...service.runtime, publicUrl: service.url, callPartner: impatient.fetch };
  const of = service.jurisdiction;
  const inCounty = service.runtime.database.inCounty;
  return {
    platform,
    async connect(wanted, county = "qinghe") {
      const jurisdictionId = of(county);
      const isReport = wanted.type === "georeport";
      const url = isReport ? platform.georeportUrl : platform.hookUrl;
      await inCounty(jurisdictionId, (tx) =>
        tx
          .update(jurisdictions)
          .set({ settings: sql`${jurisdictions.settings} || '{"partnerNetworks":["127.0.0.1"]}'::jsonb` })
          .where(eq(jurisdictions.jurisdictionId, jurisdictionId)),
      );
      const changed = { jurisdictionId, by: null, at: service.runtime.now() };
      const all = { url, secret: isReport ? API_KEY : SECRET, ...wanted };
      const written = await inCounty(jurisdictionId, (tx) => writePartner(tx, runtime.vault, changed, all));
      if (!written.ok) throw new Error(written.problems.join(" "));
    },
    async exchange() {
      for (const county of ["qinghe", "baishi"] as const) await exchangeWithPartners(runtime, of(county));
      await service.deliverDue();
    },
    async endLeases() {
      await inCounty(of("qinghe"), (tx) =>
        tx
          .update(partnerMessages)
          .set({ leaseUntil: sql`clock_timestamp()` })
          .where(eq(partnerMessages.state, "sending")),
      );
    },
    close: () => platform.close(),
  };
}
