// What is written from contracts, specs and constitution for running the platform elsewhere.

const shop = "examples/ecommerce-platform";

/** @param {string} file */
const source = (file) => [process.execPath, "--conditions=source", "--import", "tsx", `${shop}/${file}`];

/** Each program writes its files, or with `--check` says which are out of date. They ask the built toolkit. */
export const deployFiles = [
  { title: "routes of Kong", command: source("gateway/src/write-kong.ts") },
  { title: "deploy files", command: source("deploy/src/write-deploy.ts") },
];
