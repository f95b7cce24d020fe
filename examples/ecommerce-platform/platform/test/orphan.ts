// A program that a script of npm started, and that notes into the file it is given when it is left alone.
import fs from "node:fs";
import { whenOrphaned } from "../src/when-orphaned.ts";

const file = process.argv[2] ?? "";
const alive = setInterval(() => undefined, 1000);
whenOrphaned(() => {
  fs.writeFileSync(file, "orphaned");
  clearInterval(alive);
});
fs.writeFileSync(file, `${process.pid}`);
