import { asc, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { caseNumbers } from "../../../db/schema/county.ts";
import { caseNumber } from "../../domain/case/case.ts";

/** The numbers of the county's cases that somebody means who types a whole number, or its last digits without zeros. */
export async function numbersMeant(tx: Transaction, typed: string): Promise<string[]> {
  const possible = /^\d{1,6}$/.test(typed) ? await ofEveryYear(tx, Number(typed)) : [typed];
  const found = await tx
    .select({ number: cases.number })
    .from(cases)
    .where(inArray(cases.number, possible))
    .orderBy(asc(cases.number));
  return found.map((one) => one.number);
}

async function ofEveryYear(tx: Transaction, serial: number): Promise<string[]> {
  const years = await tx.select({ year: caseNumbers.year }).from(caseNumbers);
  return years.map(({ year }) => caseNumber(year, serial));
}
