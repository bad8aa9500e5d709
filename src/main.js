// JavaScript, for of the one file with which it begins Node strips the types anew at every start, and loads what does so.
import "./compile-cache.js";

await import("./main.ts");
