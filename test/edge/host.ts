/**
 * Runs the edge in workerd, as `wrangler dev` would, until its parent lets go of it. In a process of its own: what wrangler sets and
 * listens to must not stay with the other tests.
 */
type Worker = { readonly ready: Promise<void>; readonly url: Promise<URL>; dispose(): Promise<void> };
type Wrangler = { unstable_startWorker(options: object): Promise<Worker> };

// Not known by its types: it is not there where nobody installed it.
const NAME: string = "wrangler";
const wrangler = (await import(NAME)) as Wrangler;
const [, , config = "", persist = "", bindings = "{}"] = process.argv;
const worker = await wrangler.unstable_startWorker({
  config,
  dev: {
    server: { hostname: "127.0.0.1", port: 0 },
    inspector: false,
    watch: false,
    persist,
    logLevel: "error",
  },
  bindings: JSON.parse(bindings),
});
await worker.ready;
process.once("disconnect", async () => {
  await worker.dispose();
  process.exit(0);
});
process.send?.((await worker.url).origin);
