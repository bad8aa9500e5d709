import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

/** A column for a personal value that the vault sealed. */
export const sealed = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
});

/** A column for a moment, with time zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** The row-level policy of a county's table: rows are visible only to a transaction that names this county; see `inCounty` in database.ts. */
export const ofCounty = (table: string) => {
  const condition = sql`jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)`;
  return pgPolicy(`${table}_of_county`, { for: "all", to: "public", using: condition, withCheck: condition });
};

/** The row-level policy of the directory: the few rows by which a request finds its county; see `inDirectory` in database.ts. */
export const inDirectory = (table: string) =>
  pgPolicy(`${table}_in_directory`, {
    for: "select",
    to: "public",
    using: sql`current_setting('liaison.scope', true) = 'directory'`,
  });

/** The settings of a county; every field has a default in casework/county/settings.ts. */
export type CountySettings = {
  workingDays?: number;
  /** Days that the holiday calendar lacks or has wrong: `rest` or `work` by YYYY-MM-DD. */
  holidays?: Record<string, "rest" | "work">;
  /** A check warns when rules would send one person more than this share of a quarter's messages; 0 to 1. */
  overloadShare?: number;
  /** Below this confidence a message has no category; 0 to 1. */
  categoryThreshold?: number;
  /** The networks, as `10.0.0.0/8`, in which case systems of others may be reached without encryption. */
  partnerNetworks?: readonly string[];
  /** What rooms of deputies are told: a digest each morning, or each new case too. */
  rooms?: "digest" | "cases";
  /** The steps of the first setting up that somebody skipped, and the last rehearsal. */
  setup?: {
    readonly skipped: readonly string[];
    readonly rehearsal: {
      readonly at: string;
      readonly by: string;
      /** The name of its run; left out for one that was only calculated. */
      readonly run?: string;
    } | null;
  };
  /** The office of petitions (信访局) and where it is found; left out where nobody has set it. */
  petitionOffice?: { readonly name: string; readonly address: string; readonly phone: string; readonly hours: string };
  /** Whether documents that residents send go on to deputies; they stay with the office when left out. */
  forwardsFiles?: boolean;
  /** Whether the county is in trial, so that only those who are listed receive anything in chat; left out where it never was. */
  trial?: TrialSetting;
};

/** The trial of a county: whether it is on, since when, by whom, and who receives something nevertheless. */
export type TrialSetting = {
  readonly isOn: boolean;
  /** When it was last switched, and by whom. */
  readonly at: string;
  readonly by: string;
  /** The codes of deputies. */
  readonly deputies: readonly string[];
  /** The ids of people of the staff, who try it as residents. */
  readonly staff: readonly string[];
};

/** The counties of this installation, with their settings. */
export const jurisdictions = pgTable(
  "jurisdictions",
  {
    jurisdictionId: uuid("jurisdiction_id").primaryKey(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    /** The host names under which the console is this county's; empty where there is one county. */
    hosts: text("hosts").array().notNull().default([]),
    settings: jsonb("settings").$type<CountySettings>().notNull().default({}),
    /** The id of the published layer of understanding, read with the county for each message; null for none. */
    understandingLayer: uuid("understanding_layer"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [unique("jurisdictions_code_unique").on(t.code), ofCounty("jurisdictions"), inDirectory("jurisdictions")],
);

/** The column that says of which county a row is; every table has it. */
export const county = () =>
  uuid("jurisdiction_id")
    .notNull()
    .references(() => jurisdictions.jurisdictionId);

/** The accounts of each county on the platforms; settings in the clear, secrets sealed. */
export const channelAccounts = pgTable(
  "channel_accounts",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    channel: text("channel").notNull(),
    name: text("name").notNull(),
    /** The host names under which the console is this county's; empty where there is one county. */
    hosts: text("hosts").array().notNull().default([]),
    settings: jsonb("settings").$type<Record<string, string>>().notNull(),
    secrets: sealed("secrets").notNull(),
    createdAt: moment("created_at").notNull(),
    /**
     * Until when this account counts as one that may send no direct messages, as the platform said; after that it is asked
     * again. Null where it never said so, or has let one through since.
     */
    directRefusedUntil: moment("direct_refused_until"),
  },
  (t) => [
    unique("channel_accounts_channel_name_unique").on(t.channel, t.name),
    ofCounty("channel_accounts"),
    inDirectory("channel_accounts"),
  ],
);

/** The values that all processes of an installation share for a limited time, such as access tokens; sealed. */
export const sharedValues = pgTable(
  "shared_values",
  {
    jurisdictionId: uuid("jurisdiction_id").notNull(),
    key: text("key").notNull(),
    value: sealed("value").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [unique("shared_values_key_unique").on(t.jurisdictionId, t.key), ofCounty("shared_values")],
);

/**
 * The versions of the office's answer templates (常用语): the highest of each id is the one in use, unless it is an end. Rows are
 * only ever added.
 */
export const answerTemplates = pgTable(
  "answer_templates",
  {
    jurisdictionId: county(),
    id: uuid("id").notNull(),
    /** From 1, without gaps. */
    version: integer("version").notNull(),
    name: text("name").notNull(),
    textZh: text("text_zh").notNull(),
    /** Empty where there is no English one. */
    textEn: text("text_en").notNull(),
    /** Whether this version says that the template is not offered any more. */
    isEnd: boolean("is_end").notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "answer_templates_pk", columns: [t.jurisdictionId, t.id, t.version] }),
    ofCounty("answer_templates"),
  ],
);

/** The last case number of each county and year. */
export const caseNumbers = pgTable(
  "case_numbers",
  { jurisdictionId: county(), year: integer("year").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ name: "case_numbers_pk", columns: [t.jurisdictionId, t.year] }), ofCounty("case_numbers")],
);

/** The last number of each county and year among the cases of rehearsals, which have a series of their own. */
export const rehearsalNumbers = pgTable(
  "rehearsal_numbers",
  { jurisdictionId: county(), year: integer("year").notNull(), last: integer("last").notNull() },
  (t) => [
    primaryKey({ name: "rehearsal_numbers_pk", columns: [t.jurisdictionId, t.year] }),
    ofCounty("rehearsal_numbers"),
  ],
);
