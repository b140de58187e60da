/** What every tool below the launcher is told: no telemetry, and no engine download by Prisma. */
export const quietTools = {
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  CHECKPOINT_DISABLE: "1",
  // Prisma only asks that this file exists before it generates; its own engine comes from outside the package registry.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};
