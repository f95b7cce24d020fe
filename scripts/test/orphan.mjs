// A script as npm starts them: runs a program that notes into the file it is given how often it is told to end, and takes its time for it.
import { endChildrenWithUs, run } from "../programs.mjs";

const program = `
  const { appendFileSync } = require("node:fs");
  const note = (text) => appendFileSync(process.argv[1], text);
  let ending;
  process.on("SIGTERM", () => {
    note(" told");
    ending ??= setTimeout(() => {
      note(" ended");
      process.exit(0);
    }, 1500);
  });
  setInterval(() => {}, 1000);
  note("runs");
`;

endChildrenWithUs("platform");
await run([process.execPath, "-e", program, process.argv[2] ?? ""], { show: true, patience: 60_000 });
