import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  RootsListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { packageVersion } from "@speckit/cli/cli";
import { type Engine, EngineFailed } from "./engine/engine.ts";
import { type Place, placeFor } from "./place.ts";
import { completions, meaningOf, mimeTypeOf, pageOfResources, templates } from "./resources.ts";
import { wrongArguments } from "./tools/arguments.ts";
import { tools } from "./tools/index.ts";
import { listTools } from "./tools/list-tools.ts";

const instructions =
  "Specs, contracts and code of a fleet of services, read into one model. Start with service_catalog or find; answers are short and say how to get more.";

/** A client that does not say its folders is not waited for any longer. */
const PATIENCE_MS = 2000;
const NOT_FOUND = -32002;

export interface ServerOptions {
  readonly engine: Engine;
  readonly cwd: string;
  /** The workspace's root where it was given; otherwise the client says where it works. */
  readonly root: string | undefined;
}

/** The server without a transport: what clients may ask, each a question to the engine. */
export function createServer({ engine, cwd, root }: ServerOptions): Server {
  // Rather than McpServer, which can neither page resources nor keep the list of tools as small.
  const server = new Server(
    { name: "speckit", title: "speckit", version: packageVersion() },
    { capabilities: { tools: {}, resources: {}, completions: {} }, instructions },
  );
  const place = standing(server, cwd, root);
  server.oninitialized = () => engine.warm();
  addTools(server, engine, place);
  addResources(server, engine, place);
  return server;
}

type FindPlace = () => Promise<Place>;

/** Where questions are asked; the client is asked for its folders once, and again when they change. */
function standing(server: Server, cwd: string, root: string | undefined): FindPlace {
  let asked: Promise<readonly string[]> | undefined;
  server.setNotificationHandler(RootsListChangedNotificationSchema, () => {
    asked = undefined;
  });
  return async () => {
    const tells = root === undefined && server.getClientCapabilities()?.roots !== undefined;
    if (tells) asked ??= rootsOf(server);
    return placeFor(cwd, root, (await asked) ?? []);
  };
}

async function rootsOf(server: Server): Promise<readonly string[]> {
  try {
    const { roots } = await server.listRoots(undefined, { timeout: PATIENCE_MS });
    return roots.map(({ uri }) => uri);
  } catch {
    return [];
  }
}

function addTools(server: Server, engine: Engine, place: FindPlace): void {
  const listed = listTools();
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
  server.setRequestHandler(
    CallToolRequestSchema,
    async ({ params: { name, arguments: args = {} } }, { signal }) => {
      const tool = tools.find((candidate) => candidate.name === name);
      if (!tool) {
        const known = tools.map((candidate) => candidate.name).join(", ");
        throw Object.assign(new Error(`There is no tool '${name}'. There are: ${known}.`), {
          code: ErrorCode.InvalidParams,
        });
      }
      const wrong = wrongArguments(tool, args);
      if (wrong !== undefined) return failure(wrong);
      try {
        return await engine.ask("tool", { name, args, place: await place() }, signal);
      } catch (error) {
        // An agent can act on what a result says; errors of the protocol are for its host.
        if (error instanceof EngineFailed) return failure(error.message);
        throw error;
      }
    },
  );
}

function failure(text: string) {
  return { isError: true, content: [{ type: "text" as const, text }] };
}

function addResources(server: Server, engine: Engine, place: FindPlace): void {
  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }, { signal }) => {
    const documents = await engine.ask("documents", { place: await place() }, signal);
    return pageOfResources(documents, params?.cursor);
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: templates }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, { signal }) => {
    const { text, mimeType } = await readResource(uri, engine, await place(), signal);
    return { contents: [{ uri, mimeType, text }] };
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { ref, argument } }, { signal }) => {
    const template = ref.type === "ref/resource" ? ref.uri : "";
    const at = await place();
    if (template === templates[0]?.uriTemplate) {
      const documents = await engine.ask("documents", { place: at }, signal);
      return completions(
        argument.value,
        documents.map(({ file }) => file),
      );
    }
    const rules =
      template === templates[1]?.uriTemplate ? await engine.ask("rules", { place: at }, signal) : [];
    return completions(
      argument.value,
      rules.map(({ id }) => id),
    );
  });
}

/** Unlike McpError, whose message would begin with the code, and again at the client. */
function notFound(uri: string, message: string): Error {
  return Object.assign(new Error(message), { code: NOT_FOUND, data: { uri } });
}

async function readResource(uri: string, engine: Engine, place: Place, signal: AbortSignal) {
  const meant = meaningOf(uri);
  if (!meant) {
    const known = templates.map(({ uriTemplate }) => uriTemplate).join(" and ");
    throw notFound(uri, `There is no resource ${uri}. There are ${known}.`);
  }
  if (meant.kind === "rules") {
    const rules = await engine.ask("rules", { place }, signal);
    const text = rules.map(({ id, title }) => `- ${id}: ${title}\n`).join("");
    return { text, mimeType: "text/markdown" };
  }
  const [read, mimeType] =
    meant.kind === "rule"
      ? [await engine.ask("rule", { id: meant.id, place }, signal), "text/markdown"]
      : [await engine.ask("document", { file: meant.file, place }, signal), mimeTypeOf(meant.file)];
  if (read.kind === "refused") throw notFound(uri, read.reason);
  return { text: read.text, mimeType };
}
