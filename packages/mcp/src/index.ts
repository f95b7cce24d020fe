/** The engine's questions for agents, over the Model Context Protocol. */
export { type ServeOptions, serve } from "./serve.ts";
