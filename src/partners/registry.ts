import type { PartnerType } from "../domain/acts/partner.ts";
import { georeport } from "./georeport/georeport.ts";
import type { Partner } from "./partner.ts";
import { webhook } from "./webhook/webhook.ts";

/** The partner of each type. */
export const PARTNERS: Readonly<Record<PartnerType, Partner>> = { webhook, georeport };
