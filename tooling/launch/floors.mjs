/**
 * Versions below which a package has a hole that is known and concerns us. Nothing older may be installed, by whatever way it
 * came in. Kept by hand, since an audit needs a service that is not everywhere.
 */
export const floors = {
  "@trpc/server": ["11.25.2", "batches without a limit; CVE-2025-43855, CVE-2025-68130"],
  ws: ["8.21.0", "CVE-2026-48779, CVE-2026-45736, CVE-2024-37890"],
  express: ["5.0.0", "CVE-2024-29041, CVE-2024-43796"],
  "body-parser": ["2.2.1", "CVE-2024-45590, CVE-2025-13466"],
  "path-to-regexp": ["8.0.0", "CVE-2024-45296, CVE-2024-52798"],
  qs: ["6.14.1", "CVE-2025-15284, CVE-2026-2391"],
  cookie: ["0.7.0", "CVE-2024-47764"],
  send: ["0.19.0", "CVE-2024-43799"],
  "serve-static": ["1.16.0", "CVE-2024-43800"],
};

/** Of an old Socket.IO that the bench measures against, on this machine only; nothing of ours runs with them. */
const OF_A_PEER = new Set(["ws 8.11.0", "cookie 0.4.2"]);

/** A whole version without what comes after a dash: 1.2.3. */
const numbers = (version) => version.split("-")[0].split(".").map(Number);

function isBelow(version, floor) {
  const [one, other] = [numbers(version), numbers(floor)];
  const first = one.findIndex((number, index) => number !== other[index]);
  return first >= 0 && one[first] < other[first];
}

/**
 * @param {string} lock What the lock file says.
 * @returns {string[]} Each package that is below its floor, with what is wrong with it.
 */
export function belowFloor(lock) {
  const found = [];
  const packages = lock.slice(lock.indexOf("\npackages:"), lock.indexOf("\nsnapshots:"));
  for (const [, name, version] of packages.matchAll(/^ {2}'?((?:@[^/\s]+\/)?[^@\s']+)@([^:'\s(]+)'?:$/gm)) {
    const [floor, why] = floors[name] ?? [];
    if (OF_A_PEER.has(`${name} ${version}`)) continue;
    if (floor && isBelow(version, floor)) found.push(`${name} ${version} is below ${floor} (${why})`);
  }
  return found;
}

/**
 * @param {string} lock What the lock file says.
 * @returns {string[]} Packages that were not taken from a registry, or whose content is not pinned by a hash.
 */
export function unpinned(lock) {
  const packages = lock.slice(lock.indexOf("\npackages:"), lock.indexOf("\nsnapshots:"));
  const entries = packages.split(/\n(?= {2}\S)/).slice(1);
  return entries.filter((entry) => !/integrity: sha512-/.test(entry)).map((entry) => entry.trim().split("\n")[0]);
}
