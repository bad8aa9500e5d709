import type { ServedPlace, ServiceFacts } from "../who-answers.ts";

const OFFICE = "the county congress's deputies' affairs office";

/** Answers in English what somebody asks of the service itself: only what is known, and what to do next. */
export function enServiceAnswer(facts: ServiceFacts): string {
  switch (facts.about) {
    case "anonymity":
      return `Yes, you need not give your name. The deputy sees the matter and the place, not your ${facts.platform} account; a name, a telephone or a room number that you write is hidden. We do not tell anybody you complain of.`;
    case "who-reads":
      return `It is not public. The deputy of the place reads it, and sometimes deputies of a higher level there; names, telephones and room numbers are hidden. Only ${OFFICE} can read the original.`;
    case "cost":
      return "It costs nothing, at no step. Do not pay anybody who asks for money in our name.";
    case "official":
      return "This is the account of the deputies' liaison stations. We ask for no money and no codes. To be sure, tap the account's name and see whose account it is.";
    case "robot":
      return `A machine takes your words down and passes them on. The deputies themselves handle them and answer; some matters are handled by people of ${OFFICE}.`;
    case "deputy-phone":
      return lines(
        "We do not give deputies' own numbers. Write what the matter is, and the deputy in charge sees it.",
        ...stations(facts),
      );
    case "who-is-deputy":
      return facts.places.length === 0
        ? ask(facts, "who is our deputy?")
        : lines(...facts.places.map(deputyLine), "Just write what the matter is, and where.");
    case "meet":
      return facts.places.length === 0
        ? lines(ask(facts, "where is the station?"), IN_PERSON)
        : lines(...stations(facts), "Reception days are not recorded here: ask before you go.", IN_PERSON);
    case "contact":
      return facts.places.length === 0
        ? ask(facts, "where is the station?")
        : lines(...stations(facts), "Opening hours are not recorded here: ask before you go. Or just write here.");
    case "by-voice":
      return "Yes: hold to talk and send a voice message. Photos, videos and locations work too. We cannot take calls here.";
    case "hours":
      return "Write by day or night: it is recorded at once and gets a number. Deputies may not read and answer at night. In danger call 110, 119 or 120.";
    case "how-long":
      return `Once the matter and the place are clear you are told its number, who has it and the day of the answer, usually within ${facts.days} working ${facts.days === 1 ? "day" : "days"}. If nothing has come by then, reply "remind".`;
    case "several":
      return "Yes. One after the other, each with its place, is clearest.";
    case "who-may":
      return "Anybody: tenants, newcomers, people registered elsewhere. You may also write for your parents, family or neighbours from your own account; say where it is.";
    case "not-content":
      return 'When it is closed you are asked how it was handled. Reply "not satisfied", and it is opened again. If it comes back later, just write.';
    case "history":
      return 'Reply "status" to see how your matters stand, "my data" to see what we keep.';
    case "scope":
      return "Matters of the village, estate or street, troubles with offices, and proposals to the government. Deputies may not step into court cases and police cases.";
    case "general":
      return 'Just write: what it is, and where. Text, voice, photos and locations all work. When that is clear you get a number and are told who has it and when you hear. "status" tells how it stands, "help" how this works.';
  }
}

const IN_PERSON =
  "To talk in person, write that you would like to, what it is about and where: the deputy in charge sees it.";

/** How to ask so that the place is known. */
function ask({ fitsMany }: ServiceFacts, question: string): string {
  const why = fitsMany ? "Several deputies share a place as large as that." : "That depends on where you are.";
  return `${why} Please write the place and the question together: "I live in … village, ${question}"`;
}

const BY: Readonly<Record<ServedPlace["by"], string>> = {
  told: "",
  scene: "By the code you scanned: ",
  before: "By the place you told us before: ",
};

function deputyLine({ label, by, holder, others }: ServedPlace): string {
  const where = label === "" ? "" : `${label}: `;
  const also = others.length === 0 ? "" : ` Other deputies there: ${others.join(", ")}.`;
  if (holder === null) return `${BY[by]}${where}nobody there just now; ${OFFICE} assigns it.${also}`;
  const station = holder.station === null ? "" : ` (${holder.station})`;
  return `${BY[by]}${where}Deputy ${holder.deputy}${station} is in charge now.${also}`;
}

/** Each station once, in the order of the places. */
function stations({ places }: ServiceFacts): string[] {
  const said = places.map(({ label, by, station }) => {
    if (station === null) return `${BY[by]}no station is recorded for ${label}.`;
    const address = station.address ?? "address not recorded";
    const phone = station.phone === null ? "phone not recorded" : `phone ${station.phone}`;
    return `${BY[by]}${station.name}, ${address}, ${phone}.`;
  });
  return [...new Set(said)];
}

function lines(...all: readonly string[]): string {
  return all.join("\n");
}
