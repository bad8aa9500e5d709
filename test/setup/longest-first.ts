import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Where files start a browser or whole processes and take from half a minute to three, the longest first; others take seconds. */
const LONG = [
  /^test\/bench\//,
  /^test\/console\//,
  /^test\/demo\//,
  /^test\/db\/backup\//,
  /^test\/process\//,
  /^test\/[^/]+$/,
];

/** The order in which a run takes its files: what takes longest begins first, so that no worker is left alone with it at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => {
      const path = relative(this.ctx.config.root, file.moduleId);
      const found = LONG.findIndex((folder) => folder.test(path));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
