import type { Deployment, Environment } from "../model/deployment.ts";
import { readCompose } from "./deployment/compose.ts";
import { readEnvFile } from "./deployment/env-file.ts";
import { readManifest } from "./deployment/kubernetes.ts";

export const isEnvFile = (file: string) => /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w-]+\.env)$/.test(file);
const isComposeFile = (file: string) => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(file);

/** Whether the text is one of those that say how services run. */
export function isDeployment(file: string, text: string): boolean {
  if (isEnvFile(file)) return true;
  if (isComposeFile(file)) return /^services\s*:/m.test(text);
  return (
    /\.ya?ml$/.test(file) &&
    /^kind\s*:\s*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Pod|ConfigMap|Secret)\b/m.test(
      text,
    ) &&
    /^apiVersion\s*:/m.test(text)
  );
}

/**
 * Reads which databases a compose file, Kubernetes manifest or env file names, and for whom. Everything else in it is nobody's business here, so
 * what cannot be read (a Helm template, say) is passed over. Never throws.
 */
export function parseDeployment(file: string, text: string): Deployment {
  return { kind: "deployment", file, environments: environmentsOf(file, text) };
}

function environmentsOf(file: string, text: string): readonly Environment[] {
  if (isEnvFile(file)) return [readEnvFile(file, text)];
  return isComposeFile(file) ? readCompose(file, text) : readManifest(file, text);
}
