import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { languages, shopWith } from "./document-services.ts";
import { folderWith, runCli } from "./run-cli.ts";

const specs = "services/order-service/specs/001-orders";
const code = "services/order-service/src/domain/orders.ts";

test("documents with the line ends of Windows keep them when they are brought up to date, within the target", async () => {
  const root = folderWith(shopWith(languages.typescript));
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const document = (...flags: string[]) => runCli(root, ["document", "--service=order-service", ...flags]);
  expect((await document()).code).toBe(0);
  for (const name of ["quick-ref.md", "ai-doc.md"])
    writeFileSync(join(root, specs, name), read(`${specs}/${name}`).replaceAll("\n", "\r\n"));
  const before = read(`${specs}/ai-doc.md`);
  expect((await document("--check")).code).toBe(0);
  expect((await document()).code).toBe(0);
  expect(read(`${specs}/ai-doc.md`)).toBe(before);

  writeFileSync(
    join(root, code),
    `import { bus } from "./bus.js";\nconst url = process.env.NEW_URL;\n\n${read(code)}`,
  );
  const { out } = await document("--update", "--json");
  const count = await loadTokenCounter();
  const { documents } = JSON.parse(out) as { documents: { file: string; tokens: number }[] };
  expect(read(`${specs}/ai-doc.md`)).not.toBe(before);
  for (const name of ["quick-ref.md", "ai-doc.md"]) {
    const text = read(`${specs}/${name}`);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  }
  const tokens = count(read(`${specs}/quick-ref.md`));
  expect(tokens).toBeLessThanOrEqual(200);
  expect(documents.find(({ file }) => file.endsWith("quick-ref.md"))?.tokens).toBe(tokens);
  expect((await document("--check")).code).toBe(0);
});
