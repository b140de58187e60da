#!/usr/bin/env node
// Checks an exported journal without Tessera: needs this file, Node 20 or newer, and the export.
//
//   node verify-journal.mjs journal.ndjson [--key HEX ...]
//
// The export has one JSON object per line: {"row": …} for each entry, {"seal": …} for each seal, {"head": …} for where
// the journal of a tenant ends. It may hold several tenants. --key is a public key of the deployment, which you were
// given by another way than this file; without one the seals are checked against the key they name themselves, which
// shows damage, but not a forger who made a key of their own.
//
// What is checked, for each tenant: entries are numbered 1, 2, 3 … without a gap; each names the hash of the one before;
// each hash is SHA-256 of that hash and of the entry's fields; every seal is a valid Ed25519 signature over the hash that
// its entry has; the last entry is the head. Ends with 0 when all of it holds, with 1 and the first bad entry otherwise.

import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";

const GENESIS = "00";
/** What makes 32 raw bytes a public key that Node reads (SPKI, RFC 8410 section 4). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { key: { type: "string", multiple: true } },
});
const [file] = positionals;
if (!file) {
  console.error("Use: node verify-journal.mjs journal.ndjson [--key HEX ...]");
  process.exit(1);
}
const keys = values.key?.map((key) => key.toLowerCase());

/** Lines end at \n only: a name in the journal may hold other letters that some programs take for the end of a line. */
async function* linesOf(file) {
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8")) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    yield* lines;
  }
  yield rest;
}

function hashOf(row) {
  const fields = [row.tenantId, row.seq, row.type, row.entityId, row.entityVersion];
  const text = [...fields, row.actorId ?? "-", row.deviceId ?? "-", row.scanId ?? "-", row.at, row.payload].join(
    "\x1f",
  );
  return createHash("sha256").update(Buffer.from(row.prevHash, "hex")).update(text).digest("hex");
}

function isSigned({ tenantId, seq, hash, day, publicKey, signature }) {
  if (keys ? !keys.includes(publicKey) : !/^[0-9a-f]{64}$/.test(publicKey)) return false;
  const message = Buffer.from(["tessera/seal/v1", tenantId, seq, hash, day].join("\x1f"));
  const key = createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(publicKey, "hex")]),
    format: "der",
    type: "spki",
  });
  return verify(null, message, key, Buffer.from(signature, "hex"));
}

function flawIn(row, before) {
  if (row.seq !== before.seq + 1) return "an entry is missing here";
  if (row.prevHash !== before.hash) return "it does not continue the entry before";
  if (row.hash !== hashOf(row)) return "it is not what was hashed";
  return null;
}

function broken(tenantId, seq, why) {
  console.log(`BROKEN  tenant ${tenantId}, entry ${seq}: ${why}`);
  process.exit(1);
}

// Rows are checked as they are read. Seals and heads may stand anywhere in the file, so they are kept for the end, with
// the hash of each entry.
const chains = new Map();
const chainOf = (tenantId) => {
  const chain = chains.get(tenantId) ?? { last: { seq: 0, hash: GENESIS }, hashes: [], seals: [], head: null };
  chains.set(tenantId, chain);
  return chain;
};

for await (const line of linesOf(file)) {
  if (line === "") continue;
  const { row, seal, head } = JSON.parse(line);
  if (seal) chainOf(seal.tenantId).seals.push(seal);
  if (head) chainOf(head.tenantId).head = head;
  if (!row) continue;

  const chain = chainOf(row.tenantId);
  const flaw = flawIn(row, chain.last);
  if (flaw) broken(row.tenantId, chain.last.seq + 1, flaw);
  chain.last = { seq: row.seq, hash: row.hash };
  chain.hashes[row.seq] = row.hash;
}

for (const [tenantId, { last, hashes, seals, head }] of chains) {
  if (!head) broken(tenantId, last.seq, "the file does not say where the journal ends: it is not whole");
  if (last.seq < head.seq) broken(tenantId, last.seq + 1, "an entry is missing here");
  if (last.seq > head.seq || last.hash !== head.hash) broken(tenantId, last.seq, "the journal does not end like this");
  for (const seal of seals.sort((a, b) => a.seq - b.seq)) {
    if (seal.seq > last.seq) broken(tenantId, last.seq + 1, "an entry that was sealed is not here");
    if (!isSigned(seal)) broken(tenantId, seal.seq, "its seal was not made with the deployment's key");
    if (seal.hash !== hashes[seal.seq]) broken(tenantId, seal.seq, "it is not what was sealed");
  }
  console.log(`INTACT  tenant ${tenantId}: ${last.seq} entries, ${seals.length} seals`);
}
if (chains.size === 0) {
  console.error("The file holds no journal.");
  process.exit(1);
}
if (!keys)
  console.log("Seals were checked against the keys they name. Give --key to know that they are the deployment's.");
