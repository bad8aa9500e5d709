import type { Config } from "../config.ts";
import { createLog } from "../log.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import { stopSignal } from "../process/run-service.ts";
import { beginServer } from "../process/server.ts";

/**
 * Runs `liaison demo`: the service with a practice county, a simulated WeChat and phones in the browser, until it is
 * stopped.
 */
export async function runDemo(
  { out, err }: Output,
  config: Config,
  options: { readonly isLogWanted: boolean },
): Promise<ExitStatus> {
  const log = createLog(options.isLogWanted ? config.logLevel : "warn");
  const stopped = stopSignal(config);
  err("Starting Liaison with a practice county; the first time takes up to a minute.");
  const { opened: server } = await beginServer(config, { asService: true, say: err });
  const { startDemo } = await import("../demo/run.ts");
  const demo = await startDemo(config, { server, log, say: err, withPast: true });
  out("");
  out(`  Phones in the browser   ${demo.phonesUrl}`);
  if (demo.pageUrl !== "") out(`  A resident's web page   ${demo.pageUrl}  (no WeChat, no account)`);
  out(`  The office's console    ${demo.consoleUrl}`);
  out(`  A grid platform         ${demo.platformUrl}  (refer a case to it: 转办 …)`);
  out(`  The service itself      ${demo.serviceUrl}  (/readyz, /webhooks/…)`);
  out("");
  out("  Write as a resident on the left; the deputy's phone on the right gets it and answers: 回复 …, 办结 …");
  out("");
  out("  Sign in to the console, without a second factor here, as");
  for (const { role, name, email, password } of demo.logins) {
    out(`    ${role.padEnd(9)} ${email.padEnd(25)} ${password}   ${name}`);
  }
  out("");
  out("  Stop it with Ctrl+C.");
  out("");
  const { all, bound } = demo.deputies;
  if (bound < all) {
    err(`${bound} of ${all} deputies have bound their chats; the others do so meanwhile.`);
    void demo.allBound.then((silent) =>
      err(silent === 0 ? "All deputies have bound their chats." : `${silent} deputies' phones got no answer.`),
    );
  }
  void demo.allTold.then(
    (told) => told > 0 && err(`The console shows the last months of the county: ${told} cases came in meanwhile.`),
    () => err("The county's last months could not be filled in; the next start tries again."),
  );
  const end = await Promise.race([stopped, server.then(({ lost }) => lost)]);
  err(end instanceof Error ? end.message : "Stopping.");
  await demo.close();
  return end instanceof Error ? 1 : 0;
}
