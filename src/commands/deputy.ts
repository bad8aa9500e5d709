import type { Command } from "commander";
import { pino } from "pino";
import { inviteDeputy } from "../casework/deputy/invite.ts";
import { bindMember } from "../casework/deputy/members/bind-member.ts";
import { setRelated, setStationHead } from "../casework/office/relations.ts";
import { channelOf } from "../channels/registry.ts";
import type { Config } from "../config.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import { openRuntime } from "../process/runtime.ts";
import type { CommandContext } from "./context.ts";

/** Adds the commands on deputies: to invite one, to set a station's head, to record who is related. */
export function addDeputyCommands(deputy: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(deputy.command("invite <code>"))
    .description("Prints a one-time code with which this deputy binds a chat within 14 days.")
    .action((code, options) =>
      withCounty(options, (installation, jurisdictionId) =>
        runDeputyInvite(output, installation, jurisdictionId, code),
      ),
    );
  ofCounty(deputy.command("bind <code>"))
    .description(
      "Makes the chat of a member of the corporation (WeCom) this deputy's, without a code; the deputy is told and can refuse.",
    )
    .requiredOption("--account <channel:name>", "the account in which the member is, as wecom:main")
    .requiredOption("--member <id>", "the member's id at the platform (账号)")
    .action((code, { account, member, ...options }) =>
      withCounty(options, (installation, jurisdictionId, config) =>
        runDeputyBind(output, { installation, jurisdictionId, config }, { code, account, member }),
      ),
    );
  const decided = async (done: Promise<{ ok: true } | { ok: false; reason: string }>, told: string) => {
    const result = await done;
    if (result.ok) output.out(told);
    else output.err(result.reason);
    return result.ok ? 0 : 1;
  };
  ofCounty(deputy.command("head <station> <code>"))
    .description(
      "Notes who heads a station, or nobody with none: an accusation against its deputies never reaches them.",
    )
    .action((station, code, options) =>
      withCounty(options, ({ database }, jurisdictionId) =>
        decided(setStationHead(database, jurisdictionId, station, code === "none" ? null : code), station),
      ),
    );
  for (const related of [true, false]) {
    ofCounty(deputy.command(related ? "relate <one> <other>" : "unrelate <one> <other>"))
      .description(
        related
          ? "Notes that two deputies are related: neither sees an accusation against the other."
          : "Notes that two deputies are not related.",
      )
      .option("--note <words>", "kept with it", "")
      .action((one, other, { note, ...options }) =>
        withCounty(options, ({ database }, jurisdictionId) =>
          decided(setRelated(database, jurisdictionId, [one, other], { related, note }), `${one} ${other}`),
        ),
      );
  }
}

/** `liaison deputy invite CODE`; prints the one-time code that the deputy sends as `绑定 CODE`. */
async function runDeputyInvite(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  jurisdictionId: string,
  deputyCode: string,
): Promise<ExitStatus> {
  const code = await inviteDeputy(installation, jurisdictionId, deputyCode);
  if (code === null) {
    err(`There is no deputy ${deputyCode} in this county: import the deputies first, or correct the code.`);
    return 1;
  }
  out(code);
  return 0;
}

/** `liaison deputy bind CODE --account wecom:NAME --member ID`; prints the deputy's code. */
async function runDeputyBind(
  { out, err }: Output,
  {
    installation,
    jurisdictionId,
    config,
  }: { readonly installation: Installation; readonly jurisdictionId: string; readonly config: Config },
  { code, account, member }: { readonly code: string; readonly account: string; readonly member: string },
): Promise<ExitStatus> {
  const [type = "", name = ""] = account.split(":");
  const channel = channelOf(type);
  if (channel === null || name === "") {
    err(`--account ${account} is no account: write its channel and its name, as wecom:main.`);
    return 2;
  }
  const { runtime, close } = await openRuntime(installation, config, pino({ level: "silent" }));
  try {
    const bound = await bindMember(runtime, jurisdictionId, { deputy: code, channel, account: name, member });
    if (bound.ok) out(code);
    else err(bound.problem);
    return bound.ok ? 0 : 1;
  } finally {
    await close();
  }
}
