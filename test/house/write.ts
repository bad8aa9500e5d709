import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { directionsOf, isDirection } from "./directions.ts";
import { withDrawing } from "./drawing.ts";
import { LADDER } from "./ladder.ts";

/** Writes what the ladder says into `biome.json` and CONTRIBUTING.md. */
const biome = JSON.parse(readFileSync("biome.json", "utf8"));
const overrides = biome.overrides.filter((one: object) => !isDirection(one));
writeFileSync("biome.json", JSON.stringify({ ...biome, overrides: [...overrides, ...directionsOf(LADDER)] }));
execFileSync("node_modules/.bin/biome", ["format", "--write", "biome.json"], { stdio: "inherit" });
writeFileSync("CONTRIBUTING.md", withDrawing(readFileSync("CONTRIBUTING.md", "utf8")));
