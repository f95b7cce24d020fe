import { posix } from "node:path";
import { type FoundPlaces, findPlaces } from "../node/find-places.ts";
import { findRoot, type Standpoint } from "../node/find-root.ts";
import { type OpenedIndex, openSearchIndex } from "../node/search-index.ts";
import { renderFindText } from "../render/find-text.ts";
import { type PlaceType, placeTypes } from "../search/searched-document.ts";
import { closestName } from "./closest-name.ts";
import { type Command, type Io, type Options, UsageError } from "./command.ts";
import { optionText } from "./options.ts";

/** Places that are looked up unless the user says how many. */
const LIMIT = 10;

export const find: Command = {
  name: "find",
  summary: "Where something is: specs, contracts, code and tests, ranked",
  arguments: "[query...]",
  options: [
    ["--limit <n>", "places at most"],
    ["--type <type>", `only ${placeTypes.join(", ")}; several with commas`],
    ["--service <name>", "only this service"],
    ["--all", "the whole fleet, wherever you stand"],
  ],
  examples: [
    'speckit find "user profile"',
    'speckit find "order processing" --type spec,contract',
    'speckit find "Cannot reserve stock" --all --json',
  ],

  async run(words, options, io) {
    const query = words.join(" ").trim();
    if (query === "")
      throw new UsageError('There is nothing to look for. Pass some words: speckit find "user profile".');
    const limit = limitOf(options);
    const types = typesOf(options);
    const standpoint = findRoot(io.cwd, optionText(options, "cwd"));
    const began = io.now();
    const opened = await openSearchIndex(standpoint.root, { cache: options.cache !== false, now: io.now });
    if (opened.stats.files === 0)
      throw new UsageError(
        `${standpoint.root} is empty: there is nothing to read. Pass another folder with --cwd.`,
      );
    const service = serviceOf(options, opened, standpoint);
    const found = await findPlaces(standpoint.root, opened, query, {
      limit: limit ?? LIMIT,
      types,
      service,
      cache: opened.keeps,
      retentionDays: opened.retentionDays,
      now: io.now,
    });
    if (options.stats === true)
      io.writeError(`${opened.stats.files} files, ${opened.stats.read} read anew, ${io.now() - began} ms\n`);
    io.write(
      options.json === true
        ? json(query, found)
        : text(query, found, { limit, service, standpoint, io, opened, options }),
    );
    return 0;
  },
};

interface TextOptions {
  readonly limit: number | undefined;
  readonly service: string | undefined;
  readonly standpoint: Standpoint;
  readonly opened: OpenedIndex;
  readonly options: Options;
  readonly io: Io;
}

function text(
  query: string,
  found: FoundPlaces,
  { limit, service, standpoint: { inside }, options, io }: TextOptions,
): string {
  return renderFindText(
    {
      query,
      ...found,
      whole: limit !== undefined,
      // Whoever named a service does not want to hear of the others.
      scope: service !== undefined && options.service === undefined ? service : undefined,
      shown: (file) => posix.relative(inside, file),
    },
    io,
  );
}

function json(query: string, { places, suggestion }: FoundPlaces): string {
  const results = places.map(({ file, line, heading, type, service = null, relevance, tokens, excerpt }) => ({
    file,
    line,
    heading,
    type,
    service,
    relevance,
    tokens,
    excerpt,
  }));
  return `${JSON.stringify({ schemaVersion: 1, command: "find", query, results, suggestion }, null, 2)}\n`;
}

function limitOf(options: Options): number | undefined {
  const given = optionText(options, "limit");
  if (given === undefined) return undefined;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit > 0 && limit <= 1000) return limit;
  throw new UsageError(`--limit must be a number from 1 to 1000; it is '${given}'.`);
}

function typesOf(options: Options): PlaceType[] | undefined {
  const given = optionText(options, "type");
  return given?.split(",").map((name) => {
    const type = placeTypes.find((known) => known === name.trim());
    if (type) return type;
    throw new UsageError(`--type must be one of ${placeTypes.join(", ")}; it is '${given}'.`);
  });
}

/** The service that is looked at: the one that is named, or the one that the user stands in. */
function serviceOf(
  options: Options,
  { index, services }: OpenedIndex,
  { inside }: Standpoint,
): string | undefined {
  const name = optionText(options, "service");
  if (name === undefined)
    return options.all === true || inside === "" ? undefined : index.serviceOf(`${inside}/`);
  const service = services.find((own) => own.name === name || own.dir === name.replace(/\/$/, ""));
  if (service) return service.name;
  const names = services.map((own) => own.name);
  const nearest = closestName(name, names);
  const hint = nearest
    ? ` Did you mean '${nearest}'?`
    : names.length > 0
      ? ` There are: ${names.slice(0, 10).join(", ")}.`
      : " No service was found.";
  throw new UsageError(`There is no service '${name}'.${hint}`);
}
