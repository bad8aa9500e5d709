import { type Context, Hono } from "hono";
import { pageOf } from "./page.ts";
import { sayStatus } from "./say.ts";
import { isSigned } from "./sign.ts";
import { type Captured, type Matter, takeDown, type World } from "./world.ts";

type Calls = { Variables: { captured: Captured } };

/** The states that its page offers, by the words on the buttons. */
const OFFERED = ["accepted", "working", "done", "refused", "returned"];
const REFERENCE = /\[(\d{4}-\d{6}) ([0-9a-f]{32})\]/;

/** The web side of a simulated grid platform: the hook, GeoReport v2, and a page on which a newcomer plays it. */
export function gridApi(world: World, onHang?: (path: string) => void): Hono<Calls> {
  const app = new Hono<Calls>();
  app.use("/hook", capture(world, onHang));
  app.use("/georeport/*", capture(world, onHang));
  app.post("/hook", (c) => takeHook(c, world));
  app.post("/georeport/requests.json", (c) => takeRequest(c, world));
  app.get("/georeport/requests.json", (c) => c.json(listed(world, c.req.query()).map(requestOf)));
  app.get("/georeport/tokens/:file", (c) => {
    const token = c.req.param("file").replace(/\.json$/, "");
    const found = [...world.matters.values()].filter((one) => one.token === token);
    return c.json(found.map(({ externalId }) => ({ service_request_id: externalId, token })));
  });
  app.get("/georeport/servicerequestupdates.json", (c) => {
    const updates = [...world.matters.values()]
      .filter(({ by }) => by === "georeport")
      .flatMap((one) => one.updates.map((update) => ({ one, update })));
    return c.json(
      updates.map(({ one, update }) => ({
        ...{ update_id: update.id, service_request_id: one.externalId, status: update.status },
        ...{ description: update.text, updated_datetime: update.at },
      })),
    );
  });
  app.post("/georeport/servicerequestupdates.json", async (c) => takeUpdate(c, world));
  app.get("/api/matters", (c) => c.json([...world.matters.values()]));
  app.post("/api/matters/:number/say", async (c) => {
    const said = await c.req.json<{ status: string; text?: string; final?: boolean; times?: number }>();
    const { status, text, times, final: isFinal } = said;
    return c.json({ answers: await sayStatus(world, c.req.param("number"), status, { text, times, isFinal }) });
  });
  app.post("/say", async (c) => {
    const { number, status, text } = await c.req.parseBody<{ number: string; status: string; text: string }>();
    if (OFFERED.includes(status)) await sayStatus(world, number, inWordsOf(world, number, status), { text });
    return c.redirect("/", 303);
  });
  app.get("/", (c) => c.html(pageOf([...world.matters.values()], OFFERED)));
  return app;
}

/** Notes each call as it comes, and has a fault answer in its place. */
function capture(world: World, onHang?: (path: string) => void) {
  return async (c: Context<Calls>, next: () => Promise<void>) => {
    const body = await c.req.raw.clone().text();
    const headers = Object.fromEntries(c.req.raw.headers.entries());
    const one: Captured = { method: c.req.method, path: c.req.path, headers, body, status: null };
    world.captured.push(one);
    const { fault } = world;
    if (fault?.kind === "hang" || fault?.kind === "cut-after") {
      if (fault.kind === "cut-after") await next();
      onHang?.(c.req.path);
      await new Promise(() => undefined);
    }
    if (fault?.kind === "status") c.res = new Response("", { status: fault.status });
    else if (fault?.kind === "redirect") c.res = new Response("", { status: 307, headers: { location: fault.to } });
    else await next();
    one.status = c.res.status;
  };
}

async function takeHook(c: Context<Calls>, world: World): Promise<Response> {
  const body = await c.req.text();
  const headers = Object.fromEntries(c.req.raw.headers.entries());
  if (!isSigned(world, headers, body)) return c.json({ error: "signature" }, 401);
  const { type, data } = JSON.parse(body) as { type: string; data: Record<string, string | null> };
  const number = data.number ?? "";
  if (type !== "case.handed_over") {
    const known = [...world.matters.values()].findLast((one) => one.number === number);
    if (known !== undefined) {
      known.isTakenBack = type === "case.taken_back";
      if (type === "case.reopened") Object.assign(known, { status: "open", notes: "" });
    }
    return c.json({ ok: true });
  }
  const { county, place, text, dueOn = null, reply = null } = data;
  const came = { number, county: county ?? "", place: place ?? "", text: text ?? "", dueOn, reply };
  const matter = takeDown(world, { ...came, by: "webhook", id: headers["webhook-id"] ?? "" });
  return c.json({ externalId: matter.externalId });
}

async function takeRequest(c: Context<Calls>, world: World): Promise<Response> {
  const form = await c.req.parseBody<Record<string, string>>();
  if (form.api_key !== world.apiKey) return c.json([{ code: 403, description: "api_key" }], 403);
  const description = form.description ?? "";
  const [, number = "", id = ""] = REFERENCE.exec(description) ?? [];
  const where = { place: form.address_string ?? "", county: form.jurisdiction_id ?? "", dueOn: null, reply: null };
  // GeoReport knows no id of the sender's: what comes twice is there twice.
  const key = [...world.matters.values()].some((one) => one.id === id) ? `${id}-${world.last}` : id;
  const matter = takeDown(world, { ...where, number, by: "georeport", id: key, text: description });
  return c.json([world.givesTokens ? { token: matter.token } : { service_request_id: matter.externalId }], 201);
}

async function takeUpdate(c: Context<Calls>, world: World): Promise<Response> {
  const form = await c.req.parseBody<Record<string, string>>();
  const matter = world.matters.get(form.service_request_id ?? "");
  if (form.api_key !== world.apiKey || matter === undefined) return c.json([{ code: 404 }], 404);
  if (form.status === "OPEN") Object.assign(matter, { status: "open", notes: "" });
  else matter.isTakenBack = true;
  return c.json([{ update_id: form.update_id }], 201);
}

function listed(world: World, query: Record<string, string>): Matter[] {
  const wanted = query.service_request_id?.split(",");
  return [...world.matters.values()].filter(
    (one) => one.by === "georeport" && (wanted === undefined || wanted.includes(one.externalId)),
  );
}

function requestOf(matter: Matter) {
  const { externalId, status, notes, text, updatedAt } = matter;
  return {
    ...{ service_request_id: externalId, status: /^(closed|done|fixed)$/.test(status) ? "closed" : status },
    ...{ status_notes: notes, description: text, updated_datetime: updatedAt },
  };
}

/** GeoReport has words of its own for what the buttons say. */
function inWordsOf(world: World, number: string, status: string): string {
  const words: Readonly<Record<string, string>> = {
    ...{ accepted: "confirmed", working: "investigating", done: "fixed" },
    ...{ refused: "no_further_action", returned: "not_councils_responsibility" },
  };
  const isReport = [...world.matters.values()].some((one) => one.externalId === number && one.by === "georeport");
  return isReport ? (words[status] ?? status) : status;
}
