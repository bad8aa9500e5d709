import { z } from "zod";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

/** The operations by which posters and sheets are printed. */
export const POSTERS = {
  "POST /posters": {
    summary: "Have posters with QR codes made",
    description:
      "One page a grid, station or topic, as one PDF: of the scenes that are named, of all grids of a township, or of a station and its grids. A station has its own made alone.",
    roles: ["office", "station"],
    body: z.strictObject({
      scenes: z
        .array(z.string().regex(/^[gst]:.{1,62}$/))
        .min(1)
        .max(2000)
        .optional()
        .describe(
          "`g:` and the code of a grid, `s:` and that of a station, or `t:` and the number of an open topic that three people or more told.",
        ),
      township: z.string().min(1).max(64).optional(),
      station: z.string().min(1).max(64).optional(),
      size: z.enum(["A4", "A3", "card"]),
    }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 422: "Nothing is named, more than one thing is, or there is none of it." },
  },
  "POST /invite-sheets": {
    summary: "Have invitation sheets made for the deputies of a station",
    description:
      "One page a deputy of that station or its grids who has bound no chat, each with a code of their own, good for 14 days and once. Only who asked for the file can fetch it.",
    roles: ["office", "station"],
    body: z.strictObject({ station: z.string().min(1).max(64) }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 422: "There is no such station, or everybody there has a chat." },
  },
} as const satisfies Contract;
