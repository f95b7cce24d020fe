import { afterEach, describe, expect, test, vi } from "vitest";
import { descendantsOf, runs } from "../shop-program.ts";
import { type FaultsProgram, runFaultsProgram } from "./run-program.ts";

let programs: FaultsProgram[] = [];
afterEach(async () => {
  for (const { child } of programs) child.kill("SIGTERM");
  for (const program of programs) await program.ended();
  programs = [];
});

function run(...args: string[]): FaultsProgram {
  const program = runFaultsProgram(args);
  programs.push(program);
  return program;
}

test("names what can go wrong", async () => {
  const list = run("--list", "--driver", "rabbit");
  expect(await list.ended()).toBe(0);
  const names = list.said().split("\n");
  for (const name of [
    "order-service/place-order.before-commit",
    "notification-service/consumer.order.confirmed.after-ack",
    "RabbitMQ killed",
  ])
    expect(names).toContain(name);
}, 180_000);

test("says what is wrong with its arguments", async () => {
  const wrong = run("--driver", "kafka");
  expect(await wrong.ended()).toBe(2);
  expect(wrong.said()).toContain('--driver is "kafka", which is neither embedded nor rabbit.');
});

test("too few runs prove nothing about the rest, and fail", async () => {
  const few = run(
    "--only",
    "user-service/relay",
    "--runs",
    "1",
    "--together",
    "1",
    "--settle",
    "60",
    "--seed",
    "1",
  );
  expect(await few.ended()).toBe(1);
  expect(few.said()).toContain("2 rows with 0 hits proved nothing");
  expect(few.said()).toContain("--driver embedded --seed 1 --runs 3 --only user-service/relay --together 1");
}, 180_000);

describe("a program that does not come to its end leaves no process", () => {
  test.each(["SIGINT", "SIGKILL"] as const)("on %s", async (signal) => {
    const faults = run("--only", "relay");
    await faults.says("run 1 of");
    const processes = descendantsOf(faults.child.pid);
    expect(processes.length).toBeGreaterThan(7);
    faults.child.kill(signal);
    await faults.ended();
    await vi.waitFor(() => expect(processes.filter(runs)).toEqual([]), { timeout: 30_000, interval: 100 });
  }, 180_000);
});
