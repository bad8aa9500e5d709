import type { ServiceFacts } from "./sentences.ts";

/** Answers in English what somebody asks of the service itself: only what is known, and what to do next. */
export function enServiceAnswer({ about, deputy, station }: ServiceFacts): string {
  const place = station === null ? null : [station.name, station.address].filter((part) => part !== null).join(", ");
  const phone = station?.phone == null ? "" : `, phone ${station.phone}`;
  const unknown = "Tell me your village or estate first, and I can find out.";
  switch (about) {
    case "anonymity":
      return "Yes. The deputy sees the matter and the place, not your account; names, phone and flat numbers are hidden, and nobody you complain of is told. Just write.";
    case "who-reads":
      return "The deputy of the place reads the matter, with your name and phone hidden; the original words are for the county office alone.";
    case "cost":
      return "It costs nothing, at no step. If anybody asks for money in our name, do not pay, and tell us.";
    case "robot":
      return "This is the account of the deputies' liaison stations: taking and passing on messages is done by a machine, answering by the deputies themselves. Nobody here asks for money or codes.";
    case "who-is-deputy":
      return deputy === null
        ? `Your deputy depends on the place. ${unknown}`
        : `Your deputy is ${deputy}${place === null ? "" : `, at ${place}`}.`;
    case "meet":
    case "contact":
      return place === null
        ? `Each area has its own station. ${unknown}`
        : `Your station is ${place}${phone}. Reception days are not recorded here: ask before you go. To meet the deputy, write what it is about.`;
    case "by-voice":
      return "Yes: send a voice message, photos, or a location.";
    case "how-long":
      return 'When the matter and the place are clear you get a number, who has it, and the day of the answer. If nothing comes by then, reply "remind".';
    case "scope":
      return "Matters of the village, estate or street, troubles with offices, and proposals to the government, also for tenants, newcomers and on behalf of your family. Court cases are not for deputies.";
    case "general":
      return 'Just write: what it is, and where. Text, voice, photos and locations all work. "status" tells how far it is, "help" how this works.';
  }
}
