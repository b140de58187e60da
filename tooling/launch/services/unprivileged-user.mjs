import { readFileSync } from "node:fs";

/** PostgreSQL refuses to run as root: as root, the first unprivileged user that this system knows. */
export function unprivilegedUser(passwd = readFileSync("/etc/passwd", "utf8")) {
  const users = passwd.split("\n").map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const user = users.find(([name]) => name === wanted);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error("PostgreSQL does not run as root, and this system has neither a user postgres nor nobody");
}
