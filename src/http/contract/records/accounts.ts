import { z } from "zod";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const values = z.record(z.string().regex(/^[a-z][a-z-]{0,31}$/), z.string().min(1).max(4000));

const account = z
  .object({
    channel: z.string(),
    name: z.string(),
    etag: z.string().describe("What `If-Match` takes; `new` for an account that is not there yet."),
    settings: z.record(z.string(), z.string()),
    secrets: z.array(z.object({ name: z.string(), setAt: moment })).describe("Which there are; never what they are."),
    createdAt: moment,
    refusedUntil: moment.nullable().describe("Until when the platform counts as refusing it direct messages."),
    undelivered: z.int().min(0).describe("Messages that wait to leave by it."),
    webhook: z.string().describe("The address to be entered at the platform, or of the page on which residents write."),
  })
  .meta({ id: "ChannelAccount" });

const platform = z
  .object({
    type: z.string(),
    names: z.object({ "zh-CN": z.string(), en: z.string() }),
    options: z.array(
      z.object({
        name: z.string(),
        meaning: z.string(),
        isSecret: z.boolean(),
        isRequired: z.boolean(),
        choices: z.array(z.string()).nullable().describe("The values of which it is one; null where it may be any."),
      }),
    ),
    isPage: z.boolean().describe("Whether it is a page of this service: nothing is entered at a platform."),
  })
  .meta({ id: "Platform" });

/** The operations on the county's accounts at platforms. */
export const ACCOUNTS = {
  "GET /accounts": {
    summary: "List the channel accounts, without their secrets",
    roles: ["operator"],
    answer: z.object({ items: z.array(account), channels: z.array(z.string()), platforms: z.array(platform) }),
  },
  "PUT /accounts/{channel}/{name}": {
    summary: "Add a channel account, or give it other settings and secrets",
    description:
      "`settings` are written whole; a secret that is left out stays as it is. What waited because the account was refused is tried again. A platform that is told its address by a call is told it then; the live test says whether that went.",
    roles: ["operator"],
    peopleOnly: true,
    params: z.object({ channel: z.string().min(1).max(64), name: z.string().min(1).max(64) }),
    body: z.strictObject({ settings: values, secrets: values }),
    answer: account,
    write: true,
    match: true,
    confirm: true,
    refusals: {
      404: "There is no such channel.",
      409: "Another county has an account of this name (`taken`).",
      422: "A setting or secret is not right: `findings` names it, and quotes no secret.",
    },
  },
  "POST /accounts/{channel}/{name}/test": {
    summary: "Try an account at its platform",
    description:
      "An errand: whether the platform gives a token, whether the address answers, and what else the platform can be asked. Nothing of residents is used.",
    roles: ["operator"],
    params: z.object({ channel: z.string().min(1).max(64), name: z.string().min(1).max(64) }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 404: "There is no such account." },
  },
} as const satisfies Contract;
