import { setTimeout as pause } from "node:timers/promises";
import { inviteDeputy } from "../casework/deputy/invite.ts";
import { inviteRole } from "../casework/deputy/invite-role.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { openidOf } from "./people.ts";
import type { Phone } from "./platforms/wechat/phone.ts";
import type { SimulatedWechat } from "./platforms/wechat.ts";

/** The place where deputies are bound: a county's account at the simulated WeChat. */
export type BindingPlace = {
  readonly runtime: Pick<Runtime, "database" | "vault" | "now" | "timeZone">;
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

/** A unit or a station for which a phone shall speak. */
export type ToBind = { readonly role: "unit" | "station"; readonly ref: string; readonly openid: string };

/** Binds a person to each of these units and stations as their office would, one after the other. */
export async function bindRoles(place: BindingPlace, wanted: readonly ToBind[]): Promise<void> {
  const { runtime, jurisdictionId, stopping } = place;
  for (const { role, ref, openid } of wanted) {
    if (stopping.aborted) return;
    const invite = await inviteRole(runtime, jurisdictionId, { role, ref });
    if (invite !== null) await sayCode(place, openid, invite);
    place.quiet.delete(openid);
  }
}

async function bind(place: BindingPlace, code: string): Promise<boolean> {
  const invite = await inviteDeputy(place.runtime, place.jurisdictionId, code);
  return invite !== null && sayCode(place, openidOf(code), invite);
}

async function sayCode({ wechat, account, quiet, stopping }: BindingPlace, openid: string, invite: string) {
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
