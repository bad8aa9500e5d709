import { setTimeout as pause } from "node:timers/promises";
import { inviteDeputy } from "../casework/deputy/invite.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { openidOf } from "./people.ts";
import type { Phone } from "./platforms/wechat/phone.ts";
import type { SimulatedWechat } from "./platforms/wechat.ts";

/** The place where deputies are bound: a county's account at the simulated WeChat. */
export type BindingPlace = {
  readonly runtime: Pick<Runtime, "database" | "vault" | "now">;
  readonly jurisdictionId: string;
  readonly wechat: SimulatedWechat;
  readonly account: string;
  /** The phones that the demo itself is using. */
  readonly quiet: Set<string>;
  /** Ends the binding after the phones in hand. */
  readonly stopping: AbortSignal;
};

const ANSWER_LIMIT_MS = 20_000;

/**
 * Binds deputies as their office would: an invite code for each, which their phone sends as `绑定 CODE`.
 * @param pace.atOnce phones in hand at the same time
 * @param pace.pauseMs after each
 * @param answered is told of every phone that got its answer
 * @returns how many got no answer in time
 */
export async function bindDeputies(
  place: BindingPlace,
  codes: readonly string[],
  pace: { readonly atOnce: number; readonly pauseMs: number },
  answered: (code: string) => void,
): Promise<number> {
  const waiting = codes.values();
  let silent = 0;
  const hand = async (): Promise<void> => {
    for (const code of waiting) {
      if (place.stopping.aborted) return;
      if (await bind(place, code)) answered(code);
      else if (!place.stopping.aborted) silent += 1;
      await pause(pace.pauseMs);
      place.quiet.delete(openidOf(code));
    }
  };
  await Promise.all(Array.from({ length: pace.atOnce }, hand));
  return silent;
}

async function bind({ runtime, jurisdictionId, wechat, account, quiet, stopping }: BindingPlace, code: string) {
  const invite = await inviteDeputy(runtime, jurisdictionId, code);
  if (invite === null) return false;
  const openid = openidOf(code);
  quiet.add(openid);
  const phone = wechat.phone(account, openid);
  const answer = nextAnswer(wechat, phone, stopping);
  const { accepted } = await phone.say(`绑定 ${invite}`);
  return (await answer) && accepted;
}

/** Whether something arrives on the phone before the limit or the end. */
function nextAnswer(wechat: SimulatedWechat, phone: Phone, stopping: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (arrived: boolean) => {
      clearTimeout(timer);
      stopping.removeEventListener("abort", stop);
      ignore();
      resolve(arrived);
    };
    const stop = () => settle(false);
    const timer = setTimeout(stop, ANSWER_LIMIT_MS);
    stopping.addEventListener("abort", stop);
    const ignore = wechat.listen((event) => {
      if (event.type === "message" && event.openid === phone.openid && event.message.direction === "in") settle(true);
    });
  });
}
