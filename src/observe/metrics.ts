import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Tally } from "./watch.ts";

/** The metrics of this process since it started, in Prometheus' format. */
export type Metrics = {
  readonly tally: Tally;
  /** In the text format of Prometheus. */
  read(): Promise<string>;
};

/** The content type of Prometheus' text format. */
export const PROMETHEUS_TEXT = Registry.PROMETHEUS_CONTENT_TYPE;

/** A webhook must be answered within five seconds; a call to a platform is given up after seven. */
const WEBHOOK_BUCKETS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const MODEL_BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2];
const CALL_BUCKETS_S = [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5];

/** Creates the metrics of this process, with those that Node gives about the process itself. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const webhooks = new Counter({
    name: "liaison_webhooks_total",
    help: "Requests of messaging platforms by how they ended; of the failed ones the platform was told to repeat them",
    labelNames: ["channel", "result"],
    registers,
  });
  const webhookSeconds = new Histogram({
    name: "liaison_webhook_seconds",
    help: "Time until a messaging platform had its answer",
    labelNames: ["channel"],
    buckets: WEBHOOK_BUCKETS_S,
    registers,
  });
  const processed = new Counter({
    name: "liaison_messages_heard_total",
    help: "Messages that took effect, by where they ended",
    labelNames: ["outcome"],
    registers,
  });
  const failures = new Counter({
    name: "liaison_hearing_failures_total",
    help: "Times that hearing a person's messages failed; it is tried again",
    registers,
  });
  const wrongCodes = new Counter({
    name: "liaison_wrong_codes_total",
    help: "Invite codes that were tried in vain: mistyped, used, too old, or guessed",
    labelNames: ["county", "channel", "account"],
    registers,
  });
  const saidOnPages = new Counter({
    name: "liaison_web_said_total",
    help: "What was said on pages of the web chat, by what became of it: taken, taken beyond the limits, or why not",
    labelNames: ["account", "end"],
    registers,
  });
  const deliveries = new Counter({
    name: "liaison_deliveries_total",
    help: "Deliveries tried, by rung of the ladder and outcome; class says of a refusal what it blocks",
    labelNames: ["channel", "rung", "outcome", "class"],
    registers,
  });
  const callSeconds = new Histogram({
    name: "liaison_delivery_seconds",
    help: "Time until a messaging platform answered a delivery, or was given up",
    labelNames: ["channel", "rung"],
    buckets: CALL_BUCKETS_S,
    registers,
  });
  const asked = new Histogram({
    name: "liaison_model_call_seconds",
    help: "Time until the model beside the service answered or was given up, by result; spared: it was not called",
    labelNames: ["result"],
    buckets: MODEL_BUCKETS_S,
    registers,
  });
  const votes = new Counter({
    name: "liaison_model_votes_total",
    help: "Votes of the model beside the service: decided in place of a question, raised a tier, unused; of those asked about all the same, agreed or disagreed with the answer",
    labelNames: ["what"],
    registers,
  });
  const exchanges = new Counter({
    name: "liaison_partner_exchanges_total",
    help: "Exchanges with other case systems: out hand-overs, in their calls, poll our questions; by what came of each",
    labelNames: ["direction", "outcome"],
    registers,
  });
  const exchangeSeconds = new Histogram({
    name: "liaison_partner_call_seconds",
    help: "Time until another case system answered a hand-over, or was given up",
    buckets: CALL_BUCKETS_S,
    registers,
  });
  const pulls = new Counter({
    name: "liaison_pulls_total",
    help: "Pages pulled from platforms that only say that something lies ready, by whether they were stored",
    labelNames: ["channel", "result"],
    registers,
  });
  const accounts = new Map<string, { readonly channel: string; readonly isPaused: () => boolean }>();
  new Gauge({
    name: "liaison_account_paused",
    help: "Whether this process calls a platform no more for a while: it is down, or the account's quota is used up",
    labelNames: ["channel", "account"],
    registers,
    collect() {
      this.reset();
      for (const [account, { channel, isPaused }] of accounts) this.set({ channel, account }, isPaused() ? 1 : 0);
    },
  });
  const connections = new Map<string, { readonly labels: Record<string, string>; readonly isConnected: boolean }>();
  new Gauge({
    name: "liaison_channel_connected",
    help: "Whether this process holds the connection by which an account's messages come; one of all processes does",
    labelNames: ["channel", "account"],
    registers,
    collect() {
      this.reset();
      for (const { labels, isConnected } of connections.values()) this.set(labels, isConnected ? 1 : 0);
    },
  });
  return {
    tally: {
      webhook(channel, result, seconds) {
        webhooks.inc({ channel, result });
        webhookSeconds.observe({ channel }, seconds);
      },
      processed(outcomes) {
        for (const outcome of outcomes) processed.inc({ outcome });
      },
      processingFailed: () => failures.inc(),
      wrongCodes: (where, wrong) => wrongCodes.inc(where, wrong),
      saidOnPage: (account, end) => saidOnPages.inc({ account, end }),
      exchange(direction, outcome, seconds) {
        exchanges.inc({ direction, outcome });
        if (seconds !== undefined) exchangeSeconds.observe(seconds);
      },
      asked: (result, seconds) => asked.observe({ result }, seconds),
      vote: (what) => votes.inc({ what }),
      pulled: (channel, result) => pulls.inc({ channel, result }),
      called(channel, rung, { outcome, blocks }, seconds) {
        deliveries.inc({ channel, rung, outcome, class: blocks ?? "none" });
        callSeconds.observe({ channel, rung }, seconds);
      },
      connected(channel, account, isConnected) {
        const key = `${channel}/${account}`;
        if (isConnected === null) connections.delete(key);
        else connections.set(key, { labels: { channel, account }, isConnected });
      },
      account: (channel, account, isPaused) => void accounts.set(account, { channel, isPaused }),
    },
    read: () => registry.metrics(),
  };
}
