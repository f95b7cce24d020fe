import { faultPoints } from "@speckit/service-kit";
import type { StartProcess } from "./shop-process.ts";

/** Starts a service in this process. */
export const startHere: StartProcess = async ({ plan, environment, logFile }) => {
  const { serve } = await plan.load();
  const service = await serve({ ...environment, LOG_FILE: logFile });
  return {
    name: plan.name,
    url: service.url,
    pid: undefined,
    restarts: 0,
    faultPoints: faultPoints.filter((point) => point.startsWith(`${plan.name}/`)),
    kill: () => refuse(plan.name),
    arm: () => refuse(plan.name),
    troubleDeliveries: () => refuse(plan.name),
    stop: () => service.stop(),
    end: () => undefined,
  };
};

function refuse(name: string): never {
  throw new Error(`${name} has no process of its own. Start the platform with processes.`);
}
