import { z } from "zod";
import type { Contract } from "../operation.ts";

const code = z.string().min(1).max(64);
const moment = z.string().meta({ format: "date-time" });
const day = z.string().meta({ format: "date" });

const chats = z
  .object({
    ...{ code, name: z.string() },
    chats: z
      .array(z.object({ id: z.uuid(), since: moment }))
      .describe("Who speaks for it in chat, the first one first."),
    openCodes: z.int().min(0).describe("One-time codes that are neither used nor too old."),
    etag: z.string().describe("The version of its chats: give it in `If-Match`."),
  })
  .meta({ id: "ChatsOf" });

const invitation = z.object({
  code: z.string().nullable().describe("Null when the same was asked again."),
  until: day.nullable(),
  name: z.string(),
});

const NOT_HERE = "There is none of this code, or it has ended.";
const SHOWN_ONCE = "Good for 14 days and once. Shown now and never again.";
const STAYS = "Whoever writes there is heard as a resident from then on. What was told there stays there.";

/** The operations on who speaks in chat for a station, and as the worker of a grid. */
export const CHATS = {
  "GET /stations/{code}/chats": {
    summary: "List who speaks for a station in chat",
    roles: ["office", "auditor"],
    params: z.object({ code }),
    answer: chats,
    refusals: { 404: NOT_HERE },
  },
  "POST /stations/{code}/invite": {
    summary: "Make a code with which an officer of a station binds a chat",
    description: SHOWN_ONCE,
    roles: ["office"],
    params: z.object({ code }),
    answer: invitation,
    status: 201,
    write: true,
    isSecret: true,
    refusals: { 404: NOT_HERE },
  },
  "POST /stations/{code}/chats/{id}/end": {
    summary: "End that a chat speaks for a station",
    description: STAYS,
    roles: ["office"],
    params: z.object({ code, id: z.uuid() }),
    answer: null,
    write: true,
    match: true,
    refusals: { 404: "There is no such chat of this station, or it has ended." },
  },
  "GET /grids/{code}/chats": {
    summary: "List the chats of the workers of a grid",
    roles: ["office", "auditor"],
    params: z.object({ code }),
    answer: chats,
    refusals: { 404: NOT_HERE },
  },
  "POST /grids/{code}/invite": {
    summary: "Make a code with which the worker of a grid binds a chat",
    description: SHOWN_ONCE,
    roles: ["office"],
    params: z.object({ code }),
    answer: invitation,
    status: 201,
    write: true,
    isSecret: true,
    refusals: { 404: NOT_HERE },
  },
  "POST /grids/{code}/chats/{id}/end": {
    summary: "End that a chat is that of a grid's worker",
    description: STAYS,
    roles: ["office"],
    params: z.object({ code, id: z.uuid() }),
    answer: null,
    write: true,
    match: true,
    refusals: { 404: "There is no such chat of this grid, or it has ended." },
  },
} as const satisfies Contract;
