import type { LooksAtMine } from "../access/reading-reasons.ts";
import type { Due } from "../calendar/due.ts";
import type { CaseOutcome, CaseState } from "../case/case.ts";
import type { EmergencyTopic } from "../danger/emergency.ts";
import type { AbsenceSpan } from "../dialog/absence.ts";
import type { ScopeReason } from "../dialog/scope.ts";
import type { AskWhy } from "../place/finding.ts";
import type { DecidedReason } from "../routing/followers.ts";
import type { Decision } from "../routing/route.ts";
import type { MaskedQuote, Quoted } from "../text/quote.ts";
import type { Act } from "../understanding/meaning.ts";
import type { BesideWording } from "./matters.ts";
import type { Question } from "./question.ts";
import type { Holder, ServiceFacts } from "./who-answers.ts";

/** The matter as a receipt says that it was understood: the place, null while none is known, and the first words, empty where there are none. */
export type Understood = {
  /** `by` tells a place that nobody named in words: the one of a scanned code, or where the resident's matters lay before. */
  readonly place: { readonly label: string; readonly by: "told" | "scene" | "home" } | null;
  readonly matter: Quoted | "";
};

/** A case as one line of a resident's list. */
export type CaseLine = {
  readonly number: string;
  readonly summary: Quoted;
  readonly state: CaseState;
  readonly outcome: CaseOutcome | null;
  readonly holder: Holder;
  readonly receivedOn: string;
  readonly dueOn: Due;
};

/** An absence of a deputy, both days included; `isNow` where it has begun. */
export type Leave = AbsenceSpan & { readonly standIn: string | null; readonly isNow: boolean };

/**
 * The wording in one language: every sentence that the service says. Days are YYYY-MM-DD. Nothing here may claim what
 * is not known.
 *
 * People's words come quoted, those of residents for deputies masked too: see `quote`.
 */
export type Wording = BesideWording<DeputyCase, ToldLine, Question> & {
  // to residents
  /** `isSpoken`: it is read out, to somebody who can reply to nothing. */
  receipt(
    a: { number: string; holder: Holder; dueOn: Due; priority: boolean; isSpoken?: boolean } & Understood,
  ): string;
  /** Nothing that a deputy takes up: says why, and who does. */
  outOfScope(a: { number: string; why: ScopeReason; county: string }): string;
  /** Beside the receipt, where work was not paid: the way that the law has for it; asks where it was, if only the home is known. */
  wagesRoute(a: { isAtHome: boolean }): string;
  /** For what only the county office may see: says nothing of the matter, and names the discipline inspection's line. */
  sealedReceipt(a: { number: string; dueOn: Due; priority: boolean; isSpoken?: boolean }): string;
  /** `platform` is what people call the platform on which this is said. */
  privacyNotice(a: { county: string; platform: string }): string;
  /** For a resident who writes while the county is in trial: that nobody answers yet, and where to turn. */
  notOpen(a: { county: string }): string;
  /** For a deputy who is not among those who try the service. */
  notOpenToDeputy(a: { county: string }): string;
  /** For a deputy who tries the service: that residents who do not are told nothing. */
  residentsUntold(): string;
  /** For somebody of the staff whose chat now tries the service. */
  trialJoined(a: { county: string }): string;
  /** Read out to somebody who came or rang up. */
  deskNotice(a: { county: string }): string;
  askWhere(a: {
    number: string;
    turn: 1 | 2;
    why: AskWhy;
    /** What came without a word; null when something was said. */
    shown: "photo" | "voice" | "video" | "file" | null;
    /** Of the places that are offered. */
    labels: readonly string[];
    /** Whether it may be none of them, so that yes and no are answers. */
    orElsewhere: boolean;
  }): Question;
  /** Where only a place was said. */
  askWhatIsWrongThere(a: { place: Quoted }): string;
  askWhatIsWrongHere(a: { label: Quoted }): string;
  askToGoOn(): string;
  emergency(a: { topics: readonly EmergencyTopic[] }): string;
  /** Beside an ordinary answer, where danger is only hinted at. */
  dangerLine(): string;
  /** Asks which of these acts the words are; `about` is the case that they may speak of. */
  whichAct(a: { options: readonly Act[]; about: CaseLine | null }): Question;
  /** Answers what was asked of the service itself, from what it knows. */
  serviceAnswer(a: ServiceFacts): string;
  /** Words that give no verdict on a closed case: they are kept, and the question stays open. */
  verdictStays(a: { number: string }): string;
  followUpNoted(a: { number: string; holder: Holder }): string;
  reopened(a: { number: string; holder: Holder; dueOn: Due }): string;
  reply(a: { number: string; deputy: string; text: Quoted }): string;
  closure(a: { number: string; deputy: string; outcome: CaseOutcome; text: Quoted }): string;
  officeReply(a: { number: string; text: Quoted }): string;
  /** Closed by the office; `text` is its result, null where there is none to tell. */
  officeClosure(a: { number: string; outcome: CaseOutcome; text: Quoted | null }): string;
  /** A photo goes with the closing: whether it comes into this chat, and where it can be seen; `at` is null for the office. */
  closingPhoto(a: { comes: boolean; at: string | null }): string;
  /** The office set another day; `text` is why. */
  dueMoved(a: { number: string; dueOn: Due; text: Quoted }): string;
  /** Their deputy said something wrong before: these words stand in its place. */
  correction(a: { number: string; deputy: string; text: Quoted }): string;
  /** The deputy takes the closing back: it is open, was not done, and nobody waits for a verdict; `text` is why. */
  reopenedByDeputy(a: { number: string; deputy: string; text: Quoted | null; dueOn: Due }): string;
  askRating(a: { number: string }): Question;
  /** Nobody answered where it is: closed, and alive again with the next word. */
  closedWithoutContact(a: { number: string }): string;
  ratingNoted(a: { number: string }): string;
  reassigned(a: { number: string; holder: Holder; dueOn: Due }): string;
  /** The deputy asks a unit to handle it, by way of the office, and stays in charge. */
  referred(a: { number: string; deputy: string; unit: string; dueOn: Due }): string;
  status(a: { cases: readonly CaseLine[] }): string;
  reminded(a: { number: string; holder: Holder; dueOn: Due }): string;
  withdrawn(a: { number: string }): string;
  whichCase(a: { cases: readonly CaseLine[] }): Question;
  nothingOpen(): string;
  /** The number that was typed is none of this resident's. */
  numberUnknown(a: { typed: string }): string;
  why(a: { number: string; decision: Decision; holder: Holder }): string;
  askAnotherPlace(a: { number: string }): string;
  thanksNoted(): string;
  myData(a: { cases: number; homeGrid: string | null; since: string; looks: LooksAtMine; platform: string }): string;
  /** `erased` closed cases have no words any more; those of `open` are kept until they are closed. */
  deletionNoted(a: { number: string; dueOn: Due; erased: number; open: readonly string[] }): string;
  residentHelp(): string;
  /** A message whose own words broke the form in which the platform passes it on. */
  notUnderstoodWords(): string;
  notUnderstoodForm(): string;
  choiceOutOfRange(a: { choices: number }): string;
  noSuchChoice(): string;
  welcome(a: { place: string | null }): string;
  /** To who scans the code of a grid that has ended; `station` is where what they say goes, null where they must say the place. */
  endedPlace(a: { place: string; untilOn: string; station: string | null }): string;
  identityRefused(): string;
  /**
   * Before words whose first sending ended without an answer: true whether they arrived or not.
   *
   * `sentOn` is the day of the first sending, null when that is today: "tomorrow" in the words counts from there.
   */
  toldAgain(a: { text: string; sentOn: string | null }): string;
  /** Comes before a photo whose first sending ended without an answer; to either side. */
  photoAgain(a: { number: string }): string;
  // to deputies
  newCase(a: { line: DeputyCase; isReopened: boolean; mayBeSeveral?: boolean }): string;
  residentAdded(a: { number: string; text: MaskedQuote }): string;
  /** Somebody else told of the same: from now on they hear what is answered here too. */
  anotherSaysSo(a: { number: string; text: MaskedQuote }): string;
  /** Comes before a photo without words: which case it belongs to. */
  residentShows(a: { number: string; what: "photo" | "voice" }): string;
  residentReminds(a: { number: string; dueOn: Due }): string;
  residentWithdrew(a: { number: string }): string;
  residentRated(a: { number: string; satisfied: boolean }): string;
  residentThanks(a: { number: string | null; text: MaskedQuote }): string;
  caseMovedAway(a: { number: string; holder: Holder }): string;
  officeAnswered(a: { number: string; text: MaskedQuote }): string;
  officeClosed(a: { number: string }): string;
  officeMovedDue(a: { number: string; dueOn: Due }): string;
  /** `followed` are the newest of `following` cases that others have. */
  deputyList(a: { cases: readonly DeputyCase[]; followed: readonly FollowedCase[]; following: number }): string;
  /** `assisting` are the names of those who help with it. */
  deputyCase(a: { line: DeputyCase; thread: readonly ToldLine[]; assisting?: readonly string[] }): string;
  /** A case of somebody else that the reader sees, and why; the other side of a border may take it by answering first. */
  newToFollow(a: FollowedCase & { why: DecidedReason }): string;
  followedCase(a: FollowedCase & { thread: readonly ToldLine[] }): string;
  /** Nothing was done about a case that the reader only follows. */
  onlyFollowed(a: { number: string; holder: Holder }): string;
  /** To whoever answered first, on the other side of a border; and to the one who had it until then. */
  takeTaken(a: { number: string }): string;
  takenByOther(a: { number: string; holder: Holder }): string;
  /** Says that the words are recorded and on their way, never that they arrived. */
  replyTaken(a: { number: string }): string;
  closeTaken(a: { number: string }): string;
  returnTaken(a: { number: string; holder: Holder }): string;
  /** Which case is meant, by its number; `typed` was said and is none of them. */
  whichOfMine(a: { cases: readonly DeputyCase[]; typed: string | null }): string;
  /** A number in the words is a case, and may be something else: that case, or the one last shown. */
  whichOfTwo(a: { named: string; shown: string }): string;
  /** `also` are cases of the deputy whose numbers are digits that answer. */
  confirmReply(a: { number: string; text: Quoted; also: readonly string[] }): Question;
  /** Words without a command, of a deputy with several cases: nothing of them leaves; a case number makes them an answer. */
  isItYourOwn(a: { text: Quoted; cases: readonly DeputyCase[]; also: readonly string[] }): Question;
  /** What a deputy showed is kept with a case; asks whether its resident shall get it, and the words that wait with it. */
  askPassOn(a: { number: string; what: readonly string[]; text: Quoted | null; also: readonly string[] }): Question;
  /** As {@link askPassOn}, where none of it can reach a resident. */
  keptOnly(a: { number: string; what: readonly string[] }): string;
  /** What a deputy showed is in no case yet; `own` are matters of the deputy's own, as a resident. */
  whoseIsShown(a: {
    what: readonly string[];
    cases: readonly DeputyCase[];
    own: readonly { readonly number: string; readonly summary: Quoted }[];
  }): string;
  shownOfNoCase(a: { what: readonly string[] }): string;
  /** The deputy said no: it is kept, and the resident does not get it. */
  shownNotPassedOn(a: { number: string; what: readonly string[] }): string;
  photosTaken(a: { number: string; photos: number }): string;
  /** A voice that was not written down: nobody knows what it says. */
  voiceUnread(): string;
  /** To a resident, before photos of their deputy. */
  deputyShows(a: { number: string; deputy: string; photos: number }): string;
  /** The deputy's words were no answer: nothing of them leaves; `number` is the case that they were not for. */
  notPassedOn(a: { number: string | null }): string;
  /** Words of this deputy that nobody was given, newest first; empty where there are none. */
  keptWords(a: { said: readonly Quoted[] }): string;
  missingText(a: {
    command:
      | "reply"
      | "close"
      | "refer"
      | "return"
      | "correct"
      | "note"
      | "visit"
      | "split"
      | "assist"
      | "report"
      | "bind"
      | "away";
    number: string | null;
  }): string;
  /** The words did not leave; says how they can. */
  alreadyClosed(a: { number: string }): string;
  correctTaken(a: { number: string; isClosed: boolean }): string;
  nothingToCorrect(a: { number: string }): string;
  /** `isTold` unless word of the closing had not left yet. */
  reopenTaken(a: { number: string; dueOn: Due; isTold: boolean }): string;
  notClosed(a: { number: string }): string;
  notYoursToReopen(a: { number: string }): string;
  /** A unit is asked by the office; claims nothing of what the unit will do. */
  referTaken(a: { number: string; unit: string }): string;
  /** Nobody, or more than one, is meant by what was typed: nothing was passed on. */
  referUnclear(a: {
    number: string;
    typed: Quoted;
    meant: readonly { readonly code: string; readonly name: string }[];
  }): string;
  referAway(a: { number: string; deputy: string }): string;
  /**
   * Away from today on: `moved` open cases have somebody else now; `stayed` are still this deputy's, because nobody else
   * is there. `replaced` was planned for some of these days and does not count any more.
   */
  awayTaken(a: Omit<Leave, "isNow"> & { moved: number; stayed: number; replaced: readonly Leave[] }): string;
  /** Away from a later day on: until then everything stays as it is. */
  awayPlanned(a: Omit<Leave, "isNow"> & { replaced: readonly Leave[] }): string;
  /** A planned absence has begun: how many cases `moved` and `stayed`. It may be read days later, at the next contact. */
  awayBegins(a: Omit<Leave, "isNow"> & { moved: number; stayed: number }): string;
  /** The absences that hold or are planned, behind the list, the figures and the help; empty where there are none. */
  leaves(a: { leaves: readonly Leave[] }): string;
  standInUnclear(a: { typed: Quoted; meant: readonly { readonly code: string; readonly name: string }[] }): string;
  awayUnclear(): string;
  /** `cancelled` was planned and is not any more; `planned` still holds. */
  backTaken(a: { open: number; cancelled: readonly Leave[]; planned: readonly Leave[] }): string;
  stats(a: { open: number; closed: number; overdue: number }): string;
  bound(a: { deputy: string; open: number }): string;
  /** To the chat that was this deputy's until now. */
  boundElsewhere(a: { deputy: string; platform: string }): string;
  bindRefused(): string;
  /** After too many wrong codes; said once, then nothing more is said of codes for an hour. */
  bindPaused(): string;
  alreadyBound(a: { deputy: string }): string;
  deputyHelp(): string;
  // labels
  outcome(outcome: CaseOutcome): string;
  state(state: CaseState): string;
};

/** A case as its deputy may see it: the working copy, never the person. */
export type DeputyCase = {
  readonly number: string;
  readonly text: MaskedQuote;
  readonly place: string;
  readonly state: CaseState;
  readonly priority: boolean;
  readonly dueOn: Due;
  readonly overdue: boolean;
  /** Whether a child wrote it: all that anybody reads of its writer. */
  readonly isByMinor: boolean;
};

/** The words of one party of a case on a day, as a deputy may read them. */
export type ToldLine = { readonly party: string; readonly text: MaskedQuote; readonly at: string };

/** A case that somebody else has, as those who follow it may see it; some help with it. */
export type FollowedCase = { readonly line: DeputyCase; readonly holder: Holder; readonly isAssisting?: boolean };
