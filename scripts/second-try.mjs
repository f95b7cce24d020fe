// A reporter for vitest: names the tests that failed and then passed when they were tried again, with what went wrong at first. A busy machine may upset
// one test in thousands; what is named here time and again is a fault of the test or of the product, and wants mending.
import { relative } from "node:path";

export default class SecondTry {
  /** @param {ReadonlyArray<import("vitest/node").TestModule>} modules */
  onTestRunEnd(modules) {
    const flaky = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    );
    if (flaky.length === 0) return;
    console.log(
      `\n${flaky.length === 1 ? "1 test" : `${flaky.length} tests`} passed only at the second try:`,
    );
    for (const test of flaky) {
      console.log(`  ${relative(process.cwd(), test.module.moduleId)} > ${test.fullName}`);
      for (const { message } of test.result().errors ?? []) console.log(`    ${message.split("\n")[0]}`);
    }
  }
}
