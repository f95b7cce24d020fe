import { expect, test } from "vitest";
import { isPlainTarget } from "../src/request-target.ts";
import { targets } from "./targets.ts";

test.each(targets)("%j is a plain target: %s", (target, plain) => {
  expect(isPlainTarget(target)).toBe(plain);
});
