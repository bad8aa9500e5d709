import { inviteDeputy } from "../casework/invite.ts";
import type { Ground } from "./ground.ts";
import type { ExitStatus, Output } from "./output.ts";

/** `liaison deputy invite CODE`; prints the one-time code that the deputy sends as `绑定 CODE`. */
export async function runDeputyInvite(
  { out, err }: Output,
  ground: Pick<Ground, "database" | "vault" | "now">,
  jurisdictionId: string,
  deputyCode: string,
): Promise<ExitStatus> {
  const code = await inviteDeputy(ground, jurisdictionId, deputyCode);
  if (code === null) {
    err(`There is no deputy ${deputyCode} in this county: import the deputies first, or correct the code.`);
    return 1;
  }
  out(code);
  return 0;
}
