import type { Hono } from "hono";
import type { Transaction } from "../../../../db/database.ts";
import { ACCOUNT_TEST } from "../../../casework/errand-kinds/account-test.ts";
import { askErrand } from "../../../casework/errands/errands.ts";
import { addressOf } from "../../../casework/office/check-account.ts";
import { putAccount, type StaffAccount, staffAccounts } from "../../../casework/office/staff-accounts.ts";
import type { Channel } from "../../../channels/channel.ts";
import { channelOf, platforms } from "../../../channels/registry.ts";
import type { CallerEnv } from "../../auth.ts";
import { ACCOUNTS } from "../../contract/records/accounts.ts";
import type { Mistake, Problem } from "../../problem.ts";
import type { CaseServices } from "../cases/act.ts";
import { notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

/** The routes of the county's accounts at platforms. @param services.publicUrl how platforms reach this service, where no edge is in front of it */
export function channelAccountRoutes(
  services: OperationServices & { readonly publicUrl: string },
  { runtime: { vault, receivesAt }, register }: Pick<CaseServices, "runtime" | "register">,
): Hono<CallerEnv> {
  const list = async (tx: Transaction) =>
    (await staffAccounts(tx, vault)).map((one) => itemOf(one, { publicUrl: services.publicUrl, receivesAt }));
  return operationRoutes(services, ACCOUNTS, {
    "GET /accounts": async ({ tx }) => ({
      body: {
        items: await list(tx),
        channels: platforms.map(({ type }) => type),
        platforms: platforms.map(platformOf),
      },
    }),
    "PUT /accounts/{channel}/{name}": async ({ tx, caller, params, body, match, now, afterCommit }) => {
      const channel = channelOf(params.channel);
      if (channel === null) return { problem: notHere("There is no such channel.") };
      const { id, name: by, jurisdictionId } = caller;
      const changed = { jurisdictionId, by: { id, name: by }, at: now };
      const wanted = { channel, name: params.name, seen: match ?? "", ...body };
      const done = await putAccount(tx, vault, changed, wanted);
      if (!done.ok) {
        if (done.why === "faster") return { problem: someoneWasFaster([...done.since]), etag: done.etag };
        return { problem: done.why === "taken" ? TAKEN : wrong(done.problems) };
      }
      const written = (await list(tx)).find((one) => one.channel === channel.type && one.name === params.name);
      if (written === undefined) throw new Error("an account that was written just now is not there");
      const { account } = done;
      afterCommit(() => register?.(channel, account, written.webhook));
      return { body: written, etag: written.etag };
    },
    "POST /accounts/{channel}/{name}/test": async ({ tx, caller, params, now }) => {
      const read = await ACCOUNT_TEST.read(tx, caller, params);
      if (!read.ok) return { problem: notHere(read.reason) };
      const made = await askErrand(tx, caller, ACCOUNT_TEST.name, { asked: read.asked, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
  });
}

const TAKEN: Problem = {
  status: 409,
  title: "Conflict",
  code: "taken",
  detail: "An account of this name is there already: names are part of the webhook's address.",
};

function platformOf({ type, names, options, pageOf }: Channel) {
  const asked = options.map(({ name, meaning, isSecret, isRequired, choices }) => ({
    ...{ name, meaning, isSecret, isRequired, choices: choices === undefined ? null : [...choices] },
  }));
  return { type, names: { ...names }, options: asked, isPage: pageOf !== undefined };
}

function itemOf({ settings, secrets, ...account }: StaffAccount, at: Parameters<typeof addressOf>[2]) {
  const webhook = addressOf(channelOf(account.channel) ?? { type: account.channel }, account.name, at);
  return { ...account, settings: { ...settings }, secrets: [...secrets], webhook };
}

/** The channels name options as the command line has them; the place is the option's name. */
function wrong(problems: readonly string[]): Problem {
  const findings = problems.map((text): Mistake => {
    const [, option = "name", rule = text] = /^--([a-z-]+) (.*)$/s.exec(text) ?? [];
    return { at: `body.${option}`, code: "content", text: rule };
  });
  const detail = "The account cannot be written as it is; `findings` names every place.";
  return { status: 422, title: "Unprocessable Content", code: "content", detail, findings };
}
