import { randomBytes } from "node:crypto";
import type { Channel, SendOutcome, TestLine } from "../../channels/channel.ts";
import { accountWordingOf } from "../../domain/wording/accounts/wording.ts";
import type { FoundAccount } from "../runtime/accounts.ts";

const LIMIT_MS = 10_000;
/** The bytes of a key of a message that stands in no outbox: as long as those that do. */
const KEY_BYTES = 18;

/**
 * The address that is told to the platform of an account, or at which residents open its page.
 * @param at.receivesAt where platforms are heard: at the edge, where there is one; `publicUrl` when left out
 */
export function addressOf(
  channel: Pick<Channel, "type" | "pageOf">,
  name: string,
  at: { readonly publicUrl: string; readonly receivesAt?: string | undefined },
): string {
  const page = channel.pageOf?.(name);
  if (page !== undefined) return `${at.publicUrl}${page}`;
  return `${at.receivesAt ?? at.publicUrl}/webhooks/${channel.type}/${name}`;
}

/**
 * Tries an account by what its channel can try of itself, and where that is not its address, by whether somebody answers there; what
 * could not be tried is said. Then, where a tester is
 * named, by one message to them. Nothing of any resident is used.
 *
 * @param checked.to the tester's id at the platform; null where no message is sent
 */
export async function checkAccount(
  { account, sender, live }: Pick<FoundAccount, "account" | "sender" | "live">,
  checked: {
    readonly address: string;
    readonly to: string | null;
    readonly county: string;
    readonly request?: typeof fetch;
  },
): Promise<TestLine[]> {
  const { address, to, request = fetch } = checked;
  const tried = sender.test === undefined ? untried(account) : await sender.test(address);
  const isAddressTried = tried.some(({ what }) => what === "callback");
  const lines = isAddressTried ? tried : [...tried, live === undefined ? await answersAt(address, request) : CONNECTS];
  return to === null ? lines : [...lines, await messageTo(sender, to, checked.county)];
}

/** The line of an account whose messages come by a connection of ours: no address of it need answer. */
const CONNECTS: TestLine = { what: "callback", verdict: "unknown", code: "own-connection", detail: "" };

/** What is said of an account whose channel has no test: that nobody has tried its secrets, where it has some. */
function untried({ secrets }: FoundAccount["account"]): TestLine[] {
  return Object.keys(secrets).length === 0
    ? []
    : [{ what: "token", verdict: "unknown", code: "not-tried", detail: "" }];
}

/** Whether somebody answers at an address as this service does to what it does not know: a platform's request is signed, and this one is not. */
async function answersAt(address: string, request: typeof fetch): Promise<TestLine> {
  const line = (verdict: TestLine["verdict"], code: string, detail = ""): TestLine => ({
    what: "callback",
    ...{ verdict, code, detail },
  });
  if (!URL.canParse(address)) return line("wrong", "no-address", address);
  try {
    const init = { redirect: "manual", signal: AbortSignal.timeout(LIMIT_MS) } as const;
    const { status } = await request(address, init);
    return status === 404 || status >= 500 ? line("wrong", "not-ours", `HTTP ${status}`) : line("fine", "answered");
  } catch (error) {
    return line("wrong", "unreachable", error instanceof Error ? error.name : "");
  }
}

async function messageTo(sender: FoundAccount["sender"], to: string, county: string): Promise<TestLine> {
  const line = (verdict: TestLine["verdict"], code: string, detail = ""): TestLine => ({
    what: "message",
    ...{ verdict, code, detail },
  });
  if (!sender.abilities.rungs.includes("direct")) return line("unknown", "answers-only");
  const text = accountWordingOf("zh-CN").testMessage({ county });
  const outbound = { key: randomBytes(KEY_BYTES).toString("base64url"), kind: "text", text } as const;
  const outcome: SendOutcome = await sender.send("direct", { kind: "person", id: to }, outbound);
  if (outcome.outcome === "delivered") return line("fine", "sent");
  if (outcome.outcome === "moved") return line("wrong", "moved");
  const code = outcome.outcome === "refused" ? `refused-${outcome.blocks}` : outcome.outcome;
  return line(outcome.outcome === "uncertain" ? "unknown" : "wrong", code, outcome.reason);
}
