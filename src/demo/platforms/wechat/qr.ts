import { createHash } from "node:crypto";
import { z } from "zod";
import { type ApiResult, failure } from "./errors.ts";
import type { AccountState } from "./world.ts";

const MAX_TEMPORARY_SECONDS = 2_592_000;
const scene = z.object({ scene_str: z.string().optional(), scene_id: z.number().int().optional() });
const order = z.object({
  action_name: z.string(),
  expire_seconds: z.number().int().positive().optional(),
  action_info: z.object({ scene }),
});

/** The ticket of a scene; the same scene of the same account has the same one, as posters outlive the platform's restart. */
export function ticketFor(state: AccountState, sceneText: string): string {
  const digest = createHash("sha256").update(`${state.account.appId}\n${sceneText}`).digest("base64url");
  const ticket = `gQ${digest}`;
  state.tickets.set(ticket, sceneText);
  return ticket;
}

/** What the QR code of a ticket says to whoever scans it. */
function qrUrl(ticket: string): string {
  return `http://weixin.qq.com/q/02${ticket.slice(2, 24)}`;
}

/** The scene behind a QR code's content; null when no code with it was made. */
export function sceneOfUrl(state: AccountState, url: string): string | null {
  for (const [ticket, sceneText] of state.tickets) if (qrUrl(ticket) === url) return sceneText;
  return null;
}

/** Handles `POST /cgi-bin/qrcode/create`. */
export function createQrCode(state: AccountState, body: unknown): ApiResult {
  const parsed = order.safeParse(body);
  if (!parsed.success) return failure(47001);
  const { action_name: action, action_info: info, expire_seconds: seconds } = parsed.data;
  const { scene_str: text, scene_id: number } = info.scene;
  const isText = action === "QR_STR_SCENE" || action === "QR_LIMIT_STR_SCENE";
  const isNumber = action === "QR_SCENE" || action === "QR_LIMIT_SCENE";
  const isPermanent = action.startsWith("QR_LIMIT_");
  if (isText && (text === undefined || text.length < 1 || text.length > 64)) return failure(40053);
  if (isNumber && (number === undefined || number < 1 || (isPermanent && number > 100_000))) return failure(40053);
  if (!isText && !isNumber) return failure(40053);
  const ticket = ticketFor(state, isText ? (text ?? "") : String(number));
  const life = isPermanent ? {} : { expire_seconds: Math.min(seconds ?? 60, MAX_TEMPORARY_SECONDS) };
  return { answer: { ticket, ...life, url: qrUrl(ticket) } };
}

/** The picture that `showqrcode` gives for a ticket, as PNG. */
export async function drawQrCode(ticket: string): Promise<Buffer> {
  const { toBuffer } = await import("qrcode");
  return toBuffer(qrUrl(ticket), { type: "png", width: 430, margin: 2 });
}
