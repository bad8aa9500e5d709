import { CONSOLE_STEPS, type Step } from "./console-steps.ts";
import { EDGE_PARTS } from "./edge-parts.ts";

export type { Step };

/** A part of the project, a folder or one file, with what it may import of the other parts. */
export type Part = {
  readonly path: string;
  readonly about: string;
  /** The parts, or one folder of a part, that it may import: all of them stand before it in the ladder. */
  readonly mayImport: readonly string[];
  /** The libraries that it may not import, beside the queue's. */
  readonly refuses?: readonly string[];
  /** The folders inside, from the ground up: a folder imports those of lower steps, none of its own or above. */
  readonly steps?: readonly Step[];
};

/** The one file that may name the queue's library. */
export const QUEUE_FILE = { path: "workers/queues.ts", library: "bullmq" } as const;

const DATA = ["src/domain", "src/with-timeout.ts", "src/channels", "db"];
const SERVICE = [...DATA, "src/edge-protocol.ts"];
const SETTINGS = ["src/clock.ts", "src/config.ts", "src/log.ts"];

/**
 * The folders of the project from the ground up: who may import whom.
 *
 * This table alone says so. `npm run ladder` makes of it the import rules of `biome.json` and the drawing in CONTRIBUTING.md, and
 * `test/house.test.ts` plants every import that it refuses.
 */
export const LADDER: readonly Part[] = [
  {
    path: "src/domain",
    about: "what the office knows: pure, values in, values out; no I/O, no clock, no randomness",
    mayImport: [],
    refuses: ["node:*", "node:*/**", "drizzle-orm", "drizzle-orm/**", "hono", "hono/**"],
    steps: [
      {
        text: "words and masking",
        patterns: "patterns tried only where they can match",
        calendar: "days and deadlines",
        messages: "what comes in and goes out; the ladder of delivery",
        case: "the life of a case and its replay",
        access: "roles, and which case exists for whom",
        "web-chat": "the links of people without any account, and what is taken of how many of them",
      },
      {
        place: "where it is",
        acts: "what may happen to what is no case: hand-overs to units, topics of many cases, and their replay",
        accusation: "against whom it is",
        categories: "what it is about",
        danger: "whether life is in danger",
        "answer-page": "a deputy's one-time page: how much it takes, and when its link ends",
        clocks: "until when what is due: rules of deadlines, and the moment that each gives",
        understanding: "what words mean by what was learned: a model and what each mistake costs",
      },
      {
        matters: "which matters words have: one or several, the same or another",
        answers: "what is answered at once: whether an answer of the library fits, and until when it is given",
        transcripts: "how well what a platform wrote down of a voice can be read",
        receptions: "on which days deputies receive people, and whether somebody asks for one",
        writer:
          "what words say of their writer: a child, unnamed, a petitioner; what is passed on of one who stays unnamed",
      },
      {
        dialog: "what words mean here and now; the state between two messages",
        rules: "the language of rules: read, compiled, compared",
      },
      {
        routing: "who is responsible, who follows, who succeeds whom",
        measuring: "how well words are understood: labelled sentences counted, floors, one way beside another",
      },
      {
        wording: "every sentence that the service says, by language",
        "rule-trials": "what a rule set would do: checked, tried on the past, certified",
        figures: "what is counted: each figure once, pure, with its method in words; periods",
      },
    ],
  },
  {
    path: "src/edge-protocol.ts",
    about: "what edge and service say to each other, and how each proves that it is the other",
    mayImport: [],
  },
  { path: "src/with-timeout.ts", about: "a promise that ends in time", mayImport: [] },
  { path: "src/networks.ts", about: "networks as the settings name them", mayImport: [] },
  { path: "src/clock.ts", about: "the time of day, real or for a practice", mayImport: [] },
  {
    path: "src/channels",
    about: "one folder a platform; a channel knows its platform and the domain's messages, nothing else",
    mayImport: ["src/domain"],
    steps: [
      {
        "channel.ts": "the contract that every channel keeps",
        "tencent-callback": "the callback format that Tencent's platforms share",
      },
      { ".": "what channels share: calls over HTTP, access tokens, a gate before them, long texts, options" },
      { "*": "one platform: webhook in, call out" },
      { "registry.ts": "all channels, one line each" },
    ],
  },
  {
    path: "src/partners",
    about:
      "one folder a type of case systems of others; a partner knows its protocol and the domain's acts, nothing else",
    mayImport: ["src/domain"],
    steps: [
      { "partner.ts": "the contract that every type keeps" },
      { "exchange.ts": "one call over HTTP, with its limits" },
      { "*": "one type: hand-overs out, news in" },
      { "registry.ts": "all types, one line each" },
    ],
  },
  {
    path: "db",
    about: "the tables and what keeps them; of the domain it knows types",
    mayImport: ["src/domain"],
    steps: [
      { schema: "the tables, one file an aggregate" },
      { ".": "connections, transactions, migrations, sealed columns" },
      { backup: "backup and restore", embedded: "the Postgres that comes along" },
    ],
  },
  { path: "src/print", about: "pages to be printed: PDF with Chinese in it, QR codes as vectors", mayImport: [] },
  {
    path: "src/casework",
    about: "what happens, one file a happening, each one transaction",
    mayImport: [...DATA, "src/networks.ts", "src/partners", "src/print"],
    steps: [
      {
        access: "who may do what: tokens, users, and the names under which both stand in ledgers",
        county: "what a county has: deputies, atlas, names, leases",
        rules: "rule sets and topics of a county: life cycle, checks, trials, what is published",
      },
      {
        "sign-in": "passwords, second factors, sessions: better-auth over our tables",
        runtime: "what a process has at hand, passed to everything",
        import: "lists of the office into the database",
        "rule-review": "from a draft of rules to its publication: comparison, comments, what is missing",
        audit: "the hash chain of events and its verification",
      },
      {
        turn: "one conversation's turn: the unit of work, its lookups, what was said, how it ended",
        trials: "what would become of a message that nobody wrote",
        errands: "long work that somebody asked for: taken, done, stopped, forgotten",
      },
      {
        cases: "what is written down of a case and read back: events, thread, rows, descriptions",
        bindings: "who speaks for a unit or a station, and by which chat",
        inbox: "what platforms brought, stored before they hear yes",
      },
      { "answer-links": "the one-time links by which deputies answer on a page: made, and how they stand" },
      {
        "web-chat": "people without any account, on a page of ours: visitors, what they say, what waits there for them",
        outbox: "what the service says, written in the same transaction",
        beside: "what stands beside one case for staff: cases that go with it, like ones, what it can be given",
        routing: "where it lies, what it is about, who is responsible",
        "dry-runs": "what people see of a dry run that was done: its cases, their judgements, its report",
      },
      {
        persons:
          "people who write from several chats: joined by a code, parted, told in the one in which they spoke last",
        "incoming-files":
          "the files that people sent: fetched from their platforms, looked at, refused with a sentence",
        rooms: "rooms of deputies: which there are, of which station or group each is, and how one is bound",
        handovers:
          "cases in the hands of units, and deputies who help: opened, told, taken back, and what the acts on them change",
      },
      { duty: "who is on duty for urgent cases, what they are told, and that somebody sees to one" },
      {
        actions:
          "the verbs on a case that everybody above shares: open, assign, place, add, reopen, hand over, decline",
        delivery: "the outbox leaves: due, claim, call, settle, retry",
        "partner-exchange":
          "case systems of others: added and paused, hand-overs sent in small steps, news taken in, failures seen to",
      },
      {
        topics: "one matter that many people told: found, joined, answered and closed together, each person told once",
      },
      {
        deputy: "what a deputy's words lead to; binding, absence",
        "grid-workers": "what the words and photos of a grid's worker lead to",
        units: "what the words of a unit's people lead to",
        office: "what staff decide by command or API: move, correct, plan, accounts",
        remind: "what is due is called to mind once a day; what nobody answered goes upwards",
        privacy: "erasing, and requests about one's own data",
        backlog: "what waits or is stuck: counted, found, decided by hand",
        settings: "what a county sets for itself: calendar, catalogue, answer templates",
      },
      {
        resident: "what a resident's words, choices and positions lead to",
        staff: "what staff see of cases and do to one: lists, search, Today; and who works for the office",
        learning: "what an office teaches its county's own layer: candidates, labels, versions",
      },
      {
        clock: "what happens by the passing of time alone",
        intake: "what people without a chat bring: taken down at a desk, opened or joined",
        phone: "the calls that somebody has to make: lists, numbers, results",
        "answer-page": "a deputy's one-time page: opened by one device, shown, answered",
        photos: "the photos that staff put into a case, as staff look at them",
        lists: "what staff do with lists of cases: kept under a name, changed together, written into a file",
      },
      {
        stations:
          "what the words of a station's people lead to: what they take down, the calls that they make, what they pass on",
        recordings: "recordings that could not be read: listed, and what somebody of the office has heard in them",
        people: "what staff see of deputies and do about them: lists, one deputy whole, absences, invitations",
        figures: "figures counted over what a reader may see; reports of them as Excel and PDF",
      },
      {
        receive: "what came takes effect: one person's waiting messages, in order, in one transaction",
        places: "what staff see of grids, stations and units, how they change them, and what is printed of them",
      },
      {
        "errand-kinds": "the kinds of errands, one file each",
        setup:
          "the first setting up of a county: its steps, a starter draft of rules, the rehearsal, the record of going live",
        live: "what changes is told to whoever listens; who else is at a case",
      },
    ],
  },
  { path: "src/observe", about: "counts and traces of what the others do", mayImport: [...SERVICE, "src/casework"] },
  { path: "src/config-files.ts", about: "settings that stand in files of their own", mayImport: [] },
  {
    path: "src/config.ts",
    about: "the settings, read from the environment",
    mayImport: ["src/clock.ts", "src/networks.ts", "src/config-files.ts", "src/observe"],
  },
  { path: "src/log.ts", about: "the log and what it leaves out", mayImport: ["src/config.ts"] },
  {
    path: "src/http",
    about: "webhooks, API, health and metrics, over Hono",
    mayImport: [...SERVICE, "src/partners", "src/print", "src/casework", "src/observe"],
  },
  {
    path: "src/console",
    about: "the office's web console; knows the shapes of the API and the domain's pure functions",
    mayImport: ["src/domain", "src/http/contract"],
    refuses: ["node:*", "drizzle-orm", "hono"],
    steps: CONSOLE_STEPS,
  },
  {
    path: "src/web-page",
    about: "the script and styles of the web chat's page, for old phones on slow networks: no library but the map's",
    mayImport: ["src/domain"],
    refuses: ["node:*", "node:*/**", "drizzle-orm", "drizzle-orm/**", "hono", "hono/**"],
  },
  ...EDGE_PARTS,
  {
    path: "workers/wechaty",
    about: "the bridge to an account that Wechaty holds: a program and package of its own, reached over signed HTTP",
    mayImport: [],
  },
  {
    path: "workers",
    about: "the queue's workers: they wake up, call casework and sleep",
    mayImport: ["src/domain", "src/with-timeout.ts", "db", "src/casework", "src/observe", "workers/wechaty"],
  },
  {
    path: "src/process",
    about: "how a process starts: installation, runtime, service, server, secret",
    mayImport: [...SERVICE, ...SETTINGS, "src/casework", "src/observe", "src/http", "workers"],
  },
  {
    path: "src/demo/platforms",
    about: "simulated messaging platforms, which share no code with the channels that they test",
    mayImport: [],
  },
  {
    path: "src/demo",
    about: "a practice county with simulated platforms, and its phones in the browser",
    mayImport: [...DATA, ...SETTINGS, "src/casework", "src/process", "src/demo/platforms"],
    steps: [
      { county: "the practice county's lists, generated" },
      {
        phones: "the phones page, in React",
        past: "the practice county's last months, told by the service's own ways at an earlier clock",
      },
      { ".": "the practice run and what serves its page" },
    ],
  },
  {
    path: "src/commands",
    about: "the command line, one file a command",
    mayImport: [...SERVICE, ...SETTINGS, "src/print", "src/casework", "src/observe", "src/process", "src/demo"],
  },
  { path: "src/loading.ts", about: "shortens the loading of one large library", mayImport: [] },
  {
    path: "src/main.ts",
    about: "the program: arguments in, exit status out",
    mayImport: ["src/loading.ts", "src/commands"],
  },
];
