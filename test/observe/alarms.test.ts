import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { ALARMS } from "../alarms.ts";
import { arrived } from "../arrived.ts";
import { type WatchedService, watchedService } from "./watched.ts";

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
};
type Panel = { readonly title: string; readonly targets: readonly { readonly expr: string }[] };

const LIMIT = { timeout: 60_000, interval: 50 };

let watched: WatchedService;
let exposed = "";
let rules: Rule[];
let panels: Panel[];
beforeAll(async () => {
  watched = await watchedService();
  const resident = watched.wechat.phone("oa", "o_resident");
  await resident.say("柳东村三组的路灯坏了");
  await vi.waitFor(() => expect(arrived(resident).length).toBeGreaterThan(0), LIMIT);
  await watched.wechat.phone("oa", "o_guesser").say("绑定 ACDE3467");
  exposed = await (await watched.get("/metrics", await watched.token("operator"))).text();
  const file = parse(await readFile("docs/observability/alerts.yml", "utf8"));
  rules = file.groups.flatMap((group: { rules: Rule[] }) => group.rules);
  ({ panels } = JSON.parse(await readFile("docs/observability/dashboard.json", "utf8")));
});
afterAll(() => watched.close());

/** The metrics that an expression names, with the labels that it asks for. */
function asked(expr: string): { metric: string; labels: string[] }[] {
  return [...expr.matchAll(/\b((?:liaison|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)].map(([, metric, selector = ""]) => ({
    metric: metric!,
    labels: [...selector.matchAll(/(\w+)(?==~?"|!=)/g)].map(([, label]) => label!),
  }));
}

/** The reasons and kinds that an expression asks for: gauges have all of them, also where nobody waits. */
function valuesIn(expr: string): { metric: string; label: string; value: string }[] {
  return [...expr.matchAll(/\b(liaison_\w+)\{([^}]*)\}/g)].flatMap(([, metric = "", selector = ""]) =>
    [...selector.matchAll(/\b(reason|kind)=~?"([^"]*)"/g)].flatMap(([, label = "", values = ""]) =>
      values.split("|").map((value) => ({ metric, label, value })),
    ),
  );
}

/** Label names that the service gives this metric; null when it has no such metric. */
function labelsOf(metric: string): string[] | null {
  const lines = exposed.split("\n").filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
  return lines.length === 0 ? null : [...(lines[0] ?? "").matchAll(/(\w+)="/g)].map(([, label]) => label!);
}

describe("the alert rules and the dashboard", () => {
  it("ask only for metrics and labels that the service exposes", () => {
    const expressions = [
      ...rules.map(({ expr }) => expr),
      ...panels.flatMap(({ targets }) => targets.map((t) => t.expr)),
    ];
    expect(expressions.length).toBeGreaterThan(25);
    for (const expr of expressions) {
      const names = asked(expr);
      expect([expr, names.length > 0]).toEqual([expr, true]);
      for (const { metric, labels } of names) {
        const given = labelsOf(metric);
        // Nothing failed here and no model was asked: without a sample yet, that it is declared is enough.
        if (given === null) expect(exposed).toContain(`# TYPE ${metric.replace(/_(?:bucket|count)$/, "")} `);
        else expect([metric, labels.filter((label) => !given.includes(label))]).toEqual([metric, []]);
      }
      for (const { metric, label, value } of valuesIn(expr)) {
        expect(exposed).toMatch(new RegExp(`^${metric}\\{.*\\b${label}="${value}"`, "m"));
      }
      expect([expr, expr.split("(").length]).toEqual([expr, expr.split(")").length]);
    }
  });

  it("name every alarm of the runbook, and each leads to its page", async () => {
    const runbook = await readFile("RUNBOOK.md", "utf8");
    const pages = [...runbook.matchAll(/^## (Liaison\w+)$/gm)].map(([, name]) => name);
    expect(rules.map(({ alert }) => alert)).toEqual(ALARMS);
    expect(pages.toSorted()).toEqual(ALARMS.toSorted());
    for (const { alert, annotations, labels } of rules) {
      expect(annotations.runbook).toBe(`RUNBOOK.md#${alert.toLowerCase()}`);
      expect(annotations.summary).not.toBe("");
      expect(["critical", "warning"]).toContain(labels.severity);
    }
  });

  it("draw every metric of our own", () => {
    const own = [...exposed.matchAll(/^# TYPE (liaison_\w+) (\w+)$/gm)].map(([, name, kind]) =>
      kind === "histogram" ? `${name}_bucket` : name!,
    );
    const drawn = new Set(
      panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => asked(expr))).map((a) => a.metric),
    );
    expect(own.filter((name) => !drawn.has(name))).toEqual([]);
  });
});
