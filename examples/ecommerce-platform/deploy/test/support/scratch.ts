import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { platformRoot } from "./platform.ts";

/** A copy of the platform's documents, contracts, code and deploy files, but not of what tests, builds and passwords left there. */
export function copyOfPlatform(): { readonly root: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-deploy-"));
  const root = path.join(folder, "examples", "ecommerce-platform");
  fs.cpSync(platformRoot, root, {
    recursive: true,
    filter: (source) => !/[/\\](?:node_modules|dist|test|\.speckit|\.env|secrets)$/.test(source),
  });
  fs.copyFileSync(path.join(platformRoot, "../../.dockerignore"), path.join(folder, ".dockerignore"));
  return { root, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** A copy to be changed at will; removed when the test ends. */
export function scratchPlatform() {
  const { root, remove } = copyOfPlatform();
  onTestFinished(remove);
  const inside = (file: string) => path.join(root, file);
  return {
    root,
    read: (file: string) => fs.readFileSync(inside(file), "utf8"),
    /** Throws unless the text is there. */
    replace(file: string, text: string, by: string): void {
      const before = fs.readFileSync(inside(file), "utf8");
      if (!before.includes(text)) throw new Error(`${file} does not say "${text}".`);
      fs.writeFileSync(
        inside(file),
        before.replace(text, () => by),
      );
    },
    write(file: string, text: string): void {
      fs.mkdirSync(path.dirname(inside(file)), { recursive: true });
      fs.writeFileSync(inside(file), text);
    },
  };
}
