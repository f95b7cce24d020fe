import { type Command, type ExitCode, UsageError } from "./command.ts";
import { optionText } from "./options.ts";

/** What the package of the server offers; it builds on this one, so its types cannot be imported here. */
interface Server {
  readonly serve: (options: { cwd: string; root: string | undefined }) => Promise<ExitCode>;
}

// Optional: an agent's protocol weighs more than the engine, and most who check their specs never speak it.
const serverPackage = "@speckit/mcp";

export const mcp: Command = {
  name: "mcp",
  summary: "The same questions for agents, over the Model Context Protocol on standard input and output",
  options: [],
  examples: ["speckit mcp", "speckit mcp --cwd ~/shop", "claude mcp add speckit -- speckit mcp"],

  async run(_, options, io) {
    const { serve } = await loadServer();
    if (io.isTerminal && options.quiet !== true)
      io.writeError(
        "An MCP server: an agent starts it and talks to it. Ctrl-D ends it; `speckit mcp --help` shows how to add it to one.\n",
      );
    return serve({ cwd: io.cwd, root: optionText(options, "cwd") });
  },
};

async function loadServer(): Promise<Server> {
  try {
    return (await import(serverPackage)) as Server;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    if (!isMissing || !error.message.includes(serverPackage)) throw error;
    throw new UsageError(
      `The MCP server is a package of its own. Install it beside this one: npm install --save-dev ${serverPackage} (or npm install --global ${serverPackage}).`,
    );
  }
}
