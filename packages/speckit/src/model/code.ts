import type { Location } from "./location.ts";

/** A path that the code answers at. */
export interface Route {
  /** Upper case; `ANY` where the code does not tell the methods apart. */
  readonly method: string;
  /** With parameters as `{name}`. Relative to where the router is mounted. */
  readonly path: string;
  /** The variable or class that it is added to; joined with mounts to the whole path. */
  readonly router: string;
  readonly at: Location;
}

/** A router put below a prefix of another. */
export interface Mount {
  readonly prefix: string;
  /** The router that takes it up; undefined for the application itself. */
  readonly parent: string | undefined;
  /** The variable, function or class that is taken up. */
  readonly child: string;
  /** What the file calls the module that the child comes from: `./routes/orders`; undefined for one of this file. */
  readonly from: string | undefined;
  /** Another prefix, given where the parent is mounted, stands for this one: so with Flask. */
  readonly replaceable?: boolean;
}

/** A request to somebody else. */
export interface ClientCall {
  /** Undefined where the code does not say. */
  readonly method: string | undefined;
  /** With what is not written out as `{}`; undefined when nothing of the path is written out. */
  readonly path: string | undefined;
  /** What tells who is called: a host, or names such as `USER_SERVICE_URL`. The most telling first. */
  readonly targets: readonly string[];
  /** Fields of the answer that the code reads, as far as that can be seen. */
  readonly reads?: readonly FieldRead[];
  readonly at: Location;
}

/** A field of an answer, by its path in the body: `data.items.sku`, lists left out. */
export interface FieldRead {
  readonly path: string;
  readonly at: Location;
}

/** A topic, queue or routing key that the code uses. */
export interface TopicUse {
  readonly topic: string;
  readonly role: "sends" | "receives";
  readonly at: Location;
}

export interface NamedPlace {
  readonly name: string;
  readonly at: Location;
}

/** Functions by name, of which a library that knows the contract picks the one that is called after an operation. */
export interface HandlerTable {
  /** The class that holds them, which must be given to the library; undefined where the object itself is. */
  readonly owner: string | undefined;
  readonly handlers: readonly NamedPlace[];
}

/** What can be seen of one source file without running it. */
export interface CodeFile {
  readonly kind: "code";
  readonly file: string;
  readonly language: "typescript" | "python" | "go" | "java";
  readonly isTest: boolean;
  readonly routes: readonly Route[];
  readonly mounts: readonly Mount[];
  readonly handlerTables: readonly HandlerTable[];
  /** Classes that are given as handlers; `*` where exported functions are looked up by operationId. */
  readonly handlerBindings: readonly string[];
  readonly calls: readonly ClientCall[];
  readonly topics: readonly TopicUse[];
  /** Variables of the environment that are read. */
  readonly environment: readonly NamedPlace[];
  /** Symbols that other files may use. */
  readonly exports: readonly NamedPlace[];
  /** Titles of tests, with those of the groups they stand in. */
  readonly tests: readonly NamedPlace[];
}
