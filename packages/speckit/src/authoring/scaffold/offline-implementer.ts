import type { Task } from "../../model/task-list.ts";
import { isTestFile } from "../../model/test-files.ts";
import { joined } from "../implement/writable.ts";
import type { Implemented, Implementer, TaskAssignment, WrittenFile } from "../implementer.ts";
import { RULES } from "../offline/kit-tasks.ts";
import { kebab } from "../offline/words.ts";
import { planService } from "./plan-service.ts";
import { leftToSomebody, remains } from "./remains.ts";
import {
  DOCKERIGNORE,
  joining,
  type ServiceFiles,
  serviceFiles,
  unnamedSetupFiles,
} from "./service-files.ts";
import type { ServicePlan } from "./service-plan.ts";
import type { IsThere } from "./write-app.ts";
import { writeRootPackage } from "./write-project.ts";

/**
 * Writes what follows from contracts and specification: a service on service-kit in TypeScript, in which whatever nobody has decided answers 501 and says
 * where it is specified. The same documents give the same files.
 */
export const offlineImplementer: Implementer = {
  id: "offline",
  implement: async (assignment) => implement(assignment),
};

function implement(assignment: TaskAssignment): Implemented {
  const { feature, service, task, part } = assignment;
  if (!feature.spec)
    return declined(`${feature.dir} has no specification to write from. speckit specify drafts one.`);
  const plan = planService(assignment);
  const why = whyNotForUs(plan);
  if (why !== undefined) return declined(why);
  const files = serviceFiles(plan);
  const named = [...new Set(task.files.map((file) => ownPath(service.dir, file)))];
  const known = named.filter((file) => files.has(file));
  const unknown = named.filter((file) => !files.has(file));
  if (known.length === 0 || unknown.length > 0) return declined(whyUnknown(unknown, plan, task.title));
  if (isAboutRules(task)) return declined(leftToSomebody(known, plan));
  const wanted = known.filter((file) => part === undefined || isTestFile(file) === (part === "tests"));
  const written = wanted.includes("package.json")
    ? [...wanted, ...unnamedSetupFiles(plan)]
    : [...withJoining(wanted, assignment, files), ...(wanted.includes("Dockerfile") ? [DOCKERIGNORE] : [])];
  const isThere = presence(assignment, written);
  const texts = written.map((file) => ({
    file: joined(service.dir, file),
    text: files.get(file)?.(isThere) ?? "",
  }));
  return {
    files: [...texts, ...rootPackage(written, assignment)],
    said: said(named, plan),
  };
}

/** What a specification alone can answer: its scenarios have to hold. */
function isAboutRules({ title, type, acceptance }: Task): boolean {
  const commands = acceptance?.commands.join(" ") ?? "";
  return title.startsWith(RULES) || (type !== "Test" && /\btest\/scenarios\//.test(commands));
}

const declined = (said: string): Implemented => ({ files: [], said, declined: true });

function ownPath(dir: string, file: string): string {
  const whole = joined(dir, file);
  return dir === "." ? whole : whole.slice(dir.length + 1);
}

function whyNotForUs({
  name,
  oldContract,
  stack: {
    layout: { language, framework, isOnKit },
  },
}: ServicePlan): string | undefined {
  const who = "An agent or a person can do this task.";
  if (language !== "TypeScript")
    return `Services that are written offline are in TypeScript, and the constitution or the plan says ${language}. ${who}`;
  if (!isOnKit && framework !== "Fastify")
    return `Services that are written offline are built on Fastify, and the constitution or the plan says ${framework}. ${who}`;
  if (!isOnKit)
    return `${name} stands already and is not built on @speckit/service-kit, as services that are written offline are. ${who}`;
  return oldContract === undefined
    ? undefined
    : `${oldContract} is Swagger 2.0, and service-kit reads OpenAPI 3. Convert it, then do this task again.`;
}

/** Files that join the others are written when one of those comes, or when they are not there. */
function withJoining(wanted: readonly string[], assignment: TaskAssignment, files: ServiceFiles): string[] {
  if (assignment.part === "tests") return [...wanted];
  const before = presence(assignment, []);
  const after = presence(assignment, wanted);
  const changes = (file: string) => files.get(file)?.(before) !== files.get(file)?.(after);
  return [
    ...wanted.filter((file) => !joining.includes(file) || !before(file)),
    ...joining.filter((file) => before(file) && changes(file)),
  ];
}

/** What is there, and what is being written. */
function presence({ service, textOf }: TaskAssignment, writing: readonly string[]): IsThere {
  return (file) => writing.includes(file) || textOf(joined(service.dir, file)) !== undefined;
}

/** A fleet in which nobody has said how packages are installed installs them together. */
function rootPackage(
  written: readonly string[],
  { service: { dir }, textOf }: TaskAssignment,
): WrittenFile[] {
  if (dir === "." || !written.includes("package.json") || textOf("package.json") !== undefined) return [];
  const folder = dir.replace(/\/?[^/]+$/, "");
  return [{ file: "package.json", text: writeRootPackage(folder === "" ? dir : `${folder}/*`) }];
}

function said(files: readonly string[], plan: ServicePlan): string {
  return ["Written from contracts and specification.", ...remains(files, plan)].join(" ");
}

function whyUnknown(unknown: readonly string[], plan: ServicePlan, title: string): string {
  const { name, published, consumed } = plan;
  const others = [...published, ...consumed].filter((event) => !event.isEnvelope);
  const [file = ""] = unknown;
  const other = others.find((one) => file.includes(`/${kebab(one.event)}.`));
  const [first] = file.includes("/messages/") ? others : [other];
  if (first)
    return `${first.event} is no message as service-kit sends it, with eventId, eventType, eventVersion, timestamp and data alone (${first.contract}): an agent or a person has to write it.`;
  const event = /^(?:src|test)\/(events|consumers)\//.exec(file)?.[1];
  if (event === "events")
    return `${file} follows from an event contract, and contracts/events/ of ${name} has none for it. Write it, then do this task again.`;
  if (event === "consumers")
    return `${file} follows from an event contract of the service that publishes the event; none names ${name} as a consumer. Write it, then do this task again.`;
  return file === ""
    ? `"${title}" names no file, so nobody can say what follows from the contracts. An agent or a person can do it.`
    : `Neither contracts nor specification say what belongs into ${unknown.join(", ")}: an agent or a person has to write it.`;
}
