import { describe, expect, it } from "vitest";
import { consolePages } from "../../src/http/console.ts";
import { bundleConsole } from "../../src/http/pages/bundle.ts";

const FILES = [
  { name: "console-ABC.js", body: "export {};" },
  { name: "style-DEF.css", body: "body{}" },
];
const pages = consolePages(async () => ({ html: "<!doctype html><title>console</title>", files: FILES }));
const get = (path: string, headers: Record<string, string> = {}) => pages.request(`/console${path}`, { headers });

describe("the console's pages", () => {
  it("are one document, whatever address below /console is opened, and it is asked for anew", async () => {
    for (const path of ["", "/cases?state=triage", "/cases/2026-000001", "/invitation"]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-cache"]);
      expect(await answer.text()).toContain("<title>console</title>");
    }
  });

  it("stand under a policy that lets no inline script or style, no other host and no frame in", async () => {
    expect((await get("")).headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it("give their files for good, compressed to whoever takes that", async () => {
    const answer = await get("/assets/console-ABC.js", { "accept-encoding": "gzip, br" });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect((await get("/assets/style-DEF.css")).headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect((await get("/assets/style-DEF.css")).headers.get("content-encoding")).toBeNull();
  });

  it("have no file of a name that is none of theirs, nor outside their folder", async () => {
    for (const name of ["console-XYZ.js", "..%2fconsole.json", "%2e%2e%2f%2e%2e%2fpackage.json"])
      expect((await get(`/assets/${name}`)).status).toBe(404);
  });

  it("are asked for again after they could not be read", async () => {
    let times = 0;
    const broken = consolePages(async () => {
      times += 1;
      if (times === 1) throw new Error("not now");
      return { html: "here", files: [] };
    });
    expect((await broken.request("/console")).status).toBe(500);
    expect(await (await broken.request("/console")).text()).toBe("here");
  });

  it("are light enough, and hold nothing of the server", async () => {
    const { weights, sources, html } = await bundleConsole();
    expect(weights.filter(({ bytes, most }) => bytes > most)).toEqual([]);
    const foreign = sources.filter(
      (path) => /node_modules\/(zod|hono|drizzle)/.test(path) || /^(db|workers)\//.test(path),
    );
    expect(foreign).toEqual([]);
    expect(sources.filter((path) => path.startsWith("src/http/"))).toEqual(["src/http/pages/bundle.ts"]);
    expect(html).not.toMatch(/<script(?! type="module" src)|<style| style=/);
  });

  it("come in one piece: the document names one file besides its own, and each page adds few", async () => {
    const { files, html } = await bundleConsole();
    expect(html.match(/rel="modulepreload"/g)).toHaveLength(1);
    const list = files.find(({ name }) => name.startsWith("list-page-"));
    expect(list?.body.match(/from"\.\/[^"]+"/g)?.length).toBeLessThan(3);
  });

  it("lets pictures come from the host of the map's tiles alone, where tiles are set", async () => {
    const tiled = consolePages(
      async () => ({ html: "", files: FILES }),
      "https://tiles.example.org:8443/{z}/{x}/{y}.png?key=k",
    );
    const policyOf = async (app: typeof tiled) =>
      (await app.request("/console/places")).headers.get("content-security-policy") ?? "";
    const [plain, wide] = [await policyOf(pages), await policyOf(tiled)];
    expect(wide).toBe(
      plain.replace("img-src 'self' data: blob:", "img-src 'self' data: blob: https://tiles.example.org:8443"),
    );
    expect(wide).not.toBe(plain);
  });
});
