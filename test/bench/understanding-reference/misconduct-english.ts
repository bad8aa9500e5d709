import type { MisconductKind } from "./misconduct-signs.ts";

const MONEY = "(?:money|cash|yuan|rmb|\\d[\\d,]*|cigarettes?|liquor|wine|gifts?|red envelopes?|cartons?|oil|rice|cut)";

/** As {@link SIGNS}, for those who write English. */
export const ENGLISH_SIGNS: readonly (readonly [kind: MisconductKind, weight: 1 | 2 | 3, pattern: string])[] = [
  [
    "takes",
    3,
    "\\b(?:brib\\w*|corrupt\\w*|kickbacks?|pocket(?:s|ed|ing)|embezzl\\w*|extort\\w*|on the take|greas\\w*)\\b",
  ],
  [
    "takes",
    3,
    `\\b(?:took|takes|taking|taken|demand\\w*|asked for|asks for|wanted|wants|accepts?|accepted|received|charg\\w+)\\b.{0,24}\\b${MONEY}\\b`,
  ],
  [
    "withholds",
    2,
    "\\b(?:keeps?|kept|keeping|holds?|holding|withh\\w+)\\b.{0,12}\\b(?:my|our|their|his|her|the)\\b.{0,16}\\b(?:card|money|subsid\\w+|allowance|wages|certificate|application|compensation)\\b|\\bwill not give\\b|\\bnever gave\\b",
  ],
  [
    "kin",
    3,
    "\\b(?:brother|sister|father|mother|son|daughter)-in-law\\b|\\b(?:his|her|deputy'?s|their)(?: own)? (?:relatives|cousins?|nephews?|brothers?|sisters?|sons?|daughters?|family|friends|wife|husband|uncles?)\\b",
  ],
  [
    "league",
    3,
    "\\bin (?:bed|league|cahoots) with\\b|\\bcollu\\w+\\b|\\bcover(?:s|ed|ing)? up\\b|\\bprotect(?:s|ed|ing)? the (?:boss|developer|company|factory)\\b",
  ],
  [
    "seizes",
    2,
    "\\bfenced off\\b|\\b(?:occup\\w+|seiz\\w+|grabbed|grabs|built|builds)\\b.{0,20}\\b(?:land|well|road|plot|yard|field|house)\\b|\\bcollective\\b|\\b(?:official|public|government) (?:car|money|funds)\\b|\\b(?:took|takes|carried)\\b.{0,20}\\bhome\\b",
  ],
  [
    "insults",
    2,
    "\\b(?:swore|swears?|insult\\w*|humiliat\\w*|shout(?:s|ed)?|yell(?:s|ed)?|call(?:s|ed) (?:me|us) (?:a|an|names)|mock\\w*|slander\\w*|abus\\w+)\\b",
  ],
  ["strikes", 2, "\\b(?:hit|beat|beats|slapped|kicked|pushed|punched|attacked|thugs?)\\b"],
  ["drinks", 2, "\\b(?:drunk|mahjong|gambl\\w*|drinking)\\b"],
  [
    "indecent",
    3,
    "\\b(?:harass\\w*|grop\\w*|touched (?:me|her|my)|molest\\w*|rap(?:e|ed)|indecent\\w*|affair with|dirty jokes?)\\b",
  ],
  [
    "threatens",
    3,
    "\\b(?:threat\\w*|retaliat\\w*|revenge|intimidat\\w*|blackmail\\w*|keep quiet|shut up|or else)\\b|\\b(?:stop|cut|cancel)(?:ped|led)?\\b.{0,6}\\b(?:our|my)\\b.{0,10}\\b(?:allowance|subsidy|water|power|pension)\\b",
  ],
  [
    "betrays",
    3,
    "\\b(?:told|tells|gave|leaked|passed|sold|showed)\\b.{0,50}\\b(?:complain\\w*|report\\w*|my name|my number|who i am|personal (?:information|data)|our (?:names|information))\\b|\\bleak(?:s|ed)? (?:my|our|the)\\b",
  ],
  [
    "crime",
    3,
    "\\b(?:stole|steals?|stolen|fraud\\w*|forg(?:e|ed|ery)|fake|illegal\\w*|drug\\w*|crim\\w+|cheat\\w*|lends money|loan shark\\w*)\\b",
  ],
  ["election", 3, "\\b(?:bought|buys?|buying|sold|selling) votes?\\b|\\bvotes? with\\b|\\brigg\\w+\\b"],
  [
    "idles",
    2,
    "\\bclaims? (?:overtime|expenses|pay)\\b|\\bdoes nothing but\\b|\\bonly (?:collects|draws) (?:his|her|the) (?:pay|salary)\\b",
  ],
  [
    "vile",
    2,
    "\\bnobody dares?\\b|\\bno one dares?\\b|\\b(?:shameless|bully|bullies|bullied|bullying|tyrant|crook|villain|liar|disgrace|evil|thief)\\b|\\b(?:not fit|unfit) to\\b|\\b(?:for free|without pay)\\b|\\bmakes? (?:us|the|me|my|our)\\b",
  ],
  [
    "called-for",
    3,
    "\\b(?:recall|remove|dismiss|investigate|denounce|sue)\\b.{0,24}\\b(?:deputy|station head|station chief|village)\\b|\\b(?:report|complain about)\\b.{0,12}\\b(?:deputy|head of|station head)\\b|\\b(?:do not|don't|never) (?:show|give|tell|pass|forward)\\b.{0,24}\\bdeput",
  ],
];
