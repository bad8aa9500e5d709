import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HTML = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="module" src="/bare/bare.js"></script></head><body><div id="bare"></div></body></html>`;

/** Serves the bare page below `/bare`, and passes everything else on to a service: both pages stand at one address, with one session. */
export async function serveBeside(service: string): Promise<{ readonly base: string; close(): Promise<void> }> {
  const { build, stop } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./bare.tsx", import.meta.url))],
    ...{ bundle: true, minify: true, write: false, format: "esm", target: "es2022", jsx: "automatic" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = gzipSync(outputFiles[0]?.contents ?? "");
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answer) => {
    if (asked.url === "/bare") {
      answer.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" }).end(HTML);
      return;
    }
    if (asked.url === "/bare/bare.js") {
      const cached = { "cache-control": "public, max-age=31536000, immutable", "content-encoding": "gzip" };
      answer.writeHead(200, { "content-type": "text/javascript; charset=utf-8", ...cached }).end(script);
      return;
    }
    const { method, headers } = asked;
    const passed = request(`${service}${asked.url}`, { method, headers, agent }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      agent.destroy();
      await stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
