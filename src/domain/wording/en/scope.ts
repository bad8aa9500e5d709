import type { ScopeReason } from "../../dialog/scope.ts";

const REASONS: Readonly<Record<ScopeReason, (county: string) => string>> = {
  court: () =>
    "By law a deputy may not interfere in what a court decides, nor speak to the judge for you. You may appeal to the next higher court within the time that the judgment names; if it is final, ask for a retrial, or call 12309 for supervision by the procuratorate. If a judgment is not carried out, call the court at 12368. For legal aid call 12348.",
  enforcement: () =>
    "By law a deputy may not speak for anybody in a single case of the police or other authorities. Against a penalty you may ask for administrative review within 60 days, or go to court. About misconduct of police officers call 12389; about an arrest, the procuratorate at 12309; for legal aid, 12348.",
  elsewhere: (county) =>
    `That place is not in ${county}: we can send nobody there, and pass nothing on without your consent. Please call 12345 there (with the local area code), or the liaison station of the deputies there. If it is in ${county}, please write again with the village or estate.`,
  nature: () =>
    "Frogs, cicadas and birds are sounds of nature; frogs are protected, and nobody may drive them away. It gets quieter when the weather cools. There is nothing to be done about it. If somebody breeds animals or plays loudspeakers, please just say so.",
};

/** The English answer where no deputy takes a matter up: why, and who does. */
export function enOutOfScope({ number, why, county }: { number: string; why: ScopeReason; county: string }): string {
  return `We have your message. Number ${number}.\n${REASONS[why](county)}\nIf there is anything else, or we misunderstood, just write.`;
}
