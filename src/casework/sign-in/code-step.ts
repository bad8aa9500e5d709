import { createHmac } from "node:crypto";
import { symmetricDecrypt } from "better-auth/crypto";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import { secondFactors } from "../../../db/schema/sign-in.ts";
import type { SignInServices } from "./services.ts";

const STEP_MS = 30_000;
const CODE = /^\d{6}$/;

/**
 * Takes the half minute of a code of a second factor, so that neither this code nor an earlier one is taken again, whoever saw it.
 *
 * @param whose.isProved false: of the second factor that was begun
 * @returns false where it was taken before; true also for what is no code of now, which is refused by whoever checks it
 */
export async function takeStep(
  services: SignInServices,
  whose: { readonly jurisdictionId: string; readonly userId: string; readonly isProved: boolean },
  code: string,
): Promise<boolean> {
  if (!CODE.test(code)) return true;
  const { jurisdictionId, userId, isProved } = whose;
  const { secretConfig: key } = await (await services.auth()).$context;
  return services.database.inCounty(jurisdictionId, async (tx) => {
    const [factor] = await tx
      .select({ id: secondFactors.id, secret: secondFactors.secret })
      .from(secondFactors)
      .where(and(eq(secondFactors.userId, userId), eq(secondFactors.isProved, isProved)));
    if (factor === undefined) return true;
    const data = services.vault.open(factor.secret, `second-factor-secret:${jurisdictionId}`);
    const step = stepOf(await symmetricDecrypt({ key, data }), code);
    if (step === null) return true;
    const isLater = or(isNull(secondFactors.lastStep), lt(secondFactors.lastStep, step));
    const taken = await tx
      .update(secondFactors)
      .set({ lastStep: step })
      .where(and(eq(secondFactors.id, factor.id), isLater))
      .returning({ id: secondFactors.id });
    return taken.length > 0;
  });
}

/** The half minute, of this one and its neighbours, whose code this is by RFC 6238; null for none. */
function stepOf(secret: string, code: string): number | null {
  const now = Math.floor(Date.now() / STEP_MS);
  return [now + 1, now, now - 1].find((step) => codeAt(secret, step) === code) ?? null;
}

function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
