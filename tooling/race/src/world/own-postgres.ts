import { postgres, type Service } from "@tessera/vitest/services";
import { postgresPrograms } from "../../../launch/services/postgres-programs.mjs";

/** @returns PostgreSQL for suites that crash it: the programs to start one of their own must be on this machine. */
export async function ownPostgres(): Promise<Service> {
  const { value: found } = await postgresPrograms().next();
  if (found) return postgres;
  return {
    available: false,
    name: "PostgreSQL",
    reason: "its programs are not on this machine, and a shared one must not be crashed",
  };
}
