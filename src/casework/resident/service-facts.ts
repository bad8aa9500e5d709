import type { ServiceQuestion } from "../../domain/dialog/service-questions.ts";
import type { ServiceFacts } from "../../domain/wording/sentences.ts";
import { holderOf } from "../cases/describe.ts";
import { ownCases } from "../cases/load.ts";
import type { Turn } from "../turn/turn.ts";

/** The facts that the service knows of the one who asks: who has their last matter, and at which station. */
export async function serviceFacts(turn: Turn, about: ServiceQuestion): Promise<ServiceFacts> {
  const [last] = (await ownCases(turn)).filter((one) => one.deputyId !== null && !one.sealed);
  const holder = last === undefined ? null : await holderOf(turn, last);
  return {
    about,
    deputy: holder?.deputy ?? null,
    station: holder?.station == null ? null : { name: holder.station, address: null, phone: null },
  };
}
