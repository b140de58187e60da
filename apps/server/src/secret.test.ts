import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealSigner } from "@tessera/db";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { acceptedOf, olderSecretsFrom, rotateSecretIn, secretsIn } from "./secret.ts";

const NOON = new Date("2026-11-27T12:00:00.000Z");
const days = (count: number) => new Date(NOON.getTime() + count * 86_400_000);
const SECRET = "a secret of the deployment, with an @ and a comma in it";

describe("the secrets of an embedded deployment", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tessera-secret-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const mode = () => statSync(join(folder, "secret")).mode & 0o777;

  it("are made once, and read by nobody else", () => {
    const made = secretsIn(folder);
    expect(made).toMatchObject({ current: expect.stringMatching(/^[0-9a-f]{64}$/), older: [], sealKeys: [] });
    expect(secretsIn(folder)).toEqual(made);
    expect(mode()).toBe(0o600);
  });

  it("of an older release are one line, and are read as they were", () => {
    writeFileSync(join(folder, "secret"), `${SECRET}\n`);
    expect(secretsIn(folder)).toEqual({ current: SECRET, older: [], sealKeys: [] });
  });

  it("rotate: the one before is accepted for thirty days, and still nobody else reads them", () => {
    const first = secretsIn(folder).current;
    const second = rotateSecretIn(folder, NOON);
    expect(second).toEqual(secretsIn(folder));
    expect(second.current).not.toBe(first);
    expect(acceptedOf(second, days(29))).toEqual([first]);
    expect(acceptedOf(second, days(30))).toEqual([]);
    expect(mode()).toBe(0o600);
  });

  it("rotate again and again: what has ended is forgotten, but for the public key of its seals", () => {
    const first = secretsIn(folder).current;
    const second = rotateSecretIn(folder, NOON).current;
    rotateSecretIn(folder, days(10));
    expect(acceptedOf(secretsIn(folder), days(11))).toEqual([second, first]);
    const last = rotateSecretIn(folder, days(35));
    expect(last.sealKeys).toEqual([sealSigner(first).publicKey]);
    expect(readFileSync(join(folder, "secret"), "utf8")).not.toContain(first);
  });

  it("are rotated by the command, which says what does not outlive it", () => {
    const first = secretsIn(folder).current;
    const said = rotateSecret(readConfig({ TESSERA_DATA_DIR: folder }, ["--rotate-secret"]), NOON);
    expect(secretsIn(folder).older).toEqual([{ secret: first, until: days(30) }]);
    expect(said).toMatch(/Until 2026-12-27 .* Nobody is signed out/);
    expect(said).toMatch(/Not usable any more: links in letters/);
    expect(said).not.toContain(first);
    expect(said).not.toContain(secretsIn(folder).current);
  });
});

describe("the secrets of a server", () => {
  const env = { DATABASE_URL: "postgresql://db/tessera", TESSERA_SECRET: SECRET };
  const end = "2026-12-31T00:00:00.000Z";

  it("that were before stand in the environment with their end", () => {
    const second = `${SECRET}, again`;
    const text = `${SECRET}@${end}, ${second}@2027-01-31`;
    expect(readConfig({ ...env, TESSERA_SECRET_PREVIOUS: text }, []).olderSecrets).toEqual([
      { secret: SECRET, until: new Date(end) },
      { secret: second, until: new Date("2027-01-31") },
    ]);
  });

  it.each([["short@2026-12-31"], [SECRET], [`${SECRET}@soon`]])("are refused when they say %s", (text) => {
    expect(olderSecretsFrom(text)).toBeNull();
    expect(() => readConfig({ ...env, TESSERA_SECRET_PREVIOUS: text }, [])).toThrow(/must look like the secret before/);
  });

  it("are to be accepted everywhere before anybody signs with them: the command says it in two steps", () => {
    const said = rotateSecret(readConfig(env, ["--rotate-secret"]), NOON);
    const next = /TESSERA_SECRET=([0-9a-f]{64})/.exec(said)?.[1] ?? "";
    const previous = [...said.matchAll(/TESSERA_SECRET_PREVIOUS=(.+)/g)].map(([, text = ""]) => olderSecretsFrom(text));
    expect(previous).toEqual([[{ secret: next, until: days(30) }], [{ secret: SECRET, until: days(30) }]]);
  });

  it("cannot be rotated by who does not have the one there is", () => {
    expect(() => rotateSecret({ ...readConfig(env, []), secret: null }, NOON)).toThrow(/TESSERA_SECRET is needed/);
  });
});
