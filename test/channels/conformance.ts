import { describe } from "vitest";
import { hasRedis } from "../redis.ts";
import { openCases } from "./conformance/cases.ts";
import type { Driver } from "./conformance/driver.ts";
import { inboundCases } from "./conformance/inbound.ts";
import { outboundCases } from "./conformance/outbound.ts";
import { serviceCases } from "./conformance/through-service.ts";

/**
 * Adds the tests that every channel passes: what comes in, what goes out, and repeats and order through the whole service on both
 * queue backends. A case without a subject on a platform is named in its driver, so that none is left out unnoticed.
 */
export function conform(driver: Driver): void {
  describe(`${driver.channel.type}: what comes in`, () => {
    const cases = openCases();
    inboundCases(cases, driver);
    cases.end(driver.without);
  });
  describe(`${driver.channel.type}: what goes out`, () => {
    const cases = openCases();
    outboundCases(cases, driver);
    cases.end(driver.without);
  });
  for (const backend of hasRedis ? (["postgres", "redis"] as const) : (["postgres"] as const)) {
    describe(`${driver.channel.type}: through the service, queue in ${backend}`, () => {
      const cases = openCases();
      serviceCases(cases, driver, backend);
      cases.end(driver.without);
    });
  }
}
