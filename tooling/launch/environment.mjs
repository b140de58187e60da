/** What every tool below the launcher is told: no telemetry, and no engine download by Prisma. */
export const quietTools = {
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  CHECKPOINT_DISABLE: "1",
  // Prisma only asks that this file exists before it generates; its own engine comes from outside the package registry.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};

/** Started inside another npx (`npx -p node@24 -c "npm test"`), ours would take that one's arguments for its own. */
const OF_AN_OUTER_NPX = new Set(["npm_config_call", "npm_config_package"]);

/** @returns The environment without what an outer npx left in it. */
export function withoutOuterNpx(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_AN_OUTER_NPX.has(name)));
}
