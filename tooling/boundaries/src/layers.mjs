/** Who may import whom, as ARCHITECTURE.md prints it. Down only. */
export const mayImport = {
  "packages/contracts": [],
  "packages/domain": ["packages/contracts"],
  "packages/db": ["packages/contracts", "packages/domain"],
  "packages/api": ["packages/contracts", "packages/domain", "packages/db"],
  "packages/sdk": ["packages/contracts", "packages/api"],
  "packages/ui": ["packages/contracts", "packages/domain", "packages/sdk"],
  // The server test-decodes every code it issues with the scanner's own pipeline: pure pixel code, and nothing else of ui.
  "apps/server": [
    "packages/contracts",
    "packages/domain",
    "packages/db",
    "packages/api",
    "packages/ui/src/scanner/decoding",
  ],
  "apps/web": ["packages/contracts", "packages/sdk", "packages/ui"],
  "apps/kiosk": ["packages/contracts", "packages/domain", "packages/sdk", "packages/ui"],
};

const TESTS = "\\.(test|suite)\\.tsx?$";
/** Flows boot the real server and speak through the SDK, so they may reach every room. */
const FLOWS = "^apps/server/test/";

const below = (folder) => `^${folder}/`;

const layerRules = Object.entries(mayImport).map(([room, others]) => ({
  name: `${room.split("/")[1]}-layer`,
  comment: `${room} may import ${others.join(", ") || "no other room"}`,
  severity: "error",
  from: { path: below(room), pathNot: FLOWS },
  to: { path: "^(packages|apps|tooling)/", pathNot: [room, ...others, "tooling/vitest"].map(below) },
}));

const apiIsATypeToTheSdk = {
  name: "api-is-a-type-to-the-sdk",
  comment: "packages/sdk may import packages/api as a type only: the router must not reach a browser",
  severity: "error",
  from: { path: "^packages/sdk/", pathNot: TESTS },
  to: { path: "^packages/api/", dependencyTypesNot: ["type-only"] },
};

const onlyTestsImportTooling = {
  name: "only-tests-import-tooling",
  comment: "tooling is for tests; nothing that ships may import it",
  severity: "error",
  from: { path: "^(packages|apps)/[^/]+/src/", pathNot: [TESTS, "/testing(/|\\.ts$)"] },
  to: { path: "^tooling/" },
};

const noCycles = {
  name: "no-cycles",
  comment: "a cycle means that two files are one",
  severity: "error",
  from: {},
  to: { circular: true },
};

/** An import that is not found is on no side of any rule, so the rules would pass without looking. */
const everyRoomIsFound = {
  name: "every-room-is-found",
  comment: "this import leads to no file",
  severity: "error",
  from: {},
  to: { path: "^@tessera/", couldNotResolve: true },
};

/** A library has one home. `type` names files that may know its types and nothing more. */
const homes = [
  { library: "prisma|@prisma/[^/]+|pg|@electric-sql/[^/]+", home: ["^packages/db/"] },
  { library: "redlock", home: ["^packages/domain/src/guard/redlock-guard(\\.test)?\\.ts$"] },
  {
    library: "ioredis",
    home: ["^apps/server/src/adapters/", `^packages/domain/src/guard/.+${TESTS}`],
    type: ["^packages/domain/src/guard/"],
  },
  { library: "express|helmet|pino|prom-client|rate-limiter-flexible", home: ["^apps/server/src/"] },
  { library: "ws", home: ["^apps/server/src/", "^packages/sdk/src/node\\.ts$", `^packages/sdk/.+${TESTS}`] },
  { library: "zxing-wasm", home: ["^packages/ui/src/scanner/"] },
  { library: "@zxing/library", home: ["^packages/ui/src/scanner/decoding/"] },
  { library: "qr", home: ["^packages/domain/src/qr/"] },
  { library: "pdfkit", home: ["^apps/server/src/labels/"] },
  { library: "papaparse", home: ["^packages/domain/src/lending/csv\\.ts$"] },
  { library: "better-auth|@better-auth/[^/]+", home: ["^apps/server/src/adapters/", "^apps/web/src/"] },
  { library: "nodemailer", home: ["^apps/server/src/adapters/"] },
  { library: "dexie|fake-indexeddb", home: ["^apps/kiosk/src/offline/"] },
  { library: "workbox-window", home: ["^packages/ui/src/app-shell\\.ts$"] },
  { library: "vite-plugin-pwa", home: ["^apps/(web|kiosk)/vite\\.config\\.ts$"] },
  { library: "@openfeature/server-sdk|@openfeature/[^/]+", home: ["^apps/server/test/"] },
  { library: "@trpc/react-query", home: ["^packages/sdk/src/react\\.tsx?$"] },
];

/** Installed, or named without being a dependency: then the import stays what was written. */
const importOf = (library) => `(^|node_modules/)(@types/)?(${library})(/|$)`;

/** A pattern as a person would write it; where only tests may live is not worth a word. */
const inWords = (patterns) =>
  patterns
    .filter((pattern) => !pattern.includes(TESTS))
    .map((pattern) => pattern.replace(/\(\\\.test\)\?|[\^$\\]|\?$/g, ""))
    .join(" and ");

const homeRules = homes.flatMap(({ library, home, type = [] }) => [
  {
    name: `home-of-${library.split("|")[0]}`,
    comment: `${library.replaceAll("|", ", ").replaceAll("[^/]+", "*")} may be imported by ${inWords(home)} only`,
    severity: "error",
    from: { path: "^(packages|apps)/", pathNot: [...home, ...type, FLOWS] },
    to: { path: importOf(library) },
  },
  ...type.map((files) => ({
    name: `types-of-${library}`,
    comment: `${inWords([files])} may import ${library} as a type only`,
    severity: "error",
    from: { path: files, pathNot: home },
    to: { path: importOf(library), dependencyTypesNot: ["type-only"] },
  })),
]);

const runsInABrowser = {
  name: "runs-in-a-browser",
  comment: "contracts, domain and ui run in a browser: no built-in module of Node",
  severity: "error",
  from: { path: "^packages/(contracts|domain|ui)/src/", pathNot: TESTS },
  to: { dependencyTypes: ["core"] },
};

export const rules = [
  ...layerRules,
  apiIsATypeToTheSdk,
  onlyTestsImportTooling,
  noCycles,
  everyRoomIsFound,
  ...homeRules,
  runsInABrowser,
];
