import type { LanguageModel } from "ai";
import type { Environment } from "./secrets.ts";

/** How a model is reached: what the environment says, nothing else. */
export interface Access {
  readonly model: string;
  /** Undefined where none is needed. */
  readonly key: string | undefined;
  /** Undefined: the provider's own. */
  readonly baseUrl: string | undefined;
}

/** Somebody who runs models. */
export interface Provider {
  /** As in `--author model:NAME/MODEL`. */
  readonly name: string;
  readonly title: string;
  /** Variables that may hold its key, the first one that is set counts; none where no key is needed. */
  readonly keys: readonly string[];
  /** The variable for another address. */
  readonly address: string;
  /** Its address, where its package does not know it. */
  readonly usualAddress?: string;
  /** An address without a path is that of a server; the interface is below this path. */
  readonly path?: string;
  /** Packages to install, beside `ai`. */
  readonly packages: readonly string[];
  /** The interface asks how much may be written; more than some models can, since the package knows what those can. */
  readonly mostOutput?: number;
  readonly connect: (access: Access) => Promise<LanguageModel>;
}

const compatible = "@ai-sdk/openai-compatible";

/** A provider that speaks as OpenAI does in its chat interface. */
function speaksOpenAi(
  name: string,
  title: string,
  address: string,
  keys: readonly string[],
  usualAddress?: string,
): Provider {
  return {
    name,
    title,
    keys,
    address,
    ...(usualAddress === undefined ? {} : { usualAddress }),
    path: "/v1",
    packages: [compatible],
    async connect({ model, key, baseUrl = usualAddress ?? "" }) {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const settings = { name, baseURL: baseUrl, includeUsage: true };
      return createOpenAICompatible(key === undefined ? settings : { ...settings, apiKey: key })(model);
    },
  };
}

/** Everybody whose models can draft, sorted by name. */
export const providers: readonly Provider[] = [
  {
    name: "anthropic",
    title: "Anthropic",
    keys: ["ANTHROPIC_API_KEY"],
    address: "ANTHROPIC_BASE_URL",
    path: "/v1",
    packages: ["@ai-sdk/anthropic"],
    mostOutput: 32_000,
    async connect({ model, key = "", baseUrl }) {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic({ apiKey: key, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })(model);
    },
  },
  speaksOpenAi(
    "deepseek",
    "DeepSeek",
    "DEEPSEEK_BASE_URL",
    ["DEEPSEEK_API_KEY"],
    "https://api.deepseek.com/v1",
  ),
  {
    name: "google",
    title: "Google",
    keys: ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"],
    address: "GOOGLE_GENERATIVE_AI_BASE_URL",
    path: "/v1beta",
    packages: ["@ai-sdk/google"],
    async connect({ model, key = "", baseUrl }) {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
      return createGoogleGenerativeAI({
        apiKey: key,
        ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
      })(model);
    },
  },
  speaksOpenAi("groq", "Groq", "GROQ_BASE_URL", ["GROQ_API_KEY"], "https://api.groq.com/openai/v1"),
  speaksOpenAi("lmstudio", "LM Studio", "LMSTUDIO_BASE_URL", [], "http://127.0.0.1:1234/v1"),
  speaksOpenAi("mistral", "Mistral", "MISTRAL_BASE_URL", ["MISTRAL_API_KEY"], "https://api.mistral.ai/v1"),
  speaksOpenAi("ollama", "Ollama", "OLLAMA_HOST", [], "http://127.0.0.1:11434/v1"),
  {
    name: "openai",
    title: "OpenAI",
    keys: ["OPENAI_API_KEY"],
    address: "OPENAI_BASE_URL",
    path: "/v1",
    packages: ["@ai-sdk/openai"],
    async connect({ model, key = "", baseUrl }) {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI({ apiKey: key, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })(model);
    },
  },
  speaksOpenAi("openai-compatible", "The server", "OPENAI_COMPATIBLE_BASE_URL", []),
  speaksOpenAi(
    "openrouter",
    "OpenRouter",
    "OPENROUTER_BASE_URL",
    ["OPENROUTER_API_KEY"],
    "https://openrouter.ai/api/v1",
  ),
];

/** How a provider is reached, or the variable of the environment that is missing for it. */
export function accessTo(
  provider: Provider,
  model: string,
  env: Environment,
): Access | { readonly missing: string } {
  const key = provider.keys.map((name) => env[name]?.trim()).find((value) => value);
  const [wanted] = provider.keys;
  if (wanted !== undefined && key === undefined) return { missing: wanted };
  const given = env[provider.address]?.trim();
  if (!given && provider.usualAddress === undefined && provider.keys.length === 0)
    return { missing: provider.address };
  // A server of one's own may want a key though most do not.
  const own = key ?? env[provider.address.replace(/(?:_BASE_URL|_HOST)$/, "_API_KEY")]?.trim();
  return { model, key: own || undefined, baseUrl: given ? addressOf(given, provider) : undefined };
}

/** `localhost:11434` or `localhost` as tools have it, or a URL; without a path or a port the provider's usual one. */
function addressOf(given: string, { path = "", usualAddress }: Provider): string {
  const hasScheme = /^https?:\/\//i.test(given);
  const url = (hasScheme ? given : `http://${given}`).replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]+$/i.test(url)) return url;
  const isBare = !hasScheme && !/:\d+$/.test(url);
  const port = isBare && usualAddress !== undefined ? new URL(usualAddress).port : "";
  return `${url}${port === "" ? "" : `:${port}`}${path}`;
}
