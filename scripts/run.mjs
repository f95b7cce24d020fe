// Every npm script of this repository starts here: `node scripts/run.mjs test`. An old Node must get as far as the message below, so this
// file uses nothing that is newer than import().
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`speckit needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org/`);
  process.exit(2);
}
import("./tasks.mjs").then(({ runTask }) => runTask(process.argv[2], process.argv.slice(3)));
