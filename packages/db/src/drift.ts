import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const SCHEMA = fileURLToPath(new URL("../prisma/schema.prisma", import.meta.url));

/**
 * What the schema language has no words for; the migrations make it and the tests of this package hold it. The three keys
 * are relations that are read, and not checked with each row that is written (docs/decisions/0011).
 */
const BEYOND_PRISMA = [
  /checkouts_one_open/,
  /member_invitations_open/,
  /reservations_apart/,
  /queue_places_(once|one_hold)/,
  /resources_claims/,
  /place_labels_one_live/,
  /visits_one_open/,
  /ADD CONSTRAINT "checkouts_tenant_id_(holder|resource)_id_fkey"/,
  /ADD CONSTRAINT "redemptions_tenant_id_checkout_id_fkey"/,
];

/**
 * Compares a migrated database with `schema.prisma`, through Prisma's own schema engine.
 *
 * @param url The database, as a role that owns it.
 * @returns The statements that would be needed to make it agree; none when it does.
 */
export async function driftBetween(url: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url, Client: CatalogClient });
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogAdapter(pool));
  const datamodel = await readFile(SCHEMA, "utf8");
  const engine = await (await schemaEngine()).new({ datamodels: [[SCHEMA, datamodel]] }, () => {}, adapter);
  const files = [{ path: SCHEMA, content: datamodel }];
  const { stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: dirname(SCHEMA) },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: ["public._prisma_migrations"], externalEnums: [] },
  });
  engine.free();
  await pool.end();

  const statements = (stdout ?? "").split(";").map((text) => text.replace(/^--.*$/gm, "").trim());
  return statements.filter((statement) => statement && !BEYOND_PRISMA.some((known) => known.test(statement)));
}

/** The catalog's one-byte type "char", which the engine reads and the adapter does not know. */
const CATALOG_CHAR = 18;
const TEXT = 25;
const charColumns = new Set<string>();

type Answered = (error: Error | null, result?: pg.QueryResult) => void;

/** Gives such columns to the adapter as text, and remembers their names. */
class CatalogClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's overloads, passed on as they are; a pool asks with a callback
  override query(...args: any[]): any {
    const answered: unknown = args.at(-1);
    if (typeof answered !== "function") return super.query(...(args as [string]));
    const withText: Answered = (error, result) => {
      for (const field of result?.fields ?? []) {
        if (field.dataTypeID !== CATALOG_CHAR) continue;
        charColumns.add(field.name);
        field.dataTypeID = TEXT;
      }
      answered(error, result);
    };
    return super.query(...([...args.slice(0, -1), withText] as unknown as [string]));
  }
}

/** Gives them to the engine as characters. */
function catalogAdapter(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const { columnNames, columnTypes, rows } = await queryRaw(query);
      const isChar = (index: number) => charColumns.has(columnNames[index] ?? "");
      const types = columnTypes.map((type, index) => (isChar(index) ? ColumnTypeEnum.Character : type));
      return { columnNames, columnTypes: types, rows };
    };
    return adapter;
  };
  return factory;
}

interface SchemaEngine {
  diff(params: object): Promise<{ stdout: string | null }>;
  free(): void;
}

/** The parts of the package's own types that are used here: theirs need the DOM's. */
interface SchemaEngines {
  new: (options: { datamodels: [string, string][] }, log: () => void, adapter: object) => Promise<SchemaEngine>;
}

/** What is used of it: the full types are part of the browser's. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: Record<string, unknown> }>;
};

let engines: Promise<SchemaEngines> | undefined;

/** Loaded once: the bindings know a single instance. */
function schemaEngine(): Promise<SchemaEngines> {
  engines ??= loadSchemaEngine();
  return engines;
}

/** Node 20 cannot import a .wasm file, so it is compiled by hand. */
async function loadSchemaEngine(): Promise<SchemaEngines> {
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const compiled = await WebAssembly.compile(await readFile(join(folder, "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(compiled, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  // Without a place for its last words the engine's panic would leave its caller waiting for ever.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => console.error(words) } });
  return bindings.SchemaEngine as unknown as SchemaEngines;
}
